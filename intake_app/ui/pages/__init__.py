"""One module per page; pages do not know one another."""
