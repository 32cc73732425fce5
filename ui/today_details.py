"""The whole reason of the chosen item, the rule behind it, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from models.snooze import Snooze
from models.words import _, capitalised, day_words
from models.worklist import Item
from ui.allowed import needs
from ui.buttons import button
from ui.sheet import label
from ui.theme import GAP, MARGIN, dress

LEAST_HEIGHT = 72


class TodayDetails(QFrame):
    """`rule_asked`: by which the day was worked out; the others: of the item that is shown."""

    open_asked = Signal()
    put_off_asked = Signal()
    take_up_asked = Signal()
    rule_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rule = ""
        self.what = label("", "", self)
        self.why = label("", "quiet", self)
        self.what.setAccessibleName(_("What is due"))
        self.why.setAccessibleName(_("Why"))
        self.rule_button = button("", lambda: self.rule_asked.emit(self._rule), self, "link")
        self.put_off_button = button(_("Put off…"), self.put_off_asked.emit, self, tip=_("S"))
        self.take_up_button = button(_("Take up again"), self.take_up_asked.emit, self, tip=_("U"))
        for each in (self.put_off_button, self.take_up_button):
            needs(Snooze.changed_with, each)
        self.open_button = button(_("Open"), self.open_asked.emit, self, "primary", _("Enter"))
        self.setMinimumHeight(LEAST_HEIGHT)
        dress(self, "explained")
        self._lay_out()

    def show_item(self, item: Item | None) -> None:
        """What is due of whom and why; without an item, that none is chosen."""
        due = item.due if item else None
        rule = due.rule if due else None
        self._rule = rule.name if rule else ""
        self.rule_button.setText(_("Rule: {rule}").format(rule=rule.words) if rule else "")
        self.rule_button.setToolTip(_(rule.statement) if rule else "")
        self.rule_button.setVisible(rule is not None)
        self.what.setText(_told(item) if item else _("Choose a row to read why it is due."))
        self.why.setText(_reason(item) if item else "")
        for each in (self.open_button, self.put_off_button):
            each.setEnabled(item is not None)
        put_off = item is not None and item.snooze is not None
        self.put_off_button.setVisible(not put_off)
        self.take_up_button.setVisible(put_off)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        words.addWidget(self.what)
        words.addWidget(self.why)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 4, MARGIN, 4)
        row.setSpacing(GAP)
        row.addLayout(words, 1)
        row.addWidget(self.rule_button)
        row.addSpacing(GAP)
        for each in (self.put_off_button, self.take_up_button, self.open_button):
            row.addWidget(each)


def _told(item: Item) -> str:
    return _("{name}: {what}, {date}").format(
        name=item.patient.name, what=item.due.what, date=day_words(item.due.on)
    )


def _reason(item: Item) -> str:
    reasons = (item.due.why, item.put_off_words)
    return " ".join(f"{capitalised(each)}." for each in reasons if each)
