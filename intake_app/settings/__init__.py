"""Where things lie on disk, and what a department decided."""
