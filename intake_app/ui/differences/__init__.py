"""Where two stations wrote different things, side by side."""
