"""Backups: made, brought to other places, tested, thinned, and told of."""
