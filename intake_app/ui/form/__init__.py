"""A form on the screen: a widget for each kind of question, its steps, its review, its answers."""
