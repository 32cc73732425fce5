"""Where a date lies: cycle and day, days on the drug, since the last dose, since diagnosis."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.adverse_event import Emergent
from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.placement import (
    CycleDay,
    Placement,
    emergent_under,
    line_of_event,
    place,
    place_onset,
)
from models.protocol import Protocol
from models.rules import RULES
from models.values import Days, PartialDate
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)
SECOND = a.cycle(MOGA, 2, "2020-02-03")
DIAGNOSIS = a.diagnosis("2019-12-02")
TWO_CYCLES = a.history(MOGA, DIAGNOSIS, *a.course(MOGA, 2))


def at(date: str, history: History = TWO_CYCLES) -> Placement:
    return place(history, PartialDate.parse(date))


@pytest.mark.parametrize(
    ("date", "cycle", "study_day", "last_dose"),
    [
        ("2020-01-05", None, -1, None),
        ("2019-12-30", None, -7, None),
        ("2020-01-06", (1, 1), 1, 0),
        ("2020-01-07", (1, 2), 2, 1),
        ("2020-01-13", (1, 8), 8, 0),
        ("2020-02-02", (1, 28), 28, 6),
        ("2020-02-03", (2, 1), 29, 0),
        ("2020-03-01", (2, 28), 56, 13),
        ("2020-03-02", (2, None), 57, 14),
        ("2022-03-02", (2, None), 787, 744),
    ],
)
def test_an_exact_date_has_one_place(
    date: str, cycle: tuple[int, int | None] | None, study_day: int, last_dose: int | None
) -> None:
    found = at(date)
    assert found.first == found.last == cycle
    assert found.study_day == Days(study_day, study_day)
    assert found.since_last_dose == (None if last_dose is None else Days(last_dose, last_dose))
    assert found.line == MOGA


@pytest.mark.parametrize(
    ("date", "cycles", "study_day", "last_dose"),
    [
        ("2019", (None, None, ()), (-370, -6), None),
        ("2020-01", (None, (1, 26), (1,)), (-5, 26), (0, 6)),
        ("2020-02", ((1, 27), (2, 27), (1, 2)), (27, 55), (0, 13)),
        ("2020-03", ((2, 28), (2, None), (2,)), (56, 86), (13, 43)),
        ("2020", (None, (2, None), (1, 2)), (-5, 361), (0, 318)),
        ("2021", ((2, None), (2, None), ()), (362, 726), (319, 683)),
    ],
)
def test_a_partial_date_has_the_range_of_its_days(
    date: str,
    cycles: tuple[object, object, tuple[int, ...]],
    study_day: tuple[int, int],
    last_dose: tuple[int, int] | None,
) -> None:
    found = at(date)
    assert (found.first, found.last, found.cycles) == cycles
    assert found.study_day == Days(*study_day)
    assert found.since_last_dose == (Days(*last_dose) if last_dose else None)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (
            "2020-01-20",
            "C1 day 15, day 15 on mogamulizumab, on the day of a dose, 49 days after diagnosis",
        ),
        (
            "2020-02-01",
            "C1 day 27, day 27 on mogamulizumab, 5 days after the last dose, "
            "2 months after diagnosis",
        ),
        (
            "2020-02",
            "C1 day 27 to C2 day 27, about day 41 on mogamulizumab, "
            "about 6 days after the last dose, about 2.5 months after diagnosis",
        ),
        (
            "2021-12-02",
            "after C2, day 697 from the first mogamulizumab, 21.5 months after the last dose, "
            "2 y after diagnosis",
        ),
        ("2019-12-30", "7 days before mogamulizumab, 28 days after diagnosis"),
        ("2019-12-02", "35 days before mogamulizumab, about the time of diagnosis"),
        ("2019-12", "about 21 days before mogamulizumab, about the time of diagnosis"),
        ("2019-11-02", "2.1 months before mogamulizumab, 30 days before diagnosis"),
        (
            "2020-01",
            "before C1 to C1 day 26, about the start of mogamulizumab, "
            "about 3 days after the last dose, about 45 days after diagnosis",
        ),
    ],
)
def test_a_place_in_words(date: str, words: str) -> None:
    assert at(date).words == words


def test_the_published_rash_began_late_on_the_drug() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    found = at("2017-07", history)
    assert (found.first, found.last) == ((26, 13), (27, 15))
    assert found.study_day == Days(713, 743)
    assert at("2017-07-31", history).words == (
        "C27 day 15, day 743 on mogamulizumab, on the day of a dose, about 6 y 1 mo after diagnosis"
    )


def test_a_late_next_cycle_leaves_days_in_none() -> None:
    late = a.cycle(MOGA, 2, "2020-02-10")
    history = a.history(MOGA, FIRST, late, a.infusion(FIRST))
    assert [at(day, history).last for day in ("2020-02-02", "2020-02-03", "2020-02-10")] == [
        CycleDay(1, 28),
        CycleDay(1, None),
        CycleDay(2, 1),
    ]
    assert at("2020-02-03", history).cycles == ()
    assert at("2020-02", history).cycles == (1, 2)


def test_an_early_next_cycle_takes_over_on_its_day_1() -> None:
    early = a.cycle(MOGA, 2, "2020-01-30")
    history = a.history(MOGA, FIRST, early, a.infusion(FIRST))
    assert at("2020-01-29", history).last == (1, 24)
    assert (at("2020-01-30", history).last, at("2020-01-30", history).cycles) == ((2, 1), (2,))


def test_the_length_of_a_cycle_is_the_protocols() -> None:
    line = a.line(protocol=Protocol.parse("1000 mg/m² on days 1, 8 of 21"))
    history = a.history(line, a.cycle(line))
    assert at("2020-01-26", history).last == (1, 21)
    assert at("2020-01-27", history).last == (1, None)
    without = a.line()
    assert at("2020-02-02", a.history(without, a.cycle(without))).last == (1, 28)


def test_without_lines_and_diagnosis_there_is_nothing_to_say() -> None:
    found = at("2020-01-06", a.history(a.line()))
    assert found == Placement(None, None, None, (), None, None, None)
    assert (found.words, found.study_day, found.study_day_words) == ("", None, "")


def test_without_a_dose_the_start_of_the_line_counts() -> None:
    history = a.history(a.moga("2020-01", given_here=False))
    assert at("2020-03-01", history).study_day == Days(31, 61)
    assert at("2020-03-01", history).since_last_dose is None
    assert at("2020-03-01", history).words == "about day 46 on mogamulizumab"


def two_lines() -> tuple[History, PatientRecord, PatientRecord]:
    earlier, later = a.line("2018-01-01", "2018-06-30", drug="CHOP"), a.moga()
    old, new = a.cycle(earlier, 1, "2018-01-01"), a.cycle(later)
    records = (earlier, later, old, new, a.infusion(old), a.infusion(new))
    return a.history(*records, DIAGNOSIS), earlier, later


@pytest.mark.parametrize(
    ("date", "number"),
    [
        ("2017-05", 0),
        ("2018-03-01", 0),
        ("2019-05", 0),
        ("2020-01-05", 0),
        ("2020-01-06", 1),
        ("2022", 1),
        ("2020-01", None),
        ("2020", None),
    ],
)
def test_of_several_lines_the_running_or_last_begun_one_counts(
    date: str, number: int | None
) -> None:
    history, *lines = two_lines()
    assert at(date, history).line == (None if number is None else lines[number])


def test_a_date_that_two_lines_share_keeps_its_time_since_diagnosis() -> None:
    history, earlier, _later = two_lines()
    found = at("2020-01", history)
    assert (found.since_first_dose, found.cycles) == (None, ())
    assert found.words == "about 45 days after diagnosis"
    named = place(history, PartialDate(2020, 1), earlier)  # type: ignore[arg-type]
    assert named.study_day == Days(731, 761)


def test_a_line_that_goes_on_counts_again_when_a_shorter_one_is_over() -> None:
    long, short = a.moga(), a.line("2020-03-02", "2020-03-15", drug="gemcitabine")
    history = a.history(long, short, a.cycle(long), a.cycle(short, 1, "2020-03-02"))
    lines = [at(day, history).line for day in ("2020-03-01", "2020-03-02", "2020-03-16")]
    assert lines == [long, short, long]
    assert at("2020-03", history).line is None


def test_an_onset_is_placed_in_the_line_it_is_attributed_to() -> None:
    history, earlier, later = two_lines()
    own = a.event("2020-02-03", treatment_line=earlier.id)
    unattributed, lost = a.event("2020-02-03"), a.event(treatment_line=DIAGNOSIS.id)
    assert line_of_event(history, own) == earlier
    assert place_onset(history, own).study_day == Days(764, 764)
    assert line_of_event(history, unattributed) == line_of_event(history, lost) == later
    assert place_onset(history, unattributed).last == (1, None)


def test_an_event_is_emergent_under_its_line() -> None:
    history, earlier, _later = two_lines()
    assert emergent_under(history, a.event("2020-02-03")) is Emergent.YES
    assert emergent_under(history, a.event("2018-04-01")) is Emergent.YES
    assert emergent_under(history, a.event("2018-04-02")) is Emergent.NO
    assert emergent_under(history, a.event("2017-12-31")) is Emergent.NO
    assert emergent_under(history, a.event("2020-02-03", treatment_line=earlier.id)) is Emergent.NO
    assert emergent_under(a.history(), a.event()) is None


def test_without_a_dose_start_and_end_of_the_line_count() -> None:
    line = a.moga("2018", "2018-06-30", given_here=False)
    history = a.history(line)
    dates = ("2017-12-31", "2018-03", "2019-02-01")
    assert [emergent_under(history, a.event(date)) for date in dates] == ["no", "possible", "no"]


def test_how_long_an_event_counts_is_the_clinics_choice() -> None:
    history, *_lines = two_lines()
    strict = History(history.patient, history.records, a.practice(emergent_days=30))
    assert emergent_under(strict, a.event("2018-02-01")) is Emergent.NO
    assert emergent_under(history, a.event("2018-02-01")) is Emergent.YES


histories = st.sampled_from([TWO_CYCLES, two_lines()[0], a.history(a.moga("2020", "2021"))])
around = st.dates(dt.date(2017, 6, 1), dt.date(2022, 6, 30))


@given(history=histories, day=around, parts=st.integers(1, 3))
def test_an_exact_place_lies_within_that_of_any_partial_date_around_it(
    history: History, day: dt.date, parts: int
) -> None:
    exact = place(history, PartialDate.of(day))
    wide = place(history, PartialDate(*(day.year, day.month, day.day)[:parts]))
    if wide.line is None:
        assert (wide.first, wide.last, wide.study_day, wide.since_last_dose) == (None,) * 4
    else:
        assert wide.line == exact.line
        assert in_order(wide.first) <= in_order(exact.first) <= in_order(wide.last)
        assert set(exact.cycles) <= set(wide.cycles)
        assert within(exact.study_day, wide.study_day)
        assert within(exact.since_last_dose, wide.since_last_dose)
    assert within(exact.since_diagnosis, wide.since_diagnosis)


def in_order(cycle: CycleDay | None) -> tuple[int, float]:
    if cycle is None:
        return (0, 0)
    return (cycle.number, cycle.day if cycle.day is not None else float("inf"))


def within(exact: Days | None, wide: Days | None) -> bool:
    if exact is None:
        return True
    return wide is not None and wide.least <= exact.least <= exact.most <= wide.most


@given(when=a.partial_dates())
def test_a_range_is_reached_at_both_ends(when: PartialDate) -> None:
    """Its bounds are those of the days that it stands for, no wider."""
    found = place(TWO_CYCLES, when)
    days = [when.first + dt.timedelta(n) for n in range((when.last - when.first).days + 1)]
    each = [place(TWO_CYCLES, PartialDate.of(day)) for day in days]
    for name in ("since_first_dose", "since_last_dose", "since_diagnosis"):
        exact = [value.least for one in each if (value := getattr(one, name)) is not None]
        assert getattr(found, name) == (Days(min(exact), max(exact)) if exact else None)
    assert (found.first, found.last) == (each[0].first, each[-1].last)


def test_the_rule_is_in_the_book() -> None:
    assert "placement.place" in RULES


@pytest.mark.parametrize(
    ("date", "brief"),
    [
        ("2020-01-07", "C1 day 2"),
        ("2019-12-30", "7 days before mogamulizumab"),
    ],
)
def test_the_most_telling_of_it_is_told_in_brief(date: str, brief: str) -> None:
    assert at(date).brief == brief


def test_without_a_treatment_the_time_since_diagnosis_is_told_in_brief() -> None:
    assert at("2020-01-06", a.history(DIAGNOSIS)).brief == "35 days after diagnosis"
