"""Intakes: taken, by hand or with others, handed in, read again, found."""
