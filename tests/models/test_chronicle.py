"""The chronicle: every dated record in words, with its study day and its cycle."""

import pytest

from models.chronicle import chronicle
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)
SECOND = a.cycle(MOGA, 2, "2020-02-03")


def test_every_dated_record_stands_in_the_order_of_time() -> None:
    photograph = a.attachment()
    late, omitted = a.infusion(FIRST, 8, 3), a.omitted(FIRST, 15)
    history = a.history(
        *(photograph, a.consent(), MOGA, FIRST, SECOND, omitted, late, a.infusion(FIRST)),
        *(a.visit("2020-02-05"), a.diagnosis("2019"), a.lab("2020-03-16"), a.event("2020-02")),
    )
    assert [(e.date, e.study_day, e.cycle, e.what) for e in chronicle(history)] == [
        ("2019", "about −188", "", "Diagnosis"),
        ("6 Jan 2020", "1", "C1", "Treatment line"),
        ("6 Jan 2020", "1", "C1", "Infusion"),
        ("16 Jan 2020", "11", "C1", "Infusion"),
        ("23 Jan 2020", "18", "C1", "Infusion"),
        ("Feb 2020", "about 41", "C1–2", "Adverse event"),
        ("5 Feb 2020", "31", "C2", "Visit"),
        ("16 Mar 2020", "71", "", "Laboratory value"),
    ]


def test_an_entry_tells_its_record_in_words() -> None:
    late = a.infusion(FIRST, 8, 3)
    entry = chronicle(a.history(MOGA, FIRST, late))[1]
    assert entry.record == late.id
    assert entry.words == "cycle 1 day 8, given, planned 13 Jan 2020"


def test_a_late_infusion_belongs_to_its_own_cycle() -> None:
    late = a.infusion(FIRST, 22, 8)
    (entry,) = [e for e in chronicle(a.history(MOGA, FIRST, SECOND, late)) if e.record == late.id]
    assert (entry.date, entry.cycle) == ("4 Feb 2020", "C1")


def test_an_infusion_without_its_cycle_stands_where_it_was_given() -> None:
    given, omitted = a.infusion(FIRST, 8), a.omitted(FIRST, 15)
    assert [entry.record for entry in chronicle(a.history(given, omitted))] == [given.id]


def test_without_an_infusion_there_is_no_study_day() -> None:
    (entry,) = chronicle(a.history(a.visit("2020-01-06")))
    assert (entry.study_day, entry.cycle) == ("", "")


@pytest.mark.parametrize(
    ("date", "study_day", "cycle"),
    [
        ("2020-01-05", "−1", ""),
        ("2020-01-06", "1", "C1"),
        ("2020-02-02", "28", "C1"),
        ("2020-02-03", "29", "C2"),
        ("2020-03-01", "56", "C2"),
        ("2020-03-02", "57", ""),
        ("2020-01", "about 11", "C1"),
        ("2020-02", "about 41", "C1–2"),
        ("2020", "about 178", ""),
        ("2019", "about −188", ""),
    ],
)
def test_a_day_or_a_month_falls_into_cycles_of_28_days(
    date: str, study_day: str, cycle: str
) -> None:
    event = a.event(date)
    entries = chronicle(a.history(MOGA, FIRST, SECOND, a.infusion(FIRST), event))
    assert [(e.study_day, e.cycle) for e in entries if e.record == event.id] == [(study_day, cycle)]
