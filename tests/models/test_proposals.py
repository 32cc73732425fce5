"""What a new record begins with: the next in the calendar, never an observation."""

import datetime as dt

import pytest

from models.base import PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.history import History
from models.proposals import proposal, rash_to_explain
from models.response import Assessment
from models.skin import SkinScore
from models.treatment import Cycle, Infusion, InfusionStatus
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus
from tests.models import builders as a

TODAY = dt.date(2020, 1, 13)


def test_without_a_line_nothing_is_proposed() -> None:
    assert proposal(Infusion, a.history(), TODAY) == {}
    assert proposal(Cycle, a.history(), TODAY) == {}


def test_the_first_and_the_next_cycle() -> None:
    line = a.moga()
    assert proposal(Cycle, a.history(line), TODAY) == {
        "treatment_line": line.id,
        "number": 1,
        "day_1": a.START,
    }
    history = a.history(line, *a.course(line, 1))
    found = proposal(Cycle, history, TODAY)
    assert (found["number"], found["day_1"]) == (2, a.START + dt.timedelta(days=28))
    assert "weight_kg" not in found


def test_the_next_infusion_of_the_cycle() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    history = a.history(line, cycle, a.infusion(cycle))
    assert proposal(Infusion, history, TODAY) == {
        "cycle": cycle.id,
        "day": 8,
        "status": InfusionStatus.GIVEN,
        "given_on": TODAY,
        "dose_mg": 70,
    }
    assert proposal(Infusion, a.history(line), TODAY) == {}


def test_a_clinics_own_protocol_proposes_as_the_label_does() -> None:
    line = a.line(protocol="1000 mg/m² on days 1, 8 of 21, first cycle 8, 15")
    assert proposal(Cycle, a.history(line), TODAY)["day_1"] == a.START
    cycle = a.cycle(line, height_cm=170)
    found = proposal(Infusion, a.history(line, cycle), TODAY)
    assert (found["day"], found["dose_mg"]) == (8, 1818.12)
    both = [a.infusion(cycle, 8), a.infusion(cycle, 15)]
    after = proposal(Cycle, a.history(line, cycle, *both), TODAY)
    assert (after["number"], after["day_1"], after["height_cm"]) == (2, dt.date(2020, 1, 27), 170)
    assert "weight_kg" not in after


def test_without_a_height_no_dose_by_surface_is_proposed() -> None:
    line = a.line(protocol="1000 mg/m² on days 1, 8 of 21")
    found = proposal(Infusion, a.history(line, a.cycle(line)), TODAY)
    assert found["day"] == 1
    assert "dose_mg" not in found


def test_without_a_protocol_only_the_numbers_go_on() -> None:
    line = a.line()
    cycle = a.cycle(line)
    assert proposal(Cycle, a.history(line, cycle), TODAY) == {
        "treatment_line": line.id,
        "number": 2,
    }
    assert proposal(Infusion, a.history(line, cycle), TODAY) == {"cycle": cycle.id}


def test_the_premedication_is_that_of_the_last_infusion_given() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    first = a.infusion(cycle, premedication="paracetamol")
    without = a.infusion(cycle, 8)
    found = proposal(Infusion, a.history(line, cycle, first, a.omitted(cycle, 8)), TODAY)
    assert found["premedication"] == "paracetamol"
    assert "premedication" not in proposal(Infusion, a.history(line, cycle, first, without), TODAY)


def test_day_1_is_proposed_where_the_next_dose_due_is_a_later_one() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    given = [a.infusion(cycle, day) for day in (1, 8, 15)] + [a.infusion(cycle, 22, 10)]
    us = a.practice(late_dose="leaves the calendar as it was (US)")
    history = History.of_records(a.patient(), [line, cycle, *given], us)
    assert proposal(Cycle, history, TODAY)["day_1"] == dt.date(2020, 2, 3)
    assert set(proposal(Infusion, history, TODAY)) == {"cycle"}


def test_when_the_cycle_is_complete_only_the_cycle_is_named() -> None:
    line = a.moga()
    records = a.course(line, 1)
    assert set(proposal(Infusion, a.history(line, *records), TODAY)) == {"cycle"}


def test_an_assessment_names_the_running_line_and_a_biopsy_nothing() -> None:
    ended, running = a.line("2019-01-01", "2019-06-01"), a.line("2019-03-01")
    proposed = proposal(Assessment, a.history(ended, running), TODAY)
    assert proposed == {"date": TODAY, "treatment_line": running.id}
    assert "adverse_event" not in proposal(Biopsy, a.history(running), TODAY)


@pytest.mark.parametrize("kind", [Assessment, SkinScore, BloodCount, Biopsy])
def test_what_is_added_is_of_today(kind: type[PatientRecord]) -> None:
    date = PartialDate.of(TODAY) if kind is Biopsy else TODAY
    assert proposal(kind, a.history(), TODAY) == {"date": date}


def test_a_visit_that_is_added_takes_place_now() -> None:
    done = {"date": TODAY, "kind": VisitKind.FOLLOW_UP, "status": VisitStatus.DONE}
    assert proposal(Visit, a.history(a.moga()), TODAY) == done


def test_a_biopsy_for_a_rash_is_to_explain_the_last_open_event_of_the_skin() -> None:
    today = dt.date(2020, 3, 2)
    over = a.event("2020-02-20", resolved="2020-02-28")
    other = a.event("2020-02-25", term="Fatigue")
    assert rash_to_explain(a.history(over, other), today) is None
    first, last = a.event("2020-01-20"), a.event("2020-02-10")
    assert rash_to_explain(a.history(first, over, other), today) == first
    assert rash_to_explain(a.history(last, first, over, other), today) == last
