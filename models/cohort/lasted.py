"""How long something lasted, as a number of days that can be counted with."""

from dataclasses import dataclass

from models.endpoints import Endpoint


@dataclass(frozen=True, slots=True)
class Lasted:
    """Days until `event`, or until nothing more is known where it has not been seen.

    `vague`: half-way between what a date known by its month or year leaves open.
    """

    days: int
    event: bool
    vague: bool = False


def lasted(endpoint: Endpoint | None) -> Lasted | None:
    if endpoint is None:
        return None
    found = endpoint.days
    return Lasted(max(found.about, 0), not endpoint.censored, not found.exact)
