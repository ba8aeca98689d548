"""Offline intake for pre-arrest diversion. Begin reading at docs/architecture.md."""
