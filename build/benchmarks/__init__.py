"""The speed goals of the program, each measured beside something that everybody has."""
