"""The treatment summary as it is printed, of the published case and of made-up patients."""

import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from models.base import PatientRecord
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.history import History
from models.patient import Patient
from models.rules import RULES
from reports.asked import Asked, Printing
from reports.catalogue import ADVERSE_EVENTS, SUMMARY
from tests.models import builders as a
from tests.reports.conftest import AS_OF
from tests.reports.overlaps import faults


def pages(history: History, printing: Printing, **asked: Any) -> list[str]:
    """The text of each page with single spaces."""
    pdf = SUMMARY.build(Asked(history, AS_OF, **asked), printing)
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(history: History, printing: Printing, **asked: Any) -> str:
    return " ".join(pages(history, printing, **asked))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_case_is_told_on_one_page(case: History, printing: Printing, paper: str) -> None:
    (told,) = pages(case, replace(printing, paper=paper))
    for words in (
        "Treatment summary · as of 30 April 2020",
        "Rossi, Anna · female · born 2 Mar 1958 (62) · MRN 004711",
        "Diagnosis Sézary syndrome, 2011",
        "T4 NX M0 B2, stage IVA1 provisional; diagnosis 2011; stated as IVA",
        "CLIPi 2013 late: low to intermediate (1 to 2 points)",
        "1 CHOP every two weeks 2011 elsewhere, 3 cycles as stated not recorded",
        "5 Gemcitabine + oxaliplatin",
        "elsewhere, 11 cycles as stated Progressive disease, as stated Progression",
        "20 Jul 2015 – Oct 2017 30 cycles, 62 infusions Complete response, confirmed",
        "response after 4.6 months lasting 4 y 5 mo until last seen "
        "progression-free 4 y 9 mo until last seen",
        "Last treatment: mogamulizumab",
        "Dose intensity 100 % 4387 mg in 120 weeks; planned 4387 mg in 120 weeks",
        "Last dose 23 Oct 2017, C30 day 15, 72 mg 2 y 6 mo ago",
        "Response, assessed 23 Oct 2017",
        "mSWAT 0 on 23 Oct 2017; baseline 92 on 20 Jul 2015, lowest before 0 on 25 Apr 2016 since "
        "then: mSWAT 0 on 21 Oct 2019",
        "Since then Complete response, visit of 27 Apr 2020",
        "Viscera Not involved, stated",
        "Grade 2 Plaque on the cheekbone, without itch onset Jul 2017 (C26 day 13 to C27 day 15); "
        "resolved Dec 2017; probable, to mogamulizumab (line 6); treatment stopped",
        "Sep 2017 Punch of the zygomatic area: drug-related suspected relapse; to explain: Plaque",
        "26 Oct 2020 Follow-up visit arranged at the visit of 27 Apr 2020",
        "To be checked Treatment line of 2015 (gemcitabine + oxaliplatin): stated to have ended",
        "Provisional, nodes not biopsied: IVA2 if N3",
        "Not recorded allergies, comorbidities, general practitioner, consents (care,",
        "Rules that await confirmation by a clinician: Working stage with NX, MX or BX;",
        "page 1 of 1",
    ):
        assert words in told
    assert "Last plan" not in told


def test_a_plan_is_told_while_it_is_the_newest(printing: Printing) -> None:
    noted = a.visit("2020-02-03", plan="Go on")
    for others, found in (
        ((), True),
        ((a.visit("2020-03-02"),), False),
        ((a.visit("2021-03-02", "planned"),), True),
        ((a.line(end="2020-03-02"),), False),
    ):
        told = text(a.history(noted, *others), printing)
        assert ("Last plan Go on (3 Feb 2020)" in told) is found


def test_who_was_lost_has_no_current_treatment(printing: Printing) -> None:
    told = text(a.history(a.moga(), a.visit("2020-02-03"), lost_to_follow_up=True), printing)
    assert "Last treatment: mogamulizumab" in told
    assert "Lost to follow-up, last seen 3 Feb 2020." in told


def test_a_patient_without_records_gets_a_whole_page(printing: Printing) -> None:
    told = text(a.history(), printing)
    for words in (
        "Diagnosis not recorded Stage not recorded Prognosis not known",
        "Treatment lines None recorded.",
        "Viscera not known",
        "Biopsies None recorded",
        "Last plan not recorded",
    ):
        assert words in told
    assert "Rules that await" not in told


