"""People and keys: the cards of the Users page, and what waits for a holder on Home."""
