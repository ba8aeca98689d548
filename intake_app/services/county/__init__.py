"""Several departments counted as one county, by extracts without names."""
