"""What an auditor is told of each control of a security policy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Control:
    """One control, or a few that belong together.

    Attributes:
        id: As the policy names it: "AC-7".
        title: What it is about.
        program: What the program does.
        department: What is left to the department.
        evidence: Ids of the checks of the trust page that show it; see `domain.trust.Check`.
    """

    id: str
    title: str
    program: str
    department: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Controls:
    """The file as a whole.

    Attributes:
        version: Its own.
        date: Of that version (YYYY-MM-DD).
        status: Who has to look at it.
        policy: The policy and its version.
        source: Where the words come from.
        scope: What of the department's data the policy is about.
        modules: What is said of algorithms and validated modules.
        controls: In the order of the policy.
    """

    version: str
    date: str
    status: str
    policy: str
    source: str
    scope: str
    modules: str
    controls: tuple[Control, ...]
