"""Visits: treatment days, follow-up, calls."""

import datetime as dt
from typing import ClassVar

from models.base import PatientRecord, field
from models.response import Response
from models.values import Choice
from models.words import N_


class VisitKind(Choice):
    TREATMENT = N_("treatment")
    FOLLOW_UP = N_("follow-up")
    UNSCHEDULED = N_("unscheduled")
    TELEPHONE = N_("telephone")


class VisitStatus(Choice):
    PLANNED = N_("planned")
    DONE = N_("done")
    MISSED = N_("missed")
    CANCELLED = N_("cancelled")


class Visit(PatientRecord, table=True):
    __tablename__ = "visit"
    singular: ClassVar[str] = N_("visit")
    plural: ClassVar[str] = N_("visits")

    date: dt.date = field(N_("Date"))
    kind: VisitKind = field(N_("Kind"))
    status: VisitStatus = field(N_("Status"))
    ecog: int | None = field(N_("ECOG"), None, ge=0, le=5)
    weight_kg: float | None = field(N_("Weight"), None, unit=N_("kg"), gt=0, le=400)
    itch: float | None = field(N_("Itch"), None, unit=N_("0–10"), ge=0, le=10)
    skindex29: float | None = field(
        N_("Skindex-29"),
        None,
        unit=N_("0–100"),
        ge=0,
        le=100,
        help=N_("The whole score of the questionnaire: 0 no effect on life, 100 always."),
    )
    symptoms: str | None = field(N_("Symptoms"), None, multiline=True, max_length=2000)
    disease_status: Response | None = field(N_("Disease status"), None)
    plan: str | None = field(N_("Plan"), None, multiline=True, max_length=2000)
    next_visit: dt.date | None = field(N_("Next visit"), None)
    seen_by: str | None = field(N_("Seen by"), None, max_length=100)
