"""Aid that is given, and the stock that it comes from."""
