"""What an agency may edit: reads it, checks it, compiles its conditions."""
