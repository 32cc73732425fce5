"""What a patient reads at home: the same facts in plain words, without a code or an abbreviation.

Each module tells one part of the page, as passages of short sentences with points under them.
"""

from models.plain.complaints import side_effects
from models.plain.confirming import awaits_confirmation
from models.plain.course import treatments
from models.plain.dates import NextDate, next_dates
from models.plain.disease import illness
from models.plain.passage import Passage
from models.plain.watching import what_else_to_watch_for, what_to_watch_for
from models.plain.working import how_it_worked

__all__ = [
    "NextDate",
    "Passage",
    "awaits_confirmation",
    "how_it_worked",
    "illness",
    "next_dates",
    "side_effects",
    "treatments",
    "what_else_to_watch_for",
    "what_to_watch_for",
]
