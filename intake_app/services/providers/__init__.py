"""Who can help and when they are open; who works here."""
