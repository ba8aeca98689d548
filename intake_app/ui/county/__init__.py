"""The cards of the page "Several departments"."""
