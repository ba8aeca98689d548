"""Rates of groups against a group that somebody chose: a table that ranks nobody.

Made of what is told alone: a ratio stands only where both rates do.
"""

from collections.abc import Iterable, Sequence
from math import exp, log, sqrt
from typing import Final

from intake_app.domain.measure import Cut
from intake_app.domain.told import Told
from intake_app.domain.wilson import Z_95
from intake_app.services.measures.saying import interval, percent_in_words, plain
from intake_app.services.measures.tabling import Line, Table
from intake_app.settings.traits import read_traits
from intake_app.words import Words


def fair_cuts(cuts: Iterable[Cut]) -> list[Cut]:
    """The cuts that group people: not days, and not who of us worked with them.

    In the order of `traits.toml`; a department's own come after them.
    """
    order = {ident: n for n, ident in enumerate(read_traits().groups)}
    groups = [one for one in cuts if not one.grain and not one.within]
    return sorted(groups, key=lambda one: order.get(one.id, len(order)))


def against(
    title: str,
    head: str,
    groups: Sequence[tuple[str, str, Told]],
    reference: str | None,
    words: Words,
) -> Table:
    """Groups with rate, interval, how many, and the ratio to the rate of the reference.

    Args:
        title: What is counted.
        head: By what people are grouped.
        groups: Words, code and what is told of each, in the order of the code table.
        reference: The code of the group against which the others are seen (empty: those of whom it
            is not known); None: nobody has chosen one, and there are no ratios.
        words: Language.
    """
    own = next((told for _, code, told in groups if code == reference), Told())
    heads = (head, words.text("Percent"), words.text("95% interval"), words.text("Of"),
             words.text("Ratio, with its interval"))  # fmt: skip
    hidden = words.text("not shown")
    lines = [
        Line(label, (
            hidden if told.percent is None and told.is_hidden else _percent(told),
            interval(told, words),
            hidden if told.base is None else plain(told.base),
            words.text("reference") if code == reference else _times(told, own, words),
        ), (code,))
        for label, code, told in groups
    ]  # fmt: skip
    return Table(title, heads, tuple(lines))


_NONE: Final = (None, None, None)


def rate_ratio(told: Told, own: Told) -> tuple[float | None, float | None, float | None]:
    """The ratio of two told rates and the ends of its 95 % interval.

    Katz and others, Biometrics 34 (1978), 469-474.
    """
    if not (told.number and told.base and own.number and own.base):
        return _NONE
    ratio = (told.number / told.base) / (own.number / own.base)
    half = Z_95 * sqrt(1 / told.number - 1 / told.base + 1 / own.number - 1 / own.base)
    return ratio, exp(log(ratio) - half), exp(log(ratio) + half)


def _percent(told: Told) -> str:
    return "" if told.percent is None else percent_in_words(told.percent)


def _times(told: Told, own: Told, words: Words) -> str:
    ratio, low, high = rate_ratio(told, own)
    if ratio is None:
        return ""
    return words.text("{ratio} ({low} to {high})", ratio=f"{ratio:.2f}", low=f"{low:.2f}",
                      high=f"{high:.2f}")  # fmt: skip
