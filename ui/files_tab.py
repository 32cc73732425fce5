"""Photographs, letters and reports of a patient: added, dropped or pasted, looked at, compared."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from models.attachment import Attachment, pair_to_compare
from models.base import ClinicError, revised
from models.history import History
from models.patient import Consent, Purpose, consents_to
from models.photographs import Photograph
from models.store.drafts import Draft
from models.words import _, ngettext
from ui import errors, questions
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.compare_view import CompareView
from ui.date_editor import Today
from ui.drafts_in_words import not_saved_title
from ui.file_queue import FileQueue
from ui.file_rows import COLUMNS, dress_rows
from ui.file_viewer import Exporting, FileViewer
from ui.held_files import CHOSEN, WAITING, Held, waiting_as_json, waiting_of_json
from ui.incoming import Incoming, handed_over, has_some, on_disk
from ui.questions import Leaving
from ui.record_pane import Explain
from ui.record_tab import RecordTab
from ui.sheet import label
from ui.tasks import Tasks
from ui.thumbnails import Thumbnails

HIDDEN = ("media_type", "sha256")
UNSEEN = (*HIDDEN, "quarter_turns")
WIDTHS, NARROWEST = [376, 492, 464], 320


class FilesTab(RecordTab):
    """A file that was chosen is held in memory until it is saved; several wait for their turn.

    While none is open and the next is still being read, nothing else is opened.

    `comparing`: whether two photographs take the whole tab, and could use more room.
    """

    comparing = Signal(bool)

    def __init__(
        self,
        today: Today,
        attach: Callable[[Attachment, bytes], Any],
        content: Callable[[Attachment], bytes],
        save: Callable[..., Any],
        remove: Callable[[Any, str], Any],
        *,
        exporting: Exporting,
        tasks: Tasks,
        explain: Explain | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._today, self._attach, self._correct = today, attach, save
        self._chosen, self._turns, self._place_removed = b"", 0, False
        self._media_type = ""
        self._awaits = False
        self._explain_values = explain
        super().__init__(
            Attachment,
            today,
            self._keep,
            remove,
            columns=COLUMNS,
            hidden=UNSEEN,
            explain=self._explain,
            parent=parent,
        )
        self._queue = FileQueue(today, tasks, self)
        self.thumbnails = Thumbnails(content, tasks, self)
        self.viewer = FileViewer(content, exporting, self)
        self.preview = self.viewer.preview
        self.compare = CompareView(content, tasks, self)
        self.paste_button = button(_("Paste"), self.paste, self, tip=_("Ctrl+V"))
        missing = _("No consent to photographs is on file: see Summary, Consents.")
        self.consent = label(missing, "note", self)
        self._fill()
        self._connect_files()
        self._on_turned()

    @property
    def in_use(self) -> bool:
        """Pictures, and files that wait for their turn, are those of one patient."""
        return True

    def set_history(self, history: History) -> None:
        if self._history is None or self._history.patient.id != history.patient.id:
            self.thumbnails.forget()
            self.close_compare()
            self._end_queue()
        super().set_history(history)
        if self.compare.isVisible():
            self.compare.set_history(history)
        self.viewer.compare_button.setVisible(self._pair() is not None)
        stands = consents_to(Purpose.PHOTOGRAPHS, history.of(Consent), self._today())
        self.consent.setVisible(not stands)
        self._see_clipboard()

    def select(self, record_id: uuid.UUID) -> None:
        self.close_compare()
        super().select(record_id)

    # Files that come in

    def start_new(self, defaults: Mapping[str, Any] | None = None) -> None:
        """Choose a file, and open a form for it with some values filled in."""
        paths = self.ask_files()
        if paths:
            self.add_files(paths, defaults)

    def add_files(self, paths: Sequence[Path], defaults: Mapping[str, Any] | None = None) -> None:
        """Open a form for the first; the others follow as each is saved, behind those that wait."""
        self._take(on_disk(paths), defaults)

    def paste(self) -> None:
        """Add the picture or the files that lie in the clipboard."""
        if self._takes_files():
            self._take(handed_over(QGuiApplication.clipboard().mimeData()))

    def _take(self, files: list[Incoming], defaults: Mapping[str, Any] | None = None) -> None:
        self.close_compare()
        if self._chosen or self._awaits:
            self._queue.add(files, defaults or {})
            self._say_waiting()
        elif files and self.may_leave():
            self._queue.add(files, defaults or {})
            self._start_next()

    def may_leave(self, later: bool = False) -> bool:
        """Files that wait are not left behind: after one is saved the next one comes first."""
        return super().may_leave(later) and not self._start_next()

    def ask_files(self) -> list[Path]:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add files"))
        return [Path(each) for each in chosen]

    def ask_to_leave(self, later: bool) -> Leaving:
        return questions.ask_to_leave(self, self.kind + self._more(), later)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes_files() and has_some(event.mimeData()):
            event.acceptProposedAction()

    def _takes_files(self) -> bool:
        return self._history is not None and self._may_change()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if self._takes_files():
            self._take(handed_over(event.mimeData()))

    def _start_next(self) -> bool:
        """Open a form for the next file, now or as soon as it is read; whether there is one."""
        while self._queue.count:
            try:
                taken = self._queue.take()
            except ClinicError as error:
                errors.show_error(self, error)
                continue
            if taken:
                self._propose(*taken)
            elif not self._awaits:
                self._await_next()
            return True
        if self._awaits:
            self._end_queue()
            self._show_nothing()
        return False

    def _await_next(self) -> None:
        self._awaits = True
        self._show_nothing()
        self.list.view.setFocus()

    def _on_ready(self) -> None:
        """Whoever types elsewhere by now goes on typing there."""
        if self._awaits:
            at = self.window().focusWidget()
            self._start_next()
            if at is not None and not self.isAncestorOf(at):
                at.setFocus()

    def _end_queue(self) -> None:
        self._awaits = False
        self._queue.clear()

    def _say_waiting(self) -> None:
        if self._chosen:
            self._pane.show_record(self._new_title())
        else:
            self._show_nothing()

    def _propose(self, read: Photograph, values: Mapping[str, Any]) -> None:
        self.form.load(None, {name: values[name] for name in HIDDEN})
        for name, editor in self.form.editors.items():
            editor.set_value(values.get(name))
        self._chosen, self._turns, self._place_removed = read.content, 0, read.place_removed
        self._media_type = values["media_type"]
        self._awaits = False
        self._open(self._new_title(), None)
        self.viewer.show_new(read.content, values["media_type"])
        self.form.focus_first()

    def _new_title(self) -> str:
        return super()._new_title() + self._more()

    def _more(self) -> str:
        n = self._queue.count
        return ngettext(", {n} more waiting", ", {n} more waiting", n).format(n=n) if n else ""

    def _explain(self, values: dict[str, Any]) -> str:
        removed = _("Place of the photograph removed.") if self._place_removed else ""
        worked_out = self._explain_values(values) if self._explain_values else ""
        return "\n".join(filter(None, (removed, worked_out)))

    # What a lock puts away

    def unsaved(self) -> Draft | None:
        """A file that was chosen, what is typed beside it, and those that wait for their turn."""
        if self._history is None or not (self._chosen or self._queue.count):
            return None
        typed: dict[str, Any] = {WAITING: waiting_as_json(self._queue.files)}
        if self._chosen:
            file = Held(self._chosen, self._media_type, self._turns, self._place_removed)
            typed |= {CHOSEN: file.as_json(), **self.form.typed()}
        now = dt.datetime.now(dt.UTC)
        return Draft(self.keeper.name, self._history.patient.id, None, 0, typed, now)

    def resume(self, draft: Draft) -> None:
        """Show again what was typed and not saved; a file that was chosen is open as before."""
        waiting = waiting_of_json(draft.typed.get(WAITING, []))
        if CHOSEN in draft.typed:
            file = Held.of_json(draft.typed[CHOSEN])
            checksum = hashlib.sha256(file.content).hexdigest()
            values = {"media_type": file.media_type, "sha256": checksum}
            self._propose(Photograph(file.content, file.place_removed), values)
            self.turn(file.turns)
            self.form.resume(draft.typed)
            self._pane.show_record(not_saved_title(self._new_title(), draft))
        elif not waiting:
            super().resume(draft)
        self._take(waiting)

    # What is saved

    def _is_unsaved(self) -> bool:
        return bool(self._chosen) or super()._is_unsaved()

    def _can_wait(self) -> bool:
        return not self._chosen and super()._can_wait()

    def _keep(self, record: Attachment, *, reason: str) -> Any:
        if self.form.record is None:
            return self._attach(revised(record, quarter_turns=self._turns or None), self._chosen)
        return self._correct(record, reason=reason)

    def _on_save(self) -> None:
        if self.compare.isVisible():
            return
        new = self.form.record is None
        super()._on_save()
        if new and self.form.record is not None:
            self._start_next()

    def turn(self, quarters: int) -> None:
        """Show the photograph turned clockwise from now on; what is typed beside it stays."""
        if not self._may_change():
            return
        record = self.form.record
        if self._chosen:
            self._turns = (self._turns + quarters) % 4
            self.preview.turn_to(self._turns)
        elif isinstance(record, Attachment):
            turns = ((record.quarter_turns or 0) + quarters) % 4
            try:
                saved = self._correct(revised(record, quarter_turns=turns or None))
            except ClinicError as error:
                errors.show_error(self, error)
                return
            if self.form.is_dirty():
                self.form.adopt(saved)
                self.preview.turn_to(turns)
            else:
                self._show(saved)
            self.saved.emit(saved)

    # What is looked at

    def show_compare(self) -> None:
        """Two photographs of one site over the whole tab, until they are closed."""
        pair = self._pair()
        if pair is not None and self._history is not None:
            self._splitter.hide()
            self.compare.show()
            self.comparing.emit(True)
            self.compare.show_pair(self._history, *pair)

    def close_compare(self) -> None:
        if not self.compare.isHidden():
            self.compare.hide()
            self.compare.forget()
            self._splitter.show()
            self.comparing.emit(False)
            self.list.view.setFocus()

    def cancel(self) -> None:
        if self.compare.isVisible():
            self.close_compare()
        else:
            super().cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_compare()

    def _pair(self) -> tuple[Attachment, Attachment] | None:
        record = self.form.record
        files = self._history.of(Attachment) if self._history else ()
        return pair_to_compare(files, record if isinstance(record, Attachment) else None)

    def _open(self, title: str, record_id: uuid.UUID | None) -> None:
        record = self.form.record
        if isinstance(record, Attachment):
            self._chosen, self._place_removed = b"", False
        super()._open(title, record_id)
        if isinstance(record, Attachment):
            self.viewer.show_record(record)

    def _show_nothing(self) -> None:
        super()._show_nothing()
        if self._awaits:
            reading = _("Reading {title}…").format(title=self._queue.next_title)
            self._empty.setText(reading)
        elif self._history is None or not self._history.of(Attachment):
            drop = _("No files yet. Drop them here, paste with Ctrl+V, or press Add file (Ctrl+N).")
            self._empty.setText(drop if self._may_change() else _("No files."))

    def _see_clipboard(self) -> None:
        self.paste_button.setEnabled(has_some(QGuiApplication.clipboard().mimeData()))

    def _on_turned(self) -> None:
        if not self._is_open():
            self._chosen, self._place_removed = b"", False
            if not self._awaits:
                self._queue.clear()
            self.viewer.forget()

    # Set-up

    def _fill(self) -> None:
        dress_rows(self.list.view, self.thumbnails)
        for part in (self.list, self.viewer):
            part.setMinimumWidth(NARROWEST)
        self.list.add_button.setText(_("Add file…"))
        self.list.add(needs(Attachment.changed_with, self.paste_button))
        cast(Any, self.list.layout()).addWidget(self.consent)
        self._splitter = cast(QSplitter, self.findChild(QSplitter))
        self._splitter.addWidget(self.viewer)
        self._splitter.setStretchFactor(2, 1)
        self._splitter.setSizes(WIDTHS)
        cast(Any, self.layout()).addWidget(self.compare)
        self.compare.hide()
        self.setAcceptDrops(True)

    def _connect_files(self) -> None:
        self._stack.currentChanged.connect(self._on_turned)
        self._queue.ready.connect(self._on_ready)
        self.viewer.turn_asked.connect(self.turn)
        self.viewer.compare_asked.connect(self.show_compare)
        self.compare.closed.connect(self.close_compare)
        QGuiApplication.clipboard().dataChanged.connect(self._see_clipboard)
        needs(Attachment.changed_with, on_keys("Ctrl+V", self.paste, self))
