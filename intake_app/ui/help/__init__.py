"""Parts of the help that pages use: the button, the text, and what tells of which page."""
