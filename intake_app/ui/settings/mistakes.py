"""Says what is wrong with a text of the department: the sentence, then file, line and reason."""

from intake_app.domain.decision_errors import TextHasMistakes
from intake_app.ui.parts.errors import sentence_for
from intake_app.words import Words

_MOST = 8


def told(error: BaseException, words: Words) -> str:
    """What a person is told; of mistakes in a text, the first few by name."""
    sentence = sentence_for(error, words)
    if isinstance(error, TextHasMistakes):
        return "\n".join((sentence, *error.mistakes[:_MOST]))
    return sentence