def test_what_is_not_wanted_is_left_out(case: History, printing: Printing) -> None:
    whole = text(case, printing)
    titles = {section.key: section.words for section in SUMMARY.sections}
    titles["current"] = "Last treatment"
    for key, title in titles.items():
        assert title in whole
        assert title not in text(case, printing, without=frozenset({key}))
    assert "Rossi, Anna" in text(case, printing, without=frozenset(titles))


def test_a_running_treatment_tells_doses_that_were_not_as_planned(printing: Printing) -> None:
    line = a.moga()
    first, second = a.cycle(line), a.cycle(line, 2, "2020-02-03")
    doses = [a.infusion(first, day) for day in (1, 8, 15)]
    doses += [a.omitted(first, 22), a.infusion(second, 1, late=5, reason="holiday")]
    told = text(a.history(line, first, second, *doses), printing)
    assert "Current treatment: mogamulizumab Cycles 2, 4 infusions 4 in full, 1 omitted" in told
    assert "C2 day 1: 5 days late (holiday); C1 day 22: omitted (fever)" in told
    assert "Next dose 22 Feb 2020, infusion, cycle 2 day 15 overdue" in told
    assert "6 Jan 2020 – ongoing 2 cycles, 4 infusions not recorded goes on" in told


def test_each_of_several_running_treatments_has_its_name(printing: Printing) -> None:
    told = text(a.history(a.line(), a.line("2020-02", drug="methotrexate")), printing)
    assert "Current treatment Treatment Bexarotene Dose not recorded" in told
    assert "Treatment Methotrexate Dose not recorded" in told


def test_what_is_open_is_asked(printing: Printing) -> None:
    rash = a.event("2020-02-03", 3)
    history = a.history(
        a.line(), rash, a.biopsy("2020-04-20", adverse_event=rash.id), a.assessment("2020-03-02")
    )
    told = text(history, printing)
    assert "Ongoing event Rash maculo-papular, grade 3 now, since 3 Feb 2020" in told
    assert "Biopsy 20 Apr 2020, left cheek: result awaited for 10 days" in told
    assert "On 2 Mar 2020 not known: skin (mSWAT not known within 14 days)" in told


def test_a_confirmed_rule_is_no_longer_named(case: History, printing: Printing) -> None:
    confirmed = replace(case, confirmed=frozenset(RULES))
    assert "Rules that await" not in text(confirmed, printing)


def test_of_a_long_list_the_first_stand_with_the_number_of_the_rest(printing: Printing) -> None:
    events = [
        a.event("2020-02-03", 1 + (n == 60), id=uuid.UUID(int=n), resolved="2020-02-04")
        for n in range(1, 61)
    ]
    biopsies = [a.biopsy(f"2020-01-{n:02}", conclusion="both") for n in range(1, 21)]
    told = text(a.history(*events, *biopsies), printing)
    assert told.count("onset 3 Feb 2020; resolved 4 Feb 2020") == 12
    assert told.count("Grade 2") == 1
    assert "48 more see the adverse event log" in told
    assert "9 Jan 2020 Punch of the left cheek: both" in told
    assert "8 more earlier: see the timeline" in told


def test_tags_and_control_characters_are_text(printing: Printing) -> None:
    history = a.history(a.line(), allergies="<b>nuts</b> &amp;\x07 milk", family_name="<i>Weber")
    told = text(history, printing)
    assert "<b>nuts</b> &amp; milk" in told
    assert "<i>Weber, Karl" in told


def test_de_identified_it_calls_nothing_blank_that_was_left_out(
    case: History, printing: Printing
) -> None:
    told = text(case, replace(printing, anonymous=True))
    assert "as of day 3225" in told
    assert "Day 3404 Follow-up visit arranged at the visit of day 3222" in told
    for left_out in ("Rossi", "004711", "allergies", "consents", "Last plan", "2017"):
        assert left_out not in told


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("number", [3, 12, 87, 116])
def test_no_text_lies_on_another_or_leaves_the_page(
    printing: Printing, number: int, paper: str
) -> None:
    patient, *records = made_up_patient(number, seed=1)
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    asked = Asked(history, REFERENCE_DAY)
    assert not faults(SUMMARY.build(asked, replace(printing, paper=paper)))
    assert not faults(ADVERSE_EVENTS.build(asked, replace(printing, paper=paper)))
