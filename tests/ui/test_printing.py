"""What can be chosen of a patient in the preview, and the way there."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from models.base import PatientRecord
from models.store.clinic import Clinic
from models.treatment import TreatmentLine
from reports.catalogue import REPORTS, TIMELINE, TREATMENT_DAY, WORK_UP
from tests.models import builders as a
from tests.ui.person import Person
from tests.ui.samples import TODAY
from ui.printing import of_patient

RASH = a.event("2020-02-03", body_site="left cheek")
OTHER = a.event("2020-03-02")
BIOPSY = a.biopsy("2020-02-10", adverse_event=RASH.id)
USUAL = "The latest that has a biopsy"


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], []),
        ([RASH, OTHER], ["2 Mar 2020", "3 Feb 2020"]),
        ([RASH, OTHER, BIOPSY], [USUAL, "2 Mar 2020", "3 Feb 2020"]),
    ],
)
def test_the_latest_that_has_a_biopsy_is_offered_where_there_is_one(
    records: list[PatientRecord], words: list[str], clinic: Clinic
) -> None:
    history = a.history(*records)
    offered = of_patient(clinic, history, TODAY, TIMELINE.kind)
    found = offered.subjects(WORK_UP)
    assert [each.partition(":")[0] for _about, each in found] == words
    assert [about is None for about, _each in found] == [each == USUAL for each in words]


def test_other_reports_keep_what_is_usual(clinic: Clinic) -> None:
    history = a.history(a.moga())
    (line,) = history.of(TreatmentLine)
    offered = of_patient(clinic, history, TODAY, TREATMENT_DAY.kind)
    assert [about for about, _words in offered.subjects(TREATMENT_DAY)] == [None, line.id]
    assert offered.subjects(TIMELINE) == []


def test_the_buttons_of_a_patient_say_what_they_do_and_then_their_key(person: Person) -> None:
    header = person.open_case().header
    tips = {each.text(): each.toolTip() for each in header.findChildren(QPushButton)}
    for words, key in (
        ("Back", "Alt+Left"),
        ("Treatment day", "Ctrl+T"),
        ("Print timeline", "Ctrl+P"),
    ):
        assert tips[words].endswith(f", {key}")
        assert len(tips[words].split()) > 3
    assert tips["Print…"] == "Print something else: summary, for the patient …"
    offered = {action.data() for action in header.findChildren(QAction)}
    assert set(REPORTS) <= {each for each in offered if isinstance(each, str)}
