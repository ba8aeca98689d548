"""Facts and rules of the field, in plain Python: no window, no database, no paper."""
