"""The numbers in the window: charts that are drawn here, cards, tables, ways to look at them."""
