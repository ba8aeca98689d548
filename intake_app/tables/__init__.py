"""Tables in and out: CSV and JSON files of others."""
