"""Where things stand, each figure with its rule."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.base import PatientRecord
from models.demo.case import published_case
from models.figures import figures
from models.history import History
from models.patient import Patient
from models.summary import Summary, as_of
from tests.ui.samples import TODAY, history
from ui.figures_tab import FiguresTab


@pytest.fixture
def tab(qtbot: QtBot) -> FiguresTab:
    made = FiguresTab()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


@pytest.fixture(scope="module")
def case() -> Summary:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    kept = [record for record in records if isinstance(record, PatientRecord)]
    return as_of(History.of_records(patient, kept), TODAY)


def texts(tab: FiguresTab) -> list[str]:
    sheet = tab.widget()
    assert sheet is not None
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_every_figure_stands_there_with_its_rule(tab: FiguresTab, case: Summary) -> None:
    tab.set_summary(case)
    shown = texts(tab)
    for figure in figures(case):
        assert {figure.group, figure.title, figure.value, figure.rule} <= set(shown), figure


def test_what_is_to_be_checked_comes_first(tab: FiguresTab, case: Summary) -> None:
    tab.set_summary(case)
    assert case.flags
    first = texts(tab)[: len(case.flags)]
    assert first == [f"To be checked: {flag}" for flag in case.flags]


def test_another_patient_replaces_the_first(tab: FiguresTab, case: Summary) -> None:
    tab.set_summary(case)
    flags = len(case.flags)
    tab.set_summary(as_of(history([]), TODAY))
    assert flags
    assert not any(text.startswith("To be checked") for text in texts(tab))


def test_nothing_is_wider_than_the_page(tab: FiguresTab, case: Summary) -> None:
    tab.set_summary(case)
    assert tab.horizontalScrollBar().maximum() == 0
