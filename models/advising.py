"""What mogamulizumab's label says of a patient's adverse event, where it may have been the drug."""

import datetime as dt

from models.adverse_event import AdverseEvent, Attribution
from models.history import History
from models.label import Advice, advice
from models.placement import line_of_event
from models.therapies import MOGAMULIZUMAB
from models.words import _

NOT_THE_DRUG = frozenset({Attribution.UNRELATED, Attribution.UNLIKELY})


def label_says(history: History, event: AdverseEvent, day: dt.date) -> Advice | None:
    """For its grade on that day, or its worst where it is over; None where the label is silent.

    Only of events under mogamulizumab that nobody has called unrelated or unlikely.
    """
    line = line_of_event(history, event)
    if line is None or MOGAMULIZUMAB not in line.regimen or event.attribution in NOT_THE_DRUG:
        return None
    grade = event.grade_on(day) or event.worst_grade
    attributed = event.treatment_line == line.id and event.attribution is not None
    return advice(event.term, grade, event.ctcae_version, by_mogamulizumab=attributed)


def label_words(said: Advice) -> str:
    """Each label's words; information, never an order."""
    words = " ".join(each.words for each in said.said)
    return _("The label: {words}").format(words=words)
