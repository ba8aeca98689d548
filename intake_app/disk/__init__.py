"""Files that are whole and durable: what vault and exchange both need, and neither owns."""
