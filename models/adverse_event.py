"""Adverse events with the course of their grades (CTCAE)."""

import datetime as dt
import uuid
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from models.base import PARTIAL_DATE, JsonColumn, PatientRecord, field
from models.values import Choice, Grade, PartialDate
from models.words import N_, _

COMMON_TERMS = (
    "Rash maculo-papular",
    "Skin and subcutaneous tissue disorders - Other, specify",
    "Infusion related reaction",
    "Pruritus",
    "Erythroderma",
    "Alopecia",
    "Eczema",
    "Stevens-Johnson syndrome",
    "Toxic epidermal necrolysis",
    "Fatigue",
    "Fever",
    "Chills",
    "Diarrhea",
    "Nausea",
    "Headache",
    "Myalgia",
    "Myositis",
    "Arthralgia",
    "Edema limbs",
    "Upper respiratory infection",
    "Lung infection",
    "Skin infection",
    "Sepsis",
    "Hepatitis viral",
    "Alanine aminotransferase increased",
    "Aspartate aminotransferase increased",
    "Lymphocyte count decreased",
    "Neutrophil count decreased",
    "Platelet count decreased",
    "Anemia",
    "Hypothyroidism",
    "Pneumonitis",
    "Myocarditis",
    "Guillain-Barre syndrome",
    "Tumor lysis syndrome",
)


class CtcaeVersion(Choice):
    V4_03 = "4.03"
    V5_0 = "5.0"
    V6_0 = "6.0"


class Seriousness(Choice):
    DEATH = N_("death")
    LIFE_THREATENING = N_("life-threatening")
    HOSPITALISATION = N_("hospitalisation")
    DISABILITY = N_("disability")
    OTHER = N_("other")


class Attribution(Choice):
    UNRELATED = N_("unrelated")
    UNLIKELY = N_("unlikely")
    POSSIBLE = N_("possible")
    PROBABLE = N_("probable")
    DEFINITE = N_("definite")


class Action(Choice):
    NONE = N_("none")
    DELAYED = N_("delayed")
    REDUCED = N_("reduced")
    INTERRUPTED = N_("interrupted")
    STOPPED = N_("stopped")


class Outcome(Choice):
    ONGOING = N_("ongoing")
    RESOLVED = N_("resolved")
    RESOLVED_WITH_SEQUELAE = N_("resolved with sequelae")
    FATAL = N_("fatal")
    UNKNOWN = N_("unknown")


class GradeEpisode(BaseModel):
    """From this date on the event had this grade."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    date: PartialDate
    grade: Grade

    def __str__(self) -> str:
        return f"{self.date}:{int(self.grade)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """`2017-07:2`; raises `ValueError` otherwise."""
        date, colon, grade = text.strip().rpartition(":")
        if not colon or grade.strip() not in {"1", "2", "3", "4", "5"}:
            raise ValueError(_("A grade is written as 2017-07:2, a date and 1 to 5."))
        return cls(date=PartialDate.parse(date), grade=Grade(int(grade)))


class AdverseEvent(PatientRecord, table=True):
    __tablename__ = "adverse_event"
    singular: ClassVar[str] = N_("adverse event")
    plural: ClassVar[str] = N_("adverse events")
    dated_by: ClassVar[str] = "onset"
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {"worst_grade": (N_("Worst grade"), int)}

    verbatim: str = field(
        N_("In the patient's words"), max_length=1000, help=N_("As the patient or nurse said it.")
    )
    term: str = field(N_("CTCAE term"), max_length=200, suggestions=COMMON_TERMS)
    ctcae_version: CtcaeVersion = field(N_("CTCAE version"))
    onset: PartialDate = field(N_("Onset"), column=PARTIAL_DATE)
    resolved: PartialDate | None = field(N_("Resolved"), None, column=PARTIAL_DATE)
    grades: list[GradeEpisode] = field(
        N_("Grades"),
        column=JsonColumn(list[GradeEpisode]),
        help=N_("From which date the event had which grade."),
    )
    outcome: Outcome | None = field(N_("Outcome"), None)
    body_site: str | None = field(N_("Body site"), None, max_length=200)
    serious: bool | None = field(N_("Serious"), None, group=N_("Seriousness"))
    seriousness: Seriousness | None = field(N_("Because of"), None, group=N_("Seriousness"))
    attribution: Attribution | None = field(N_("Attribution"), None, group=N_("Treatment"))
    treatment_line: uuid.UUID | None = field(
        N_("To treatment line"), None, group=N_("Treatment"), foreign_key="treatment_line"
    )
    action: Action | None = field(N_("Action taken"), None, group=N_("Treatment"))
    treatment_given: str | None = field(
        N_("Treatment of the event"), None, group=N_("Treatment"), max_length=500
    )

    @model_validator(mode="after")
    def _has_grades_and_runs_forward(self) -> Self:
        if not self.grades:
            raise ValueError(_("Enter at least one grade."))
        if self.resolved and self.resolved.last < self.onset.first:
            raise ValueError(_("It was resolved before its onset."))
        return self

    @property
    def label(self) -> str:
        """The term; for an "Other, specify" term what the patient said."""
        return self.verbatim if "- Other" in self.term else self.term

    @property
    def course(self) -> list[GradeEpisode]:
        """The grades in the order of time."""
        return sorted(self.grades, key=lambda episode: episode.date)

    @property
    def worst_grade(self) -> Grade:
        return max(episode.grade for episode in self.grades)

    def grade_on(self, day: dt.date) -> Grade | None:
        """The grade on a day; None before onset and after resolution."""
        if self.resolved and self.resolved.last < day:
            return None
        begun = [episode.grade for episode in self.course if episode.date.first <= day]
        return begun[-1] if begun else None

    def is_open(self, day: dt.date) -> bool:
        """Begun and not known to be over by `day`."""
        over = self.resolved is not None and self.resolved.first <= day
        closed = self.outcome in {Outcome.RESOLVED, Outcome.RESOLVED_WITH_SEQUELAE, Outcome.FATAL}
        return self.onset.first <= day and not over and not (closed and self.resolved is None)
