"""History: who did what when, with old and new values."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.patient import Patient
from models.store.clinic import Clinic
from models.treatment import Cycle, TreatmentLine
from models.visit import Visit
from tests.ui.samples import SAMPLES
from ui.changes_tab import ChangesTab
from ui.flat_table import NOWHERE


@pytest.fixture
def tab(qtbot: QtBot) -> ChangesTab:
    made = ChangesTab()
    qtbot.addWidget(made)
    made.show()
    return made


def cells(tab: ChangesTab) -> list[list[Any]]:
    model = tab.view.model()
    columns = range(model.columnCount(NOWHERE))
    return [
        [model.index(row, column).data() for column in columns]
        for row in range(model.rowCount(NOWHERE))
    ]


def test_entered_corrected_removed_the_newest_first(tab: ChangesTab, clinic: Clinic) -> None:
    patient = clinic.save(Patient.model_validate(SAMPLES[Patient]))
    visit = clinic.save(Visit.model_validate({"patient": patient.id, **SAMPLES[Visit]}))
    corrected = visit.model_copy(update={"itch": 3.5, "ecog": None})
    clinic.remove(clinic.save(corrected, reason="misread"), "entered twice")
    tab.set_changes(clinic.changes(patient.id), {})
    removed, changed, entered, first = cells(tab)
    assert [row[2:4] for row in (removed, changed, entered, first)] == [
        ["Removed", "Visit"],
        ["Corrected", "Visit"],
        ["Created", "Visit"],
        ["Created", "Patient"],
    ]
    assert removed[5] == "entered twice"
    assert (changed[4], changed[5]) == ("ECOG: 0 → empty; Itch: 1.5 → 3.5", "misread")
    assert "Status: Done" in entered[4]
    assert "Lost to follow-up: No" in first[4]
    assert {row[1] for row in cells(tab)} == {clinic.user}
    today = dt.datetime.now().astimezone().date()
    assert removed[0].endswith(tuple("0123456789"))
    assert str(today.year) in removed[0]


def test_long_values_are_read_in_the_tool_tip(tab: ChangesTab, clinic: Clinic) -> None:
    patient = clinic.save(Patient.model_validate(SAMPLES[Patient]))
    tab.set_changes(clinic.changes(patient.id), {})
    index = tab.view.model().index(0, 4)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == index.data()
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_a_record_that_another_refers_to_is_named(tab: ChangesTab, clinic: Clinic) -> None:
    patient = clinic.save(Patient.model_validate(SAMPLES[Patient]))
    line = clinic.save(
        TreatmentLine.model_validate({"patient": patient.id, **SAMPLES[TreatmentLine]})
    )
    own = {"patient": patient.id, "treatment_line": line.id}
    clinic.save(Cycle.model_validate(SAMPLES[Cycle] | own))
    tab.set_changes(clinic.changes(patient.id), {line.id: "gemcitabine, 2013"})
    assert "gemcitabine, 2013" in cells(tab)[0][4]
    assert str(line.id) not in cells(tab)[0][4]


def test_columns_are_named(tab: ChangesTab) -> None:
    model = tab.view.model()
    across = Qt.Orientation.Horizontal
    titles = [model.headerData(place, across) for place in range(model.columnCount(NOWHERE))]
    assert titles == ["When", "Who", "Did", "What", "Values", "Reason"]
    assert tab.view.accessibleName() == "History of changes"


def test_only_the_changes_of_one_record(tab: ChangesTab, clinic: Clinic) -> None:
    patient = clinic.save(Patient.model_validate(SAMPLES[Patient]))
    visit, _other = (clinic.save(a_visit(patient)) for _each in range(2))
    clinic.save(visit.model_copy(update={"ecog": 2}))
    tab.set_changes(clinic.changes(patient.id), {})
    assert len(cells(tab)) == 4
    tab.show_record(visit.id, "Visit, 9 Jan 2018")
    assert [row[2] for row in cells(tab)] == ["Corrected", "Created"]
    assert tab.only.text() == "Only: Visit, 9 Jan 2018"
    tab.all_button.click()
    assert len(cells(tab)) == 4
    QTest.keyClicks(tab.search, "CORRECTED")
    assert [row[4] for row in cells(tab)] == ["ECOG: 0 → 2"]


def test_the_chosen_change_is_shown_field_by_field_and_taken_back(
    tab: ChangesTab, clinic: Clinic, qtbot: QtBot
) -> None:
    patient = clinic.save(Patient.model_validate(SAMPLES[Patient]))
    visit = clinic.save(a_visit(patient))
    clinic.remove(clinic.save(visit.model_copy(update={"plan": "<rest>"})), "entered twice")
    changes = clinic.changes(patient.id)
    tab.set_changes(changes, {})
    assert tab.details.toPlainText() == ""
    assert not tab.back_button.isEnabled()
    for row, can in enumerate((True, True, False, False)):
        tab.view.selectRow(row)
        assert tab.back_button.isEnabled() is can
    tab.view.selectRow(1)
    shown = tab.details.toPlainText()
    assert shown.split("\n")[0] == "Visit: Corrected"
    assert shown.split()[-3:] == ["Plan", "empty", "<rest>"]
    with qtbot.waitSignal(tab.take_back_asked) as asked:
        tab.back_button.click()
    assert asked.args == [changes[1]]
    tab.view.selectRow(0)
    assert "Reason: entered twice" in tab.details.toPlainText()


def a_visit(patient: Patient) -> Visit:
    return Visit.model_validate({"patient": patient.id, **SAMPLES[Visit]})
