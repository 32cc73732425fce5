"""What was typed about a patient and not saved: shown again, told in a line, gone on with."""

import uuid
from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabWidget, QWidget

from models.history import History
from models.store.clinic import Clinic
from models.store.drafts import Draft
from ui import questions
from ui.draft_keeper import DraftKeeper
from ui.drafts_in_words import form_words, latest_in_words
from ui.unsaved_strip import UnsavedStrip

FIRST = (0, 0)
"""The first tab, and the first within it."""


class Editing(Protocol):
    """What the page asks of whatever stands in a tab and can be typed in.

    `in_use`: it is told at once of another patient, or of what was saved elsewhere, and not when it
    is seen. `resume` shows a draft again, `revert` what is on file; `may_leave` asks where
    something would be lost, `later`: it may wait as a draft.
    """

    keeper: DraftKeeper

    @property
    def in_use(self) -> bool: ...
    def set_history(self, history: History) -> None: ...
    def resume(self, draft: Draft) -> None: ...
    def revert(self) -> None: ...
    def may_leave(self, later: bool) -> bool: ...


class PatientDrafts(QObject):
    """`strip`: names what came back and is not saved yet."""

    def __init__(self, editing: Sequence[Editing], tabs: QTabWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_form: dict[str, Editing] = {}
        self._tabs = tabs
        self._waiting: list[Draft] = []
        self.strip = UnsavedStrip(parent, discards=True)
        self.strip.go_on_asked.connect(self._on_go_on)
        self.strip.discard_asked.connect(self._on_discard)
        for each in editing:
            self.add(each)

    def add(self, editing: Editing) -> None:
        """One more, made after the others."""
        self._by_form[editing.keeper.name] = editing
        editing.keeper.settled.connect(self._on_settled)

    def keepers(self) -> list[DraftKeeper]:
        return [each.keeper for each in self._by_form.values()]

    def flush(self) -> None:
        """Put what is typed on file now; raises `ClinicError` where it cannot."""
        for keeper in self.keepers():
            keeper.flush()

    def end(self) -> None:
        """Before another patient is shown: what is typed stays on file."""
        for keeper in self.keepers():
            keeper.end()

    def begin(self, clinic: Clinic, patient: uuid.UUID, drafts: Sequence[Draft]) -> None:
        """Show again what was typed and not saved, and keep what is typed from now on."""
        kept = {draft.form: draft for draft in drafts if draft.patient == patient}
        for name, editing in self._by_form.items():
            draft = kept.get(name)
            if draft is not None:
                editing.resume(draft)
            editing.keeper.begin(clinic, patient, draft)
        self._show([*kept.values()])

    def go_on(self, form: str) -> None:
        """Bring a form forward in which something is not saved, to go on typing."""
        if form in self._by_form:
            editing = self._by_form[form]
            bring_forward(self._tabs, cast(QWidget, editing))
            editing.keeper.form.focus_typed()
            self._show([draft for draft in self._waiting if draft.form != form])

    def go_on_here(self) -> None:
        """Go on with what can be seen."""
        for draft in [*self._waiting]:
            if self._by_form[draft.form].keeper.form.isVisible():
                self.go_on(draft.form)

    def _show(self, drafts: Sequence[Draft]) -> None:
        """Name those that are not saved or discarded by now."""
        unsaved = {keeper.name for keeper in self.keepers() if keeper.can_keep()}
        self._waiting = [draft for draft in drafts if draft.form in unsaved]
        self.strip.show_drafts(self._waiting, latest_in_words(self._waiting))

    def _on_settled(self) -> None:
        self._show(self._waiting)

    def _on_go_on(self, draft: Draft) -> None:
        self.go_on(draft.form)

    def _on_discard(self, draft: Draft) -> None:
        if questions.ask_to_discard(self.strip, form_words(draft)):
            self._by_form[draft.form].revert()


def bring_forward(tabs: QTabWidget, page: QWidget) -> None:
    """Open the tab in which this page stands, also where it is a tab in a tab."""
    for group in (*tabs.findChildren(QTabWidget), tabs):
        for at in range(group.count()):
            held = group.widget(at)
            if held is page or (held and held.isAncestorOf(page)):
                group.setCurrentIndex(at)


def open_tabs(tabs: QTabWidget) -> tuple[int, int]:
    """Which tab is open, and which within it."""
    inner = tabs.currentWidget()
    return tabs.currentIndex(), inner.currentIndex() if isinstance(inner, QTabWidget) else 0


def open_again(tabs: QTabWidget, place: tuple[int, int]) -> None:
    inner = tabs.widget(place[0])
    if isinstance(inner, QTabWidget):
        inner.setCurrentIndex(place[1])
    tabs.setCurrentIndex(place[0])
