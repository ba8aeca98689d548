"""Parts of the page that updates the program."""
