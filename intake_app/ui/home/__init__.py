"""Home: the cards of what waits, and the box that finds."""
