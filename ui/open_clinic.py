"""What the pages ask of the clinic that is open; while none is, they find nothing."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from models.base import R, Record
from models.likeness import Likeness
from models.progress import Progress
from models.roles import May
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from models.store.drawing_up import DrawnUp
from models.store.finding import Findings, Found, Matching
from models.summary import as_of
from ui import snooze_panel
from ui.date_editor import Today
from ui.drafts_in_words import drafts_in_words
from ui.look_ahead import FURTHEST
from ui.patient_columns import Worked, worked_out

MOST_LATELY = 8


class OpenClinic:
    """`clinic`: None before somebody has come in; `lately`: whose page was opened, latest first;
    `due`: the worklist as it was drawn up last, to be followed from there.
    """

    def __init__(self, today: Today) -> None:
        self.today = today
        self.clinic: Clinic | None = None
        self.lately: list[uuid.UUID] = []
        self.due: DrawnUp | None = None

    @property
    def certain(self) -> Clinic:
        if self.clinic is None:
            raise RuntimeError("no clinic is open")
        return self.clinic

    def let_go(self) -> Clinic | None:
        """Forget the clinic, which the caller closes, and who was looked at."""
        clinic, self.clinic, self.lately, self.due = self.clinic, None, [], None
        return clinic

    def opened(self, patient: uuid.UUID) -> None:
        others = [each for each in self.lately if each != patient]
        self.lately = [patient, *others][:MOST_LATELY]

    def save(self, record: R, *, reason: str = "") -> R:
        return self.certain.save(record, reason=reason)

    def remove(self, record: Record, why: str) -> None:
        self.certain.remove(record, why)

    # Finding

    def look_up(self, text: str) -> Findings:
        return self.clinic.look_up(text, self.today()) if self.clinic else Findings()

    def opened_lately(self) -> list[Found]:
        return self.clinic.shown(self.lately, self.today()) if self.clinic else []

    def name_of(self, patient: uuid.UUID | None) -> str:
        """Empty where the patient is not on file."""
        asked = [patient] if patient else []
        found = self.clinic.shown(asked, self.today()) if self.clinic else []
        return found[0].name if found else ""

    def matching(self, text: str) -> Matching | None:
        return self.clinic.matching(text, self.today()) if self.clinic else None

    def likely(self, values: Mapping[str, Any]) -> list[Likeness]:
        return self.clinic.likely_duplicates(values) if self.clinic else []


# What is read of all patients, off the window's thread: of the clinic that was open when asked


def of_records(clinic: Clinic, day: dt.date, patients: Sequence[uuid.UUID]) -> list[Worked]:
    """What the list of patients tells of the records of a few."""
    return [worked_out(as_of(history, day)) for history in clinic.histories_of(patients)]


def what_is_due(
    clinic: Clinic, day: dt.date, before: DrawnUp | None, progress: Progress
) -> DrawnUp:
    return clinic.worklist(day, FURTHEST, before, progress)


def unsaved(clinic: Clinic, day: dt.date) -> tuple[list[Draft], str]:
    """This user's drafts, and a line that says whose they are; not of those who were removed.

    What was being put off is left out: the page of today shows it itself.
    """
    drafts = clinic.drafts() if clinic.may(May.RECORD) else []
    found = clinic.shown([each.patient for each in drafts], day)
    names = {each.patient: each.name for each in found}
    whose = {NOBODY, *names}
    drafts = [each for each in drafts if each.patient in whose and each.form != snooze_panel.DRAFT]
    return drafts, drafts_in_words(drafts, names)
