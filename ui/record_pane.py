"""The form of one record with its title, what is worked out from it, and its buttons."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.words import _
from ui.allowed import needs
from ui.explained import Explained
from ui.form import Form
from ui.sheet import entry
from ui.theme import GAP, MARGIN, dress

Explain = Callable[[dict[str, Any]], str]
LONGEST_REASON = 500


class RecordPane(QWidget):
    """Shows a form and asks for what a person wants done with it.

    `reason`: why what is on file is being changed, for whoever wants to tell.
    """

    save_asked = Signal()
    cancel_asked = Signal()
    remove_asked = Signal()

    def __init__(
        self,
        make_form: Callable[[QWidget], Form],
        explain: Explain | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = form = make_form(self)
        self._explain = explain
        self._title = QLabel(self)
        dress(self._title, "heading")
        self.explained = Explained(self)
        beside = _("May stay empty; it stands in the history beside the old and new values.")
        self.reason = entry(_("Reason for the change"), self, help=beside)
        self.reason.line.setMaxLength(LONGEST_REASON)
        form.put_last(self.reason)
        self.save_button = self._button(_("Save"), _("Ctrl+Enter"), self.save_asked)
        dress(self.save_button, "primary")
        self.cancel_button = self._button(_("Cancel"), _("Escape"), self.cancel_asked)
        self.remove_button = self._button(_("Remove"), _("Delete, in the table"), self.remove_asked)
        for each in (form, self.save_button, self.cancel_button, self.remove_button):
            needs(form.record_class.changed_with, each)
        form.changed.connect(self._refresh)
        self._lay_out()

    def show_record(self, title: str) -> None:
        """Put this title over what stands in the form."""
        self._title.setText(title)
        self.remove_button.setVisible(self.form.record is not None)
        self.reason.set_value(None)
        self._refresh()

    def add(self, button: QPushButton) -> None:
        """One more button, apart from those that save and cancel."""
        self._buttons.addWidget(button)

    def put_above(self, widget: QWidget) -> None:
        """Something of its own between the title and the form."""
        self._column.insertWidget(1, widget)

    def can_save(self) -> bool:
        return self.form.record is None or self.form.is_dirty()

    def _refresh(self) -> None:
        for button in (self.save_button, self.cancel_button):
            button.setEnabled(self.can_save())
        self._offer_reason()
        values = {**self.form.values(), "id": self.form.record_id}
        text = self._explain(values) if self._explain else ""
        self.explained.show_lines(text or self._why_not())

    def _offer_reason(self) -> None:
        """Beside a correction; from where it is no more the focus goes into the form."""
        typed = self.reason.line.hasFocus()
        self.reason.setVisible(self.form.record is not None and self.form.is_dirty())
        if typed and self.reason.isHidden():
            self.form.focus_first()

    def _why_not(self) -> str:
        """What can be worked out no more stays in its place, with what cannot be read."""
        unread = (text for each in self.form.editors.values() if (text := each.unreadable()))
        problem = next(unread, "") if self.explained.isVisibleTo(self) else ""
        return _("Not worked out. {problem}").format(problem=problem) if problem else ""

    def _button(self, text: str, shortcut: str, asked: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(shortcut)
        button.clicked.connect(asked)
        return button

    def _lay_out(self) -> None:
        buttons = self._buttons = QHBoxLayout()
        buttons.setContentsMargins(MARGIN, 0, MARGIN, 0)
        buttons.setSpacing(GAP)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch()
        buttons.addWidget(self.remove_button)
        explained = QHBoxLayout()
        explained.setContentsMargins(MARGIN, GAP, MARGIN, 0)
        explained.addWidget(self.explained)
        title = QHBoxLayout()
        title.setContentsMargins(MARGIN, 0, MARGIN, 0)
        title.addWidget(self._title)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN, 0, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(title)
        column.addWidget(self.form, 1)
        column.addLayout(explained)
        column.addLayout(buttons)
