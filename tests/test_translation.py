"""Every word a person reads goes through gettext: with each message marked, none is bare."""

import datetime as dt
import gettext
import re
from collections.abc import Iterator

import pytest

from models import words
from models.base import PatientRecord, described_fields
from models.chronicle import chronicle
from models.demo.case import published_case
from models.figures import figures
from models.history import History
from models.patient import Patient
from models.records import RECORDS
from models.rule_book import rule_book
from models.summary import as_of
from models.timeline import timeline
from reports.fonts import measure
from reports.legend import draw_legend
from reports.style import ON_PAPER
from reports.timeline_chart import View, draw_timeline

AS_OF = dt.date(2020, 4, 30)
NAMES = {
    *("Rossi", "Anna", "CHOP", "ECP", "TSEBT", "bexarotene", "gemcitabine", "oxaliplatin"),
    *("mogamulizumab", "LDH", "ECOG", "MRN", "mSWAT", "IVA"),
    *("CLIC", "CLIPi", "CLIPI", "late", "early", "SmPC"),
    *("ISCL", "EORTC", "Olsen", "Scarisbrick", "Benton", "Blood", "Clin", "Oncol", "Eur", "Cancer"),
}


class Marked(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"


@pytest.fixture
def marked() -> Iterator[None]:
    words.speak(Marked())
    yield
    words.speak(gettext.NullTranslations())


def bare(text: str) -> set[str]:
    """Words outside every mark; a text cut short has lost its closing mark."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return set(re.findall(r"[^\W\d_]{3,}", text.partition("⟦")[0]))


def everything_said() -> Iterator[str]:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    summary = as_of(history, AS_OF)
    yield from (summary.disease, summary.standing, *summary.flags)
    for pair in summary.key_figures:
        yield from pair
    for entry in chronicle(summary.history):
        yield from (entry.what, entry.words)
    for figure in figures(summary):
        yield from (figure.group, figure.title, figure.value, figure.inputs, figure.remark)
    for section in rule_book():
        yield section.words
        yield from (rule.words for rule in section.rules)
    course = timeline(summary.history, AS_OF)
    chart = draw_timeline(course, View(770, room=340), ON_PAPER, measure)
    for drawing in (
        chart.drawing,
        chart.labels,
        chart.head,
        draw_legend(course, 770, ON_PAPER, measure),
    ):
        yield from (text.text for text in drawing.texts())


def test_what_is_worked_out_and_drawn_is_translatable(marked: None) -> None:
    assert {word for text in everything_said() for word in bare(text)} - NAMES == set()


def test_every_field_is_translatable(marked: None) -> None:
    for record in RECORDS:
        for field in described_fields(record):
            assert bare(f"{field.title} {field.help} {field.unit} {field.group}") == set()


def test_the_marks_are_really_there(marked: None) -> None:
    assert bare("plain ⟦marked⟧ words") == {"plain", "words"}
    assert "⟦" in next(everything_said())
