"""What every page is made of: cards, buttons, labels, colors, and the door off this thread."""
