"""Every figure worked out for a patient, with its inputs and the rules by which it was reached."""

from collections.abc import Iterable, Iterator

from models.figures.disease import disease_figures, prognosis_figures
from models.figures.due import due_figures
from models.figures.events import event_figures
from models.figures.figure import Figure
from models.figures.lines import line_figures, survival_figures
from models.figures.response import response_figures
from models.rules import Rule
from models.summary import Summary

__all__ = ["Figure", "awaiting", "figures", "figures_in_turn", "leading_figures"]


def figures(summary: Summary) -> list[Figure]:
    """All of them, as `figures_in_turn`."""
    return [*figures_in_turn(summary)]


def figures_in_turn(summary: Summary) -> Iterator[Figure]:
    """Disease, response, what is due, lines (the last one first), survival, prognosis, events.

    Each is worked out when it is asked for.
    """
    yield from disease_figures(summary)
    yield from response_figures(summary)
    yield from due_figures(summary)
    for number, line in reversed([*enumerate(summary.history.lines, start=1)]):
        yield from line_figures(summary, number, line)
    yield from survival_figures(summary)
    yield from prognosis_figures(summary)
    yield from event_figures(summary)


def leading_figures(summary: Summary) -> list[Figure]:
    """Those that stand at the head and foot of a printed page."""
    led = summary.leading_line
    number = next((n for n, line in enumerate(summary.history.lines, 1) if line is led), 0)
    return [
        *disease_figures(summary),
        *response_figures(summary),
        *(line_figures(summary, number, led) if led else ()),
        *survival_figures(summary),
    ]


def awaiting(found: Iterable[Figure], summary: Summary) -> list[Rule]:
    """The rules behind these figures that a clinician has yet to confirm, each once."""
    rules = dict.fromkeys(rule for figure in found for rule in figure.rules)
    return [rule for rule in rules if rule.awaits(summary.history.confirmed)]
