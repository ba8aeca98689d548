"""Sealed bundles, receipts, and the stores that carry them; see docs/bundle-format.md."""
