"""What recipients are called in the window."""

from typing import Final

from intake_app.domain.disclosure import RecipientKind
from intake_app.words import mark

KINDS: Final = {
    RecipientKind.PROSECUTOR: mark("Prosecutor"),
    RecipientKind.COUNTY: mark("County program"),
    RecipientKind.PROVIDER: mark("Provider"),
    RecipientKind.EVALUATOR: mark("Evaluator"),
    RecipientKind.MERGER: mark("Merges departments of a county"),
}
