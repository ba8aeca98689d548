"""One measure as facts for other programs; told figures alone."""

from typing import Any

from intake_app.domain.figure import Place
from intake_app.domain.told import Told
from intake_app.services.measures.saying import code_in_words
from intake_app.services.measures.tabling import label_of
from intake_app.services.measures.viewing import View
from intake_app.words import Words


def facts_of(view: View, language: str = "en") -> dict[str, Any]:
    """A told figure as facts: null is what is not told, whatever the reason."""
    told, measure, asked = view.told, view.told.measure, view.asked
    return {
        "measure": measure.id,
        "title": measure.title.said_in(language),
        "kind": str(measure.kind),
        "how": measure.how.said_in(language),
        "source": measure.source.said_in(language),
        "version": measure.version,
        "from": told.since,
        "to": told.until,
        "by": list(told.cuts),
        "not_for_release": told.is_internal,
        "least_told": told.least,
        "whole": _facts(told.whole),
        "rows": [
            {"place": list(place), "labels": _labels(view, place, language), **_facts(one)}
            for place, one in told.rows.items()
        ],
        "part_labels": {code: asked.part_label(code, language) for code in told.whole.parts},
        "running": told.running,
        "left_out": dict(told.excluded),
        "not_told": told.hidden,
        "assumes": asked.assumes(language),
        "needs": list(asked.missing),
        "waiting": asked.waiting,
        "counted": [str(one) for one in asked.files],
        "not_counted": [str(one) for one in asked.shut],
    }


def _labels(view: View, place: Place, language: str) -> list[str]:
    words = Words(language)
    label = label_of(view.asked, words)
    pairs = zip(view.told.cuts, place, strict=True)
    return [code_in_words(cut, code, label, words) for cut, code in pairs]


def _facts(told: Told) -> dict[str, Any]:
    """What there is to tell of a place; a number that is hidden is there and null."""
    said: dict[str, Any] = {"number": told.number, "base": told.base}
    for name in (
        "percent", "low", "high", "ratio", "median", "first_quartile", "third_quartile",
    ):  # fmt: skip
        value = getattr(told, name)
        if value is not None:
            said[name] = round(value, 2)
    if told.parts:
        said["parts"] = dict(told.parts)
    return {**said, "hidden": told.is_hidden}
