"""What is worked out while a form is being filled in, with its rule."""

from typing import Any

import pytest

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord, revised
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.explaining import explanation
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult
from models.practice import LateDose
from models.response import Assessment, Response
from models.rules import rule_of
from models.skin import SkinScore
from models.staging import Staging, taken_as
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)
OWN = a.line(protocol="1000 mg/m² (Mosteller) on days 1, 8, 15 of 28")
LATE = a.infusion(FIRST, 1, 4)
BASE = a.history(MOGA, FIRST, OWN, a.infusion(FIRST), a.diagnosis())
NODE = {"site": "left axilla", "long_mm": 22, "short_mm": 14}
SMALL = {"site": "right groin", "long_mm": 9, "short_mm": 5}
AWAITS = "awaits confirmation by a clinician"

SAID: list[tuple[type[PatientRecord], dict[str, Any], list[str]]] = [
    (
        Staging,
        {"t": "T4", "n": "NX", "m": "M0", "b": "B2", "stage_stated": "IVA"},
        [
            "Stage IVA1: any T, N0–2, M0, B2",
            f"Provisional, nodes not biopsied: IVA2 if N3 is possible. (Olsen, J Clin Oncol 2011; "
            f"{AWAITS})",
            "Agrees with IVA.",
            "T4 and B2: Sézary syndrome. (ISCL/EORTC: Olsen, Blood 2007)",
        ],
    ),
    (
        Staging,
        {"t": "T0", "n": "N0", "m": "M0", "b": "B0", "stage_stated": "IA"},
        ["No stage group for T0 N0 M0 B0.", "Does not agree with IA."],
    ),
    (
        SkinScore,
        {"regions": {"head": {"plaque": 3}}},
        ["mSWAT 6 (Olsen, J Clin Oncol 2011).", "T class T1b"],
    ),
    (SkinScore, {"total_stated": 12.5}, ["mSWAT 12.5"]),
    (BloodCount, {"cd4_cd26_negative": 1200}, ["B2: 1000 cells/µL or more", "not recorded"]),
    (BloodCount, {"sezary_percent": 3, "clone": "none"}, ["By Sézary cells: B0"]),
    (
        Imaging,
        {"nodes": [NODE, SMALL]},
        ["1 abnormal node (left axilla 22x14), sum of products 308 mm²"],
    ),
    (Imaging, {"nodes": [SMALL]}, ["0 abnormal nodes (Olsen"]),
    (
        LabResult,
        {"analyte": "LDH", "value": 450, "unit": "U/L", "reference_high": 225},
        ["Above the reference, 2 times its upper limit."],
    ),
    (
        LabResult,
        {"analyte": "K", "value": 3, "unit": "mmol/L", "reference_low": 3.5},
        ["Below the reference."],
    ),
    (
        LabResult,
        {"analyte": "K", "value": 4, "unit": "mmol/L", "reference_low": 3.5},
        ["Within the reference, as far as it is given."],
    ),
    (
        TreatmentLine,
        {"protocol": "mogamulizumab"},
        ["Cycles of 28 days, days 1, 8, 15, 22 of the first cycle, then 1, 15; 1 mg/kg."],
    ),
    (
        TreatmentLine,
        {"protocol": "240 mg on day 1 of 14"},
        ["Cycles of 14 days, days 1; 240 mg."],
    ),
    (
        Cycle,
        {"treatment_line": MOGA.id, "number": 2, "day_1": a.day("2020-02-03"), "weight_kg": 70},
        [
            "Mogamulizumab 1 mg/kg: 70 mg = 17.5 mL, 4 vials; dilute to between 23.4 and 700 mL",
            "Planned: day 1: 3 Feb 2020, day 15: 17 Feb 2020.",
        ],
    ),
    (
        Cycle,
        {"treatment_line": OWN.id, "weight_kg": 70, "height_cm": 170},
        ["1000 mg/m²: 1818.12 mg (Mosteller,", AWAITS],
    ),
    (Cycle, {"treatment_line": OWN.id, "weight_kg": 70}, ["A dose in mg/m² needs the height."]),
    (Infusion, {"cycle": FIRST.id, "day": 8}, ["Planned for 13 Jan 2020; 70 mg at 70 kg."]),
    (
        Infusion,
        {"cycle": FIRST.id, "day": 8, "status": "given", "given_on": a.day("2020-01-17")},
        [
            "Planned for 13 Jan 2020; 70 mg at 70 kg; 4 days late, outside the window: "
            "moves what follows (EU). (EU SmPC; US PI 2018)"
        ],
    ),
    (
        Assessment,
        {"date": a.day("2020-03-02"), "nodes": "PR", "skin": "CR"},
        ["Skin: complete response, stated.", "Blood: not known", "Global response"],
    ),
    (
        AdverseEvent,
        {
            "verbatim": "itch",
            "term": "Rash maculo-papular",
            "ctcae_version": "5.0",
            "onset": "2020-01-20",
            "grades": [{"date": "2020-01-20", "grade": 3}],
        },
        [
            "Rash maculo-papular has the grades 1, 2, 3 in CTCAE 5.0.",
            "Onset: C1 day 15, day 15 on mogamulizumab",
            "Infusion before: C1 day 1, 6 Jan 2020, 14 days before.",
            "The label: US PI 2018: Interrupt.",
            "CTCAE 5.0 has no grade 4 for this term",
        ],
    ),
    (
        AdverseEvent,
        {
            "verbatim": "blue",
            "term": "Blue hands",
            "ctcae_version": "5.0",
            "onset": "2020-01-20",
            "grades": [{"date": "2020-01-20", "grade": 3}],
        },
        ["Blue hands is not in the program's list for CTCAE 5.0: any grade is taken."],
    ),
    (
        Biopsy,
        {
            "date": "2020-01-13",
            "kind": "punch",
            "body_site": "cheek",
            "indication": "rash",
            "conclusion": "drug-related",
            "cd7": "kept",
            "clone": "identical",
        },
        [
            "C1 day 8",
            "For the drug: CD7 kept.",
            "For the disease: clone identical",
            "Missing: pattern not recorded; CD4:CD8",
        ],
    ),
    (
        SkinScore,
        {"date": a.day("2020-01-20"), "total_stated": 12.5},
        ["mSWAT 12.5", "C1 day 15, day 15 on mogamulizumab"],
    ),
    (
        Attachment,
        {"date": "2020-01"},
        ["C1 day 26, about the start of mogamulizumab"],
    ),
    (
        Visit,
        {"date": a.day("2020-01-06"), "kind": "treatment", "status": "done"},
        ["C1 day 1, day 1 on mogamulizumab, on the day of a dose"],
    ),
]


