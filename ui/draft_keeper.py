"""Keeping what is typed on file until it is saved or discarded, and showing it again."""

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError, Record, revised
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from models.words import _
from ui import errors
from ui.form import Form

PAUSE_MS, LATEST_MS = 300, 2000


class DraftKeeper(QObject):
    """A moment after each change of a form its draft is on file, and gone once nothing is unsaved.

    Idle until it is begun. `settled`: the draft was saved or discarded; `failed`: it cannot be kept
    at the moment, told once; it is tried again.
    """

    settled = Signal()
    failed = Signal(object)

    def __init__(
        self,
        form: Form,
        name: str,
        parent: QWidget,
        is_unsaved: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self.form, self.name = form, name
        self._is_unsaved = is_unsaved or form.is_dirty
        self._clinic: Clinic | None = None
        self._patient = NOBODY
        self._on_file: object = None  # what stands there, None for nothing
        self._left: object = None
        self._told = False
        self._pause, self._latest = self._timer(PAUSE_MS), self._timer(LATEST_MS)
        form.changed.connect(self._on_changed)
        form.loaded.connect(self._write_quietly)

    def begin(self, clinic: Clinic, patient: uuid.UUID, kept: Draft | None) -> None:
        """Keep this patient's drafts from now on; `kept`: the one that stands in the form."""
        self._clinic, self._patient = clinic, patient
        self._on_file = kept and (self._content() or kept)
        self._left = self._on_file
        self._write_quietly()

    def end(self) -> None:
        """Put what is typed on file, and watch no longer; raises `ClinicError` where it cannot."""
        self.flush()
        self._clinic = None

    def can_keep(self) -> bool:
        """Whether what is typed now has a place until later."""
        return self._clinic is not None and self._is_unsaved()

    def rests(self) -> bool:
        """Whether nothing was typed since the draft came back or was left for later."""
        return self._left is not None and self._left == self._content()

    def keep_for_later(self) -> bool:
        """Whether what is typed is on file now; why not, is told."""
        try:
            self.flush()
        except ClinicError as error:
            errors.show_error(self._parent(), error)
            return False
        self._left = self._on_file
        return True

    def unsaved(self) -> Draft | None:
        """What is typed and not on file, though it was tried once more."""
        with suppress(ClinicError):
            self.flush()
        content = self._content()
        if self._clinic is None or content is None or content == self._on_file:
            return None
        return self._draft(*content)

    def flush(self) -> None:
        """Put what is typed on file now; raises `ClinicError` where it cannot."""
        self._pause.stop()
        self._latest.stop()
        if self._clinic is None:
            return
        content = self._content()
        if content == self._on_file:
            return
        try:
            if content is None:
                self._clinic.drop_draft(self.name, self._patient)
            else:
                self._clinic.keep_draft(self._draft(*content))
        except ClinicError:
            self._latest.start()
            raise
        self._on_file, self._told = content, False
        if content is None:
            self.settled.emit()

    def _content(self) -> tuple[uuid.UUID, int, dict[str, Any]] | None:
        """Of which record, in which version, and what is typed; None where nothing is unsaved."""
        record = self.form.record
        version = record.version if record else 0
        return (self.form.record_id, version, self.form.typed()) if self._is_unsaved() else None

    def _draft(self, record: uuid.UUID, version: int, typed: dict[str, Any]) -> Draft:
        now = dt.datetime.now(dt.UTC)
        return Draft(self.name, self._patient, record, version, typed, now)

    def _write_quietly(self) -> None:
        try:
            self.flush()
        except ClinicError as error:
            if not self._told:
                self._told = True
                self.failed.emit(error)

    def _on_changed(self) -> None:
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._write_quietly)
        return timer

    def _parent(self) -> QWidget | None:
        parent = self.parent()
        return parent if isinstance(parent, QWidget) else None


def show_again(form: Form, draft: Draft, on_file: Record | None) -> None:
    """What was typed, over the record as it is on file; what happened to it meanwhile is said.

    It can be saved where the record is as it was when this was typed.
    """
    remark = ""
    if on_file is None:
        form.load(None, new_id=draft.record)
        remark = _("It was removed meanwhile.") if draft.version else ""
    elif on_file.version == draft.version:
        form.load(on_file)
    else:
        form.load(revised(on_file, version=draft.version))
        by = on_file.changed_by or on_file.recorded_by
        remark = _("It was changed meanwhile by {user}.").format(user=by)
    if remark:
        kept = _("What you typed is kept here, but can no longer be saved: enter it anew.")
        form.show_problems({"": f"{remark} {kept}"})
    form.resume(draft.typed)
