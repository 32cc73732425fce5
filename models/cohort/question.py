"""What is asked of the survival of a population: until what, in which groups, counted how."""

from dataclasses import dataclass

from models.cohort.factors import Factor
from models.population import Population
from models.values import DAYS_PER_MONTH, Choice
from models.words import N_, _

USUAL_LANDMARK = 6
"""In months: the landmark that is offered where immortal time would flatter a group."""


class Outcome(Choice):
    """Until what time is counted."""

    OS = N_("overall survival")
    PFS = N_("progression-free survival")
    DOR = N_("duration of response")
    TTNT = N_("time to next treatment")


class Remedy(Choice):
    """What takes the ground from a caution."""

    LANDMARK = N_("landmark")
    DELAYED_ENTRY = N_("delayed entry")


@dataclass(frozen=True, slots=True)
class Question:
    """`landmark_days`: time counts from that day on, of those who are still there; None: from the
    start. `delayed_entry`: whether patients count only from when they were first seen.
    """

    endpoint: Outcome = Outcome.OS
    factor: Factor = Factor.NONE
    landmark_days: int | None = None
    delayed_entry: bool = False


def landmark_days(months: int) -> int:
    return round(months * DAYS_PER_MONTH)


def why_not_asked(endpoint: Outcome, population: Population) -> str:
    """Why an endpoint is not told of a population; empty where it is."""
    if endpoint is Outcome.OS or population.by_line:
        return ""
    return _("Only from the start of a treatment line: choose that as the origin.")
