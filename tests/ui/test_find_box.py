"""The Find line: from anywhere, as one types, at the keyboard alone."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from models.base import build
from models.patient import Patient
from models.store.clinic import Clinic
from models.store.finding import FEW
from tests.ui.samples import TODAY
from ui.find_box import FindBox

Key = Qt.Key
PEOPLE = [
    ("4711", "Rossi", "Anna", "1958-03-02"),
    ("4712", "Rossini", "Bruno", "1970-01-01"),
    ("0815", "Müller", "Zoë", "1961-12-24"),
]


@pytest.fixture
def ids(clinic: Clinic) -> dict[str, uuid.UUID]:
    """Patients by family name."""
    names = ("mrn", "family_name", "given_name", "birth_date")
    people = [dict(zip(names, values, strict=True)) | {"sex": "female"} for values in PEOPLE]
    saved = clinic.save_all([build(Patient, person) for person in people])
    return {person["family_name"]: each.id for person, each in zip(people, saved, strict=True)}


@pytest.fixture
def recent() -> list[uuid.UUID]:
    return []


@pytest.fixture
def frame(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.menuBar().addMenu("Patient")
    made.setCentralWidget(QLineEdit(made))
    made.resize(1024, 600)
    return made


@pytest.fixture
def box(
    qtbot: QtBot,
    frame: QMainWindow,
    clinic: Clinic,
    ids: dict[str, uuid.UUID],
    recent: list[uuid.UUID],
) -> FindBox:
    """In the corner of a window, with the cursor in a field below."""
    made = FindBox(
        lambda text: clinic.look_up(text, TODAY), lambda: clinic.shown(recent, TODAY), frame
    )
    frame.menuBar().setCornerWidget(made)
    frame.show()
    with qtbot.waitActive(frame):
        frame.activateWindow()
    field(made).setFocus()
    return made


def field(box: FindBox) -> QLineEdit:
    window = box.window()
    assert isinstance(window, QMainWindow)
    found = window.centralWidget()
    assert isinstance(found, QLineEdit)
    return found


def rows(box: FindBox) -> list[str]:
    """The first words of each row."""
    listed = (box.list.item(row).text() for row in range(box.list.count()))
    return [text.split(", ")[0] for text in listed] if box.list.isVisible() else []


def find(box: FindBox, text: str, *keys: Qt.Key) -> None:
    box.start()
    QTest.keyClicks(box, text)
    for key in keys:
        QTest.keyClick(box, key)


def emitted(qtbot: QtBot, signal: Any, doing: Callable[[], object]) -> Any:
    with qtbot.waitSignal(signal) as caught:
        doing()
    return caught.args[0]


def test_results_as_one_types_and_enter_opens_the_first(
    qtbot: QtBot, box: FindBox, ids: dict[str, uuid.UUID]
) -> None:
    find(box, "ross")
    assert rows(box) == ["Rossi", "Rossini"]
    assert box.accessibleName() == "Find patient, 2 found"
    assert box.accessibleDescription().startswith("Rossi, Anna, female, aged 62")
    QTest.keyClicks(box, "in")
    assert rows(box)[0] == "Rossini"
    assert emitted(qtbot, box.chosen, lambda: QTest.keyClick(box, Key.Key_Return)) == ids["Rossini"]
    assert (box.text(), rows(box), field(box).hasFocus()) == ("", [], True)


def test_down_goes_to_the_next(qtbot: QtBot, box: FindBox, ids: dict[str, uuid.UUID]) -> None:
    find(box, "ross", Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Down)
    assert box.accessibleDescription().startswith("Rossini, Bruno")
    assert box.hasFocus()
    assert emitted(qtbot, box.chosen, lambda: QTest.keyClick(box, Key.Key_Enter)) == ids["Rossini"]


def test_a_click_opens_too(qtbot: QtBot, box: FindBox, ids: dict[str, uuid.UUID]) -> None:
    find(box, "ross")
    place = box.list.visualItemRect(box.list.item(1)).center()

    def click() -> None:
        QTest.mouseClick(
            box.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )

    assert emitted(qtbot, box.chosen, click) == ids["Rossini"]


def test_why_somebody_is_found_is_said(box: FindBox) -> None:
    find(box, "mulelr")
    assert box.list.item(0).text().endswith("MRN 0815; Müller for “mulelr”")


def test_escape_leads_back_and_forgets(box: FindBox) -> None:
    find(box, "ross", Key.Key_Escape)
    assert (box.text(), rows(box), field(box).hasFocus()) == ("", [], True)
    assert box.accessibleName() == "Find patient"


def test_leaving_folds_the_list(box: FindBox) -> None:
    find(box, "ross")
    field(box).setFocus()
    assert rows(box) == []


def test_nobody_found_leads_to_a_new_patient(qtbot: QtBot, box: FindBox) -> None:
    find(box, " Qwertz ")
    assert rows(box) == ["Nobody is found by “Qwertz”.", "New patient …"]
    assert emitted(qtbot, box.new_asked, lambda: QTest.keyClick(box, Key.Key_Return)) == "Qwertz"


def test_more_than_a_list_holds(qtbot: QtBot, box: FindBox, clinic: Clinic) -> None:
    person = {"family_name": "Rossetti", "given_name": "C", "birth_date": "1950-01-01"}
    many = [build(Patient, person | {"mrn": f"C{n}", "sex": "male"}) for n in range(FEW)]
    clinic.save_all(many)
    find(box, "ross", *[Key.Key_Down] * FEW)
    assert len(rows(box)) == FEW + 1
    assert box.accessibleDescription() == "and 2 more – show all"
    assert emitted(qtbot, box.all_asked, lambda: QTest.keyClick(box, Key.Key_Return)) == "ross"


def test_who_was_opened_lately_is_offered_until_something_is_typed(
    qtbot: QtBot, box: FindBox, recent: list[uuid.UUID], ids: dict[str, uuid.UUID]
) -> None:
    box.start()
    assert rows(box) == []
    recent += [ids["Müller"], ids["Rossi"]]
    box.start()
    assert rows(box) == ["Opened lately", "Müller", "Rossi"]
    with qtbot.assertNotEmitted(box.chosen):
        QTest.keyClick(box, Key.Key_Return)
    QTest.keyClicks(box, "ross")
    assert rows(box) == ["Rossi", "Rossini"]
    box.clear()
    QTest.keyClick(box, Key.Key_Down)
    assert emitted(qtbot, box.chosen, lambda: QTest.keyClick(box, Key.Key_Return)) == ids["Müller"]


def test_what_cannot_be_read_is_said(box: FindBox, clinic: Clinic) -> None:
    clinic.close()
    find(box, "ross", Key.Key_Return)
    assert len(rows(box)) == 1
    assert box.accessibleName() == "Find patient"


def test_the_list_stays_inside_the_window(box: FindBox) -> None:
    for width in (1024, 1400):
        box.window().resize(width, 600)
        find(box, "ross")
        assert box.window().rect().contains(box.list.geometry())
        assert box.list.geometry().right() > width - 40
