"""Adverse events: entered from the top down, regraded in one keystroke, linked to what is near."""

import datetime as dt

import pytest
from PySide6.QtGui import QAction

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy
from models.treatment import TreatmentLine
from tests.ui.person import Person, answers
from ui.events_tab import EventsTab
from ui.explained import Explained
from ui.questions import Leaving
from ui.shortcuts import shortcuts


@pytest.fixture
def tab(person: Person) -> EventsTab:
    page = person.open_case()
    found = page.record_tabs[AdverseEvent]
    assert isinstance(found, EventsTab)
    page.tabs.bring_kind_forward(AdverseEvent)
    return found


def itch(person: Person) -> AdverseEvent:
    """Itch, grade 2, since yesterday: told by whoever sits at the keyboard."""
    person.press("Ctrl+N")
    person.write("itch", "", "-1", "2")
    person.press("Ctrl+Return")
    return person.one(AdverseEvent)


def choose(tab: EventsTab, event: AdverseEvent) -> None:
    tab.select(event.id)
    tab.list.view.setFocus()


def course(person: Person, event: AdverseEvent) -> list[str]:
    found = person.history.by_id[event.id]
    assert isinstance(found, AdverseEvent)
    return [str(episode) for episode in found.course]


def test_itch_since_yesterday_is_entered_in_a_dozen_keys(person: Person, tab: EventsTab) -> None:
    event = itch(person)
    assert (event.verbatim, event.term, event.ctcae_version) == ("itch", "Pruritus", "5.0")
    assert [str(episode) for episode in event.grades] == ["2020-04-29:2"]
    assert str(event.onset) == "2020-04-29"
    assert tab.form.editors["grades"].isAncestorOf(person.focus)
    left_open = (event.attribution, event.serious, event.outcome, event.treatment_line)
    assert left_open == (None, None, None, None)


def test_a_key_in_the_table_gives_todays_grade(person: Person, tab: EventsTab) -> None:
    event = itch(person)
    choose(tab, event)
    person.press("3")
    assert course(person, event) == ["2020-04-29:2", "2020-04-30:3"]
    assert person.told == "Pruritus, grade 2 → 3 today. Undo with Ctrl+Z."
    assert tab.list.view.hasFocus()
    person.press("1")
    assert course(person, event) == ["2020-04-29:2", "2020-04-30:1"]
    person.press("0")
    over = person.one(AdverseEvent)
    assert (str(over.resolved), over.outcome) == ("2020-04-30", "resolved")
    assert person.told == "Pruritus resolved today. Undo with Ctrl+Z."


def test_r_ends_an_event_too(person: Person, tab: EventsTab) -> None:
    choose(tab, itch(person))
    person.press("R")
    assert person.one(AdverseEvent).outcome == "resolved"


def test_a_grade_that_cannot_be_is_refused_in_a_sentence(person: Person, tab: EventsTab) -> None:
    event = itch(person)
    choose(tab, event)
    person.press("4")
    assert tab.hint.text() == person.told == "Pruritus has no grade 4 in CTCAE 5.0."
    (earlier,) = [each for each in person.history.of(AdverseEvent) if each.id != event.id]
    choose(tab, earlier)
    person.press("3")
    assert "is over: correct it in the form." in tab.hint.text()
    assert course(person, earlier) == ["2017-07:2"]
    person.press("Up")
    person.qtbot.waitUntil(lambda: tab.hint.text().startswith("In the table"))


def test_what_is_half_typed_is_asked_for_first(person: Person, tab: EventsTab) -> None:
    event = itch(person)
    person.fill(tab.form, body_site="left arm")
    asked = answers(tab, Leaving.KEEP_EDITING)
    tab.list.view.setFocus()
    person.press("3")
    assert (len(asked), course(person, event)) == (1, ["2020-04-29:2"])
    asked = answers(tab, Leaving.SAVE)
    person.press("3")
    assert (len(asked), len(course(person, event))) == (1, 2)
    assert person.one(AdverseEvent).body_site == "left arm"


def test_a_death_is_entered_but_not_saved(person: Person, tab: EventsTab) -> None:
    person.press("Ctrl+N")
    person.write("fever", "", "-1", "3")
    person.press("Ctrl+Return")
    event = person.one(AdverseEvent)
    choose(tab, event)
    person.press("5")
    assert course(person, event) == ["2020-04-29:3"]
    assert tab.hint.text() == "Grade 5 is death from the event: check the form and save it."
    assert tab.form.isAncestorOf(person.focus)
    person.press("Ctrl+Return")
    assert course(person, event) == ["2020-04-29:3", "2020-04-30:5"]
    assert person.one(AdverseEvent).outcome == "fatal"


def test_the_line_follows_the_onset_until_another_is_chosen(person: Person, tab: EventsTab) -> None:
    moga = next(line for line in person.history.lines if "mogamulizumab" in line.regimen)
    line = tab.form.editors["treatment_line"]
    person.press("Ctrl+N")
    person.fill(tab.form, onset="1 6 2016")
    assert line.value() == moga.id
    person.fill(tab.form, onset="1 3 2020")
    assert line.value() is None
    person.pick(tab.form, "treatment_line", "CHOP")
    chosen = line.value()
    person.fill(tab.form, onset="1 6 2016")
    assert line.value() == chosen != moga.id
    answers(tab, Leaving.DISCARD)


def test_an_event_begun_in_the_timeline_has_the_line_of_its_day(
    person: Person, tab: EventsTab
) -> None:
    person.patient.add(AdverseEvent, dt.date(2016, 6, 1))
    line = person.history.by_id[tab.form.values()["treatment_line"]]
    assert isinstance(line, TreatmentLine)
    assert "mogamulizumab" in line.regimen
    assert not tab.form.is_dirty()


def test_a_biopsy_for_the_event_is_begun_and_told_of(person: Person, tab: EventsTab) -> None:
    (event,) = person.history.of(AdverseEvent)
    choose(tab, event)
    person.click("Biopsy for this event")
    form = person.tab(Biopsy).form
    values = form.values()
    assert (values["adverse_event"], values["indication"]) == (event.id, "rash")
    assert values["body_site"] == event.body_site
    person.fill(form, date="-10", kind="punch")
    person.press("Ctrl+Return")
    person.patient.tabs.bring_kind_forward(AdverseEvent)
    said = tab.findChildren(Explained)[0].reasons.text()
    assert "Infusion before: C26 day 1" in said, said
    assert "Biopsy of 20 Apr 2020, zygomatic area: result awaited." in said


def test_a_new_event_has_no_biopsy_yet(person: Person, tab: EventsTab) -> None:
    person.press("Ctrl+N")
    assert not tab.biopsy_button.isVisible()


def test_the_keys_are_listed() -> None:
    listed = dict(shortcuts(list[QAction]())["In a table of records"])
    assert listed["Adverse events: grade from today on"] == "1 2 3 4 5"
