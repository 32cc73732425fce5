"""What is chosen of a cohort's figures beside the question: told alike on screen, paper and CSV."""

from dataclasses import dataclass

from models.cohort.factors import Factor
from models.cohort.incidence import Order as EventOrder
from models.cohort.swimmer import Order as LaneOrder


@dataclass(frozen=True, slots=True)
class Choices:
    """`response_by`: None for the groups of the question; `attributed_only`: of the adverse events
    only those attributed to the line; `events`, `lanes`: which stands first.
    """

    response_by: Factor | None = None
    attributed_only: bool = False
    events: EventOrder = EventOrder.FREQUENT
    lanes: LaneOrder = LaneOrder.FOLLOW_UP
