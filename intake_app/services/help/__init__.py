"""The guide that ships with the program: read, searched, and put on paper."""
