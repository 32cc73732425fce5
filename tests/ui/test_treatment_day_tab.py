"""A treatment day, the way a nurse enters it while the patient sits beside the desk."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import PatientRecord, revised
from models.store.clinic import Clinic
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.person import Person, answers
from tests.ui.samples import TODAY
from ui.choice_editor import ChoiceEditor
from ui.form import Form
from ui.main_window import MainWindow
from ui.questions import Leaving
from ui.term_editor import TermEditor
from ui.treatment_day_tab import TreatmentDayTab

START = dt.date(2020, 4, 16)
LAST: dict[str, Any] = {
    "premedication": "paracetamol 1 g",
    "minutes": 60,
    "batch": "A17",
    "given_by": "M. Brandt",
}


WORDS = ("reaction", "notes")


class Nurse(Person):
    """Counts the keys that are no text, and the clicks."""

    strokes = 0

    def __init__(self, qtbot: QtBot, window: MainWindow, folder: Path) -> None:
        super().__init__(qtbot, window)
        self.folder = folder

    def press(self, *shortcuts: str) -> None:
        self.strokes += len(shortcuts)
        super().press(*shortcuts)

    def click(self, text: str) -> None:
        self.strokes += 1
        super().click(text)

    def see(self, *records: PatientRecord) -> TreatmentDayTab:
        """Open the patient of whom this is on file."""
        with Clinic.open(self.folder, USER, PASSWORD) as elsewhere:
            elsewhere.save_all([a.patient(), *records])
        self.arrive()
        self.window.open_patient(a.PATIENT)
        self.strokes = 0
        return self.patient.treatment_day


@pytest.fixture
def nurse(qtbot: QtBot, window: MainWindow, case_folder: Path) -> Nurse:
    return Nurse(qtbot, window, case_folder)


def under_treatment() -> list[PatientRecord]:
    """The third infusion, day 15 of cycle 1, is due today."""
    line = a.moga(START)
    cycle = a.cycle(line, 1, START)
    return [line, cycle, a.infusion(cycle, **LAST), a.infusion(cycle, 8, **LAST)]


def shown(form: Form) -> list[str]:
    return [name for name, editor in form.editors.items() if editor.isVisible()]


def said(tab: TreatmentDayTab) -> str:
    return f"{tab.day.beside.told.text()}\n{tab.day.beside.warning.text()}"


def test_as_planned_is_the_weight_and_two_keys(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.write("71")
    assert tab.form.values()["dose_mg"] == 71
    assert "71 mg = 17.75 mL, 4 vials" in said(tab)
    nurse.press("Ctrl+Return")
    assert nurse.strokes == 2
    infusion, visit = nurse.one(Infusion), nurse.one(Visit)
    assert (infusion.day, infusion.given_on, infusion.status) == (15, TODAY, "given")
    assert (infusion.dose_mg, visit.weight_kg, visit.next_visit) == (71, 71, a.day("2020-05-07"))
    assert tab.done.text.text() == (
        "Saved: cycle 1 day 15, 71 mg, given 30 Apr 2020.\nNext: 7 May 2020."
    )
    assert nurse.told.startswith("Saved ")
    nurse.press("Return")
    assert tab.form.editors["weight_kg"].isAncestorOf(nurse.focus)
    assert "planned for 7 May 2020" in said(tab)


def test_it_is_one_step_of_undo(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    before = set(nurse.history.by_id)
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.press("Ctrl+Return")
    assert len(nurse.history.by_id) == len(before) + 2
    nurse.press("Ctrl+Z")
    assert set(nurse.history.by_id) == before
    assert tab.currentWidget() is tab.day


def test_everything_that_can_be_said_takes_no_more_than_twelve(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.press("Ctrl+D")
    assert {name: tab.form.values()[name] for name in LAST} == LAST
    assert tab.form.editors["batch"]._note.text() == "As on 23 Apr 2020."
    assert "As on 23 Apr 2020: Premedication: paracetamol 1 g; Duration: 60 min" in said(tab)
    tab.form.editors["batch"].setFocus()
    nurse.press("Ctrl+A")
    nurse.write("B2")
    assert tab.form.editors["batch"]._note.text() == ""
    nurse.press("Ctrl+Return")
    assert nurse.strokes <= 12
    infusion = nurse.one(Infusion)
    assert {name: getattr(infusion, name) for name in LAST} == LAST | {"batch": "B2"}


def test_what_was_typed_is_not_the_same_as_last_time(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.fill(tab.form, batch="C3")
    nurse.click("Same as last time")
    assert tab.form.values()["batch"] == "C3"
    assert tab.form.values()["minutes"] == 60


def test_omitted_with_a_reason(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T", "Tab", "O")
    assert shown(tab.form) == ["date", "weight_kg", "status", "reason", "next_on", *WORDS]
    nurse.press("Tab")
    nurse.write("fever")
    nurse.press("Ctrl+Return")
    assert nurse.strokes <= 12
    infusion = nurse.one(Infusion)
    assert (infusion.status, infusion.reason, infusion.given_on) == ("omitted", "fever", None)
    assert not nurse.history.of(Visit)
    assert tab.done.text.text() == "Saved: cycle 1 day 15, omitted.\nNext: 7 May 2020."


def test_a_reaction_is_not_lost_where_the_day_becomes_omitted(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.fill(tab.form, reaction="chills")
    nurse.pick(tab.form, "status", "Omitted")
    nurse.fill(tab.form, reason="fever")
    nurse.press("Ctrl+Return")
    assert nurse.patient.record_tabs[AdverseEvent].form.values()["verbatim"] == "chills"
    assert (nurse.one(Visit).symptoms, nurse.one(Infusion).status) == ("chills", "omitted")


def test_reduced(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.press("Tab", "R", "Tab")
    assert tab.form.values()["dose_mg"] is None
    nurse.write("50")
    assert "Worked out: 71 mg; entered: 50 mg (−30 %)." in said(tab)
    nurse.press("Ctrl+Return")
    assert tab.form.editors["reason"].problem == "Say why it was not given as planned."
    assert tab.form.editors["reason"].isAncestorOf(nurse.focus)
    nurse.write("rash")
    nurse.press("Ctrl+Return")
    assert nurse.strokes <= 12
    infusion = nurse.one(Infusion)
    assert (infusion.status, infusion.dose_mg, infusion.reason) == ("reduced", 50, "rash")


def test_a_reaction_leads_to_the_form_of_the_event(nurse: Nurse) -> None:
    line, *rest = under_treatment()
    tab = nurse.see(line, *rest)
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.fill(tab.form, reaction="chills, back pain")
    nurse.press("Ctrl+Return")
    events = nurse.patient.record_tabs[AdverseEvent]
    assert events.form.isVisible()
    values = events.form.values()
    assert (values["verbatim"], str(values["onset"])) == ("chills, back pain", "2020-04-30")
    assert (values["treatment_line"], values["attribution"]) == (line.id, None)
    assert nurse.one(Visit).symptoms == "chills, back pain"
    assert nurse.one(Infusion).given_on == TODAY
    term = events.form.editors["term"]
    assert isinstance(term, TermEditor)
    assert nurse.focus is term.line.completer().popup(), "chills fit a part of the words"


def test_the_dose_follows_the_weight_until_another_is_typed(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.press("BackSpace")
    nurse.write("2")
    assert tab.form.values()["dose_mg"] == 72
    nurse.fill(tab.form, dose_mg="60")
    nurse.fill(tab.form, weight_kg="71")
    assert tab.form.values()["dose_mg"] == 60
    assert "Worked out: 71 mg; entered: 60 mg (−15 %)." in said(tab)
    nurse.press("Ctrl+Return")
    assert tab.form.editors["reason"].problem == "More than 10 % off the dose worked out: say why."
    nurse.fill(tab.form, dose_mg="71", weight_kg="70")
    assert tab.form.values()["dose_mg"] == 70
    assert "reason" not in shown(tab.form)


def test_nothing_is_saved_by_mistake(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T", "Ctrl+Return")
    problem = tab.form.editors["weight_kg"].problem
    assert problem == "Enter the weight of the day, or the dose that was given."
    assert len(nurse.history.of(Infusion)) == 2


def test_a_date_that_cannot_be_is_said_beside_it(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.write("71")
    for typed, wrong in (("1 1 2199", "future"), ("1 1 1940", "birth date")):
        nurse.fill(tab.form, date=typed)
        nurse.press("Ctrl+Return")
        assert wrong in tab.form.editors["date"].problem
    assert len(nurse.history.of(Infusion)) == 2
    nurse.fill(tab.form, date="-1")
    nurse.press("Ctrl+Return")
    assert nurse.one(Infusion).given_on == TODAY - dt.timedelta(days=1)


def test_a_second_one_on_a_day_is_warned_of_and_not_refused(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    for _time in range(2):
        nurse.press("Ctrl+T")
        nurse.write("71")
        warned = "two infusions on one day" in said(tab)
        nurse.press("Ctrl+Return")
    assert warned
    assert [infusion.given_on for infusion in nurse.history.of(Infusion)].count(TODAY) == 2
    assert len(nurse.history.of(Visit)) == 1


def test_the_first_infusion_of_a_line_that_is_entered_first(nurse: Nurse) -> None:
    tab = nurse.see(a.diagnosis())
    nurse.press("Ctrl+T")
    assert tab.nothing.isVisible()
    assert "No treatment is running" in tab.nothing.text.text()
    nurse.press("Return")
    lines = nurse.tab(TreatmentLine)
    assert lines.form.isVisible()
    nurse.fill(lines.form, regimen="study drug", category="sys", start="today")
    nurse.fill(lines.form, protocol="1 mg/kg on days 1, 8 of 21", given_here="yes")
    nurse.press("Ctrl+Return", "Ctrl+T")
    nurse.write("80")
    nurse.press("Ctrl+Return")
    cycle, infusion = nurse.one(Cycle), nurse.one(Infusion)
    assert (cycle.number, cycle.day_1, cycle.weight_kg) == (1, TODAY, 80)
    assert (infusion.cycle, infusion.day, infusion.dose_mg) == (cycle.id, 1, 80)


def test_a_running_line_without_a_protocol_is_opened_for_it(nurse: Nurse) -> None:
    line = a.line(START)
    tab = nurse.see(line)
    nurse.press("Ctrl+T")
    assert "bexarotene, since 16 Apr 2020, follows no protocol" in tab.nothing.text.text()
    nurse.press("Return")
    form = nurse.tab(TreatmentLine).form
    assert form.record_id == line.id
    assert form.editors["protocol"].isAncestorOf(nurse.focus)


def test_by_the_body_surface(nurse: Nurse) -> None:
    tab = nurse.see(a.line(TODAY, protocol="1000 mg/m² on days 1, 8 of 21"))
    nurse.press("Ctrl+T")
    nurse.write("70", "170")
    assert tab.form.values()["dose_mg"] == 1818.12
    nurse.press("Ctrl+Return", "Ctrl+T")
    assert tab.form.values()["height_cm"] == 170
    nurse.press("Ctrl+T")
    assert tab.form.values()["weight_kg"] is None


def test_of_two_lines_one_is_chosen(nurse: Nurse) -> None:
    first = a.line(START, protocol="240 mg on days 1, 15 of 28")
    second = a.line(TODAY, drug="gemcitabine", protocol="1000 mg/m² on days 1, 8 of 21")
    tab = nurse.see(first, second)
    nurse.press("Ctrl+T")
    assert "height_cm" not in shown(tab.form)
    assert "bexarotene" in tab.day.pane._title.text().casefold()
    nurse.pick(tab.form, "treatment_line", "gemcitabine")
    assert "height_cm" in shown(tab.form)
    assert tab.day.pane._title.text() == "Gemcitabine, cycle 1 day 1"
    nurse.fill(tab.form, weight_kg="70", height_cm="170")
    nurse.press("Ctrl+Return")
    assert nurse.one(Cycle).treatment_line == second.id
    nurse.patient.start_treatment_day(first.id)
    assert tab.form.values()["treatment_line"] == first.id
    assert isinstance(tab.form.editors["treatment_line"], ChoiceEditor)


def test_escape_asks_only_where_something_was_typed(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    asked = answers(tab.day, Leaving.DISCARD)
    nurse.press("Ctrl+T", "Escape")
    assert not asked
    assert nurse.patient.timeline.hasFocus()
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.press("Escape")
    assert len(asked) == 1
    assert tab.form.values()["weight_kg"] is None
    assert tab.form.values()["status"] is InfusionStatus.GIVEN


def test_what_is_typed_is_there_again(nurse: Nurse) -> None:
    tab = nurse.see(*under_treatment())
    nurse.press("Ctrl+T")
    nurse.write("71")
    nurse.fill(tab.form, notes="arm left")
    nurse.press("Ctrl+N", "Escape", "Ctrl+T")
    assert tab.form.values()["weight_kg"] == 71
    asked = answers(tab.day, Leaving.KEEP_FOR_LATER)
    nurse.press("Ctrl+1")
    assert (len(asked), nurse.page) == (1, nurse.window.today_page)
    nurse.window.open_patient(a.PATIENT)
    nurse.press("Ctrl+T")
    values = tab.form.values()
    assert (values["weight_kg"], values["dose_mg"], values["notes"]) == (71, 71, "arm left")
    nurse.fill(tab.form, weight_kg="72")
    assert tab.form.values()["dose_mg"] == 72
    nurse.press("Ctrl+Return")
    assert (nurse.one(Infusion).dose_mg, nurse.one(Infusion).notes) == (72, "arm left")


@pytest.mark.parametrize("days", [0, 30])
def test_the_button_stands_out_when_an_infusion_is_due(nurse: Nurse, days: int) -> None:
    line, *rest = under_treatment()
    tab = nurse.see(revised(line, start=TODAY + dt.timedelta(days)), *([] if days else rest))
    buttons = nurse.patient.header.findChildren(QPushButton)
    (button,) = [each for each in buttons if each.text() == "Treatment day"]
    assert button.property("role") == ("" if days else "primary")
    nurse.click("Treatment day")
    assert tab.form.editors["weight_kg"].isAncestorOf(nurse.focus)
    nurse.press("Escape")
    nurse.choose("Treatment day")
    assert tab.form.editors["weight_kg"].isAncestorOf(nurse.focus)
