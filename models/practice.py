"""How this clinic works: what it may choose about the rules, and which of them it has confirmed."""

import datetime as dt
import uuid
from typing import ClassVar

from models.base import Record, build, field
from models.roles import May
from models.values import Choice
from models.words import N_, _

THE_ONE = uuid.UUID(int=0)


class Criteria(Choice):
    """Which published response criteria hold; the value is their year."""

    OLSEN_2011 = "2011"
    OLSEN_2022 = "2022"

    @property
    def label(self) -> str:
        """`2011 (Olsen, J Clin Oncol)`."""
        return _(_PUBLISHED_IN[self])


_PUBLISHED_IN = {
    Criteria.OLSEN_2011: N_("2011 (Olsen, J Clin Oncol)"),
    Criteria.OLSEN_2022: N_("2022 (Olsen, Blood)"),
}


class LateDose(Choice):
    """What a dose given more than two days late does to the doses after it."""

    MOVES = N_("moves what follows (EU)")
    STAYS = N_("leaves the calendar as it was (US)")


class Practice(Record, table=True):
    """The clinic's settings: one record, kept and corrected like any other."""

    __tablename__ = "practice"
    singular: ClassVar[str] = N_("clinic's way of working")
    plural: ClassVar[str] = N_("clinic's ways of working")
    changed_with: ClassVar[May] = May.JUDGE

    criteria: Criteria = field(
        N_("Response criteria"),
        Criteria.OLSEN_2011,
        group=N_("Response"),
        help=N_("Those of 2022 know a very good PR, and the nodes are stated."),
    )
    confirmed_after_days: int = field(
        N_("A response is confirmed after"),
        28,
        unit=N_("days"),
        group=N_("Response"),
        ge=0,
        le=365,
        help=N_("28 as in Olsen 2011; 56 as in the MAVORIC trial."),
    )
    assess_weeks_first_year: int = field(
        N_("Assess the response in the first year every"),
        8,
        unit=N_("weeks"),
        group=N_("Response"),
        ge=1,
        le=104,
    )
    assess_weeks_later: int = field(
        N_("Assess the response later every"),
        16,
        unit=N_("weeks"),
        group=N_("Response"),
        ge=1,
        le=104,
    )
    late_dose: LateDose = field(
        N_("A dose more than two days late"), LateDose.MOVES, group=N_("Doses")
    )
    death_ends_time_to_next_treatment: bool = field(
        N_("Death counts as next treatment"),
        False,
        group=N_("Endpoints"),
        help=N_("Authors differ; otherwise time to next treatment is censored at death."),
    )
    emergent_days: int = field(
        N_("An event is treatment-emergent up to"),
        90,
        unit=N_("days after the last dose"),
        group=N_("Adverse events"),
        ge=0,
        le=730,
    )
    review_days: int = field(
        N_("Look at an open event of grade 2 or more every"),
        28,
        unit=N_("days"),
        group=N_("Adverse events"),
        ge=1,
        le=365,
    )
    result_days: int = field(
        N_("A biopsy's result is awaited for"),
        14,
        unit=N_("days"),
        group=N_("Follow-up"),
        ge=1,
        le=365,
    )
    contact_months: int = field(
        N_("Ask after a patient not seen for"),
        12,
        unit=N_("months"),
        group=N_("Follow-up"),
        ge=1,
        le=60,
    )
    visit_months_early: int = field(
        N_("See stage IA to IIA every"),
        6,
        unit=N_("months"),
        group=N_("Follow-up"),
        ge=1,
        le=60,
    )
    visit_months_advanced: int = field(
        N_("See stage IIB and above every"),
        3,
        unit=N_("months"),
        group=N_("Follow-up"),
        ge=1,
        le=60,
    )
    visit_months_after_mogamulizumab: int = field(
        N_("See after mogamulizumab, for two years, every"),
        3,
        unit=N_("months"),
        group=N_("Follow-up"),
        ge=1,
        le=60,
        help=N_("Then every six months: rash and relapse may come late."),
    )


def usual_practice() -> Practice:
    """The settings of a clinic that has changed none."""
    return build(Practice, {"id": THE_ONE})


class RuleConfirmation(Record, table=True):
    """A clinician has read a rule and stands for it; another wording has to be confirmed anew."""

    __tablename__ = "rule_confirmation"
    singular: ClassVar[str] = N_("confirmation of a rule")
    plural: ClassVar[str] = N_("confirmations of rules")
    dated_by: ClassVar[str] = "confirmed_on"
    changed_with: ClassVar[May] = May.JUDGE

    rule: str = field(N_("Rule"), max_length=100, index=True)
    statement: str = field(N_("As it was worded"), multiline=True, max_length=5000)
    confirmed_by: str = field(
        N_("Confirmed by"), max_length=100, help=N_("The clinician's full name.")
    )
    confirmed_on: dt.date = field(N_("Confirmed on"))
