"""The screen of a shared computer: what it hides, when it locks, what waits for who comes back."""
