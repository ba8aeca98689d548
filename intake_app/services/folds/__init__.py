"""Folds: what a record and all about it come to, as the journeys that measures read."""
