"""The system-use notice of the lock screen (CJIS Security Policy, AC-8), read before all else.

It is read here, by the standard library alone, and not by the rulebook: the lock screen stands
before anything heavy is loaded. `intake-app forms check` checks the file with the others.
"""

import tomllib

from intake_app.settings.resources import path

PLAIN = (
    "This is a restricted information system. Its use may be monitored, recorded and audited. "
    "Unauthorized use is prohibited and may lead to penalties. By using it you agree to this."
)
"""What is shown where the file is gone or unreadable: no lock screen is ever without a notice."""


def read_banner(language: str) -> str:
    """The notice in a language, or in English where it is not written in that language."""
    try:
        file = path("resources", "legal", "system_use_banner.toml").read_text("utf-8")
        said = tomllib.loads(file)["text"]
        return str(said.get(language) or said["en"]).strip()
    except (OSError, ValueError, KeyError, AttributeError):
        return PLAIN


def banner_version() -> str:
    """Which notice is shown, for the log: its version, or "plain" where the file is unreadable."""
    try:
        file = path("resources", "legal", "system_use_banner.toml").read_text("utf-8")
        return str(tomllib.loads(file)["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "plain"
