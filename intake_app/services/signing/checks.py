"""What the trust page says of signing in: the second proof, and this computer's keyring."""

from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.settings.sign_in_policy import policy_titles
from intake_app.words import Words, mark

_KEPT = "kept"
_IN_TRAINING = mark("Training")
"""The reason that a made-up department begins with; a real one writes its own."""


def check_second_factor(desk: Desk, words: Words) -> Check:
    """Whether a second proof is asked for (CJIS IA-2(1), IA-2(2)); off is amber, with why."""
    title = words.text("Second proof at sign-in")
    if desk.sign_in is not None and desk.sign_in.state.is_code_asked:
        titles = dict(policy_titles(words.language))
        policy = desk.sign_in.state.policy
        found = words.text(
            "A code of a phone or a printed code is asked for once a shift. {policy}.",
            policy=titles.get(policy.id, policy.id),
        )
        return Check("second_factor", Light.GREEN, title, found)
    reason = desk.agency.second_factor_reason.strip()
    reason = words.text(reason) if reason == _IN_TRAINING else reason
    found = words.text("It is turned off. Reason: {reason}", reason=reason)
    to_do = words.text("Turn it on under Settings, or check that the reason still holds.")
    return Check("second_factor", Light.AMBER, title, found, to_do)


def check_keyring(desk: Desk, words: Words) -> Check:
    """Whether this computer adds a secret of its own to every passphrase."""
    title = words.text("Keyring of this computer")
    if desk.sign_in is None:
        return Check("keyring", Light.AMBER, title, words.text("It cannot be looked at here."))
    if desk.sign_in.keyring == _KEPT and desk.sign_in.state.uses_keyring:
        found = words.text("It keeps a secret without which a copied folder cannot be opened.")
        return Check("keyring", Light.GREEN, title, found)
    found = words.text(
        "It keeps no secret for you. A copied folder is guarded by your passphrase alone."
    )
    to_do = words.text(
        "Sign in to the computer with its own account, unlock its keyring, then change your "
        "passphrase under Settings."
    )
    return Check("keyring", Light.AMBER, title, found, to_do)
