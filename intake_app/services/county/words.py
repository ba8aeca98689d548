"""What leaves for a county, in words: shown before it is made, on the page and by the command."""

from collections.abc import Iterator

from intake_app.domain.entry import show_date
from intake_app.domain.roles import Compartment
from intake_app.services.county.extracting import CountyShown
from intake_app.services.desk import Desk
from intake_app.services.records.file_words import file_in_words
from intake_app.words import Words


def county_leaving(desk: Desk, shown: CountyShown, words: Words) -> Iterator[str]:
    """What would leave, to whom, of whom and why it may."""
    said = shown.manifest
    days = [show_date(day, words.language) for day in (said.since, said.until)]
    yield words.text("To: {name}", name=shown.recipient.name)
    yield words.text("Under the agreement: {paper}", paper=shown.agreement)
    yield words.text("Days: {first} to {last}", first=days[0], last=days[1])
    yield words.text("{rows} lines about {people} people", rows=f"{said.rows:,}",
                     people=f"{said.people:,}")  # fmt: skip
    files = ", ".join(file_in_words(Compartment(one), words) for one in said.files)
    yield words.text("From: {files}", files=files)
    yield words.text(
        "No name, address, birth date, note or number of yours is in it. Codes, days and counts "
        "are: who knows somebody well may still recognize them, so it needs an agreement."
    )
    yield words.text(
        "People are marked with tokens of the county key {name}. Whoever merges does not have this "
        "key. {count} people have no whole name and birth date, and are not known again elsewhere.",
        name=said.generation, count=f"{said.unlinked:,}",
    )  # fmt: skip
    cuts = {cut.id: cut.label.said_in(words.language) for cut in desk.library.cuts()}
    yield words.text("Groups that it tells: {cuts}",
                     cuts=", ".join(cuts.get(one, one) for one in said.cuts))  # fmt: skip
    if shown.waiting:
        yield words.plural(
            "1 change is not counted yet. Make it again later.",
            "{n} changes are not counted yet. Make it again later.", shown.waiting,
        )  # fmt: skip
