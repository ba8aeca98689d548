"""A department that is made up, to learn with and to measure with."""
