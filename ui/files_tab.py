"""Photographs, letters and reports of a patient: added from the disk or dropped, and looked at."""

import hashlib
import mimetypes
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from models.attachment import MOST_BYTES, Attachment, AttachmentKind
from models.base import ClinicError
from models.values import PartialDate
from models.words import _, ngettext
from reports.writing import write_report
from ui import errors, questions
from ui.buttons import button
from ui.date_editor import Today
from ui.file_preview import FilePreview
from ui.pdf_output import ask_where_to_save
from ui.questions import Leaving
from ui.record_pane import Explain
from ui.record_tab import RecordTab
from ui.sheet import row_of
from ui.theme import GAP, MARGIN

UNKNOWN = "application/octet-stream"
HIDDEN = ("media_type", "sha256")
UNSEEN = (*HIDDEN, "quarter_turns")
WIDTHS = [384, 368, 480]


class FilesTab(RecordTab):
    """A file that was chosen is held in memory until it is saved; several wait for their turn."""

    def __init__(
        self,
        today: Today,
        attach: Callable[[Attachment, bytes], Any],
        content: Callable[[Attachment], bytes],
        save: Callable[[Any], Any],
        remove: Callable[[Any, str], Any],
        *,
        explain: Explain | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            Attachment,
            today,
            self._keep,
            remove,
            columns=("date", "kind", "title"),
            hidden=UNSEEN,
            explain=explain,
            parent=parent,
        )
        self._today, self._attach, self._content, self._correct = today, attach, content, save
        self._chosen = b""
        self._waiting: list[tuple[Path, Mapping[str, Any]]] = []
        self.preview = FilePreview(self)
        self.copy_button = button(_("Save a copy…"), self.save_copy, self)
        self.list.add_button.setText(_("Add file…"))
        self.setAcceptDrops(True)
        self._add_viewer()
        self._stack.currentChanged.connect(self._on_turned)
        self._on_turned()

    def start_new(self, defaults: Mapping[str, Any] | None = None) -> None:
        """Choose a file, and open a form for it with some values filled in."""
        paths = self.ask_files()
        if paths:
            self.add_files(paths, defaults)

    def add_files(self, paths: Sequence[Path], defaults: Mapping[str, Any] | None = None) -> None:
        """Open a form for the first; the others follow as each is saved, behind those that wait."""
        files = [(path, defaults or {}) for path in paths]
        if self._chosen:
            self._waiting += files
            self._pane.show_record(self._new_title())
        elif self.may_leave():
            self._waiting = files
            self._start_next()

    def may_leave(self) -> bool:
        """Files that wait are not left behind: after one is saved the next one comes first."""
        return super().may_leave() and not self._start_next()

    def save_copy(self) -> None:
        """Write the file as it was attached, outside the encrypted store."""
        record = self.form.record
        if not isinstance(record, Attachment):
            return
        path = self.ask_path(suggested_name(record))
        try:
            if path:
                write_report(self._content(record), path)
        except ClinicError as error:
            errors.show_error(self, error)

    def ask_files(self) -> list[Path]:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add files"))
        return [Path(each) for each in chosen]

    def ask_path(self, file_name: str) -> Path | None:
        return ask_where_to_save(self, _("Save a copy"), file_name)

    def ask_to_leave(self) -> Leaving:
        return questions.ask_to_leave(self, self.kind + self._more())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._history is not None and dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(dropped(event))

    def _start_next(self) -> bool:
        """Open a form for the next file that can be read; whether there is one."""
        while self._waiting:
            path, defaults = self._waiting.pop(0)
            try:
                content = read_file(path)
            except ClinicError as error:
                errors.show_error(self, error)
            else:
                self._propose(content, guess(path, content, self._today()), defaults)
                return True
        return False

    def _propose(
        self, content: bytes, guessed: Mapping[str, Any], defaults: Mapping[str, Any]
    ) -> None:
        self.form.load(None, {name: guessed[name] for name in HIDDEN})
        for name, editor in self.form.editors.items():
            editor.set_value({**guessed, **defaults}.get(name))
        self._chosen = content
        self._open(self._new_title(), None)
        self.preview.show_file(content, guessed["media_type"])
        self.form.focus_first()

    def _new_title(self) -> str:
        return _("New {kind}").format(kind=self.kind) + self._more()

    def _more(self) -> str:
        n = len(self._waiting)
        return ngettext(", {n} more waiting", ", {n} more waiting", n).format(n=n) if n else ""

    def _is_unsaved(self) -> bool:
        return bool(self._chosen) or super()._is_unsaved()

    def _keep(self, record: Attachment) -> Any:
        if self.form.record is None:
            return self._attach(record, self._chosen)
        return self._correct(record)

    def _on_save(self) -> None:
        new = self.form.record is None
        super()._on_save()
        if new and self.form.record is not None:
            self._start_next()

    def _open(self, title: str, record_id: uuid.UUID | None) -> None:
        super()._open(title, record_id)
        record = self.form.record
        self.copy_button.setVisible(record is not None)
        if isinstance(record, Attachment):
            self._chosen = b""
            self._look_at(record)

    def _look_at(self, record: Attachment) -> None:
        try:
            self.preview.show_file(self._content(record), record.media_type)
        except ClinicError as error:
            self.preview.say(str(error))

    def _show_nothing(self) -> None:
        super()._show_nothing()
        self._empty.setText(self._empty.text() + "\n" + _("Files can also be dropped here."))

    def _on_turned(self) -> None:
        if not self._is_open():
            self._chosen = b""
            self._waiting.clear()
            self.preview.clear()
            self.copy_button.hide()

    def _add_viewer(self) -> None:
        viewer = QWidget(self)
        column = QVBoxLayout(viewer)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.preview, 1)
        column.addLayout(row_of(self.copy_button))
        splitter = cast(QSplitter, self.findChild(QSplitter))
        splitter.addWidget(viewer)
        splitter.setStretchFactor(2, 1)
        splitter.setSizes(WIDTHS)


def read_file(path: Path) -> bytes:
    """The content of a file that can be attached; raises `ClinicError` for any other."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(path, _("it is larger than {n} MB").format(n=MOST_BYTES // 1024**2))
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, (error.strerror or _("it cannot be read")).lower()) from error
    if not content:
        raise _refused(path, _("it is empty"))
    return content


def guess(path: Path, content: bytes, today: Any) -> dict[str, Any]:
    """What a file tells of itself."""
    media_type = mimetypes.guess_type(path.name)[0] or UNKNOWN
    photograph = media_type.startswith("image/")
    return {
        "date": PartialDate.of(today),
        "title": path.stem[:200],
        "kind": AttachmentKind.PHOTOGRAPH if photograph else AttachmentKind.LETTER,
        "media_type": media_type,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def suggested_name(attachment: Attachment) -> str:
    """A file name that tells nothing of the patient: `photograph-2017-07.jpg`."""
    suffix = mimetypes.guess_extension(attachment.media_type) or ""
    return f"{_(attachment.kind.value)}-{attachment.date}{suffix}"


def dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _refused(path: Path, why: str) -> ClinicError:
    return ClinicError(
        _("The file {name} cannot be added: {why}.").format(name=path.name, why=why),
        _("Nothing was changed."),
        _("Choose another file, or a photograph of lower resolution."),
    )
