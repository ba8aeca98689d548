"""The parts of the page on which tables of past cases are brought in."""
