"""The referral letter as HTML for WeasyPrint: the same words, the same look, nothing to spare.

The benchmark prints this beside `pdf.press.Press` to compare the time of one letter.
"""

from collections.abc import Callable
from html import escape
from pathlib import Path

from intake_app.domain.paper import BlockType, Part, Sheet
from intake_app.settings.resources import path

_STYLE = """
@font-face { font-family: S; src: url(FONTS/SourceSans3_400Regular.ttf) }
@font-face { font-family: S; font-weight: 700; src: url(FONTS/SourceSans3_700Bold.ttf) }
@page { size: Letter; margin: 28pt 48pt 48pt; @bottom-right { content: counter(page) } }
body { font: 11pt/14.6pt S; color: #1b2430 } h1, h2 { color: #14304d; margin: 8pt 0 3pt }
h1 { font-size: 19pt } h2 { font-size: 12pt } p { margin: 4pt 0 } ul { margin: 3pt 0 }
th { text-align: left; color: #0f6b74; font-size: 9.6pt; padding-right: 14pt }
td, th { border-bottom: .6pt solid #b9c4cf; vertical-align: top } table { width: 100% }
.callout { background: #14304d; color: #fff; padding: 9pt 14pt; border-radius: 4pt }
.legal { background: #f1f5f8; border-left: 3pt solid #0f6b74; font-size: 8.8pt; padding: 9pt }
.box { display: inline-block; width: 9pt; height: 9pt; border: .9pt solid; margin-right: 7pt }
.sign { border-top: .7pt solid; width: 40%; margin-top: 36pt; font-size: 8.6pt }
"""


def weasy_letter_html(sheet: Sheet) -> str:
    """One HTML page with all words of a sheet."""
    fonts = Path(path("resources", "fonts")).as_uri()
    head = "".join(
        f"<p>{_said(line)}</p>" for line in (sheet.letterhead.name, *sheet.letterhead.lines)
    )
    body = "".join(_MAKERS.get(part.type, _paragraph)(part) for part in sheet.parts)
    style = _STYLE.replace("FONTS", fonts)
    return (
        f'<!doctype html><html lang="{sheet.language}"><head><meta charset="utf-8">'
        f"<title>{_said(sheet.title)}</title><style>{style}</style></head><body>"
        f"{head}<h1>{_said(sheet.title)}</h1><p>{_said(sheet.number)}</p>{body}</body></html>"
    )


def _said(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _paragraph(part: Part) -> str:
    kind = "legal" if part.type is BlockType.LEGAL else part.style
    return f'<p class="{kind}">{_said(part.text)}</p>'


def _heading(part: Part) -> str:
    return f"<h2>{_said(part.text)}</h2>"


def _bullets(part: Part) -> str:
    return f"<ul>{''.join(f'<li>{_said(text)}</li>' for text in part.bullets)}</ul>"


def _rows(part: Part) -> str:
    head = "".join(f"<th>{_said(cell)}</th>" for cell in part.header)
    rows = "".join(
        "<tr>"
        + f"<th>{_said(row[0])}</th>"
        + "".join(f"<td>{_said(c)}</td>" for c in row[1:])
        + "</tr>"
        for row in part.rows
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _choices(part: Part) -> str:
    boxes = "".join(f'<span class="box"></span>{_said(text)} ' for text, _ in part.boxes)
    return f"<p>{_said(part.text)} {boxes}</p>"


def _signatures(part: Part) -> str:
    return "".join(
        f'<p class="sign">{_said(" ".join((line.label, line.name, line.at)))}</p>'
        for line in part.signatures
    )


_MAKERS: dict[BlockType, Callable[[Part], str]] = {
    BlockType.HEADING: _heading,
    BlockType.BULLETS: _bullets,
    BlockType.FACTS: _rows,
    BlockType.TABLE: _rows,
    BlockType.CHOICES: _choices,
    BlockType.SIGNATURES: _signatures,
}
