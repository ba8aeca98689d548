"""A form on the screen: one widget for each kind of question, and the view of one step."""
