"""The clinic's settings: what it chose about the rules, for every patient alike."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import FieldWords, described_fields
from models.practice import Practice, usual_practice
from models.store.clinic import Clinic
from models.value_words import in_words
from models.words import _, ngettext
from ui.allowed import may, needs
from ui.buttons import button
from ui.date_editor import Today
from ui.record_form import CorrectionForm

FIELDS = [each.name for each in described_fields(Practice) if each.name != "notes"]


class PracticePage(CorrectionForm):
    """`closed`: a person wants to go back to where they came from."""

    closed = Signal()
    record_class = Practice

    def __init__(
        self, today: Today, save: Callable[..., Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(today, save, parent)
        tip = _("Fills in what a clinic has that chose nothing; it is not saved yet")
        usual = button(_("Usual values"), self.fill_in_usual, self, tip=tip)
        self.pane.add(needs(Practice.changed_with, usual))
        self.pane.add(button(_("Close"), self.cancel, self, tip=_("Escape")))

    def open(self, clinic: Clinic) -> None:
        """The settings as they are on file, and what was typed over them and not saved."""
        self.start(clinic.practice())
        self.go_on(clinic)

    def start(self, practice: Practice) -> None:
        """The settings as they are on file, ready to be changed."""
        self.keeper.end()
        self.show_after(practice)
        self.form.focus_first()

    def title(self, record: Practice) -> str:
        changing = may(self, Practice.changed_with)
        return _("Settings") if changing else _("Settings, read only")

    def explain(self, values: dict[str, Any]) -> str:
        """What a change affects, and where this clinic differs from the usual."""
        affects = _(
            "These settings hold for every patient. What follows from them is worked out anew as "
            "soon as they are saved; a change is kept in the audit log."
        )
        differing = differences(values)
        n = len(differing)
        if n:
            affects += " " + ngettext(
                "{n} of them differs from the usual.", "{n} of them differ from the usual.", n
            ).format(n=n)
        return "\n".join([affects, *differing])

    def fill_in_usual(self) -> None:
        usual = usual_practice()
        self.form.fill({name: getattr(usual, name) for name in FIELDS})

    def cancel(self) -> None:
        if self.may_leave():
            self.closed.emit()


def differences(values: dict[str, Any]) -> list[str]:
    """`A response is confirmed after 56 days (usual: 28 days)`, one line for each."""
    usual = usual_practice()
    return [
        _("{setting}: {chosen} (usual: {usual})").format(
            setting=words.title,
            chosen=_with_unit(words, values[words.name]),
            usual=_with_unit(words, getattr(usual, words.name)),
        )
        for words in described_fields(Practice)
        if words.name in FIELDS and values[words.name] != getattr(usual, words.name)
    ]


def _with_unit(words: FieldWords, value: Any) -> str:
    return f"{in_words(value)} {words.unit}".strip()