@pytest.mark.parametrize(("kind", "values", "lines"), SAID)
def test_what_is_worked_out_is_said_with_its_rule(
    kind: type[PatientRecord], values: dict[str, Any], lines: list[str]
) -> None:
    said = explanation(kind, values, BASE)
    assert all(line in said for line in lines), said


def test_what_is_worked_out_stays_while_one_overrules_it() -> None:
    history = a.history(MOGA, a.skin_score("2020-01-06", 40), a.skin_score("2020-03-02", 12))
    values = {"date": a.day("2020-03-02"), "treatment_line": MOGA.id}
    said = explanation(Assessment, values, history)
    assert "Skin: partial response" in said
    assert explanation(Assessment, values | {"judgement": Response.SD}, history) == said


NOTHING: list[tuple[type[PatientRecord], dict[str, Any]]] = [
    (Staging, {"t": "T4"}),
    (SkinScore, {"regions": {"neck": {"plaque": 30}}}),
    (BloodCount, {"wbc": 6000}),
    (Imaging, {"conclusion": "nothing new"}),
    (LabResult, {"analyte": "LDH", "value": 450, "unit": "U/L"}),
    (TreatmentLine, {}),
    (Cycle, {"weight_kg": 70}),
    (Cycle, {"treatment_line": MOGA.id, "weight_kg": -1}),
    (Cycle, {"treatment_line": MOGA.id, "number": 0, "day_1": a.START}),
    (Infusion, {"cycle": None, "day": 8}),
    (Infusion, {"cycle": a.cycle(MOGA).id, "day": 8}),
    (Biopsy, {"date": "2020-01-13"}),
    (Attachment, {"title": "Cheek"}),
]


