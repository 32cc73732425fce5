"""The preview of a file with the buttons for what can be done with it."""

import mimetypes
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.attachment import Attachment
from models.base import ClinicError
from models.roles import May
from models.store.clinic import FILE
from models.words import _
from reports.writing import write_report
from ui import errors
from ui.allowed import needs
from ui.buttons import button
from ui.file_preview import FilePreview
from ui.pdf_output import ask_where_to_save
from ui.sheet import row_of
from ui.theme import GAP, MARGIN
from ui.turn_button import TurnButton

Exporting = Callable[..., AbstractContextManager[None]]
"""`Clinic.exporting`: what leaves the program is put on record."""


class FileViewer(QWidget):
    """`turn_asked`: by so many quarters, clockwise."""

    turn_asked = Signal(int)
    compare_asked = Signal()

    def __init__(
        self,
        content: Callable[[Attachment], bytes],
        exporting: Exporting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._content, self._exporting = content, exporting
        self._record: Attachment | None = None
        self.preview = FilePreview(self)
        self.left_button = TurnButton(-1, _("Turn to the left"), "L", self)
        self.right_button = TurnButton(1, _("Turn to the right"), "R", self)
        self.compare_button = button(
            _("Compare"),
            self.compare_asked.emit,
            self,
            tip=_("Two photographs of one site side by side"),
        )
        copy = button(_("Save a copy…"), self.save_copy, self)
        self.copy_button = needs(May.EXPORT, copy)
        for each in (self.left_button, self.right_button):
            needs(Attachment.changed_with, each)
        self.left_button.clicked.connect(lambda: self.turn_asked.emit(-1))
        self.right_button.clicked.connect(lambda: self.turn_asked.emit(1))
        self.preview.picture.turn_asked.connect(self.turn_asked)
        self.preview.currentChanged.connect(self._show_turning)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.preview, 1)
        turning = (self.left_button, self.right_button)
        column.addLayout(row_of(*turning, self.compare_button, self.copy_button))
        self.forget()
        self._show_turning()

    def show_record(self, record: Attachment) -> None:
        """A file that is on file; one that is shown already is only turned."""
        shown, self._record = self._record, record
        self.copy_button.show()
        if shown is not None and shown.sha256 == record.sha256:
            self.preview.turn_to(record.quarter_turns or 0)
            return
        try:
            content = self._content(record)
        except ClinicError as error:
            self.preview.say(str(error))
        else:
            self.preview.show_file(content, record.media_type, record.quarter_turns or 0)

    def show_new(self, content: bytes, media_type: str) -> None:
        """A file that is not on file yet."""
        self.forget()
        self.preview.show_file(content, media_type)

    def forget(self) -> None:
        """Keep nothing of a file in memory."""
        self._record = None
        self.preview.clear()
        self.copy_button.hide()

    def save_copy(self) -> None:
        """Write the file as it is kept, outside the encrypted store."""
        record = self._record
        path = self.ask_path(suggested_name(record)) if record else None
        if record is None or path is None:
            return
        try:
            content = self._content(record)
            with self._exporting([record.patient], FILE, what=record.kind.value):
                write_report(content, path)
        except ClinicError as error:
            errors.show_error(self, error)

    def ask_path(self, file_name: str) -> Path | None:
        return ask_where_to_save(self, _("Save a copy"), file_name)

    def _show_turning(self) -> None:
        for each in (self.left_button, self.right_button):
            each.setVisible(self.preview.shows_photograph)


def suggested_name(attachment: Attachment) -> str:
    """A file name that tells nothing of the patient: `photograph-2017-07.jpg`."""
    suffix = mimetypes.guess_extension(attachment.media_type) or ""
    return f"{_(attachment.kind.value)}-{attachment.date}{suffix}"
