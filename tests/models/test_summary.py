"""The summary of a patient: sentences for people, and the keys that scripts rely on."""

import datetime as dt
from typing import Any

import pytest

from models.base import PatientRecord
from models.course import assess
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.response import Assessment
from models.summary import Summary, as_of
from models.summary_json import summary_json
from tests.models import builders as a

TODAY = dt.date(2020, 12, 7)


def summary(*records: PatientRecord, **about_the_patient: Any) -> Summary:
    return Summary(a.history(*records, **about_the_patient), TODAY)


@pytest.fixture(scope="module")
def published() -> History:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    own = [record for record in records if isinstance(record, PatientRecord)]
    return History.of_records(patient, own)


def test_the_published_case_in_words(published: History) -> None:
    found = as_of(published, dt.date(2020, 4, 30))
    assert found.identity == "Rossi, Anna · female · born 2 Mar 1958 (62) · MRN 004711"
    assert found.disease == (
        "Sézary syndrome, 2011 · T4 NX M0 B2, stage IVA1 (nodes not biopsied: IVA2 possible)"
    )
    assert found.standing == (
        "Complete response since 25 Apr 2016, 2 y 6 mo off treatment. 30 cycles (62 infusions) of "
        "mogamulizumab, stopped Oct 2017 for persistent grade 2 skin toxicity, resolved."
    )
    assert found.key_figures == [
        ("time to response", "4.6 months"),
        ("duration of response, ongoing", "4 y 5 mo"),
        ("off treatment", "2 y 6 mo"),
        ("worst adverse event", "grade 2"),
        ("since diagnosis, ongoing", "about 8 y 10 mo"),
    ]
    assert found.open_events == []


def test_the_published_case_on_treatment_in_words(published: History) -> None:
    found = as_of(published, dt.date(2016, 1, 1))
    assert found.identity == "Rossi, Anna · female · born 2 Mar 1958 (57) · MRN 004711"
    assert found.standing == (
        "Partial response since 7 Dec 2015. On treatment: 6 cycles (14 infusions) of mogamulizumab."
    )
    assert found.key_figures == [
        ("time to response", "4.6 months"),
        ("duration of response, ongoing", "0 days"),
        ("since diagnosis, ongoing", "about 4 y 6 mo"),
    ]


def test_every_assessment_of_the_published_case_can_be_worked_out(published: History) -> None:
    found = [assess(published, item).response for item in published.of(Assessment)]
    assert found == ["PR", "CR", "CR", "CR", "CR"]


def between(about: int, least: int, most: int) -> dict[str, int]:
    return {"about": about, "least": least, "most": most}


WITHIN_A_YEAR = between(182, 0, 364)
FLAG = (
    "Treatment line of 2015 (gemcitabine + oxaliplatin): stated to have ended Apr 2014, but it "
    "began 2015."
)


