"""What people agreed to, and what may be told to whom because of it."""
