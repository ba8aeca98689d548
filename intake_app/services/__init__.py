"""What people do with the program: one function per act, one transaction each."""
