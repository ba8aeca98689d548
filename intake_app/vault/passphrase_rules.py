"""Which rule holds for whose passphrase: who opens people's records chooses a longer one."""

from collections.abc import Iterable

from intake_app.domain.roles import RECORDS, Role
from intake_app.settings.sign_in_policy import SignInPolicy, read_policy
from intake_app.vault.passphrase import PassphraseRule
from intake_app.vault.scale import has_role_for


def rule_of(
    roles: frozenset[Role], names: Iterable[str], policy: SignInPolicy | None = None
) -> PassphraseRule:
    """The rule for somebody with these roles.

    Args:
        roles: Theirs.
        names: Names that are guessed first: as shown, and the department's.
        policy: The department's; None: the default, which none is below.
    """
    holds = any(has_role_for(roles, name) for name in RECORDS)
    return PassphraseRule(policy or read_policy(""), holds, tuple(names))
