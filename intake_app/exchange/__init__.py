"""Sealed bundles and the stores that carry them. Nothing is exchanged yet; the layer is drawn."""
