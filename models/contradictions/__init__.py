"""Entries that contradict each other, as sentences that name them; nothing is corrected here."""

import datetime as dt

from models.contradictions.doses import against_the_doses
from models.contradictions.events import against_the_events
from models.contradictions.finding import Contradiction
from models.contradictions.label import against_the_label, with_transplants_ahead
from models.contradictions.life import against_the_life
from models.contradictions.lines import against_the_line
from models.contradictions.response import against_the_response
from models.contradictions.stage import against_the_stage
from models.history import History

__all__ = ["Contradiction", "contradictions", "with_transplants_ahead"]

THEMES = (
    against_the_life,
    against_the_stage,
    against_the_line,
    against_the_doses,
    against_the_response,
    against_the_events,
    against_the_label,
)


def contradictions(history: History) -> list[Contradiction]:
    """Every contradiction found among a patient's entries, in the order of time."""
    found = [each for theme in THEMES for each in theme(history)]
    return sorted(found, key=_in_time)


def _in_time(found: Contradiction) -> tuple[dt.date, str]:
    days = [record.when.first for record in found.records if record.when]
    return max(days, default=dt.date.min), found.sentence
