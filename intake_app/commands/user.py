"""The command that lists who signs in; people are changed in the window alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.commands.options import Asked, Asking, group_in
from intake_app.domain.roles import Role

if TYPE_CHECKING:
    import click


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `user list`."""
    user = group_in(group, "user", help="Who signs in, for administrators.")

    @user.command("list", help="List who signs in: roles, how it stands, which keys wait.")
    @asking.signed_in
    def listed(asked: Asked) -> int:
        from intake_app.services.users.listing import users

        with asked.desk(Role.ADMINISTRATOR) as (_, desk):
            for one in users(desk):
                asked.say_line({
                    "user_name": one.user_name, "name": one.shown_name,
                    "roles": _listed(asked, sorted(one.roles)), "state": str(one.standing),
                    "seen": one.seen, "reads": _listed(asked, sorted(one.opens)),
                    "waits_for": _listed(asked, list(one.waits_for)),
                })  # fmt: skip
        return 0

    _ = listed


def _listed(asked: Asked, found: list[str]) -> list[str] | str:
    texts = [str(one) for one in found]
    return texts if asked.as_json else ",".join(texts) or "-"
