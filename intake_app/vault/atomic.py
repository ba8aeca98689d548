"""Moved to `disk.atomic`; this name stays until nobody asks for it here."""

from intake_app.disk.atomic import append_line, write_whole

__all__ = ["append_line", "write_whole"]
