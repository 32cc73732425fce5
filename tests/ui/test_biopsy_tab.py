"""A biopsy whose result is awaited, and the rash that it is to explain."""

import datetime as dt

from PySide6.QtWidgets import QApplication, QLabel

from models.adverse_event import AdverseEvent
from models.base import build
from models.biopsy import Biopsy
from tests.ui.person import Person
from tests.ui.samples import TODAY
from ui.biopsy_tab import BiopsyTab


def open_tab(person: Person) -> BiopsyTab:
    tab = person.tab(Biopsy)
    assert isinstance(tab, BiopsyTab)
    return tab


def take(person: Person, **texts: str) -> BiopsyTab:
    person.add(Biopsy)
    tab = open_tab(person)
    person.fill(tab.form, date="-12", kind="punch", body_site="left cheek", **texts)
    return tab


def headings(tab: BiopsyTab) -> list[str]:
    return [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]


def test_since_when_it_is_awaited_stands_above_and_one_key_leads_to_the_result(
    person: Person,
) -> None:
    person.open_case()
    tab = take(person, indication="diagnosis")
    assert not tab.result_button.isVisible()
    person.press("Ctrl+Return")
    assert "Biopsy, 18 Apr 2020 · result awaited for 12 days" in headings(tab)
    person.press("Alt+R")
    assert QApplication.focusWidget() is tab.form.editors["conclusion"].focusProxy()
    person.write("drug")
    person.press("Ctrl+Return")
    saved = person.one(Biopsy)
    assert (saved.conclusion, saved.result_on) == ("drug-related", TODAY)
    assert "Biopsy, 18 Apr 2020" in headings(tab)
    assert not tab.result_button.isVisible()


def test_for_a_rash_the_open_one_is_proposed(person: Person) -> None:
    person.open_case()
    rash = event(person, "Rash maculo-papular", onset=TODAY - dt.timedelta(days=20))
    tab = take(person, indication="rash")
    assert tab.form.values()["adverse_event"] == rash.id


def test_for_another_indication_none_is_proposed(person: Person) -> None:
    person.open_case()
    event(person, "Rash maculo-papular", onset=TODAY - dt.timedelta(days=20))
    assert take(person, indication="staging").form.values()["adverse_event"] is None


def event(person: Person, term: str, onset: dt.date) -> AdverseEvent:
    values = {
        "patient": person.history.patient.id,
        "verbatim": "itchy",
        "term": term,
        "ctcae_version": "5.0",
        "onset": str(onset),
        "grades": [{"date": str(onset), "grade": 2}],
    }
    made = build(AdverseEvent, values)
    tab = person.tab(AdverseEvent)
    saved: AdverseEvent = tab._save(made)
    return saved
