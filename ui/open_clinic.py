"""What the pages ask of the clinic that is open; while none is, they find nothing."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from models.base import R, Record
from models.likeness import Likeness
from models.roles import May
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from models.store.finding import Findings, Found, Matching
from models.summary import Summary, as_of
from models.worklist import Worklist, draw_up
from ui import snooze_panel
from ui.date_editor import Today
from ui.drafts_in_words import drafts_in_words
from ui.look_ahead import FURTHEST
from ui.patient_columns import worked_out

MOST_LATELY = 8


class OpenClinic:
    """`clinic`: None before somebody has come in; `lately`: whose page was opened, latest first."""

    def __init__(self, today: Today) -> None:
        self.today = today
        self.clinic: Clinic | None = None
        self.lately: list[uuid.UUID] = []

    @property
    def certain(self) -> Clinic:
        if self.clinic is None:
            raise RuntimeError("no clinic is open")
        return self.clinic

    def let_go(self) -> Clinic | None:
        """Forget the clinic, which the caller closes, and who was looked at."""
        clinic, self.clinic, self.lately = self.clinic, None, []
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


def summaries(clinic: Clinic, day: dt.date) -> list[Summary]:
    return [worked_out(as_of(history, day)) for history in clinic.histories()]


def what_is_due(clinic: Clinic, day: dt.date) -> Worklist:
    return draw_up(clinic.histories(), day, FURTHEST)


def unsaved(clinic: Clinic) -> tuple[list[Draft], str]:
    """This user's drafts, and a line that says whose they are; not of those who were removed.

    What was being put off is left out: the page of today shows it itself.
    """
    drafts = clinic.drafts() if clinic.may(May.RECORD) else []
    names = {each.id: each.name for each in clinic.patients()} if drafts else {}
    whose = {NOBODY, *names}
    drafts = [each for each in drafts if each.patient in whose and each.form != snooze_panel.DRAFT]
    return drafts, drafts_in_words(drafts, names)
