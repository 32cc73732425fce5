"""Adverse events: grades over time, grades a term lacks, and what came under treatment."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.adverse_event import (
    AdverseEvent,
    Emergent,
    GradeEpisode,
    emergent,
    missing_grades,
    regraded,
    resolved,
)
from models.base import InvalidRecord
from models.ctcae import NAMES, CtcaeVersion, Soc
from models.rules import RULES
from models.values import AnyDate, Grade, PartialDate
from tests.models import builders as a

FIRST, LAST = dt.date(2020, 1, 6), dt.date(2020, 6, 8)


def with_grades(*grades: tuple[str, int], **changes: Any) -> AdverseEvent:
    """An event whose grades begin on these dates."""
    course = [{"date": date, "grade": grade} for date, grade in grades]
    return a.event(grades[0][0], grades=course, **changes)


def test_the_terms_offered_are_the_ones_known() -> None:
    suggested = AdverseEvent.model_fields["term"].json_schema_extra
    assert isinstance(suggested, dict)
    assert suggested["suggestions"] == [*NAMES]


@pytest.mark.parametrize(
    ("term", "version", "grades", "missing"),
    [
        ("Rash maculo-papular", "5.0", (1, 4, 2, 5), (4, 5)),
        ("Rash maculo-papular", "5.0", (1, 2, 3), ()),
        ("Rash maculo-papular", "6.0", (4,), ()),
        ("Rash maculo-papular", "4.03", (4,), ()),
        ("Toxic epidermal necrolysis", "5.0", (3, 3, 4), (3,)),
        ("Lymphopenia", "6.0", (1, 4), (4,)),
        ("Lymphopenia", "5.0", (4,), ()),
        ("Drug rash", "5.0", (5,), ()),
    ],
)
def test_a_grade_that_the_term_lacks_is_named_and_kept(
    term: str, version: str, grades: tuple[int, ...], missing: tuple[int, ...]
) -> None:
    dated = [(f"2020-03-{day:02}", grade) for day, grade in enumerate(grades, 1)]
    event = with_grades(*dated, term=term, ctcae_version=version)
    assert missing_grades(event) == missing
    assert event.ctcae_version is CtcaeVersion(version)
    assert event.worst_grade == max(grades)


def test_an_event_has_the_class_of_its_term() -> None:
    assert a.event().soc is Soc.SKIN
    assert a.event(term="Drug rash").soc is None
    assert Soc.SKIN.label == "Skin and subcutaneous tissue disorders"


def test_other_specify_is_called_by_what_the_patient_said() -> None:
    other = "Skin and subcutaneous tissue disorders - Other, specify"
    assert a.event(term=other, verbatim="plaque on the cheek").label == "plaque on the cheek"
    assert a.event().label == "Rash maculo-papular"


def test_an_event_has_a_grade_and_ends_after_it_began() -> None:
    with pytest.raises(InvalidRecord, match="Enter at least one grade"):
        a.event(grades=[])
    with pytest.raises(InvalidRecord, match="resolved before its onset"):
        a.event("2020-02-03", resolved="2020-02-02")
    assert a.event("2020-02", resolved="2020-02-01").resolved


@pytest.mark.parametrize("text", ["2017-07", "2017-07:0", "2017-07:6", "x:2", ""])
def test_a_grade_is_written_as_a_date_and_a_number(text: str) -> None:
    assert str(GradeEpisode.parse(" 2017-07: 2 ")) == "2017-07:2"
    with pytest.raises(ValueError, match=r"\d|date"):
        GradeEpisode.parse(text)


@pytest.mark.parametrize(
    ("day", "grade"),
    [
        ("2020-01-31", None),
        ("2020-02-01", 1),
        ("2020-02-29", 1),
        ("2020-03-05", 3),
        ("2020-03-20", 2),
        ("2020-04-30", 2),
        ("2020-05-01", None),
    ],
)
def test_the_grade_of_a_day_counts_months_from_their_first_and_to_their_last_day(
    day: str, grade: int | None
) -> None:
    event = with_grades(
        ("2020-02", 1), ("2020-03-20", 2), ("2020-03-05", 3), resolved="2020-04", outcome="resolved"
    )
    assert event.grade_on(a.day(day)) == grade


@given(days=st.lists(st.dates(FIRST, LAST), min_size=1, max_size=6, unique=True), on=a.any_day)
def test_the_grade_of_a_day_is_one_that_was_recorded_up_to_it(
    days: list[dt.date], on: dt.date
) -> None:
    event = with_grades(*((str(day), 1 + n % 5) for n, day in enumerate(days)))
    up_to = [day for day in days if day <= on]
    expected = 1 + days.index(max(up_to)) % 5 if up_to else None
    assert event.grade_on(on) == expected


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ([("2020-01-05", 2)], Emergent.NO),
        ([("2020-01-06", 2)], Emergent.YES),
        ([("2020-09-06", 1)], Emergent.YES),
        ([("2020-09-07", 1)], Emergent.NO),
        ([("2020-01-05", 2), ("2020-02-01", 3)], Emergent.YES),
        ([("2020-01-05", 2), ("2020-02-01", 2)], Emergent.NO),
        ([("2020-01-05", 2), ("2020-02-01", 1), ("2020-03-01", 2)], Emergent.NO),
        ([("2019-01-01", 3), ("2019-06-01", 1), ("2020-03-01", 2)], Emergent.YES),
        ([("2019-01-01", 1), ("2020-09-07", 3)], Emergent.NO),
        ([("2020-01", 2)], Emergent.POSSIBLE),
        ([("2020-01", 1), ("2020-03", 2)], Emergent.YES),
        ([("2020-09", 2)], Emergent.POSSIBLE),
        ([("2020-08", 2)], Emergent.YES),
        ([("2020-10", 2)], Emergent.NO),
        ([("2019", 2)], Emergent.NO),
        ([("2019", 2), ("2019-05", 1), ("2020-03-01", 2)], Emergent.POSSIBLE),
        ([("2020", 2)], Emergent.POSSIBLE),
    ],
)
def test_emergent_is_begun_or_worse_from_the_first_dose_to_90_days_after_the_last(
    grades: list[tuple[str, int]], expected: Emergent
) -> None:
    assert emergent(with_grades(*grades), FIRST, LAST, 90) is expected


def test_the_first_grade_holds_from_the_onset() -> None:
    later = a.event("2020-01-05", grades=[{"date": "2020-02-01", "grade": 2}])
    assert emergent(later, FIRST, LAST, 90) is Emergent.NO


def test_the_time_after_the_last_dose_is_the_clinics_choice() -> None:
    event = with_grades(("2020-06-09", 2))
    assert emergent(event, FIRST, LAST, 0) is Emergent.NO
    assert emergent(event, FIRST, LAST, 1) is Emergent.YES


def test_a_line_that_runs_leaves_the_time_open() -> None:
    assert emergent(with_grades(("2031", 1)), FIRST, None, 90) is Emergent.YES
    assert emergent(with_grades(("2019-12", 1)), FIRST, None, 90) is Emergent.NO


def test_a_line_known_by_month_makes_it_possible() -> None:
    first, last = PartialDate(2020, 1), PartialDate(2020, 6)
    answers = [
        emergent(with_grades((day, 1)), first, last, 90)
        for day in ("2019-12-31", "2020-01-15", "2020-01-31", "2020-08-30", "2020-09-10", "2020-10")
    ]
    assert answers == ["no", "possible", "yes", "yes", "possible", "no"]


def by_definition(episodes: list[tuple[dt.date, int]], first: dt.date, last: dt.date) -> bool:
    """The definition for exact dates in order: a rise above what was before, in the time."""
    before = [grade for day, grade in episodes if day < first]
    reference = before[-1] if before else 0
    return any(
        grade > reference and first <= day <= last + dt.timedelta(days=90)
        for day, grade in episodes
    )


near = st.dates(dt.date(2019, 11, 1), dt.date(2020, 11, 30))
courses = st.lists(
    st.tuples(near, st.integers(1, 5)), min_size=1, max_size=4, unique_by=lambda x: x[0]
)


@given(course=courses)
def test_exact_dates_follow_the_definition(course: list[tuple[dt.date, int]]) -> None:
    course.sort()
    event = with_grades(*((str(day), grade) for day, grade in course))
    expected = Emergent.YES if by_definition(course, FIRST, LAST) else Emergent.NO
    assert emergent(event, FIRST, LAST, 90) is expected


def vague(day: dt.date, parts: int) -> PartialDate:
    return PartialDate(*(day.year, day.month, day.day)[:parts])


@given(
    course=courses,
    parts=st.lists(st.integers(1, 3), min_size=6, max_size=6),
    doses=st.tuples(near, near).map(sorted),
)
def test_a_certain_answer_from_partial_dates_holds_for_the_exact_ones(
    course: list[tuple[dt.date, int]], parts: list[int], doses: list[dt.date]
) -> None:
    course.sort()
    bounds: list[AnyDate] = [vague(day, n) for day, n in zip(doses, parts[4:], strict=True)]
    dated = [(vague(day, n), grade) for (day, grade), n in zip(course, parts, strict=False)]
    event = with_grades(*((str(date), grade) for date, grade in dated))
    answer = emergent(event, bounds[0], bounds[1], 90)
    truth = Emergent.YES if by_definition(course, doses[0], doses[1]) else Emergent.NO
    assert answer in {truth, Emergent.POSSIBLE}


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"resolved": "2020-03-01"}, False),
        ({"resolved": "2020-03-02"}, True),
        ({"outcome": "fatal"}, False),
        ({"outcome": "ongoing"}, True),
    ],
)
def test_an_event_is_open_until_it_is_known_to_be_over(
    changes: dict[str, Any], is_open: bool
) -> None:
    event = a.event("2020-02-03", **changes)
    assert event.is_open(a.day("2020-03-01")) is is_open
    assert not event.is_open(a.day("2020-02-02"))


def test_what_is_said_about_an_event_stands_among_the_rules() -> None:
    names = {"AdverseEvent.grade_on", "AdverseEvent.worst_grade", "emergent"}
    assert {f"adverse_event.{name}" for name in names} <= set(RULES)
    assert a.event(grade=Grade.SEVERE).worst_grade is Grade.SEVERE


TODAY = dt.date(2020, 3, 2)
RESOLVED: dict[str, Any] = {"resolved": "2020-02-20", "outcome": "resolved"}


def in_short(event: AdverseEvent) -> list[str]:
    return [str(episode) for episode in event.course]


def test_a_grade_changes_today_and_can_be_changed_again() -> None:
    event = with_grades(("2020-02-03", 2))
    worse = regraded(event, Grade.SEVERE, TODAY)
    assert in_short(worse) == ["2020-02-03:2", "2020-03-02:3"]
    assert (worse.id, worse.version, worse.outcome) == (event.id, event.version, None)
    assert in_short(regraded(worse, Grade.MILD, TODAY)) == ["2020-02-03:2", "2020-03-02:1"]
    assert in_short(regraded(worse, Grade.MODERATE, TODAY)) == ["2020-02-03:2"]
    assert in_short(regraded(with_grades(("2020-03-02", 2)), Grade.MILD, TODAY)) == ["2020-03-02:1"]
    assert in_short(event) == ["2020-02-03:2"]


def test_grade_5_is_a_fatal_outcome() -> None:
    event = with_grades(("2020-02-03", 3), term="Fever")
    assert regraded(event, Grade.DEATH, TODAY).outcome == "fatal"


def test_an_event_ends_today() -> None:
    over = resolved(with_grades(("2020-02", 2), outcome="ongoing"), TODAY)
    assert (over.resolved, over.outcome) == (PartialDate.of(TODAY), "resolved")
    assert not over.is_open(TODAY)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (a.event(**RESOLVED), "Rash maculo-papular is over: correct it in the form."),
        (a.event(outcome="fatal"), "is over"),
        (with_grades(("2020-02-03", 5), term="Fever"), "Fever is over"),
        (a.event("2020-03-03"), "Rash maculo-papular begins only on 3 Mar 2020."),
        (
            with_grades(("2020-02-03", 1), ("2020-03-03", 2)),
            "The last grade of Rash maculo-papular is of 3 Mar 2020: correct it in the form.",
        ),
        (with_grades(("2020-02-03", 1), ("2020-03", 2)), None),
    ],
)
def test_an_event_that_does_not_go_on_today_is_left_as_it_is(
    event: AdverseEvent, sentence: str | None
) -> None:
    changes = partial(regraded, event, Grade.SEVERE, TODAY), partial(resolved, event, TODAY)
    for change in changes:
        if sentence:
            with pytest.raises(ValueError, match=sentence):
                change()
        else:
            assert change().course[0].grade is Grade.MILD


def test_a_grade_that_does_not_exist_or_is_there_already_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Rash maculo-papular has no grade 4 in CTCAE 5\.0\."):
        regraded(a.event(), Grade.LIFE_THREATENING, TODAY)
    with pytest.raises(ValueError, match="Rash maculo-papular has grade 2 already"):
        regraded(a.event(), Grade.MODERATE, TODAY)


@given(
    grades=st.lists(st.tuples(st.dates(FIRST, TODAY), st.integers(1, 4)), min_size=1, max_size=4),
    grade=st.sampled_from(Grade),
)
def test_the_grade_of_today_is_the_new_one_and_the_past_stays(
    grades: list[tuple[dt.date, int]], grade: Grade
) -> None:
    dated = sorted(dict(grades).items())
    event = with_grades(*[(str(day), each) for day, each in dated], term="Fever")
    try:
        changed = regraded(event, grade, TODAY)
    except ValueError:
        assert event.last_grade is grade
        return
    assert changed.course[-1].grade is grade
    for days in range(1, 60):
        day = TODAY - dt.timedelta(days=days)
        assert changed.grade_on(day) == event.grade_on(day)


def test_a_table_tells_the_last_grade_and_a_worse_one() -> None:
    assert with_grades(("2020-02-03", 2)).grade_words == "2"
    assert with_grades(("2020-02-03", 3), ("2020-02-05", 2)).grade_words == "2, worst 3"
