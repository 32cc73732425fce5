"""Whether the texts on the patient's page still await confirmation by a clinician."""

from models.history import History
from models.plain.complaints import term_words
from models.plain.disease import what_it_is
from models.plain.drugs import drug_words
from models.plain.watching import watch_for
from models.plain.working import response_words
from models.rules import rule_of

TEXTS = (what_it_is, drug_words, response_words, term_words, watch_for)


def awaits_confirmation(history: History) -> bool:
    """Whether a text for patients was written from memory and nobody has confirmed it."""
    return any(rule_of(text).awaits(history.confirmed) for text in TEXTS)
