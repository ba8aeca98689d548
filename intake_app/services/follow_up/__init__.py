"""What follows an intake: calls, steps, screenings, and the whole story in order."""
