"""Papers: made, kept, numbered, printed, waited for."""
