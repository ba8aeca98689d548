"""The guide that ships with the program, searched and on paper; and what a file from outside is."""