@pytest.mark.parametrize(("kind", "values"), NOTHING)
def test_nothing_is_said_where_nothing_can_be_worked_out(
    kind: type[PatientRecord], values: dict[str, Any]
) -> None:
    assert explanation(kind, values, BASE) == ""


def test_a_score_is_compared_with_the_one_before() -> None:
    history = a.history(a.skin_score("2020-01-06", 80))
    said = explanation(SkinScore, {"date": a.day("2020-03-02"), "total_stated": 20}, history)
    assert "−75 % against 80 on 6 Jan 2020." in said
    clear = a.history(a.skin_score("2020-01-06", 0))
    said = explanation(SkinScore, {"date": a.day("2020-03-02"), "total_stated": 20}, clear)
    assert "against" not in said


def test_a_confirmed_rule_awaits_nothing() -> None:
    values = {"t": "T2", "n": "NX", "m": "M0", "b": "B0"}
    assert AWAITS in explanation(Staging, values, BASE)
    confirmed = History.of_records(a.patient(), [], confirmed=[rule_of(taken_as).name])
    assert AWAITS not in explanation(Staging, values, confirmed)
    assert "(Olsen, J Clin Oncol 2011)" in explanation(Staging, values, confirmed)


def about_infusion(given_on: str, history: History = BASE, **values: Any) -> str:
    given = {"cycle": FIRST.id, "day": 8, "status": "given", "given_on": a.day(given_on)}
    return explanation(Infusion, {**given, **values}, history)


PLANNED = "Planned for 13 Jan 2020; 70 mg at 70 kg"


@pytest.mark.parametrize(
    ("given_on", "values", "remark"),
    [
        ("2020-01-15", {"dose_mg": 70}, "."),
        ("2020-01-11", {"dose_mg": 77}, "."),
        ("2020-01-10", {}, "; 3 days early, outside the window. (EU SmPC; US PI 2018)"),
        ("2020-01-13", {"dose_mg": 84}, "; 20 % above the planned dose."),
        ("2020-01-13", {"dose_mg": 49}, "; 30 % below the planned dose."),
        ("2020-01-13", {"dose_mg": 63}, "."),
        ("2020-01-13", {"dose_mg": 62.9}, "; 10 % below the planned dose."),
        (
            "2020-01-07",
            {"dose_mg": 140},
            "; 6 days early, outside the window; 100 % above the planned dose. "
            "(EU SmPC; US PI 2018)",
        ),
    ],
)
def test_how_far_an_infusion_is_off_its_day_and_dose(
    given_on: str, values: dict[str, Any], remark: str
) -> None:
    assert about_infusion(given_on, **values) == PLANNED + remark


def test_a_dose_that_was_omitted_is_not_off() -> None:
    omitted = {"status": "omitted", "reason": "fever", "dose_mg": 0}
    values = {"cycle": FIRST.id, "day": 8, **omitted}
    assert explanation(Infusion, values, BASE) == f"{PLANNED}."


@pytest.mark.parametrize(
    ("protocol", "dose"),
    [("240 mg on days 1, 8 of 28", "; 240 mg at 70 kg"), (None, "")],
)
def test_the_label_says_nothing_of_another_drug(protocol: str | None, dose: str) -> None:
    line = a.line(protocol=protocol)
    cycle = a.cycle(line)
    history = a.history(line, cycle)
    late = about_infusion("2020-01-17", history, cycle=cycle.id)
    assert late == (
        f"Planned for 13 Jan 2020{dose}; 4 days late, outside the window: "
        "moves what follows (EU), as mogamulizumab's label has it."
    )
    early = about_infusion("2020-01-10", history, cycle=cycle.id)
    assert early.endswith("3 days early, outside the window, as mogamulizumab's label has it.")


