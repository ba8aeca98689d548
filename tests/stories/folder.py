"""The folder of a new intake, as a clerk opens it."""

import walk_in
from clerk import Clerk


def open_new(clerk: Clerk) -> None:
    """Take an intake, finish it, and open its folder."""
    walk_in.take(clerk)
    clerk.press("Finish")
    walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
