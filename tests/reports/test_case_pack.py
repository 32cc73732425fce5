"""The case pack tells the published case as the paper does, without telling whose it is."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from models.case_sentences import case_sentences
from models.case_tables import measure_rows, response_rows
from models.history import History
from models.open_questions import open_questions
from models.patient import Consent
from models.summary import as_of
from models.words import days_counted_from
from reports.asked import Asked, Printing
from reports.catalogue import CASE_PACK
from tests.models import builders as a
from tests.reports.conftest import AS_OF

TODAY = dt.date(2026, 11, 1)


def pages(history: History, printing: Printing, today: dt.date = AS_OF, *without: str) -> list[str]:
    asked = Asked(history, today, without=frozenset(without))
    reader = PdfReader(io.BytesIO(CASE_PACK.build(asked, printing)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def told(history: History, today: dt.date = TODAY) -> dict[str, str]:
    return {each.title: each.words for each in case_sentences(as_of(history, today))}


def test_the_sentences_tell_the_published_case(case: History) -> None:
    """Sézary syndrome in stage IVA; five earlier treatments; PR after the fifth cycle, CR
    after the tenth; a lesion of the zygomatic area, twice biopsied and drug-related; stopped after
    30 cycles; still in CR 2.5 years later without further treatment.
    """
    sentences = told(case, AS_OF)
    assert "diagnosed with Sézary syndrome: T4 NX M0 B2, stage IVA1" in sentences["Patient"]
    assert sentences["Before"].startswith("5 lines of treatment came before: CHOP (3 cycles")
    assert "57 years old when mogamulizumab began" in sentences["Before"]
    assert sentences["Treatment"] == (
        "Mogamulizumab was given for 2 y 3 mo (30 cycles, 62 infusions). The relative dose "
        "intensity was 100 %. It was stopped for persistent grade 2 skin toxicity."
    )
    assert sentences["Response"] == (
        "A partial response was reached after 4.6 months (after cycle 5, confirmed), a complete "
        "response after 9.2 months (after cycle 10, confirmed). At the last follow-up, 2 y 6 mo "
        "after the last dose, the complete response was ongoing; the response had lasted 4 y 5 mo."
    )
    assert "worst grade 2, began in cycle 26 or 27" in sentences["Adverse events"]
    assert "led to its end. 2 biopsies found: drug-related." in sentences["Adverse events"]
    assert "No further treatment was given in the 2 y 6 mo" in sentences["Follow-up"]
    assert sentences["Consent"] == "The patient consented to publication."


@pytest.mark.parametrize("day", [dt.date(2017, 10, 20), dt.date(2017, 11, 10)])
def test_before_any_follow_up_none_is_told(case: History, day: dt.date) -> None:
    response = told(case, day)["Response"]
    assert "At the last assessment the complete response was ongoing" in response
    assert "last dose" not in response


def test_while_the_treatment_runs_no_event_has_ended_it(case: History, printing: Printing) -> None:
    day = dt.date(2017, 9, 15)
    sentences = told(case, day)
    assert "goes on" in sentences["Treatment"]
    assert "led to its end" not in sentences["Adverse events"]
    assert "Stopped" not in " ".join(pages(case, printing, day, "timeline"))
    assert "led to its end" in told(case, AS_OF)["Adverse events"]


def test_what_is_left_out_is_said(case: History, printing: Printing) -> None:
    text = " ".join(pages(case, printing, AS_OF, "timeline"))
    assert "CHOP (3 cycles as stated, stopped for intolerance and absence of response)" in text
    assert text.count("Report: left out") == 2
    assert "no signs of active disease" not in text


def test_every_rule_that_awaits_confirmation_is_named(case: History, printing: Printing) -> None:
    text = " ".join(pages(case, printing, AS_OF, "timeline"))
    awaiting = text[text.index("Rules that await") :]
    for title in ("Working stage with NX", "Blood response", "Confirmed response", "Censoring"):
        assert title in awaiting


@pytest.mark.parametrize("demo", [True, False])
def test_of_the_demo_clinic_every_page_says_so(
    case: History, printing: Printing, demo: bool
) -> None:
    for page in pages(case, replace(printing, demo=demo)):
        assert ("Demonstration: some figures are made up." in page) is demo


def test_a_death_of_the_disease_without_progression_is_told_as_such() -> None:
    line = a.moga()
    about = {"death_date": "2021-03-01", "cause_of_death": "disease"}
    seen = a.assessment("2020-03-02", "CR")
    history = a.history(a.diagnosis(), line, seen, **about)
    assert told(history)["Follow-up"].endswith("No progression before the death is recorded.")
    asked = (
        "To be checked",
        "Died of the disease, but the last state recorded is complete response, 2 Mar 2020",
    )
    assert asked in open_questions(as_of(history, TODAY))
    progressed = a.history(a.diagnosis(), line, seen, a.assessment("2020-10-05", "PD"), **about)
    assert "No progression" not in told(progressed)["Follow-up"]


def test_who_was_lost_is_not_told_as_being_treated() -> None:
    history = a.history(a.diagnosis(), a.moga(), a.visit("2020-03-02"), lost_to_follow_up=True)
    assert told(history)["Treatment"].startswith(
        "Mogamulizumab had been given for 56 days when the patient was last seen."
    )


def test_the_pack_holds_the_timeline_the_course_and_every_table(
    case: History, printing: Printing
) -> None:
    text = " ".join(pages(case, printing))
    for section in CASE_PACK.sections[1:]:
        assert section.words.split(" and ")[0] in text
    assert "year 5" in text
    assert "Confirmed when it is seen again 28 days later or more" in text
    assert "CTCAE 4.03" in text
    assert "day 1479 C1 day 1 92 baseline 92 % 3400 B2b" in text
    assert "day 1619 C6 day 1 Partial response" in text
    assert "Drug-related" in text
    assert "Rossi" not in text


def test_sections_can_be_left_out(case: History, printing: Printing) -> None:
    keys = [section.key for section in CASE_PACK.sections]
    (text,) = pages(case, printing, AS_OF, *(key for key in keys if key != "biopsies-table"))
    assert "Punch of the zygomatic area" in text
    assert "Treatment lines" not in text
    assert "mSWAT" not in text


def test_of_a_patient_without_records_it_says_so(printing: Printing) -> None:
    text = " ".join(pages(a.history(), printing))
    assert "A man; no diagnosis is recorded." in text
    assert "No treatment against the disease is recorded." in text
    assert text.count("None recorded.") >= 5
    assert "Counted from the first record" in text


def test_of_600_events_every_one_is_listed(printing: Printing) -> None:
    line = a.moga()
    first = dt.date(2020, 2, 3)
    days = [(first + dt.timedelta(days=n)).isoformat() for n in range(600)]
    events = [a.event(day, treatment_line=line.id) for day in days]
    found = pages(a.history(a.diagnosis(), line, *events), printing, TODAY, "timeline")
    assert " ".join(found).count("Rash maculo-papular") == 600


def test_a_response_that_was_lost_is_told_with_its_end() -> None:
    line = a.moga(end="2020-12-01", stop_reason="progression")
    records = [
        line,
        a.assessment("2020-03-02", "PR", treatment_line=line.id),
        a.assessment("2020-10-05", "PD", treatment_line=line.id),
        a.line("2021-01-04", drug="bexarotene"),
    ]
    sentences = told(a.history(a.diagnosis(), *records))
    assert sentences["Response"] == (
        "A partial response was reached after 56 days (not confirmed). "
        "The response lasted 7.1 months, until progressive disease."
    )
    assert "The next treatment, bexarotene, began 12 months after" in sentences["Follow-up"]


def test_without_a_response_the_time_to_progression_is_told() -> None:
    records = [a.moga(), a.assessment("2020-03-02", "SD"), a.assessment("2020-05-04", "PD")]
    sentences = told(a.history(a.diagnosis(), *records))
    assert sentences["Response"] == (
        "No response was seen; the best state was stable disease. "
        "Progression-free survival was 3.9 months, until progressive disease."
    )
    assert "has been given for" in sentences["Treatment"]


@pytest.mark.parametrize(
    ("attribution", "action", "words"),
    [
        ("definite", "interrupted", "It was definitely related to the treatment and led to its "),
        ("unlikely", "none", "It was unlikely to be related to the treatment."),
    ],
)
def test_a_severe_event_is_told_with_its_relation(
    attribution: str, action: str, words: str
) -> None:
    line = a.moga()
    event = a.event(
        grade=3,
        treatment_line=line.id,
        attribution=attribution,
        action=action,
        resolved="2020-02-20",
    )
    mild = a.event("2020-05-04", 1, treatment_line=line.id)
    sentence = told(a.history(line, *a.course(line, 2), event, mild))["Adverse events"]
    assert sentence.startswith(
        "Rash maculo-papular, worst grade 3, began in cycle 2, 28 days after"
    )
    assert words in sentence
    assert "It resolved after 17 days. 1 other event attributed to it: see the table." in sentence


def test_a_patient_of_whom_90_years_are_told_has_no_other_age() -> None:
    old = a.history(a.diagnosis("2010-03-01"), a.moga(), birth_date="1935-01-01")
    words = " ".join(told(old).values())
    assert "years old" not in words


def test_a_withdrawn_consent_does_not_stand() -> None:
    given = a.consent(a.START, purpose="publication", withdrawn="2021-01-01")
    assert "No consent" in told(a.history(given))["Consent"]
    assert isinstance(given, Consent)


def test_visits_that_tell_the_same_share_a_row(case: History) -> None:
    with days_counted_from(dt.date(2011, 7, 2)):
        rows = response_rows(as_of(case, AS_OF))
    assert [row.visits for row in rows] == [0, 0, 0, 0, 0, 9]
    assert (rows[-1].day, rows[-1].response) == ("day 2361 – day 3222", "complete response")


def test_a_score_is_compared_with_the_one_before_its_line(case: History) -> None:
    rows = measure_rows(case)
    assert [row.change for row in rows[:4]] == ["baseline", "", "−37 %", "−66 %"]
    assert (rows[1].mswat, rows[1].cells, rows[1].b_class) == ("", "620", "B1")
