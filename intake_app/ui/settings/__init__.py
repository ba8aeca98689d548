"""The subjects of the settings page."""
