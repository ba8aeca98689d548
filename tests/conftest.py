"""Fixtures that many stories share."""
