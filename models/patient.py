"""The patient, and what she or he consented to."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import ClassVar, Self

from pydantic import model_validator
from sqlmodel import Field

from models.base import PARTIAL_DATE, FieldProblem, PatientRecord, Record, field
from models.values import Choice, PartialDate, age_on
from models.words import N_, _


class Sex(Choice):
    FEMALE = N_("female")
    MALE = N_("male")
    OTHER = N_("other")
    UNKNOWN = N_("unknown")


class CauseOfDeath(Choice):
    DISEASE = N_("disease")
    TREATMENT = N_("treatment")
    OTHER = N_("other")
    UNKNOWN = N_("unknown")


class Purpose(Choice):
    CARE = N_("care")
    REGISTRY = N_("registry")
    PUBLICATION = N_("publication")
    PHOTOGRAPHS = N_("photographs")


class Patient(Record, table=True):
    __tablename__ = "patient"
    singular: ClassVar[str] = N_("patient")
    plural: ClassVar[str] = N_("patients")
    dated_by: ClassVar[str] = "birth_date"

    mrn: str = field(
        N_("MRN"), unique=True, max_length=40, help=N_("The clinic's own number for the patient.")
    )
    family_name: str = field(N_("Family name"), max_length=200)
    given_name: str = field(N_("Given name"), max_length=200)
    birth_date: dt.date = field(N_("Birth date"))
    sex: Sex = field(N_("Sex"))
    phone: str | None = field(N_("Telephone"), None, group=N_("Contact"), max_length=60)
    email: str | None = field(N_("E-mail"), None, group=N_("Contact"), max_length=200)
    address: str | None = field(
        N_("Address"), None, group=N_("Contact"), multiline=True, max_length=500
    )
    language: str | None = field(N_("Language"), None, group=N_("Contact"), max_length=60)
    general_practitioner: str | None = field(
        N_("General practitioner"), None, group=N_("Contact"), max_length=200
    )
    allergies: str | None = field(
        N_("Allergies"), None, group=N_("Background"), multiline=True, max_length=2000
    )
    comorbidities: str | None = field(
        N_("Comorbidities"), None, group=N_("Background"), multiline=True, max_length=2000
    )
    death_date: PartialDate | None = field(
        N_("Date of death"), None, group=N_("Course"), column=PARTIAL_DATE
    )
    cause_of_death: CauseOfDeath | None = field(N_("Cause of death"), None, group=N_("Course"))
    lost_to_follow_up: bool | None = field(N_("Lost to follow-up"), None, group=N_("Course"))
    merged_into: uuid.UUID | None = Field(default=None, index=True)

    @property
    def name(self) -> str:
        return f"{self.family_name}, {self.given_name}"

    def age_on(self, day: dt.date) -> int:
        """Completed years of life on `day`, or at death if that came first."""
        if self.death_date and self.death_date.last < day:
            day = self.death_date.last
        return age_on(self.birth_date, day)

    @model_validator(mode="after")
    def _life_runs_forward(self) -> Self:
        if self.death_date and self.death_date.last < self.birth_date:
            raise FieldProblem("death_date", _("The date of death lies before the birth date."))
        return self


class Consent(PatientRecord, table=True):
    __tablename__ = "consent"
    singular: ClassVar[str] = N_("consent")
    plural: ClassVar[str] = N_("consents")
    dated_by: ClassVar[str] = "given"

    purpose: Purpose = field(N_("Purpose"))
    given: dt.date | None = field(N_("Given"), None)
    withdrawn: dt.date | None = field(N_("Withdrawn"), None)
    document: uuid.UUID | None = field(N_("Document"), None, foreign_key="attachment")

    def stands(self, day: dt.date) -> bool:
        """Whether it was given by then, and not withdrawn."""
        ended = self.withdrawn is not None and self.withdrawn <= day
        return self.given is not None and self.given <= day and not ended


def consents_to(purpose: Purpose, consents: Sequence[Consent], day: dt.date) -> bool:
    """Whether a consent to this stands on that day; what was withdrawn has to be given anew."""
    own = [each for each in consents if each.purpose is purpose]
    ended = [each.withdrawn for each in own if each.withdrawn and each.withdrawn <= day]
    last = max(ended, default=dt.date.min)
    return any(each.stands(day) and each.given and each.given > last for each in own)
