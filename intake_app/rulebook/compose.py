"""Fills a paper's words with answers: a paper and answers become a finished sheet.

What is missing is left out: a paragraph without any of its words, a fact without an answer, a
signature that was not given is a line to sign on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from intake_app.domain.change import Value
from intake_app.domain.entry import show_date, show_moment, whole_years
from intake_app.domain.form import Answers, Field, FieldType
from intake_app.domain.paper import Block, BlockType, Item, Part, Sheet, SignatureLine
from intake_app.domain.terms import Terms
from intake_app.domain.text import NOTHING, Text
from intake_app.rulebook.conditions import BORN
from intake_app.rulebook.expression import Scope
from intake_app.rulebook.fixed_words import WORDS, FixedWords
from intake_app.rulebook.led_parts import led
from intake_app.rulebook.legal import LegalText
from intake_app.rulebook.paper_ask import PaperFrame, PaperGuide
from intake_app.rulebook.paper_fields import Telling
from intake_app.rulebook.paper_reader import PaperFile
from intake_app.rulebook.paper_words import fill
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.strokes import strokes_of
from intake_app.rulebook.terms_reader import known_terms
from intake_app.rulebook.value_kind import is_list, is_table

SHORT_NOTICE = "notice_2_32_short"
"""The legal text at the foot of each page of a paper that discloses (42 CFR 2.32(a)(2))."""

_ON_THE_LINE = frozenset({"paper", "mark"})
"""Ways to sign that leave their trace on the line itself, with a pen."""

NO_ARREST = "no_arrest"
"""The legal text for which the agency's settings name the one that was signed."""

INSTRUMENT = "instrument"
"""What holds a charge: beside the answers, for conditions of papers."""

STAGE = "stage"
"""How far a held case has come (a list of words, empty before): known to conditions too."""

DUTIES = "duties"
"""Rows of two: what is to be done, and until when."""

EMPTY_ROWS = 3
"""Rows of a table to fill in by hand, where the paper names no number."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What papers are made with.

    Attributes:
        words: Fixed words.
        setting: Agency and time.
        legal: Finds a legal text by name; None where there is none.
    """

    words: FixedWords
    setting: Setting
    legal: Callable[[str], LegalText | None]


def scope_for(guide: PaperGuide, kept: Answers, setting: Setting, day: str = "") -> Scope:
    """What the conditions of papers know."""
    day = day or setting.today().isoformat()
    known: dict[str, Value] = {**kept, "today": day, "agency": dict(setting.agency)}
    known["answered"] = list(kept)
    known["terms"] = known_terms(guide.form.terms or Terms())
    known.setdefault(INSTRUMENT, "")
    known.setdefault(STAGE, [])
    known["blank"] = False
    try:
        born = date.fromisoformat(kept[guide.form.facts[BORN]])
        known["age"] = whole_years(born, date.fromisoformat(day))
    except (KeyError, TypeError, ValueError):
        pass  # without a birth date there is no age
    return Scope(known)


def known_of(guide: PaperGuide, answers: Answers) -> Answers:
    """What conditions of papers know of answers; instrument and stage are none, and known too."""
    beside = {name: answers[name] for name in (INSTRUMENT, STAGE) if answers.get(name)}
    return {**guide.kept(answers), **beside}


