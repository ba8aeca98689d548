"""Requests, complaints and breaches, and what is held of one person."""
