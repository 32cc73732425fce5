"""The criteria of a population, and those saved by name."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.diagnosis import Disease
from models.population import Origin, Population, Which
from models.roles import May
from models.store.clinic import Clinic
from models.values import Grade
from tests.models import builders as a
from ui.allowed import confine
from ui.cohort_members import Members
from ui.criteria import Range
from ui.population_panel import PopulationPanel

DAY = dt.date(2020, 4, 30)
MEMBERS = Members(DAY, None, (), [("mogamulizumab", 4), ("CHOP", 1)], [("Fatigue", 2)])
ASKED = Population(
    origin=Origin.LINE,
    which=Which.LAST,
    diseases=(Disease.SEZARY_SYNDROME,),
    stages=("IB",),
    age_from=60,
    since=dt.date(2015, 1, 1),
    treatments=("mogamulizumab", "gone since"),
    number_to=2,
    given_here=True,
    events=("Fatigue",),
    grade_from=Grade.SEVERE,
)


@pytest.fixture
def panel(qtbot: QtBot, clinic: Clinic) -> PopulationPanel:
    made = PopulationPanel(lambda: DAY)
    qtbot.addWidget(made)
    made.resize(280, 900)
    made.show()
    made.open(clinic)
    made.offer(MEMBERS)
    return made


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_into(criterion: Range, *texts: str) -> None:
    """An empty text: the line is left as it is."""
    for line, text in zip(criterion.lines, texts, strict=True):
        if not text:
            continue
        line.setFocus()
        line.clear()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)


def test_what_is_shown_is_what_is_asked_and_each_head_tells_it(panel: PopulationPanel) -> None:
    panel.show_population(ASKED)
    assert panel.population() == ASKED
    told = {each.title: each.told() for each in panel.criteria if each.told()}
    assert told == {
        "Disease": "Sézary syndrome",
        "Stage": "IB",
        "Age": "from 60",
        "Begun": "from 1 Jan 2015",
        "Treatment": "mogamulizumab or gone since",
        "Line number": "up to 2",
        "Given": "in our clinic",
        "Adverse event": "Fatigue, of grade 3 or more",
    }
    assert panel.age.head.accessibleName() == "Age: from 60"
    click(panel.clear_button)
    assert panel.population() == Population()


def test_words_in_brackets_are_the_drugs_and_the_count_is_not(panel: PopulationPanel) -> None:
    panel.show_population(Population(treatments=("PUVA (bath)", "mogamulizumab")))
    assert panel.treatments.told() == "mogamulizumab or PUVA (bath)"
    boxes = panel.treatments.boxes
    assert boxes["mogamulizumab"].text() == "mogamulizumab (4)"
    assert boxes["PUVA (bath)"].text() == "PUVA (bath)"


def test_a_click_asks_and_a_click_on_the_cross_clears(panel: PopulationPanel, qtbot: QtBot) -> None:
    click(panel.stages.head)
    with qtbot.waitSignal(panel.changed):
        panel.stages.boxes["IVB"].click()
    assert panel.population() == Population(stages=("IVB",))
    advanced = panel.stages.shortcuts["Advanced"]
    panel.stages._take(advanced)
    assert panel.stages.told() == "Advanced"
    with qtbot.waitSignal(panel.changed):
        click(panel.stages.clear_button)
    assert panel.population() == Population()
    assert panel.stages.clear_button.isHidden()


def test_what_is_wrong_is_said_beside_it_and_asks_nothing(
    panel: PopulationPanel, qtbot: QtBot
) -> None:
    click(panel.age.head)
    type_into(panel.age, "70", "")
    with qtbot.assertNotEmitted(panel.changed):
        type_into(panel.age, "", "60")
    assert panel.age.problem == "The lowest age is above the highest."
    assert panel.population() is None
    type_into(panel.age, "70", "80")
    assert panel.population() == Population(age_from=70, age_to=80)
    assert panel.age.told() == "70 to 80"
    type_into(panel.age, "", "70")
    assert panel.age.told() == "70"
    type_into(panel.age, "0", "0")
    assert panel.age.told() == "0"
    click(panel.dates.head)
    type_into(panel.dates, "2015", "no day")
    assert panel.dates.problem
    type_into(panel.dates, "2015", "2016")
    asked = panel.population()
    assert asked is not None
    assert (asked.since, asked.until) == (dt.date(2015, 1, 1), dt.date(2016, 12, 31))


def test_what_makes_sense_for_lines_only_is_off_from_the_diagnosis(panel: PopulationPanel) -> None:
    panel.show_population(ASKED)
    panel.origin.setCurrentIndex(0)
    panel.origin.activated.emit(0)
    asked = panel.population()
    assert asked is not None
    assert (asked.which, asked.number_to, asked.treatments) == (
        Which.FIRST,
        None,
        ASKED.treatments,
    )
    assert not panel.numbers.head.isEnabled()
    assert panel.numbers.head.toolTip() == panel.which.toolTip() != ""
    panel.count_from_lines()
    assert panel.population() == ASKED


def test_a_population_is_saved_chosen_overwritten_renamed_and_removed(
    panel: PopulationPanel, clinic: Clinic, qtbot: QtBot
) -> None:
    saved = panel.saved
    panel.show_population(ASKED)
    click(saved.save_button)
    click(saved.naming.main_button)
    assert saved.naming.entry.problem == "This is needed."
    QTest.keyClicks(saved.naming.entry.line, "Mogamulizumab")
    QTest.keyClick(saved.naming.entry.line, Qt.Key.Key_Return)
    (kept,) = clinic.populations.all()
    assert kept.record is not None
    assert (kept.name, kept.record.criteria) == ("Mogamulizumab", ASKED)
    panel.clear()
    assert saved.combo.currentIndex() == -1
    saved.combo.setCurrentIndex(0)
    saved.combo.activated.emit(0)
    assert panel.population() == ASKED
    panel.diseases.boxes[Disease.SEZARY_SYNDROME].click()
    assert saved.note.text() == "Changed since it was saved"
    click(saved.overwrite_button)
    QTest.keyClicks(saved.changing.entry.line, "wider")
    click(saved.changing.main_button)
    (kept,) = clinic.populations.all()
    assert kept.record is not None
    assert kept.record.criteria.diseases == ()
    click(saved.rename_button)
    QTest.keyClicks(saved.renaming.entry.line, "All")
    with qtbot.waitSignal(panel.told) as told:
        click(saved.renaming.main_button)
    assert told.args == ["Renamed"]
    assert [each.name for each in clinic.populations.all()] == ["All"]
    click(saved.remove_button)
    click(saved.removing.main_button)
    assert saved.removing.entry.problem == "This is needed."
    QTest.keyClicks(saved.removing.entry.line, "not needed")
    click(saved.removing.main_button)
    assert clinic.populations.all() == []
    clinic.undo()
    panel.open(clinic)
    assert saved.combo.itemText(0) == "All"


def test_a_taken_name_is_said_beside_it(panel: PopulationPanel, clinic: Clinic) -> None:
    clinic.populations.save(a.population(name="Taken"))
    click(panel.saved.save_button)
    QTest.keyClicks(panel.saved.naming.entry.line, "taken")
    click(panel.saved.naming.main_button)
    assert panel.saved.naming.entry.problem == "Another saved population has this name."


def test_who_may_only_read_chooses_and_saves_nothing(panel: PopulationPanel) -> None:
    confine(panel, {May.READ})
    assert not panel.saved.save_button.isVisible()
    assert panel.saved.combo.isVisible()


def test_a_box_whose_words_are_too_long_is_not_cut_off(panel: PopulationPanel) -> None:
    click(panel.diseases.head)
    room = panel.diseases._list.viewport().width()
    assert all(box.width() <= room for box in panel.diseases.boxes.values())
