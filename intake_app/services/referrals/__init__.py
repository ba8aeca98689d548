"""Referrals: sent, heard back from, and beds that were asked for."""
