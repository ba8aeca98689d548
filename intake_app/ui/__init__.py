"""The window: asks services, shows answers."""
