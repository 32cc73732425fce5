"""The published case keeps its figures on its way through a clinic."""

import datetime as dt

import pytest

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy, Conclusion
from models.course import assess, infusions_given
from models.demo.case import MRN, published_case
from models.endpoints import LineEndpoints
from models.history import History
from models.response import Assessment, Response
from models.store.clinic import Clinic
from models.summary import Summary
from models.treatment import Cycle, StopReason, TreatmentLine

AS_OF = dt.date(2026, 11, 1)


@pytest.fixture
def summary(clinic: Clinic) -> Summary:
    clinic.save_all(published_case())
    return Summary(clinic.history(clinic.patient(MRN).id), AS_OF)


@pytest.fixture
def history(summary: Summary) -> History:
    return summary.history


@pytest.fixture
def line(history: History) -> TreatmentLine:
    return history.lines[-1]


@pytest.fixture
def endpoints(summary: Summary, line: TreatmentLine) -> LineEndpoints:
    return summary.endpoints.of_line(line)


def test_stage(summary: Summary) -> None:
    assert summary.staging
    assert summary.staging.tnmb == "T4 NX M0 B2"
    assert summary.stage
    assert (summary.stage.working, summary.stage.possible) == ("IVA1", ("IVA1", "IVA2"))
    assert summary.stage.provisional


def test_cycles_and_infusions(history: History, line: TreatmentLine) -> None:
    assert len(history.lines) == 6
    assert len(history.cycles_of(line)) == 30
    assert infusions_given(history, line) == 62
    cycle_27 = next(cycle for cycle in history.of(Cycle) if cycle.number == 27)
    assert cycle_27.day_1 == dt.date(2017, 7, 17)


def test_response(summary: Summary, history: History) -> None:
    responses = [
        (assessment.date, assess(history, assessment).worked_out)
        for assessment in history.of(Assessment)
    ]
    assert responses[:2] == [
        (dt.date(2015, 12, 7), Response.PR),
        (dt.date(2016, 4, 25), Response.CR),
    ]
    assert {response for _date, response in responses[1:]} == {Response.CR}
    assert summary.response == (Response.CR, dt.date(2016, 4, 25))


def test_endpoints(endpoints: LineEndpoints) -> None:
    assert endpoints.time_to_response
    assert endpoints.time_to_response.days.as_json() == 140
    assert endpoints.duration_of_response
    assert endpoints.duration_of_response.censored
    assert endpoints.duration_of_response.start == dt.date(2015, 12, 7)


def test_off_treatment(summary: Summary, line: TreatmentLine) -> None:
    assert summary.endpoints.off_treatment
    assert summary.endpoints.off_treatment.start == dt.date(2017, 10, 23)
    assert line.stop_reason is StopReason.TOXICITY


def test_skin_toxicity_and_its_biopsies(history: History) -> None:
    (event,) = history.of(AdverseEvent)
    assert event.worst_grade == 2
    biopsies = history.of(Biopsy)
    assert [biopsy.date.iso for biopsy in biopsies] == ["2017-09", "2017-10"]
    assert all(biopsy.conclusion is Conclusion.DRUG_RELATED for biopsy in biopsies)
    assert all(biopsy.adverse_event == event.id for biopsy in biopsies)


def test_one_contradiction_is_flagged_and_nothing_else(summary: Summary) -> None:
    (flag,) = summary.flags
    assert "Apr 2014" in flag
    assert "2015" in flag
