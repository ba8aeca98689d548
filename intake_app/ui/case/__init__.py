"""The cards of a case's page: clock, acts, conditions, and what is asked before an act."""
