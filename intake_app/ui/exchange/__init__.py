"""What people see and do of the exchange between stations."""
