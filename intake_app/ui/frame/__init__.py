"""What stands around every page: the rail, its places, the guests, the curtain."""
