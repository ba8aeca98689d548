"""Files for others: what they hold, why they may leave, and how they are written whole."""
