"""What leads from the window to its help: opening the guide, and the tour of the first day."""
