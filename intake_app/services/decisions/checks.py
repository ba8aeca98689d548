"""What the trust page says of the department's own decisions: texts that lag, what waits."""

from intake_app.domain.decision import undone
from intake_app.domain.trust import Check, Light
from intake_app.services.decisions.keeping import read_decisions
from intake_app.services.decisions.texts import texts_behind
from intake_app.services.desk import Desk
from intake_app.words import Words


def check_settings(desk: Desk, words: Words) -> Check:
    """Whether own words and forms still fit the program, and whether a decision waits."""
    title = words.text("Own words, forms and schedules")
    if desk.decisions is None:
        return Check("settings", Light.GREEN, title, words.text("None."))
    decisions = read_decisions(desk.station)
    gone = undone(decisions)
    waiting = [one for one in decisions if one.is_waiting and one.id not in gone]
    behind = texts_behind(desk)
    found: list[str] = []
    to_do: list[str] = []
    if behind:
        found.append(words.plural(
            "The program ships a newer version of {n} text that you changed.",
            "The program ships newer versions of {n} texts that you changed.", len(behind),
        ))  # fmt: skip
        to_do.append(words.text("Compare them under Settings, Words on papers."))
    if waiting:
        found.append(words.plural(
            "{n} change of the schedule waits for a privacy officer.",
            "{n} changes of the schedule wait for a privacy officer.", len(waiting),
        ))  # fmt: skip
        to_do.append(words.text("Ask a privacy officer to look at it under Settings."))
    if desk.library.mistakes():
        found.append(words.text("A form or paper has a mistake and is left out."))
        to_do.append(
            words.text("Take the last change of it back under Settings, What was changed.")
        )
    if not found:
        return Check("settings", Light.GREEN, title, words.text("All fit this program."))
    return Check("settings", Light.AMBER, title, " ".join(found), " ".join(to_do))
