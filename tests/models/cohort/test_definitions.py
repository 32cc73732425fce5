"""The definitions by which a cohort is counted, each by itself."""

import datetime as dt

import pytest

from models.adverse_event import Action
from models.cohort.compartment_facts import involved_at_baseline
from models.cohort.counted import who_was_counted
from models.cohort.counting import is_past, joined_late, was_at_risk
from models.cohort.dose_facts import days_at_risk as days_of_line
from models.cohort.event_facts import is_related
from models.cohort.incidence import Event, had, years_at_risk
from models.cohort.member import disease_at_start, seen_from, stage_at_start
from models.cohort.practice import time_on_treatment
from models.cohort.practice_doses import Given
from models.cohort.practice_records import completeness_table
from models.cohort.response_rules import rated
from models.cohort.selection import Unit
from models.comparing import Span
from models.compartments import kinds
from models.diagnosis import Disease
from models.response import Response
from models.values import Grade
from tests.models import builders as a
from tests.models.cohort import members as m

TODAY = dt.date(2021, 6, 1)


def test_delayed_entry() -> None:
    assert was_at_risk(entry=0, left=0)
    assert was_at_risk(entry=30, left=31)
    assert not was_at_risk(entry=30, left=30)


def test_landmark() -> None:
    assert is_past(180, left=181)
    assert not is_past(180, left=180)


def test_immortal_time() -> None:
    assert joined_late([0, 0]) == 0
    assert joined_late([0, 1, None]) == 2


def test_stage_at_start_and_first_seen() -> None:
    line, staged = a.line("2020-01-06"), a.staging("T4 N0 M0 B2", "2020-01-06")
    history = a.history(line, staged, a.staging("T2b N0 M0 B0", "2020-01-07"))
    assert stage_at_start(history, line) == "IVA1"
    assert seen_from(history, dt.date(2020, 1, 1)) == 5
    assert seen_from(history, dt.date(2020, 2, 1)) == 0
    assert seen_from(a.history(), dt.date(2020, 2, 1)) == 0


def test_disease_at_the_start_of_a_line() -> None:
    before, line = a.line("2019-01-07"), a.line("2020-01-06")
    first = a.diagnosis("2010-03-01")
    then = a.diagnosis("2020-01", disease="Sézary syndrome")
    unstaged = a.diagnosis("2012-03-01", disease="lymphomatoid papulosis")
    history = a.history(before, line, first, unstaged, then)
    assert disease_at_start(history, before) is Disease.MYCOSIS_FUNGOIDES
    assert disease_at_start(history, line) is Disease.SEZARY_SYNDROME
    assert disease_at_start(a.history(before, then), before) is Disease.SEZARY_SYNDROME
    assert disease_at_start(a.history(line), line) is None


@pytest.mark.parametrize(
    ("count", "expected"), [(249, False), (250, True), (1200, True), (None, None)]
)
def test_blood_is_involved_at_baseline_from_250_cells(
    count: float | None, expected: bool | None
) -> None:
    line = a.line("2020-01-06")
    counted = [] if count is None else [a.blood_count("2020-01-06", count)]
    span = Span(a.history(line, *counted), line.start, dt.date(2020, 6, 1))
    (blood,) = (kind for kind in kinds(span) if kind.name == "blood")
    assert involved_at_baseline(blood, span, []) is expected
    if expected is None:
        assert involved_at_baseline(blood, span, [Response.NOT_INVOLVED]) is False
        assert involved_at_baseline(blood, span, [Response.PR]) is True
        assert involved_at_baseline(blood, span, [Response.PD]) is None


def test_every_line_is_rated() -> None:
    assert rated(None) is rated(Response.NOT_ASSESSED) is Response.NOT_ASSESSED
    assert rated(Response.RELAPSE) is Response.PD
    assert rated(Response.VGPR) is Response.VGPR


def test_attribution() -> None:
    assert is_related(a.event("2020-02-03", attribution="possible"))
    assert not is_related(a.event("2020-02-03", attribution="unlikely"))
    line = a.line()
    assert is_related(a.event("2020-02-03", attribution=None, treatment_line=line.id))
    assert not is_related(a.event("2020-02-03", attribution=None))


def test_who_had_an_event_several_times_counts_once_with_the_worst_and_the_first() -> None:
    unit = Unit(m.member(m.treated()))
    mild = m.event(onset=90, action=Action.DELAYED)
    grave = m.event(onset=120, worst=Grade.SEVERE, serious=True)
    found = had(unit, [mild, grave])
    assert (found.worst, found.onset, found.serious) == (Grade.SEVERE, 90, True)
    assert found.actions == (Action.DELAYED,)


def test_time_at_risk_ends_with_the_first_onset() -> None:
    """One of 365 days without, one of 365 with an onset on day 99: 365 + 100 days."""
    lines = [m.treated(doses=m.doses(at_risk=365)) for _each in range(2)]
    with_it = Unit(m.member(lines[0]), lines[0])
    event = Event("Fatigue", (had(with_it, [m.event(onset=99)]),))
    assert years_at_risk(event, 730) == pytest.approx(465 / 365.25)
    beyond = Event("Fatigue", (had(with_it, [m.event(onset=500, vague=True)]),))
    assert years_at_risk(beyond, 730) == pytest.approx(730 / 365.25)


def test_a_line_is_at_risk_for_90_days_after_its_last_dose() -> None:
    line = a.moga(end="2020-01-31")
    last = dt.date(2020, 1, 27)
    records = [line, *a.course(line, 1), a.visit("2021-01-04")]
    expected = (last - a.START).days + 90 + 1
    assert days_of_line(a.history(*records), line) == expected
    earlier = [line, *a.course(line, 1), a.visit("2020-02-03")]
    assert days_of_line(a.history(*earlier), line) == (dt.date(2020, 2, 3) - a.START).days + 1
    assert days_of_line(a.history(a.line(given_here=False)), a.line(given_here=False)) is None


def test_time_on_treatment_is_censored_while_the_line_goes_on() -> None:
    def on(*lasted: object) -> list[Given]:
        lines = [m.treated(on_treatment=each) for each in lasted]
        return [Given(Unit(m.member(line), line), line) for line in lines]

    assert time_on_treatment(on(None)).words == "not known"
    assert time_on_treatment(on(m.ended(61), m.ended(122), m.ended(183))).words.startswith("4.0")
    assert time_on_treatment(on(m.ended(61), m.ongoing(62), m.ongoing(62))).words.startswith(
        "not reached"
    )


def test_a_figure_names_just_those_whom_it_counts() -> None:
    """Not who has no known time on treatment, no known age, or nothing asked by a registry."""
    known, not_known = m.treated(on_treatment=m.ended(61)), m.treated(age=None)
    counted, other = m.member(known, asked=10, present=5), m.member(not_known)
    selection = m.by_line(counted, other)
    given = [Given(unit, unit.line) for unit in selection.units if unit.line]
    assert time_on_treatment(given).who == (counted.id,)
    ages = next(row for row in who_was_counted(selection).rows if "Age" in row[0].words)
    assert ages[1].who == (counted.id,)
    (on_file, *_missing) = completeness_table(selection.units).rows
    assert on_file[1].who == (counted.id,)
