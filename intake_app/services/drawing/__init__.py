"""What all papers are drawn with; it keeps nothing."""
