"""Recovery cards, and changes of the keys that open the files."""
