"""Keys: who can open what, and how that is proved."""
