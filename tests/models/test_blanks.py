"""What nobody recorded, and what is left open."""

import datetime as dt

from models.blanks import not_recorded
from models.open_questions import open_questions
from models.summary import as_of
from tests.models import builders as a


def test_what_is_on_file_is_not_among_the_blanks() -> None:
    empty = not_recorded(a.history())
    assert empty[:4] == [
        "allergies",
        "comorbidities",
        "general practitioner",
        "consents (care, registry, publication, photographs)",
    ]
    history = a.history(
        a.diagnosis(tcr_clone="skin"),
        a.staging(),
        a.biopsy(folliculotropism=False, large_cell_transformation=False, cd30_percent=0),
        a.ldh("2020-01-06", 310),
        a.visit("2020-01-06", ecog=0),
        a.skin_score("2020-01-06", 0),
        a.blood_count("2020-01-06", 0),
        a.consent("2020-01-06"),
        allergies="none known",
        comorbidities="none",
        general_practitioner="Dr Weiss",
    )
    assert not_recorded(history) == ["consents (care, publication, photographs)", "imaging"]
    assert not_recorded(history, personal=False) == ["imaging"]


def test_nothing_is_open_in_a_course_without_questions() -> None:
    assert open_questions(as_of(a.history(), dt.date(2020, 4, 30))) == []


def test_an_open_event_has_the_grade_of_the_day() -> None:
    grades = [{"date": "2020-02-03", "grade": 3}, {"date": "2020-03-02", "grade": 1}]
    summary = as_of(a.history(a.event(grades=grades)), dt.date(2020, 4, 30))
    words = "Rash maculo-papular, grade 1 now, since 3 Feb 2020"
    assert open_questions(summary) == [("Ongoing event", words)]
