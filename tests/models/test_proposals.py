"""What a new record begins with: the next in the calendar, never an observation."""

import datetime as dt

from models.biopsy import Biopsy
from models.proposals import proposal
from models.response import Assessment
from models.treatment import Cycle, Infusion, InfusionStatus
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


def test_when_the_cycle_is_complete_only_the_cycle_is_named() -> None:
    line = a.moga()
    records = a.course(line, 1)
    assert set(proposal(Infusion, a.history(line, *records), TODAY)) == {"cycle"}


def test_an_assessment_names_the_running_line_and_a_biopsy_nothing() -> None:
    ended, running = a.line("2019-01-01", "2019-06-01"), a.line("2019-03-01")
    assert proposal(Assessment, a.history(ended, running), TODAY) == {"treatment_line": running.id}
    assert proposal(Biopsy, a.history(running), TODAY) == {}
