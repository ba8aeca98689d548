"""People as records know them: the same person again, merged, kept from a colleague."""
