"""The files of one patient, as the patient's page wires them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from models.attachment import Attachment
from models.history import History
from models.patient import Patient
from models.store.clinic import Clinic
from tests.ui.samples import TODAY, sample
from ui.files_tab import FilesTab
from ui.questions import Leaving
from ui.tasks import Tasks


class Desk:
    """A tab on a real clinic, as the patient's page wires it."""

    def __init__(self, clinic: Clinic, worker: Tasks, qtbot: QtBot) -> None:
        self.clinic, self._qtbot = clinic, qtbot
        self.patient = clinic.save(sample(Patient))
        self.asked: list[Leaving] = []
        self.answer = Leaving.DISCARD
        self.tab = FilesTab(
            lambda: TODAY,
            clinic.attach,
            clinic.content,
            clinic.save,
            self.remove,
            exporting=clinic.exporting,
            tasks=worker,
        )
        self.tab.ask_to_leave = self.ask_to_leave  # type: ignore[method-assign]
        self.tab.saved.connect(self.reload)
        self.tab.removed.connect(self.reload)
        self.reload()

    def add(self, paths: Sequence[Path], defaults: Mapping[str, Any] | None = None) -> None:
        """Choose these files, and wait until the first is read."""
        self.tab.add_files(paths, defaults)
        self.wait()

    def wait(self) -> None:
        """Until the file that comes next is read."""
        self._qtbot.waitUntil(lambda: not self.tab._awaits)

    def remove(self, record: Attachment, why: str) -> None:
        self.clinic.remove(record, why)

    def ask_to_leave(self, later: bool) -> Leaving:
        self.asked.append(self.answer)
        return self.answer

    def reload(self) -> None:
        self.tab.set_history(self.history)

    @property
    def history(self) -> History:
        return self.clinic.history(self.patient.id)

    @property
    def files(self) -> tuple[Attachment, ...]:
        return self.history.of(Attachment)
