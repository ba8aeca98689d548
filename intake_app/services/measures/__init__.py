"""Numbers: counted, cut, compared, and told so that nobody can be found in them."""