def _abreast(rows: Sequence[Sequence[str]], columns: int) -> list[tuple[str, ...]]:
    """Rows as they fit under the heads: twice as many heads, and the second half stands beside."""
    wide = max((len(row) for row in rows), default=0)
    if not wide or columns < 2 * wide:
        return [tuple(row) for row in rows]
    count = -(-len(rows) // (columns // wide))
    columns_of_rows = [rows[n : n + count] for n in range(0, len(rows), count)]
    return [
        tuple(cell for row in few for cell in row)
        for few in zip_longest(*columns_of_rows, fillvalue=())
    ]


class Composer:
    """Makes one sheet."""

    def __init__(
        self, file: PaperFile, guide: PaperGuide, answers: Answers, frame: PaperFrame,
        materials: Materials,
    ) -> None:  # fmt: skip
        self._file, self._guide, self._frame = file, guide, frame
        self._materials, self._language = materials, frame.language
        self._kept = guide.kept(answers)
        self._scope = scope_for(guide, known_of(guide, answers), materials.setting, frame.day)
        self._scope.add("blank", frame.is_blank)
        self._fields = {f.id: f for f in guide.form.fields()}
        self._legal_used: list[str] = []
        self._words = self._all_words()
        self._scope.add("answered", [name for name, said in self._words.items() if said])

    def sheet(self) -> Sheet:
        """The finished sheet."""
        paper, frame = self._file.paper, self._frame
        shown = [self._part(b) if self._holds(b.show_when) else None for b in paper.blocks]
        number = frame.number if paper.is_numbered else ""
        replaces = self._fixed("replaces").replace("{number}", frame.replaces)
        return Sheet(
            title=self._fill(paper.title),
            language=self._language,
            letterhead=frame.letterhead,
            parts=tuple(self._in_place(led(paper.blocks, shown))),
            number=number,
            form_note=self._form_note(),
            page_words=self._fixed("page"),
            replaces=replaces if frame.replaces else "",
            sample_words=self._fixed("sample") if frame.is_sample else "",
            kept_words=self._fixed("not_for_release") if frame.is_kept else "",
            has_barcode=bool(number) and paper.size != "card",
            size=paper.size,
            layout=paper.layout,
            answers=Telling(self._file, self._guide.form, self._words, self._holds).answers(shown),
        )

    def _form_note(self) -> str:
        paper, foot = self._file.paper, ""
        if paper.discloses and (legal := self._materials.legal(SHORT_NOTICE)):
            foot = legal.text.said_in(self._language).strip() + " "
        return foot + ", ".join([f"{paper.id} {paper.version}", *dict.fromkeys(self._legal_used)])

    def _all_words(self) -> dict[str, str]:
        frame, form = self._frame, self._guide.form
        answers = {i: self._shown(i, value) for i, value in self._kept.items()}
        own = {
            "staff_name": frame.staff,
            "today": show_date(frame.day, self._language),
            "number": frame.number if self._file.paper.is_numbered else "",
            "person_name": self._person_name(answers) or self._fixed("the_person"),
            "full_name": self._legal_name(answers),
            "born_on": self._born_on(),
            "program_name": (form.program or form.title).said_in(self._language),
        }
        parts = self._days_and_times(answers)
        said = {**answers, **parts, **self._materials.setting.words, **own, **frame.extra}
        if named := self._fixed(f"{INSTRUMENT}_{said.get(INSTRUMENT, '')}"):
            said[INSTRUMENT] = named
        return said

    def _days_and_times(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Of a moment {x_day}, {x_time}, and {x_at}: both, on a line each."""
        found: dict[str, str] = {}
        for ident, said in answers.items():
            field, at = self._fields.get(ident), str(self._kept[ident])
            if field and field.type is FieldType.DATE_TIME:
                day = show_date(at[:10], self._language)
                time = said.removeprefix(f"{day}, ")
                if time != said:
                    lines = {"day": day, "time": time, "at": f"{day}\n{time}"}
                    found |= {f"{ident}_{name}": words for name, words in lines.items()}
        return found

    def _person_name(self, answers: Mapping[str, str]) -> str:
        """What the person wants to be called, or first and last name, or empty."""
        called = answers.get(self._guide.form.facts.get("preferred_name", ""), "")
        return called or self._legal_name(answers)

    def _legal_name(self, answers: Mapping[str, str]) -> str:
        """First and last name: what a citation must name, whatever a person is called."""
        facts = self._guide.form.facts
        names = (answers.get(facts.get(fact, ""), "") for fact in ("first_name", "last_name"))
        return " ".join(filter(None, names))

    def _born_on(self) -> str:
        """The birth date in figures, month first as in both languages here; or empty."""
        try:
            born = date.fromisoformat(self._kept[self._guide.form.facts[BORN]])
        except (KeyError, TypeError, ValueError):
            return ""
        return f"{born.month:02}/{born.day:02}/{born.year}"

    def _part(self, block: Block) -> Part | None:
        make = {
            BlockType.BULLETS: self._bullets,
            BlockType.FACTS: self._facts,
            BlockType.CHOICES: self._choices,
            BlockType.SIGNATURES: self._signatures,
            BlockType.TABLE: self._table,
            BlockType.STUB: self._stub,
            BlockType.LEGAL: self._legal,
            BlockType.FIGURES: self._figures,
        }.get(block.type, self._plain)
        part = make(block)
        return replace(part, place=block.place) if part is not None and block.place else part

    def _plain(self, block: Block) -> Part | None:
        text = self._fill(block.text)
        if not text and block.type is not BlockType.SPACE:
            return None
        return Part(block.type, text, style=block.style, lines=block.lines, level=block.level)

    def _bullets(self, block: Block) -> Part | None:
        bullets = tuple(said for item in self._items(block) if (said := self._item(item)))
        rows = self._frame.tables.get(block.source, ()) if block.source else ()
        bullets += tuple(said for row in rows if (said := self._row(block.source, row)))
        if not bullets:
            return None
        return Part(block.type, self._fill(block.text), bullets=bullets, style=block.style)

    def _row(self, source: str, row: Sequence[str]) -> str:
        """A row as one entry of a list; of what is to be done: by when."""
        said = [cell for cell in row if cell]
        if source == DUTIES and len(said) > 1:
            return self._fixed("by_day").replace("{what}", said[0]).replace("{day}", said[1])
        return ", ".join(said)

    def _facts(self, block: Block) -> Part | None:
        rows = (*self._rows_of_facts(block.fields), *self._rows_of_items(block.items))
        if not rows:
            return None
        return Part(block.type, self._fill(block.text), rows=rows, style=block.style)

    def _rows_of_facts(self, idents: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for ident in idents:
            said = self._words.get(ident, "")
            if (said or self._frame.is_blank) and ident in self._fields:
                yield self._fields[ident].label.said_in(self._language), said

    def _rows_of_items(self, items: tuple[Item, ...]) -> list[tuple[str, ...]]:
        """An item with a field is a fact under a label of its own; one without goes on below it."""
        rows: list[tuple[str, ...]] = []
        is_led = False
        for item in items:
            is_shown = self._holds(item.show_when)
            if item.field:
                said = self._words.get(item.field, "") if is_shown else ""
                is_led = bool(said) or (is_shown and self._frame.is_blank)
                rows += [(self._fill(item.text), said)] if is_led else []
            elif is_shown and is_led and (said := self._fill(item.text)):
                rows[-1] = (*rows[-1], said)
        return rows

    def _choices(self, block: Block) -> Part | None:
        boxes = [(self._item(i), self._is_ticked(i)) for i in self._items(block)]
        boxes += [box for ident in block.fields for box in self._boxes_of(ident)]
        boxes = [(said, is_ticked) for said, is_ticked in boxes if said]
        return Part(block.type, self._fill(block.text), boxes=tuple(boxes)) if boxes else None

    def _is_ticked(self, item: Item) -> bool:
        return bool(item.ticked_when) and self._holds(item.ticked_when)

    def _boxes_of(self, ident: str) -> Iterator[tuple[str, bool]]:
        field, value = self._fields.get(ident), self._kept.get(ident)
        chosen: list[Any] = value if is_list(value) else [value]
        for choice in field.choices if field else ():
            if not choice.is_retired or choice.id in chosen:
                yield choice.label.said_in(self._language), choice.id in chosen

    def _signatures(self, block: Block) -> Part | None:
        lines = [self._signature(self._fill(i.text), i.field) for i in self._items(block)]
        lines += [self._signature("", ident) for ident in block.fields]
        lines = [line for line in lines if line.label]
        if not lines:
            return None
        return Part(block.type, self._fill(block.text), signatures=tuple(lines))

    def _signature(self, label: str, ident: str) -> SignatureLine:
        field, value = self._fields.get(ident), self._kept.get(ident)
        label = label or (field.label.said_in(self._language) if field else "")
        if field is None or field.type is not FieldType.SIGNATURE or not is_table(value):
            return SignatureLine(label)
        at, strokes = str(value.get("at") or ""), strokes_of(value.get("strokes"))
        name = str(value.get("name") or "")
        how = self._shown(ident, {**value, "name": ""})
        is_noted = bool(name and not strokes) or value.get("how") in _ON_THE_LINE
        return SignatureLine(
            label,
            name if is_noted else name or how,
            strokes,
            show_moment(at, self._language) if "T" in at else show_date(at, self._language),
            how if is_noted else "",
        )

    def _table(self, block: Block) -> Part | None:
        heads = [self._fill(item.text) for item in self._items(block)]
        rows: list[tuple[str, ...]] = []
        for ident, columns in self._columns(block.fields).items():
            heads += [c.label.said_in(self._language) for c in columns]
            rows += self._cells(ident, columns)
        if block.source:
            rows += _abreast(self._frame.tables.get(block.source, ()), len(heads))
        is_filled = bool(rows or block.fields or block.source)
        rows += [("",) * len(heads)] * (block.lines or (0 if is_filled else EMPTY_ROWS))
        if not rows or not heads:
            return None
        header = tuple(heads)
        return Part(block.type, self._fill(block.text), rows=tuple(rows), header=header)

    def _columns(self, names: tuple[str, ...]) -> dict[str, list[Field]]:
        """The columns of the first rows that are named: all, or those named "rows.column"."""
        ident = names[0].split(".")[0] if names else ""
        field = self._fields.get(ident)
        if field is None or not field.columns:
            return {}
        picked = [name.split(".")[1] for name in names if name.startswith(f"{ident}.")]
        by_id = {c.id: c for c in field.columns}
        return {ident: [by_id[p] for p in picked if p in by_id] or list(field.columns)}

    def _cells(self, ident: str, columns: list[Field]) -> list[tuple[str, ...]]:
        rows = self._kept.get(ident)
        return [
            tuple(self._shown(f"{ident}.{c.id}", row.get(c.id)) for c in columns)
            for row in (rows if is_list(rows) else [])
            if is_table(row)
        ]

    def _stub(self, block: Block) -> Part | None:
        facts = self._rows_of_facts(block.fields)
        bullets = [self._fact(label, said) for label, said in facts]
        bullets += [said for item in self._items(block) if (said := self._item(item))]
        text = self._fill(block.text)
        return Part(block.type, text, bullets=tuple(bullets)) if text or bullets else None

    def _legal(self, block: Block) -> Part | None:
        setting = self._materials.setting
        name = block.legal
        if name == NO_ARREST:
            name = str(setting.agency.get("no_arrest_text") or name)
        legal = self._materials.legal(name)
        if legal is None:
            return None
        self._legal_used.append(f"{legal.name} {legal.version}")
        text = "\n\n".join(
            said
            for paragraph in legal.text.said_in(self._language).split("\n\n")
            if (said := fill(paragraph.strip(), self._words))
        )
        return Part(block.type, text, style=block.style) if text else None

    def _figures(self, block: Block) -> Part | None:
        """Where charts and tables of the frame will stand; its text names which."""
        return Part(block.type, block.source) if self._frame.figures.get(block.source) else None

    def _in_place(self, parts: Iterable[Part]) -> Iterator[Part]:
        for part in parts:
            is_place = part.type is BlockType.FIGURES
            yield from self._frame.figures[part.text] if is_place else (part,)

    def _items(self, block: Block) -> Iterator[Item]:
        return (item for item in block.items if self._holds(item.show_when))

    def _item(self, item: Item) -> str:
        text = self._fill(item.text)
        if not item.field:
            return text
        said = self._words.get(item.field, "")
        return self._fact(text, said) if text and said else said

    def _fact(self, label: str, said: str) -> str:
        return self._fixed("fact").replace("{label}", label.rstrip(": ")).replace("{answer}", said)

    def _shown(self, ident: str, value: Value) -> str:
        return self._guide.shown(ident, value, self._language) if value is not None else ""

    def _fixed(self, name: str) -> str:
        return self._materials.words.say(WORDS, name).said_in(self._language)

    def _fill(self, text: Text) -> str:
        return fill(text.said_in(self._language), self._words) if text is not NOTHING else ""

    def _holds(self, text: str) -> bool:
        return not text or self._scope.holds([self._file.conditions[text]])
