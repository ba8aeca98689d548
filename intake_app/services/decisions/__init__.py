"""What a department decides: its settings, words, forms, lists and schedules, all with undo."""
