"""Held charges: checked, offered, decided; the cards of a case, its plan, and of supervision."""
