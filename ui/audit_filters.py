"""What is looked for in the audit log: words, a period, who, what was done, and to what."""

import uuid
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.records import RECORDS
from models.store.audit import Action
from models.store.trail_search import Asked
from models.values import earliest, latest
from models.words import N_, _, capitalised
from ui.date_editor import Today
from ui.print_choices import Choice
from ui.print_options import DayEditor
from ui.search_line import SearchLine
from ui.sheet import fill, label
from ui.theme import GAP

PAUSE_MS = 300
DAY_WIDTH, CHOICE_WIDTH = 112, 136

ANYTHING, LOOKED_AT = "", "looked at"
SEVERAL: dict[str, tuple[str, Sequence[Action]]] = {
    ANYTHING: (N_("Anything"), ()),
    LOOKED_AT: (N_("Read, printed, exported"), (Action.READ, Action.PRINTED, Action.EXPORTED)),
    "changed": (
        N_("Any change of a record"),
        (Action.CREATED, Action.CORRECTED, Action.REMOVED, Action.RESTORED, Action.MOVED),
    ),
    "signed": (
        N_("Signed in or out"),
        (Action.SIGNED_IN, Action.SIGN_IN_FAILED, Action.SIGNED_OUT, Action.RECOVERED),
    ),
}


class AuditFilters(QWidget):
    """`changed`: something else is looked for; what is typed counts after a pause."""

    changed = Signal()

    def __init__(self, today: Today, parent: QWidget) -> None:
        super().__init__(parent)
        self.patient: uuid.UUID | None = None
        self.record: uuid.UUID | None = None
        tip = _(
            "Old and new values, reason, name or MRN; words in any order, a phrase in double quotes"
        )
        self.search = SearchLine(
            _("Find in the audit log"), _("Value, reason, name or MRN"), tip, self
        )
        first = _("What came before is left out; a month or a year counts from its first day.")
        last = _("What came later is left out; a month or a year counts to its last day.")
        self.since = DayEditor(_("From"), _("beginning"), first, today, self)
        self.until = DayEditor(_("To"), _("today"), last, today, self)
        self.who = Choice(_("&Who"), self)
        self.did = Choice(_("&Did"), self)
        self.kind = Choice(_("Wh&at"), self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._asked: Asked | None = Asked()
        self._offer()
        self._lay_out()
        self._connect()

    def asked(self) -> Asked | None:
        """What is looked for; None while a date cannot be read."""
        if self.since.unreadable() or self.until.unreadable():
            return None
        since, until = self.since.value(), self.until.value()
        return Asked(
            since=earliest(since) if since else None,
            until=latest(until) if until else None,
            user=self.who.value or "",
            patient=self.patient,
            record=self.record,
            actions=frozenset(self._actions),
            kinds=frozenset({self.kind.value} if self.kind.value else ()),
            text=self.search.text(),
        )

    def offer_users(self, names: Iterable[str]) -> None:
        """Whoever has an account, or had one."""
        chosen = self.who.value
        self.who.offer([("", _("Everybody"), ""), *((name, name, name) for name in names)])
        self.who.choose(chosen if self.who.combo.findData(chosen) >= 0 else "")

    @property
    def _actions(self) -> Sequence[Action]:
        did = self.did.value
        return SEVERAL[did][1] if did in SEVERAL else (Action(did),)

    def clear(
        self,
        patient: uuid.UUID | None = None,
        did: str = ANYTHING,
        record: uuid.UUID | None = None,
    ) -> None:
        """Everything there is; or of one patient what was done of this, or all about one record."""
        self.patient, self.record = patient, record
        self.search.clear()
        for day in (self.since, self.until):
            day.set_value(None)
            day.set_problem("")
        for choice in (self.who, self.kind):
            choice.choose("")
        self.did.choose(did)
        self._tell()

    def _on_day(self) -> None:
        for day in (self.since, self.until):
            day.set_problem(day.unreadable())
        self._tell()

    def _tell(self) -> None:
        """Only what is different is told."""
        self._pause.stop()
        asked = self.asked()
        if asked is not None and asked != self._asked:
            self._asked = asked
            self.changed.emit()

    def _offer(self) -> None:
        self.offer_users(())
        several = [(key, _(words)) for key, (words, _actions) in SEVERAL.items()]
        single = [(action.value, action.label) for action in Action]
        self.did.offer([(key, words, words) for key, words in (*several, *single)])
        kinds = sorted((capitalised(_(kind.singular)), kind.table_name()) for kind in RECORDS)
        self.kind.offer([("", _("Anything"), ""), *((name, words, words) for words, name in kinds)])

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._tell)
        self._pause.timeout.connect(self._tell)
        for day in (self.since, self.until):
            day.left.connect(self._on_day)
            day.line.returnPressed.connect(self._on_day)
        for choice in (self.who, self.did, self.kind):
            choice.chosen.connect(self._tell)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        title = label(_("&Find"), "label", self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setBuddy(self.search)
        fill(words, (title, self.search))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(words, 2)
        row.setAlignment(words, Qt.AlignmentFlag.AlignTop)
        for part, width in _widths(self.since, self.until, self.who, self.did, self.kind):
            part.setMinimumWidth(width)
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)


def _widths(*parts: QWidget) -> Sequence[tuple[QWidget, int]]:
    return [(part, DAY_WIDTH if isinstance(part, DayEditor) else CHOICE_WIDTH) for part in parts]
