"""The look: design tokens, palette, one style sheet on Fusion; light, dark, 100 to 200 %."""

import re
from dataclasses import asdict, dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from intake_app.settings.resources import path
from intake_app.ui.parts.stylesheet import SHEET

BASE_PX = 17
"""Height of plain text at 100 %, in pixels."""

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
"""Text sizes to choose from."""

_FONTS = ("400Regular", "600SemiBold", "700Bold")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colors by what they are for, as in a style sheet.

    Attributes:
        bg: Page.
        card: Card and field.
        line: Line around a card (decoration only).
        field: Border of a field or button (3:1 on card and page).
        ink: Text.
        mute: Second text.
        navy: Main action; officer intervention.
        navy2: The same under the mouse.
        teal: Walk-in self-referral.
        teal2: The same under the mouse.
        teal_ink: Text on `tint`.
        navy_ink: Text on `tint2`.
        tint: Pale teal.
        tint2: Pale navy.
        err: Error text and border.
        err_bg: Behind an error.
        ok: Good news.
        ok_bg: Behind good news.
        warn: Soon due.
        warn_bg: Behind soon due.
        rail: The dark rail.
        rail_ink: Text on the rail.
        rail_on: Chosen entry of the rail, and its boxes.
        rail_focus: Focus ring on the rail.
        focus: Focus ring, chosen marks.
        edge: Border of the main button (3:1 on card and page).
        focus_main: Focus ring of the main button (3:1 on the button, and on card and page).
        focus_on_color: Focus ring of the big colored buttons.
        on_color: Text on navy and teal.
        on_focus: Text and ticks on the focus color.
        gold: The badge.
    """

    bg: str
    card: str
    line: str
    field: str
    ink: str
    mute: str
    navy: str
    navy2: str
    teal: str
    teal2: str
    teal_ink: str
    navy_ink: str
    tint: str
    tint2: str
    err: str
    err_bg: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    rail: str
    rail_ink: str
    rail_on: str
    rail_focus: str
    focus: str
    edge: str
    focus_main: str
    focus_on_color: str
    on_color: str
    on_focus: str
    gold: str


LIGHT = Tokens(
    bg="#F4F6F9", card="#FFFFFF", line="#CBD5DF", field="#7B8896", ink="#16202B",
    mute="#526070", navy="#14304D", navy2="#1D4268", teal="#0B6470", teal2="#0E7885",
    teal_ink="#0B6470", navy_ink="#14304D", tint="#E9F3F4", tint2="#EAF0F7", err="#B3261E",
    err_bg="#FCEDEC", ok="#1B6E3C", ok_bg="#E6F3EB", warn="#8A4B00", warn_bg="#FDF1E0",
    rail="#10273F", rail_ink="#D5E0EB", rail_on="#1F4468", rail_focus="#9CC7F5",
    focus="#1565C0", edge="#14304D", focus_main="#2E7FE0", focus_on_color="#F2B632",
    on_color="#FFFFFF", on_focus="#FFFFFF", gold="#E4C168",
)  # fmt: skip

DARK = Tokens(
    bg="#10161D", card="#1A232D", line="#354352", field="#7F90A1", ink="#EDF2F7",
    mute="#A9B7C5", navy="#24507C", navy2="#2D6298", teal="#0E6F7B", teal2="#107E8A",
    teal_ink="#8ADBE4", navy_ink="#9CC4EE", tint="#16343A", tint2="#1D2F42", err="#FF9A92",
    err_bg="#3B1D1B", ok="#7FD6A0", ok_bg="#173426", warn="#F3BE7A", warn_bg="#3A2A14",
    rail="#0B1118", rail_ink="#C4D1DD", rail_on="#1F3A55", rail_focus="#9CC7F5",
    focus="#7DB7FF", edge="#7F90A1", focus_main="#7DB7FF", focus_on_color="#FFD166",
    on_color="#FFFFFF", on_focus="#0B1118", gold="#E4C168",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """What every widget that measures or draws is given.

    Attributes:
        tokens: Colors.
        scale: Text size, 1.0 to 2.0.
        is_dark: Which set.
    """

    tokens: Tokens = LIGHT
    scale: float = 1.0
    is_dark: bool = False

    def px(self, at_100_percent: float) -> int:
        """A length in pixels at this text size."""
        return round(at_100_percent * self.scale)


def make_theme(*, is_dark: bool = False, scale: float = 1.0) -> Theme:
    """The theme for a choice of light or dark and a text size."""
    return Theme(DARK if is_dark else LIGHT, min(max(scale, 1.0), 2.0), is_dark)


def load_fonts() -> None:
    """Give Qt our typeface; once per process (each call costs more than the last)."""
    for cut in _FONTS:
        QFontDatabase.addApplicationFont(str(path("resources", "fonts", f"SourceSans3_{cut}.ttf")))


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program, which was begun on Fusion; call `load_fonts` before.

    Where it wears that already, nothing is done: Qt would dress every part of every window anew.
    """
    sheet = style_sheet(theme)
    if app.styleSheet() == sheet:
        return
    font = QFont("Source Sans 3")
    font.setPixelSize(theme.px(BASE_PX))
    app.setFont(font)
    app.setPalette(palette(theme.tokens))
    app.setStyleSheet(sheet)


def palette(tokens: Tokens) -> QPalette:
    """Qt's own roles, for what the style sheet does not reach."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, color in (
        (roles.Window, tokens.bg), (roles.Base, tokens.card), (roles.AlternateBase, tokens.bg),
        (roles.Text, tokens.ink), (roles.WindowText, tokens.ink), (roles.Button, tokens.card),
        (roles.ButtonText, tokens.ink), (roles.Highlight, tokens.focus),
        (roles.HighlightedText, tokens.on_focus), (roles.PlaceholderText, tokens.mute),
        (roles.ToolTipBase, tokens.card), (roles.ToolTipText, tokens.ink),
        (roles.Mid, tokens.line), (roles.Link, tokens.focus),
    ):  # fmt: skip
        made.setColor(role, QColor(color))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.mute))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet: `@name` is a token, `12px!` a length that grows with the text."""
    mood = "dark" if theme.is_dark else "light"
    words = asdict(theme.tokens) | {
        "chevron": path("resources", "icons", f"chevron-{mood}.svg").as_posix(),
        "round": f"{theme.px(18) // 2 + 2}px",  # half of a radio button with its border
        "dot": f"{theme.px(18) - 8}px",  # inside a border of 6, so that both states are one size
        "tick": path("resources", "icons", f"tick-{mood}.svg").as_posix(),
    }
    colored = re.sub(r"@(\w+)", lambda found: str(words[found[1]]), SHEET)
    return re.sub(r"([\d.]+)px!", lambda found: f"{theme.px(float(found[1]))}px", colored)
