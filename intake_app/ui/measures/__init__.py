"""The numbers in the window: charts, cards and tables of them; reports, and files for others."""
