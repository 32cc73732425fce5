"""Every figure worked out for a patient, with its inputs and the rules by which it was reached."""

from collections.abc import Iterable

from models.figures.disease import disease_figures, prognosis_figures
from models.figures.due import due_figures
from models.figures.events import event_figures
from models.figures.figure import Figure
from models.figures.lines import line_figures, survival_figures
from models.figures.response import response_figures
from models.rules import Rule
from models.summary import Summary

__all__ = ["Figure", "awaiting", "figures", "leading_figures"]


def figures(summary: Summary) -> list[Figure]:
    """Disease, response, what is due, lines (the last one first), survival, prognosis, events."""
    return [
        *disease_figures(summary),
        *response_figures(summary),
        *due_figures(summary),
        *(
            figure
            for number, line in reversed([*enumerate(summary.history.lines, start=1)])
            for figure in line_figures(summary, number, line)
        ),
        *survival_figures(summary),
        *prognosis_figures(summary),
        *event_figures(summary),
    ]


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
