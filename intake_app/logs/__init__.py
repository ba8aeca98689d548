"""What the program writes down about itself; never about people."""
