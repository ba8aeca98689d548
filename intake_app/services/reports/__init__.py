"""Reports: told figures on paper, released ones, and the list for the prosecutor."""
