"""The audit of the trail: chains are walked, lines sealed, weeks reviewed."""
