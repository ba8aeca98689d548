"""The stores of this computer: what each is, how it fares, and adding, pausing and removing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.error_names import error_named
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stores import (
    KINDS,
    KnownStore,
    NewStore,
    add_store,
    marker_for,
    pause_store,
    remove_store,
    renew_secret,
    stores,
)
from intake_app.settings.stores import StoreEntry
from intake_app.ui.exchange.asking import StoreAsk
from intake_app.ui.exchange.line import Carried, ExchangeLine
from intake_app.ui.exchange.store_form import StoreForm
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import (
    Card,
    Chip,
    MessageBox,
    clear,
    make_button,
    named_button,
    on_press,
)
from intake_app.ui.parts.cursor import tab_before
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class StoresCard(Card):
    """A list with a form; for who keeps the stores.

    Signals:
        refreshed: It shows what the list holds now.

    Attributes:
        form: Asks for a store.
        ask: Asks before one is removed.
        add: Opens the form.
        buttons: Of each store (hub id), by act.
    """

    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, line: ExchangeLine
    ) -> None:
        super().__init__(words.text("Stores"))
        self._desk, self._background, self._words = desk, background, words
        self._theme, self._line = theme, line
        self._known: Sequence[KnownStore] = ()
        self.buttons: dict[str, dict[str, QPushButton]] = {}
        self._store_ask = StoreAsk(self)
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.form = StoreForm(words, theme)
        self.ask = AskCard(Setting(words, theme, desk.clock))
        self.add = named_button(words.text("Add a store…"))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(theme.px(14))
        for part in (self.error, self.good):
            self.box.addWidget(part)
        self.box.addLayout(self._blocks)
        self.box.addWidget(ButtonRow(0, (self.add,)))
        self.box.addWidget(self.ask)
        self.box.addWidget(self.form)
        on_press(self.add, self._on_add)
        self.form.try_asked.connect(self._on_try)
        self.form.prepare_asked.connect(self._on_prepare)
        self.form.closed.connect(self._store_ask.stop)
        self._troubles_shown: Mapping[str, str] = {}
        line.moved.connect(self._on_moved)

    def refresh(self) -> None:
        """Read the list anew."""
        self._background.run(lambda: stores(self._desk), self._show, self.error.tell)

    def stop_work(self) -> None:
        """The page goes: no store is asked any more."""
        self._store_ask.stop()

    def _on_moved(self, carried: Carried) -> None:
        if carried.troubles != self._troubles_shown:
            self._show(self._known)

    # --- the list -----------------------------------------------------------------------------

    def _show(self, known: Sequence[KnownStore]) -> None:
        self._known, self._troubles_shown = known, self._line.carried.troubles
        at = self._cursor_at()
        clear(self._blocks)
        self.buttons = {}
        for one in known:
            self._blocks.addWidget(self._block(one))
        if not known:
            self._blocks.addWidget(muted(self._words.text(
                "No store yet. Bundles can go on a stick, or through a shared folder or a server."
            )))  # fmt: skip
        if at:
            self._put_cursor(*at)
        for acts in self.buttons.values():
            tab_before(self.add, acts.values())
        self.refreshed.emit()

    def _cursor_at(self) -> tuple[str, str] | None:
        """At which button (store, act) the cursor stands, before all are made anew."""
        focused = self.window().focusWidget()
        for hub, acts in self.buttons.items():
            for name, button in acts.items():
                if button is focused:
                    return hub, name
        return None

    def _put_cursor(self, hub: str, name: str) -> None:
        button = self.buttons.get(hub, {}).get(name, self.add)
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _block(self, one: KnownStore) -> QWidget:
        entry, say = one.entry, self._words.text
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(3))
        lines.addWidget(heading(self._name(entry), 3))
        lines.addWidget(muted(f"{say(KINDS[entry.kind])} · {entry.place}"))
        if entry.is_paused:
            lines.addWidget(Chip(say("paused"), "plain"))
        for trouble in self._troubles(one):
            lines.addWidget(words_label(trouble))
        lines.addWidget(self._acts(entry))
        return made

    def _troubles(self, one: KnownStore) -> list[str]:
        found: list[str] = []
        if not one.has_secret:
            found.append(self._words.text("This computer has no password for it. Enter it again."))
        elif name := self._line.carried.troubles.get(one.entry.hub):
            found.append(sentence_for(error_named(name), self._words))
        return found

    def _acts(self, entry: StoreEntry) -> QWidget:
        say = self._words.text
        acts: list[tuple[str, str, Callable[[], object]]] = [
            ("pause", say("Go on with it") if entry.is_paused else say("Pause it"),
             lambda: self._pause(entry)),
        ]  # fmt: skip
        if not entry.is_local:
            acts.append(("renew", say("New password…"), lambda: self._on_renew(entry)))
        acts.append(("remove", say("Remove it…"), lambda: self._on_remove(entry)))
        made: dict[str, QPushButton] = {}
        for name, text, act in acts:
            button = make_button(text, "small")
            button.setAccessibleName(f"{text} {self._name(entry)}")
            on_press(button, act)
            made[name] = button
        self.buttons[entry.hub] = made
        return ButtonRow(self._theme.px(9), tuple(made.values()))

    def _name(self, entry: StoreEntry) -> str:
        return entry.name or self._words.text(KINDS[entry.kind])

    # --- acts ---------------------------------------------------------------------------------

    def _on_add(self) -> None:
        self.form.begin()
        bring_into_view(self.form)

    def _on_renew(self, entry: StoreEntry) -> None:
        self.form.begin(entry)
        bring_into_view(self.form)

    def _pause(self, entry: StoreEntry) -> None:
        is_paused = not entry.is_paused
        self._do(lambda: pause_store(self._desk, entry.hub, is_paused=is_paused), "")

    def _on_remove(self, entry: StoreEntry) -> None:
        say = self._words.text
        self.ask.ask(
            say("Remove {name}", name=self._name(entry)), [],
            lambda _: self._do(lambda: remove_store(self._desk, entry.hub), say("It is removed.")),
            say("Nothing is carried there any more. What lies there stays there, sealed."),
        )  # fmt: skip

    def _on_try(self, new: NewStore) -> None:
        self.form.say(self._words.text("Looking at the store…"))
        self._ask(new, lambda said: self._on_answer(new, said))

    def _on_answer(self, new: NewStore, said: dict[str, Any]) -> None:
        say = self._words.text
        if marker := str(said["marker"]):
            self._add(new, marker)
        elif new.entry.hub or not said.get("is_empty"):
            self.form.fail(say(
                "There is no marker of your department. The store may have been emptied, or it is "
                "another one. Nothing was written."
            ))  # fmt: skip
        else:
            self.form.say(say("This store is empty. Make it ready for your department?"),
                          is_empty=True)  # fmt: skip

    def _on_prepare(self) -> None:
        new = self.form.typed()

        def put(made: tuple[NewStore, str]) -> None:
            named, marker = made
            self._ask(named, lambda said: self._add(named, str(said["marker"])), marker)

        self._background.run(lambda: marker_for(self._desk, new), put, self._on_form_failed)

    def _add(self, new: NewStore, marker: str) -> None:
        say = self._words.text
        if new.entry.marker:  # a known store: only what opens it is new
            job: Callable[[], object] = lambda: renew_secret(  # noqa: E731
                self._desk, new.entry.hub, new.secret
            )
            said = say("The new password works and is kept.")
        else:
            job = lambda: add_store(self._desk, new, marker)  # noqa: E731
            said = say("The store is added. Bundles go there from now on.")
        self._do(job, said)

    def _ask(
        self, new: NewStore, then: Callable[[dict[str, Any]], object], write: str = ""
    ) -> None:
        def answered(said: dict[str, Any]) -> None:
            self.form.work(is_busy=False)
            then(said)

        def failed(error: BaseException) -> None:
            self.form.work(is_busy=False)
            self._on_form_failed(error)

        self.form.work(is_busy=True)
        self._store_ask.ask(new, answered, failed, write)

    def _do(self, job: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.error.say("")
            self.good.say(said)
            for asking in (self.form, self.ask):
                if asking.isVisible():
                    asking.done()
            self.refresh()
            self._line.sync_asked.emit()

        self._background.run(job, done, self._on_form_failed)

    def _on_form_failed(self, error: BaseException) -> None:
        if self.form.isVisible():
            note(error)
            self.form.fail(sentence_for(error, self._words))
        elif self.ask.isVisible():
            note(error)
            self.ask.fail(sentence_for(error, self._words))
        else:
            self.error.tell(error)
