"""How many came each month of the last year, as a line."""

from intake_app.services.measures.picturing import chart_of
from intake_app.services.measures.saying import why_not_shown
from intake_app.services.measures.viewing import View
from intake_app.ui.measures.figure_card import rolled_up_in_words
from intake_app.ui.measures.line_chart import LineChart
from intake_app.ui.parts.cards import Card, Chip
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class TrendCard(Card):
    """The first step of the funnel, month by month.

    Attributes:
        chart: The line.
    """

    def __init__(self, view: View, words: Words, theme: Theme) -> None:
        title = view.told.measure.title.said_in(words.language)
        super().__init__(words.text("{title}, the last 12 months", title=title))
        warning = words.text("Not for release") if view.told.is_internal else ""
        if warning and self.head is not None:
            self.head.addWidget(Chip(warning, "late"))
        self.chart = LineChart(theme, words)
        drawn = chart_of(view.told, view.asked, words)
        if drawn is not None:
            self.chart.show_chart(drawn, warning)
        self.box.addWidget(self.chart)
        self.chart.setVisible(drawn is not None)
        for said in (*rolled_up_in_words(view.told, view, words), why_not_shown(view.told, words)):
            if said:
                self.box.addWidget(muted(said))
