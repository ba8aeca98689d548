"""Signing in, step by step: what the lock screen asks after the passphrase, and its settings."""
