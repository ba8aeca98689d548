"""What belongs to one record over the months: the tabs of its folder, one module each."""
