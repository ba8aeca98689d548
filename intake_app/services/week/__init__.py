"""A week of cases: who comes, who is reminded, what a supervisor sees."""
