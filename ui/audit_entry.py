"""The chosen entry of the audit log field by field, and the way to all about its record."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from models.store.changed import changed_values
from models.store.trail_rows import Row
from models.words import _
from ui.audit_table import unreadable
from ui.buttons import button
from ui.change_in_html import change_in_html
from ui.theme import GAP, MARGIN

MOST_SAID = 100


class AuditEntry(QWidget):
    """`record_asked`: all that was ever done to the record of this entry."""

    record_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QTextBrowser(self)
        self.text.document().setDocumentMargin(MARGIN)
        self.text.setPlaceholderText(_("Choose an entry to see it field by field."))
        self.text.setAccessibleName(_("The chosen entry, field by field"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        tip = _("Entered, corrected, removed: all that was ever done to it (menu key, in the list)")
        self.record_button = button(
            _("All about this record"), self.record_asked.emit, self, tip=tip
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.text, 1)
        column.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_row(None)

    def show_row(self, row: Row | None) -> None:
        self.text.setHtml(_page(row) if row else "")
        self.record_button.setVisible(bool(row and row.change and row.change.record_id))

    def show_faults(self, faults: Sequence[str]) -> None:
        """What is wrong with the chain, as far as anybody will read it."""
        lines = [*faults[:MOST_SAID]]
        if len(faults) > MOST_SAID:
            lines.append(_("And {n} more.").format(n=len(faults) - MOST_SAID))
        self.text.setHtml("".join(f"<p>{escape(line)}</p>" for line in lines))


def _page(row: Row) -> str:
    entry = _("Entry {n}").format(n=row.sequence)
    if row.change is None:
        return f"<p><b>{escape(entry)}</b></p><p>{escape(unreadable())}</p>"
    whose = _("{name}, MRN {mrn}").format(name=row.name, mrn=row.mrn) if row.name else ""
    also = [line for line in (entry, whose) if line]
    return change_in_html(row.change, changed_values(row.change, row.names), also)
