"""Cards of the differences page: two answers side by side, two entries of one person."""
