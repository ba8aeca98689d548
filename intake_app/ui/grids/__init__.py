"""Tables that are read, and grids that are keyed."""
