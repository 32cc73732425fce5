"""When the window locks, and where backups go: the form, and what is known of a folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import InvalidRecord
from models.safekeeping import Safekeeping
from models.store.backup_folder import on_same_disk, what_is_wrong
from models.words import _
from ui.date_editor import Today
from ui.folder_editor import FolderEditor
from ui.latest import Latest
from ui.record_form import CorrectionForm
from ui.tasks import Tasks

FOLDER = "backup_folder"


class SafekeepingForm(CorrectionForm):
    """A folder that was changed is looked at before it is saved. `closed`: Escape."""

    closed = Signal()
    record_class = Safekeeping
    hidden = ("notes",)

    def __init__(
        self,
        today: Today,
        save: Callable[..., Any],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        self._keep = save
        super().__init__(today, self._check_and_keep, parent, own={FOLDER: FolderEditor})
        self._clinic = Path()
        self._latest = Latest(tasks, self)
        self._latest.done.connect(self._on_looked)
        self.folder = cast(FolderEditor, self.form.editors[FOLDER])
        self.folder.named.connect(self._look_at)

    def start(self, safekeeping: Safekeeping, clinic: Path) -> None:
        """What is on file, of the clinic in this folder."""
        self.keeper.end()
        self._clinic = clinic
        self.show_after(safekeeping)

    def title(self, record: Safekeeping) -> str:
        return _("Lock and folder")

    def cancel(self) -> None:
        self.closed.emit()

    def _check_and_keep(self, record: Safekeeping, *, reason: str) -> Any:
        chosen = record.backup_folder
        if (
            chosen
            and chosen != self.on_file.backup_folder
            and (wrong := what_is_wrong(Path(chosen)))
        ):
            raise InvalidRecord(_(Safekeeping.singular), {FOLDER: wrong})
        return self._keep(record, reason=reason)

    def _look_at(self, typed: str) -> None:
        self._latest.run(partial(_remark, typed, self._clinic))

    def _on_looked(self, remark: tuple[str, bool]) -> None:
        text, wrong = remark
        self.folder.remark(text, wrong=wrong)


def _remark(typed: str, clinic: Path) -> tuple[str, bool]:
    """What stands below the folder: on which disk it lies, or what is wrong with it, and if so."""
    same = _("On the same disk as the records: a broken disk would take both.")
    if not typed:
        return _("Empty: beside the clinic's file. {same}").format(same=same), False
    wrong = what_is_wrong(Path(typed))
    if wrong:
        return wrong, True
    disk = same if on_same_disk(Path(typed), clinic) else _("On another disk than the records.")
    return disk, False