def test_the_published_case_as_json(published: History) -> None:
    found = summary_json(as_of(published, dt.date(2020, 4, 30)))
    lines, told = found.pop("lines"), found.pop("figures")
    assert told[0]["title"] == "Stage"
    assert found == {
        "mrn": "004711",
        "disease": "Sézary syndrome",
        "diagnosed": "2011",
        "tnmb": "T4 NX M0 B2",
        "stage": {
            "working": "IVA1",
            "possible": ["IVA1", "IVA2"],
            "provisional": True,
            "agrees_with_stated": True,
        },
        "response": {"current": "CR", "since": "2016-04-25", "off_treatment_days": 917},
        "adverse_events": [
            {
                "term": "Skin and subcutaneous tissue disorders - Other, specify",
                "worst_grade": 2,
                "onset": "2017-07",
                "resolved": "2017-12",
            }
        ],
        "biopsies": [
            {"date": date, "body_site": "zygomatic area", "conclusion": "drug-related"}
            for date in ("2017-09", "2017-10")
        ],
        "prognosis": [
            {
                "index": index,
                "score": None,
                "group": None,
                "possible_groups": ["low", "intermediate", "high"][:groups],
            }
            for index, groups in (("CLIC 2015", 3), ("CLIPi 2013 late", 2), ("CLIPI 2025", 3))
        ],
        "overall_survival_days": between(3222, 3040, 3404),
        "overall_survival_censored": True,
        "next_due": [{"what": "follow-up visit", "on": "2020-10-26"}],
        "flags": [FLAG],
    }
    assert [line["number"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[-1] == {
        "number": 6,
        "regimen": "mogamulizumab",
        "start": "2015-07-20",
        "end": "2017-10",
        "cycles": 30,
        "infusions": 62,
        "best_response": "CR",
        "stop_reason": "toxicity",
        "time_to_response_days": 140,
        "duration_of_response_days": 1603,
        "duration_of_response_censored": True,
        "progression_free_days": 1743,
        "progression_free_censored": True,
        "time_to_next_treatment_days": 1743,
        "time_to_next_treatment_censored": True,
    }


def test_the_earlier_lines_of_the_published_case_as_json(published: History) -> None:
    lines = summary_json(as_of(published, dt.date(2020, 4, 30)))["lines"][:5]
    names = ("regimen", "cycles", "best_response", "time_to_next_treatment_days")
    photopheresis = "extracorporeal photopheresis + bexarotene"
    assert [tuple(line[name] for name in names) for line in lines] == [
        ("CHOP", 3, None, WITHIN_A_YEAR),
        (photopheresis, None, None, between(731, 367, 1095)),
        ("total skin electron beam therapy", None, None, between(365, 1, 729)),
        (photopheresis, None, None, between(365, 1, 729)),
        ("gemcitabine + oxaliplatin", 11, "PD", between(100, 0, 200)),
    ]
    assert [line["progression_free_days"] for line in lines] == [
        *[None, *[WITHIN_A_YEAR] * 3],
        between(100, 0, 200),
    ]
    assert [line["progression_free_censored"] for line in lines] == [None, *[False] * 4]
    assert {line["time_to_response_days"] for line in lines} == {None}


def test_the_published_case_on_treatment_as_json(published: History) -> None:
    found = summary_json(as_of(published, dt.date(2016, 1, 1)))
    assert found["response"] == {
        "current": "PR",
        "since": "2015-12-07",
        "off_treatment_days": None,
    }
    last = found["lines"][-1]
    assert (last["end"], last["stop_reason"], last["best_response"]) == (None, None, "PR")
    assert (last["cycles"], last["infusions"]) == (6, 14)
    assert (last["duration_of_response_days"], last["progression_free_days"]) == (0, 140)
    assert found["next_due"] == [
        {"what": "infusion, cycle 7 day 1", "on": "2016-01-04"},
        {"what": "response assessment", "on": "2016-02-01"},
    ]
    assert (found["adverse_events"], found["biopsies"]) == ([], [])
    assert found["flags"] == [FLAG]


OFF = (a.line(end="2020-06-01"), a.visit("2020-08-01", disease_status="CR"))


@pytest.mark.parametrize(
    ("today", "title", "words"),
    [
        ("2020-08-31", "off treatment", "2 months off treatment."),
        (
            "2020-09-01",
            "off treatment when last seen",
            "2 months off treatment when last seen on 1 Aug 2020.",
        ),
    ],
)
def test_time_off_treatment_is_told_as_of_the_last_contact(
    today: str, title: str, words: str
) -> None:
    found = as_of(a.history(*OFF), a.day(today))
    assert found.standing.startswith(f"Complete response since 1 Aug 2020, {words}")
    assert dict(found.key_figures)[title] == "2 months"


def test_who_was_not_seen_after_the_last_dose_has_no_time_off_treatment() -> None:
    line = a.moga(end="2020-03-01")
    seen = a.visit("2020-02-17", disease_status="CR")
    found = as_of(a.history(line, *a.course(line, 2), seen), a.day("2020-03-10"))
    assert found.standing.startswith("Complete response since 17 Feb 2020. 2 cycles")
    assert "off treatment" not in dict(found.key_figures)


def test_who_was_lost_is_not_told_as_being_treated() -> None:
    found = summary(a.line(), a.visit("2020-02-03"), lost_to_follow_up=True)
    assert found.standing == (
        "Lost to follow-up, last seen 3 Feb 2020. No response assessed yet. "
        "On treatment when last seen: bexarotene."
    )
    off = as_of(a.history(*OFF, lost_to_follow_up=True), TODAY)
    assert off.standing.startswith(
        "Lost to follow-up, last seen 1 Aug 2020. "
        "Complete response since 1 Aug 2020, 2 months off treatment by then."
    )
    earlier = as_of(a.history(*OFF, lost_to_follow_up=True), a.day("2020-07-01"))
    assert "Lost" not in earlier.standing


def test_a_patient_without_any_record() -> None:
    found = summary()
    assert found.identity == "Weber, Karl · male · born 15 Jun 1950 (70) · MRN 17"
    assert found.disease == "No diagnosis recorded yet"
    assert found.stage_words == "not staged"
    assert found.standing == "No response assessed yet. No treatment recorded yet."
    assert found.key_figures == []
    told = summary_json(found)
    assert [each["group"] for each in told.pop("figures")] == ["Due next"]
    assert told == {
        "mrn": "17",
        "disease": None,
        "diagnosed": None,
        "tnmb": None,
        "stage": None,
        "lines": [],
        "response": {"current": None, "since": None, "off_treatment_days": None},
        "adverse_events": [],
        "biopsies": [],
        "prognosis": [],
        "overall_survival_days": None,
        "overall_survival_censored": None,
        "next_due": [{"what": "diagnosis and stage", "on": "2020-12-07"}],
        "flags": [],
    }


def test_a_patient_who_died() -> None:
    records = [a.diagnosis("2019-12-02"), a.line("2020-01-06"), a.assessment("2020-03-02", "PR")]
    found = summary(*records, a.visit("2020-05-04", "planned"), death_date="2020-04-06")
    assert found.standing == "Died 6 Apr 2020. On treatment until death: bexarotene."
    assert found.identity.startswith("Weber, Karl · male · born 15 Jun 1950 (69)")
    assert found.key_figures == [
        ("time to response", "56 days"),
        ("duration of response", "35 days"),
        ("since diagnosis", "4.1 months"),
    ]
    told = summary_json(found)
    assert (told["overall_survival_days"], told["overall_survival_censored"]) == (126, False)
    assert told["lines"][0]["progression_free_days"] == 91
    assert told["lines"][0]["progression_free_censored"] is False
    assert told["next_due"] == []


@pytest.mark.parametrize(
    ("tnmb", "words"),
    [
        ("T2 N0 M0 B0", "stage IB"),
        ("T0 N0 M0 B0", "no stage group"),
        ("T4 N0 M0 BX", "stage III (blood not assessed: IIIA, IIIB, IVA1 possible)"),
        (
            "T1 NX MX B0",
            "stage IIA (nodes not biopsied and viscera not assessed: IVA2, IVB possible)",
        ),
        ("T1 NX M1 B0", "stage IVB"),
    ],
)
def test_the_stage_in_words(tnmb: str, words: str) -> None:
    assert summary(a.staging(tnmb)).stage_words == words
    assert summary(a.staging(tnmb)).disease == f"{tnmb}, {words}"


def test_the_latest_staging_and_the_first_diagnosis_count() -> None:
    records = [a.staging(), a.staging("T3 N0 M0 B0", "2020-05-04"), a.diagnosis("2019")]
    assert summary(*records, a.diagnosis("2020", disease="Sézary syndrome")).disease == (
        "Mycosis fungoides, 2019 · T3 N0 M0 B0, stage IIB"
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (a.line("2020-01-06"), "On treatment: bexarotene."),
        (a.line("2020-01-06", cycles_stated=1), "On treatment: 1 cycle of bexarotene."),
        (a.line("2020-01-06", cycles_stated=4), "On treatment: 4 cycles of bexarotene."),
        (a.line("2020-01-06", "2020-03"), "Bexarotene, stopped Mar 2020."),
        (
            a.line("2020-01-06", "2020", stop_reason="patient's choice"),
            "Bexarotene, stopped 2020 (patient's choice).",
        ),
        (
            a.line("2020-01-06", "2020", stop_reason="toxicity", stop_detail="low thyroid"),
            "Bexarotene, stopped 2020 for low thyroid.",
        ),
    ],
)
def test_the_last_line_in_words(line: Any, words: str) -> None:
    relief = a.line("2020-02-03", category="supportive", drug="gabapentin")
    assert summary(line, relief).standing == f"No response assessed yet. {words}"


def test_one_infusion_is_told_in_the_singular() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    assert summary(line, cycle, a.infusion(cycle)).standing.endswith(
        "On treatment: 1 cycle (1 infusion) of mogamulizumab."
    )


@pytest.mark.parametrize(
    ("events", "resolved"),
    [
        ([{"resolved": "2020-04"}], True),
        ([{"resolved": "2020-04"}, {"outcome": "ongoing"}], False),
        ([{}], False),
        ([], False),
        ([{"resolved": "2020-04", "action": "delayed"}], False),
    ],
)
def test_toxicity_that_stopped_a_line_is_told_as_resolved_once_it_is(
    events: list[dict[str, Any]], resolved: bool
) -> None:
    line = a.line("2020-01-06", "2020-03", stop_reason="toxicity")
    made = [
        a.event(**{"treatment_line": line.id, "action": "stopped", **changes}) for changes in events
    ]
    ending = "(toxicity), resolved." if resolved else "(toxicity)."
    assert summary(line, *made).standing.endswith(ending)


def test_key_figures_are_of_the_last_line_that_brought_a_response() -> None:
    first, second = a.line("2020-01-06", "2020-04"), a.line("2020-05-04", drug="romidepsin")
    relief = a.line("2020-02-03", category="supportive", drug="gabapentin")
    records = [first, relief, second, a.assessment("2020-03-02", "PR")]
    assert summary(*records).key_figures == [
        ("time to response (bexarotene)", "56 days"),
        ("duration of response (bexarotene), ongoing", "0 days"),
    ]


def test_a_line_without_a_response_has_no_figures() -> None:
    assert summary(a.line("2020-01-06"), a.assessment("2020-03-02", "SD")).key_figures == []


def test_what_is_open_and_due_is_told() -> None:
    event, visit = a.event(), a.visit("2021-01-04", "planned")
    staged = (a.diagnosis(), a.staging())
    found = summary(*staged, event, visit, a.event("2020-02-04", resolved="2020-03"))
    assert found.open_events == [event]
    assert summary(event, death_date="2020-06").open_events == []
    assert [item.record for item in found.due] == [event, visit]
    assert found.flags == []


@pytest.mark.parametrize(
    ("records", "about", "status"),
    [
        ([], {}, "follow-up"),
        ([a.line()], {}, "on treatment"),
        ([a.line(end="2020-03")], {}, "follow-up"),
        ([a.line(category="supportive")], {}, "follow-up"),
        ([a.line(), a.line("2020-02-03", "2020-03")], {}, "on treatment"),
        ([a.line()], {"lost_to_follow_up": True}, "lost to follow-up"),
        ([a.line()], {"lost_to_follow_up": True, "death_date": "2020"}, "deceased"),
    ],
)
def test_the_status_of_care(
    records: list[PatientRecord], about: dict[str, Any], status: str
) -> None:
    assert summary(*records, **about).status == status


def test_an_index_in_json_has_its_score_where_it_is_known() -> None:
    records = [a.diagnosis(folliculotropism=True), a.staging("T2b N0 M0 B0")]
    assert summary_json(summary(*records))["prognosis"] == [
        {"index": "CLIPi 2013 early", "score": 4, "group": "high", "possible_groups": ["high"]}
    ]


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], "No response assessed yet."),
        (
            [a.assessment("2020-03-02", skin="CR")],
            "The response of 2 Mar 2020 cannot be worked out yet: "
            "nodes, blood and viscera not known.",
        ),
        (
            [a.assessment("2020-03-02", skin="NI", nodes="NI", blood="NI", viscera="NI")],
            "The response of 2 Mar 2020 cannot be worked out yet.",
        ),
    ],
)
def test_why_there_is_no_response(records: list[PatientRecord], words: str) -> None:
    assert summary(*records).standing.startswith(words)
