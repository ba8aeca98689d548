"""What a problem is called where its question is not in sight."""

from intake_app.words import Words


def with_question(question: str, told: str, words: Words) -> str:
    """A problem and the question that it is about; "Choose one answer" alone says not where."""
    if not question or question.casefold() in told.casefold():
        return told
    if question.endswith("?"):
        return f"{question} {told}"
    return words.text("{name}: {sentence}", name=question.rstrip(":"), sentence=told)