def test_where_doses_lie_close_together_a_day_is_outside_the_window() -> None:
    line = a.line(protocol="10 mg on days 1, 2, 8 of 28")
    cycle = a.cycle(line)
    history = a.history(line, cycle)
    said = about_infusion("2020-01-12", history, cycle=cycle.id)
    assert "; 1 day early, outside the window," in said
    assert "; 1 day late, outside the window:" in about_infusion(
        "2020-01-14", history, cycle=cycle.id
    )


@pytest.mark.parametrize("rule", LateDose)
def test_an_infusion_on_file_is_not_its_own_predecessor(rule: LateDose) -> None:
    late = a.infusion(FIRST, 8, 4)
    records = [MOGA, FIRST, a.infusion(FIRST), late]
    history = History.of_records(a.patient(), records, a.practice(late_dose=rule))
    assert about_infusion("2020-01-17", history, id=late.id).startswith(
        f"{PLANNED}; 4 days late, outside the window: {rule}."
    )
    assert about_infusion("2020-01-18", history, id=late.id).startswith(f"{PLANNED}; 5 days late")


def test_under_the_us_rule_a_late_dose_leaves_the_calendar() -> None:
    practice = a.practice(late_dose="leaves the calendar as it was (US)")
    history = History.of_records(a.patient(), [MOGA, FIRST, LATE], practice)
    values = {"cycle": FIRST.id, "day": 8}
    assert "Planned for 13 Jan 2020" in explanation(Infusion, values, history)
    usual = a.history(MOGA, FIRST, LATE)
    assert "Planned for 17 Jan 2020" in explanation(Infusion, values, usual)


def test_an_event_tells_its_infusion_and_its_biopsies() -> None:
    same_day = a.infusion(FIRST, 8, dose_mg=70)
    event = a.event("2020-01-13")
    linked = [
        a.biopsy("2020-01-14", adverse_event=event.id, conclusion="drug-related"),
        a.biopsy("2020-01-20", adverse_event=event.id, body_site="left cheek"),
        a.biopsy("2020-01-21"),
    ]
    history = a.history(MOGA, FIRST, a.infusion(FIRST), same_day, event, *linked)
    said = explanation(AdverseEvent, event.model_dump(), history)
    assert "Infusion before: C1 day 8, 13 Jan 2020, 70 mg, the same day." in said
    assert f"Biopsy of 14 Jan 2020, {linked[0].body_site}: drug-related." in said
    assert "Biopsy of 20 Jan 2020, left cheek: result awaited." in said
    assert "21 Jan" not in said


def test_an_infusion_that_may_lie_after_the_onset_is_not_told() -> None:
    event = a.event("2020-01")
    said = explanation(AdverseEvent, event.model_dump(), a.history(MOGA, FIRST, LATE, event))
    assert "Infusion before" not in said


def test_the_label_is_asked_once_somebody_attributes_an_unnamed_skin_event() -> None:
    other = "Skin and subcutaneous tissue disorders - Other, specify"
    event = a.event("2020-01-20", term=other, treatment_line=MOGA.id)
    assert "The label" not in explanation(AdverseEvent, event.model_dump(), BASE)
    possible = revised(event, attribution="possible")
    assert "The label" in explanation(AdverseEvent, possible.model_dump(), BASE)


def test_the_card_of_a_rash_stands_below_the_event_and_its_biopsy_as_it_is_typed() -> None:
    rash = a.event("2020-01-20", body_site="left cheek")
    on_file = a.biopsy("2020-01-27", adverse_event=rash.id)
    history = a.history(MOGA, FIRST, a.infusion(FIRST), rash, on_file)
    said = explanation(AdverseEvent, rash.model_dump(), history)
    assert "Speaks for the drug: began" in said
    assert "head or neck: left cheek" in said
    assert "Speaks for the disease: nothing so far." in said
    assert "result awaited" in said
    typed = {**on_file.model_dump(), "conclusion": "drug-related", "cd7": "lost"}
    said = explanation(Biopsy, typed, history)
    assert "Rash maculo-papular, 20 Jan 2020: drug or disease?" in said
    assert "Speaks for the disease: CD7 lost." in said
    assert "result awaited" not in said
    alone = explanation(Biopsy, {**typed, "adverse_event": None}, history)
    assert "drug or disease" not in alone
