"""Papers on the screen, to the printer, into a file; and what must be asked before they leave."""
