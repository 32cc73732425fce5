"""What is asked of the survival of a population: until what, in which groups, counted how."""

from dataclasses import dataclass

from models.cohort.factors import OF_LATER, Factor
from models.cohort.figure_words import months_words
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

    @property
    def landmark_words(self) -> str:
        """Where there is one, `month 6`."""
        return _("month {n}").format(n=months_words(self.landmark_days).removesuffix(".0"))

    @property
    def words(self) -> str:
        """What is told: `overall survival after the landmark at month 6`."""
        endpoint = _(self.endpoint.value)
        if self.landmark_days is None:
            return endpoint
        words = _("{endpoint} after the landmark at {month}")
        return words.format(endpoint=endpoint, month=self.landmark_words)

    def group_words(self, group: str) -> str:
        """`with rash by month 6`: at a landmark groups are those known by then."""
        if self.landmark_days is None or self.factor not in OF_LATER:
            return group
        if self.endpoint is Outcome.DOR:
            words = _("{group} by {month} of the response")
        else:
            words = _("{group} by {month}")
        return words.format(group=group, month=self.landmark_words)


def landmark_days(months: int) -> int:
    return round(months * DAYS_PER_MONTH)


def why_not_asked(endpoint: Outcome, population: Population) -> str:
    """Why an endpoint is not told of a population; empty where it is."""
    if endpoint is not Outcome.OS and not population.by_line:
        return _("Only from the start of a treatment line: choose that as the origin.")
    if endpoint is Outcome.TTNT and population.last_of_all:
        return _(
            "No treatment comes after a patient's last line: choose the first line that fits, or"
            " every one."
        )
    return ""
