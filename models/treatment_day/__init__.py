"""A treatment day: what a nurse enters in one form, and the cycle, infusion and visit it makes.

What is entered is the next day of the line's calendar. Its dose goes by the weight of this day,
which is asked for anew each time, because it has to be measured. A day once entered is corrected
in the forms of its infusion, its cycle and its visit.
"""

from models.treatment_day.ahead import Ahead, infusion_ahead
from models.treatment_day.checks import Check, old_words
from models.treatment_day.day import REPEATED, TreatmentDay, lines_to_treat
from models.treatment_day.filing import event_of, of_the_day, records_of
from models.treatment_day.proposing import (
    as_last_time,
    known_height,
    needless,
    proposed,
    proposed_dose,
    proposed_next,
)
from models.treatment_day.sentences import (
    beware,
    last_weight_words,
    line_words,
    repeated_words,
    saved_words,
    title,
    what_follows,
)

__all__ = [
    "REPEATED",
    "Ahead",
    "Check",
    "TreatmentDay",
    "as_last_time",
    "beware",
    "event_of",
    "infusion_ahead",
    "known_height",
    "last_weight_words",
    "line_words",
    "lines_to_treat",
    "needless",
    "of_the_day",
    "old_words",
    "proposed",
    "proposed_dose",
    "proposed_next",
    "records_of",
    "repeated_words",
    "saved_words",
    "title",
    "what_follows",
]
