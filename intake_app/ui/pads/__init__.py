"""The cards of the page for citation pads."""
