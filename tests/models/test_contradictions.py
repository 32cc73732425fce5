"""Entries that contradict each other: each found once, its near miss let pass, none in the case."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.base import PatientRecord
from models.contradictions import (
    THEMES,
    contradictions,
    doses,
    events,
    label,
    life,
    lines,
    response,
    stage,
)
from models.contradictions.doses import against_the_doses
from models.contradictions.events import against_the_events
from models.contradictions.label import against_the_label, with_transplants_ahead
from models.contradictions.life import against_the_life
from models.contradictions.lines import against_the_line
from models.contradictions.response import against_the_response
from models.contradictions.stage import against_the_stage
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.history import History
from models.patient import Patient
from models.response import Assessment
from models.rules import Standing, rule_of
from models.skin import Region
from models.visit import Visit
from tests.models import builders as a
from tests.thorough import some

Records = list[PatientRecord]
Case = tuple[Records, str, Records]


def told(*records: PatientRecord, **about: Any) -> list[str]:
    return [found.sentence for found in contradictions(a.history(*records, **about))]


def on(days_after_the_start: int) -> dt.date:
    return a.START + dt.timedelta(days=days_after_the_start)


def cycles(of: Any, *days_and_weights: tuple[int, float]) -> Records:
    """Cycles 1, 2, …, each so many days after the first."""
    return [
        a.cycle(of, number, on(days), weight_kg=weight)
        for number, (days, weight) in enumerate(days_and_weights, start=1)
    ]


def score(date: str, patch: float, **elsewhere: float) -> PatientRecord:
    """Patches of so many % of the body; `plaque` or `tumour` besides, on the right foot."""
    regions: dict[str, Any] = {Region.RIGHT_FOOT.value: elsewhere}
    for region in [*Region][:-1]:
        share = min(patch, region.percent)
        regions[region.value] = {"patch": share}
        patch = round(patch - share, 6)
    return a.skin_score(date, **regions)


def staged(tnmb: str, *measured: PatientRecord, **changes: Any) -> Records:
    return [a.staging(tnmb, "2019-12-02", **changes), *measured]


STAGED = "Staging of 2 Dec 2019"
SCORED = f"{STAGED} and skin score of 2 Dec 2019"
LINE = a.line("2020-01-06", "2020-06-30")
RUNNING = a.line("2020-01-06")
IN_LINE = "reatment line of 6 Jan 2020 (bexarotene)"
TOXIC = a.line("2020-01-06", "2020-06-30", stop_reason="toxicity")
MOGA = a.moga("2020-01-06", "2020-12-31")
IN_MOGA = "reatment line of 6 Jan 2020 (mogamulizumab)"
FIRST = a.cycle(MOGA)
CHOP = a.line("2020-01-06", "2020-12-31", drug="CHOP")
GEMOX = a.line("2020-01-06", "2020-12-31", regimen=["gemcitabine", "oxaliplatin"])
JANUARY = a.moga("2020-01-06", "2020-01")
JANUARY_1 = a.cycle(JANUARY)
PARTIAL = a.moga("2020-01", "2020-12")
PARTIAL_1 = a.cycle(PARTIAL)
THREE_STATED = a.moga("2020-01-06", "2020-12-31", cycles_stated=3)
ONE_STATED = a.moga("2020-01-06", "2020-12-31", cycles_stated=1)
OWN = a.line("2020-01-06", "2020-12-31", protocol="1000 mg on days 1, 8 of 21")
OWN_1 = a.cycle(OWN)
BY_SURFACE = a.line("2020-01-06", "2020-12-31", protocol="1000 mg/m² on day 1 of 21")
BY_SURFACE_1 = a.cycle(BY_SURFACE)
CHOP_1 = a.cycle(CHOP)
GEMOX_1 = a.cycle(GEMOX)
PD_STATED = a.line("2020-01-06", "2020-06-30", best_response_stated="PD", given_here=False)
PR_STATED = a.line("2020-01-06", "2020-06-30", best_response_stated="PR")
LATER = a.event("2020-02-11")
IN_MONTH = a.event("2020-02")
PROBABLE = a.event("2020-02-03", attribution="probable")
RASH = "Adverse event of 3 Feb 2020 (Rash maculo-papular)"


def grades(*found: tuple[str, int]) -> list[dict[str, object]]:
    return [{"date": date, "grade": grade} for date, grade in found]


LIFE: list[Case] = [
    (
        [a.visit("1950-06-14")],
        "Visit of 14 Jun 1950: before the birth on 15 Jun 1950.",
        [a.visit("1950-06-15"), a.diagnosis("1950"), a.consent()],
    ),
    (
        [a.consent("2020-01-06", withdrawn="2020-01-05")],
        "Consent of 6 Jan 2020 (registry): withdrawn 5 Jan 2020, before it was given.",
        [a.consent("2020-01-06", withdrawn="2020-01-06"), a.consent(withdrawn="2020-01-05")],
    ),
    (
        [a.visit("2020-02-03", next_visit="2020-02-03")],
        "Visit of 3 Feb 2020: its next visit of 3 Feb 2020 does not come after it.",
        [a.visit("2020-02-03", next_visit="2020-02-04")],
    ),
    (
        [a.lab(reference_low=4.2, reference_high=0.4)],
        "Laboratory value of 6 Jan 2020 (TSH): its reference runs from 4.2 down to 0.4.",
        [a.lab(reference_low=4.2, reference_high=4.2), a.lab(value=3, reference_low=9)],
    ),
    (
        [a.blood_count("2020-01-06", 1201, lymphocytes=1200, wbc=1200)],
        "Blood count of 6 Jan 2020: 1201 neoplastic cells, but 1200 lymphocytes/µL.",
        [a.blood_count("2020-01-06", 1200, lymphocytes=1200, wbc=1200)],
    ),
    (
        [a.blood_count("2020-01-06", None, lymphocytes=1201, wbc=1200)],
        "Blood count of 6 Jan 2020: 1201 lymphocytes, but 1200 leucocytes/µL.",
        [a.blood_count("2020-01-06", None, wbc=1200), a.blood_count("2020-01-07", 9000)],
    ),
    (
        [a.skin_score("2020-01-06", 4.1, head={"patch": 3})],
        "Skin score of 6 Jan 2020: mSWAT stated as 4.1, but the regions make 3.",
        [a.skin_score("2020-01-06", 4, head={"patch": 3}), a.skin_score("2020-02-06", 90)],
    ),
    (
        [a.visit("2020-02-03", ecog=1), a.visit("2020-02-03", ecog=1)],
        "Visit of 3 Feb 2020 and visit of 3 Feb 2020: the same values, entered twice.",
        [
            *(a.visit(date, ecog=1) for date in ("2020-02-03", "2020-02-04")),
            a.visit("2020-02-03", ecog=2),
            *(a.consent() for _twice in range(2)),
            *(a.biopsy() for _twice in range(2)),
        ],
    ),
]

STAGE: list[Case] = [
    (
        [a.diagnosis(), a.diagnosis(disease="Sézary syndrome")],
        "Diagnosis of 2 Dec 2019 (Sézary syndrome) and diagnosis of 2 Dec 2019 (mycosis "
        "fungoides): the one disease excludes the other.",
        [
            a.diagnosis(),
            a.diagnosis(disease="folliculotropic mycosis fungoides"),
            a.diagnosis(disease="lymphomatoid papulosis"),
            a.diagnosis("2019-12-03", disease="Sézary syndrome"),
            a.diagnosis("2018", disease="Sézary syndrome"),
            a.diagnosis("2018"),
        ],
    ),
    (
        [a.diagnosis(disease="Sézary syndrome"), *staged("T4 N0 M0 B1")],
        "Diagnosis of 2 Dec 2019 (Sézary syndrome) and staging of 2 Dec 2019: Sézary syndrome is "
        "T4 with B2, not T4 N0 M0 B1.",
        [
            a.diagnosis(disease="Sézary syndrome"),
            *staged("T4 N0 M0 BX"),
            *staged("T2 N0 M0 B0", occasion="restaging"),
            a.staging("T2 N0 M0 B0", "2019-12"),
        ],
    ),
    (
        staged("T2 N0 M0 B0", stage_stated="IIB"),
        f"{STAGED}: stated as IIB, but T2 N0 M0 B0 makes IB.",
        [*staged("T4 NX M0 B2", stage_stated="IVA"), a.staging("T2 N0 M0 B0")],
    ),
    (
        staged("T0 N0 M0 B0", stage_stated="IA"),
        f"{STAGED}: stated as IA, but T0 N0 M0 B0 makes no stage.",
        staged("T1 N0 M0 B0", stage_stated="IA"),
    ),
    (
        staged("T0 N0 M0 B0", a.skin_score("2019-12-02", 0.5)),
        f"{SCORED}: T0, but mSWAT 0.5.",
        staged("T0 N0 M0 B0", a.skin_score("2019-12-02", 0)),
    ),
    (
        staged("T2 N0 M0 B0", score("2019-12-02", 20, tumour=1)),
        f"{SCORED}: T2, but a tumour was scored.",
        staged("T4 N0 M0 B0", score("2019-12-02", 90, tumour=1)),
    ),
    (
        staged("T3 N0 M0 B0", score("2019-12-02", 20)),
        f"{SCORED}: T3, but no tumour was scored.",
        staged("T3 N0 M0 B0", a.skin_score("2019-12-02", 20)),
    ),
    (
        staged("T1a N0 M0 B0", score("2019-12-02", 3, plaque=1)),
        f"{SCORED}: T1a, but a plaque was scored.",
        staged("T1a N0 M0 B0", score("2019-12-02", 3)),
    ),
    (
        staged("T2b N0 M0 B0", score("2019-12-02", 20)),
        f"{SCORED}: T2b, but no plaque was scored.",
        staged("T2b N0 M0 B0", score("2019-12-02", 20, plaque=1)),
    ),
    (
        staged("T1 N0 M0 B0", score("2019-12-02", 12)),
        f"{SCORED}: T1, but 12 % of the body was scored.",
        staged("T1 N0 M0 B0", score("2019-12-02", 11.9)),
    ),
    (
        staged("T2 N0 M0 B0", score("2019-12-02", 7.9)),
        f"{SCORED}: T2, but 7.9 % of the body was scored.",
        staged("T2 N0 M0 B0", score("2019-12-02", 8)),
    ),
    (
        staged("T4 N0 M0 B0", score("2019-12-02", 77.9)),
        f"{SCORED}: T4, but 77.9 % of the body was scored.",
        staged("T4 N0 M0 B0", score("2019-12-02", 78)),
    ),
    (
        staged("T2 N0 M0 B2", a.blood_count("2019-11-18", 249)),
        f"{STAGED} and blood count of 18 Nov 2019: B2, but 249 neoplastic cells/µL.",
        staged("T2 N0 M0 B2", a.blood_count("2019-11-18", 250)),
    ),
    (
        staged("T2 N0 M0 B0a", a.blood_count("2019-12-16", 1000)),
        f"{STAGED} and blood count of 16 Dec 2019: B0a, but 1000 neoplastic cells/µL.",
        staged("T2 N0 M0 B0a", a.blood_count("2019-12-16", 999)),
    ),
]


LINES: list[Case] = [
    (
        [a.line("2015", "2015", end_stated="2014-04")],
        "Treatment line of 2015 (bexarotene): stated to have ended Apr 2014, but it began 2015.",
        [a.line("2015-07-20", "2015-08", end_stated="2015-07")],
    ),
    (
        [a.diagnosis("2020-02"), a.line("2020-01-31")],
        "Treatment line of 31 Jan 2020 (bexarotene) and diagnosis of Feb 2020 (mycosis fungoides): "
        "treated before the diagnosis.",
        [
            a.diagnosis("2020-02"),
            a.line("2020"),
            a.line("2019", category="skin-directed", drug="topical corticosteroid"),
        ],
    ),
    (
        [a.moga("2020-01-06"), a.line("2020-01-05", "2020-02")],
        "Treatment line of 5 Jan 2020 (bexarotene) and treatment line of 6 Jan 2020 "
        "(mogamulizumab): both run at once; mogamulizumab is not combined with another line.",
        [
            *(a.moga("2020-02-01"), a.line("2020-01-05", "2020-02"), a.line("2018", "2018")),
            *(a.line("2018-06", "2019"), a.line("2018-09", "2019", drug="interferon alfa")),
            a.line("2020-02-10", drug="prednisone"),
        ],
    ),
    (
        [TOXIC, a.cycle(TOXIC)],
        f"T{IN_LINE}: stopped for toxicity, but no adverse event stopped it.",
        [TOXIC, a.cycle(TOXIC), a.event(action="stopped")],
    ),
    (
        [TOXIC, a.event(action="reduced", treatment_line=TOXIC.id)],
        f"T{IN_LINE}: stopped for toxicity, but no adverse event stopped it.",
        [TOXIC, a.event(action="reduced")],
    ),
    (
        [RUNNING, a.event(resolved="2020-03", action="stopped", treatment_line=RUNNING.id)],
        f"{RASH} and t{IN_LINE}: the event stopped the treatment, which has no end.",
        [
            RUNNING,
            a.event("2020-02-04", resolved="2020-03", action="reduced", treatment_line=RUNNING.id),
            a.event("2020-02-05", action="stopped", treatment_line=RUNNING.id),
            a.event("2020-02-06", resolved="2020-03", action="stopped"),
        ],
    ),
    (
        [a.line(end="2020-03", stop_reason="death")],
        f"T{IN_LINE}: ended by death, but no date of death.",
        [a.line(end="2020-03", stop_reason="other")],
    ),
    (
        [a.line(end="2020-03-16", stop_reason="progression"), a.assessment("2020-03-02", "PR")],
        f"T{IN_LINE} and response assessment of 2 Mar 2020: stopped for progression, but partial "
        "response.",
        [a.line(end="2020-03-17", stop_reason="progression"), a.assessment("2020-03-02", "PR")],
    ),
]

DOSES: list[Case] = [
    (
        [MOGA, a.cycle(MOGA, 3)],
        f"T{IN_MOGA} and cycle 3 of 6 Jan 2020: no entry for cycles 1 to 2.",
        [MOGA, FIRST],
    ),
    (
        [MOGA, FIRST, a.cycle(MOGA, 3, on(56))],
        "Cycle 1 of 6 Jan 2020 and cycle 3 of 2 Mar 2020: no entry for cycle 2.",
        [MOGA, *cycles(MOGA, (0, 70), (28, 70), (56, 70))],
    ),
    (
        [MOGA, FIRST, a.cycle(MOGA, 1, on(28))],
        "Cycle 1 of 6 Jan 2020 and cycle 1 of 3 Feb 2020: one cycle number stands twice.",
        [MOGA, FIRST, a.cycle(MOGA, 2, on(28))],
    ),
    (
        [THREE_STATED, a.cycle(THREE_STATED)],
        f"T{IN_MOGA} and cycle 1 of 6 Jan 2020: 3 cycles stated, 1 recorded, this one the last.",
        [ONE_STATED, a.cycle(ONE_STATED)],
    ),
    (
        [CHOP, *cycles(CHOP, (0, 70), (0, 70))],
        "Cycle 1 of 6 Jan 2020 and cycle 2 of 6 Jan 2020: the later cycle does not begin after the "
        "earlier one.",
        [CHOP, *cycles(CHOP, (0, 70), (1, 70))],
    ),
    (
        [MOGA, *cycles(MOGA, (0, 70), (25, 70))],
        "Cycle 1 of 6 Jan 2020 and cycle 2 of 31 Jan 2020: 25 days apart, a cycle has 28.",
        [MOGA, *cycles(MOGA, (0, 70), (26, 70), (90, 70))],
    ),
    (
        [OWN, *cycles(OWN, (0, 70), (18, 70))],
        "Cycle 1 of 6 Jan 2020 and cycle 2 of 24 Jan 2020: 18 days apart, a cycle has 21.",
        [OWN, *cycles(OWN, (0, 70), (19, 70))],
    ),
    (
        [MOGA, *cycles(MOGA, (0, 70), (28, 84.1))],
        "Cycle 1 of 6 Jan 2020 and cycle 2 of 3 Feb 2020: 70 kg, then 84.1 kg.",
        [MOGA, *cycles(MOGA, (0, 70), (28, 84), (56, 67.2))],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 1, -1)],
        f"Infusion of 5 Jan 2020 and t{IN_MOGA}: given before the line began.",
        [PARTIAL, PARTIAL_1, a.infusion(PARTIAL_1, 1, -5)],
    ),
    (
        [JANUARY, JANUARY_1, a.infusion(JANUARY_1, 22, 5)],
        f"Infusion of 1 Feb 2020 and t{IN_MOGA}: given after the line ended.",
        [JANUARY, JANUARY_1, a.infusion(JANUARY_1, 22, 4)],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 9)],
        "Infusion of 14 Jan 2020 and cycle 1 of 6 Jan 2020: day 9 is none of the protocol's.",
        [CHOP, CHOP_1, a.infusion(CHOP_1, 9)],
    ),
    (
        [OWN, OWN_1, a.omitted(OWN_1, 15)],
        "Infusion without a date and cycle 1 of 6 Jan 2020: day 15 is none of the protocol's.",
        [OWN, OWN_1, a.omitted(OWN_1, 8)],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8, dose_mg=62.9)],
        "Infusion of 13 Jan 2020 and cycle 1 of 6 Jan 2020: 62.9 mg given in full, 70 kg makes "
        "70 mg.",
        [
            *(MOGA, FIRST, a.infusion(FIRST, dose_mg=63), a.infusion(FIRST, 8, dose_mg=77)),
            a.infusion(FIRST, 15, dose_mg=35, status="reduced", reason="rash"),
        ],
    ),
    (
        [OWN, OWN_1, a.infusion(OWN_1, dose_mg=1101)],
        "Infusion of 6 Jan 2020 and cycle 1 of 6 Jan 2020: 1101 mg given in full, 70 kg makes "
        "1000 mg.",
        [OWN, OWN_1, a.infusion(OWN_1, dose_mg=1100)],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8, 8), a.infusion(FIRST, 15)],
        "Infusion of 21 Jan 2020 and infusion of 20 Jan 2020: the one stands earlier in the "
        "calendar but was given later.",
        [MOGA, FIRST, a.infusion(FIRST, 8, 6), a.omitted(FIRST, 15), a.infusion(FIRST, 22)],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8, 7), a.infusion(FIRST, 15)],
        "Infusion of 20 Jan 2020 and infusion of 20 Jan 2020: two infusions on one day.",
        [GEMOX, GEMOX_1, a.infusion(GEMOX_1, 8, 7), a.infusion(GEMOX_1, 15)],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8), a.infusion(FIRST, 8, 1)],
        "Infusion of 13 Jan 2020 and infusion of 14 Jan 2020: day 8 of the cycle stands twice.",
        [GEMOX, GEMOX_1, a.infusion(GEMOX_1, 8), a.infusion(GEMOX_1, 8)],
    ),
    (
        [MOGA, FIRST, a.infusion(FIRST, 8), a.infusion(FIRST, 8)],
        "Infusion of 13 Jan 2020 and infusion of 13 Jan 2020: day 8 of the cycle stands twice.",
        [GEMOX, GEMOX_1, a.infusion(GEMOX_1, 8), a.infusion(GEMOX_1, 8)],
    ),
]

PIGMENT = {"judgement": "CR", "judgement_reason": "pigment only"}

RESPONSE: list[Case] = [
    (
        [a.skin_score("2020-02-17", 3.5), a.visit("2020-03-02", disease_status="CR")],
        "Visit of 2 Mar 2020 and skin score of 17 Feb 2020: complete response, but mSWAT 3.5.",
        [
            *(a.skin_score("2020-02-16", 3.5), a.visit("2020-03-02", disease_status="CR")),
            a.skin_score("2020-03-03", 3.5),
            a.visit("2020-03-04", "planned", disease_status="CR"),
        ],
    ),
    (
        [a.skin_score("2020-03-02", 3.5), a.assessment("2020-03-02", "CR")],
        "Response assessment of 2 Mar 2020 and skin score of 2 Mar 2020: complete response, but "
        "mSWAT 3.5.",
        [
            *(a.skin_score("2020-02-24", 9), a.skin_score("2020-03-02", 0)),
            a.assessment("2020-03-02", "CR"),
            a.assessment("2020-03-09", "PR"),
        ],
    ),
    (
        [
            a.skin_score("2020-03-02", 3.5),
            a.assessment("2020-03-02", skin="PR", **PIGMENT),
            a.visit("2020-03-03", disease_status="CR"),
        ],
        "Visit of 3 Mar 2020 and skin score of 2 Mar 2020: complete response, but mSWAT 3.5.",
        [
            a.skin_score("2020-03-02", 3.5),
            a.assessment("2020-03-02", skin="PR", **PIGMENT),
            a.visit("2020-03-02", disease_status="CR"),
        ],
    ),
    (
        [a.blood_count("2020-03-02", 250), a.assessment("2020-03-02", "PR", **PIGMENT)],
        "Response assessment of 2 Mar 2020 and blood count of 2 Mar 2020: complete response, but "
        "250 neoplastic cells/µL.",
        [a.blood_count("2020-03-02", 249), a.assessment("2020-03-02", "PR", **PIGMENT)],
    ),
    (
        [a.skin_score("2020-03-02", 3.5), a.assessment("2020-03-02", skin="CR", nodes="PR")],
        "Response assessment of 2 Mar 2020 and skin score of 2 Mar 2020: complete response, but "
        "mSWAT 3.5.",
        [a.skin_score("2020-03-02", 3.5), a.assessment("2020-03-02", skin="PR", nodes="CR")],
    ),
    (
        [a.blood_count("2020-02-17", 250), a.visit("2020-03-02", disease_status="CR")],
        "Visit of 2 Mar 2020 and blood count of 17 Feb 2020: complete response, but 250 neoplastic "
        "cells/µL.",
        [
            *(a.blood_count("2020-02-17", 249), a.visit("2020-03-02", disease_status="CR")),
            a.blood_count("2020-02-18", None),
        ],
    ),
    (
        [a.visit("2020-03-02", disease_status="relapse")],
        "Visit of 2 Mar 2020: relapse, but no complete response before it.",
        [
            *(a.visit("2020-03-02", disease_status="relapse"), a.skin_score("2020-01-06", 0)),
            a.visit("2020-03-09", "planned", disease_status="relapse"),
        ],
    ),
    (
        [a.assessment("2020-03-02", skin="relapse"), a.visit("2020-03-02", disease_status="CR")],
        "Response assessment of 2 Mar 2020: relapse, but no complete response before it.",
        [a.assessment("2020-03-02", skin="relapse"), a.visit("2020-03-01", disease_status="CR")],
    ),
    (
        [a.assessment("2020-03-02", judgement="relapse", judgement_reason="new plaque")],
        "Response assessment of 2 Mar 2020: relapse, but no complete response before it.",
        [
            a.assessment("2020-03-02", judgement="relapse", judgement_reason="new plaque"),
            a.line("2018", "2018", best_response_stated="CR"),
        ],
    ),
    *(
        (
            [*staged(tnmb), a.assessment("2020-03-02", **{name: "NI"})],
            f"Response assessment of 2 Mar 2020 and staging of 2 Dec 2019: {name.capitalize()} not "
            f"involved, but {found}.",
            [
                *staged(let_pass),
                a.staging(tnmb, "2020-03"),
                a.assessment("2020-03-02", **{name: "NI"}),
                a.assessment("2019-12-01", nodes="NI"),
            ],
        )
        for name, tnmb, found, let_pass in (
            ("skin", "T1a N0 M0 B0", "T1a", "T0 N0 M0 B0"),
            ("nodes", "T2 N2b M0 B0", "N2b", "T2 NX M0 B0"),
            ("blood", "T2 N0 M0 B2", "B2", "T2 N0 M0 B1"),
            ("viscera", "T2 N0 M1a B0", "M1a", "T2 N0 MX B0"),
        )
    ),
    (
        [LINE, a.assessment("2020-01-05", "SD", treatment_line=LINE.id)],
        f"Response assessment of 5 Jan 2020 and t{IN_LINE}: assessed before the line began.",
        [
            *(LINE, a.assessment("2020-01-06", "SD", treatment_line=LINE.id)),
            a.assessment("2020-01-05", "SD"),
        ],
    ),
    (
        [PD_STATED, a.assessment("2020-03-02", "SD"), a.assessment("2020-03-09", "PR")],
        f"T{IN_LINE} and response assessment of 2 Mar 2020: stated to have brought progressive "
        "disease at best, but stable disease was recorded.",
        [PD_STATED, a.assessment("2020-03-02", "PD"), a.assessment("2020-03-09", "SD")],
    ),
    (
        [PR_STATED, a.assessment("2020-03-02", "SD"), a.assessment("2020-03-09", "PD")],
        f"T{IN_LINE} and response assessment of 2 Mar 2020: stated to have brought partial "
        "response, but stable disease was the best recorded.",
        [PR_STATED, a.assessment("2020-03-02", "SD"), a.assessment("2020-03-09", "PR")],
    ),
]

EVENTS: list[Case] = [
    (
        [a.event("2020-02-03", resolved="2020-03", grades=grades(("2020-04", 2)))],
        f"{RASH}: grade 2 of Apr 2020 lies outside the event.",
        [a.event("2020-02-03", resolved="2020-03", grades=grades(("2020-02", 2), ("2020-03", 1)))],
    ),
    (
        [a.event("2020-02-03", grades=grades(("2020-02-03", 2), ("2020-02-02", 1)))],
        f"{RASH}: grade 1 of 2 Feb 2020 lies outside the event.",
        [a.event("2020-02-03", grades=grades(("2020", 2), ("2025", 3)))],
    ),
    (
        [a.event("2020-02-03", 4)],
        f"{RASH}: CTCAE 5.0 has no grade 4 of Rash maculo-papular.",
        [a.event("2020-02-03", 4, ctcae_version="6.0"), a.event("2020-02-03", 4, term="A rash")],
    ),
    (
        [a.event("2020-02-03", grades=grades(("2020-02-03", 3), ("2020-02-03", 2)))],
        f"{RASH}: grade 2 and grade 3, both from 3 Feb 2020.",
        [a.event("2020-02", grades=grades(("2020-02", 2), ("2020-02", 3), ("2020-03-01", 2)))],
    ),
    (
        [a.event("2020-02-03", outcome="resolved")],
        f"{RASH}: resolved, but no date of resolution.",
        [a.event("2020-02-03", outcome="resolved", resolved="2020-03")],
    ),
    (
        [a.event("2020-02-03", outcome="ongoing", resolved="2020-03")],
        f"{RASH}: outcome ongoing, but resolved Mar 2020.",
        [a.event("2020-02-03", outcome="ongoing"), a.event("2020-02-04", resolved="2020-03")],
    ),
    (
        [a.event("2020-02-03", serious=True)],
        f"{RASH}: serious, but not because of what.",
        [a.event("2020-02-03", serious=True, seriousness="hospitalisation")],
    ),
    (
        [a.event("2020-02-03", serious=False, seriousness="hospitalisation")],
        f"{RASH}: not serious, but because of hospitalisation.",
        [a.event("2020-02-03", serious=False), a.event("2020-02-04", seriousness="other")],
    ),
    (
        [LINE, a.event("2020-01-05", treatment_line=LINE.id)],
        f"Adverse event of 5 Jan 2020 (Rash maculo-papular) and t{IN_LINE}: attributed to a line "
        "that began after its onset.",
        [
            *(LINE, a.event("2020-01", treatment_line=LINE.id)),
            a.event("2019", treatment_line=LINE.id, attribution="unlikely"),
        ],
    ),
    (
        [a.biopsy("2020-02-10", result_on="2020-02-09", conclusion="other")],
        "Biopsy of 10 Feb 2020 (left cheek): its result of 9 Feb 2020 came before it.",
        [
            a.biopsy("2020-02-10", result_on="2020-02-10", conclusion="other"),
            a.biopsy("2020-02", result_on="2020-02-01", conclusion="other"),
        ],
    ),
    (
        [a.biopsy("2020-02-10", result_on="2020-02-17")],
        "Biopsy of 10 Feb 2020 (left cheek): a result of 17 Feb 2020, but no conclusion.",
        [a.biopsy("2020-02-10")],
    ),
    (
        [LATER, a.biopsy("2020-02-10", adverse_event=LATER.id)],
        "Biopsy of 10 Feb 2020 (left cheek) and adverse event of 11 Feb 2020 (Rash maculo-"
        "papular): the biopsy is to explain an event that began after it.",
        [IN_MONTH, a.biopsy("2020-02-10", adverse_event=IN_MONTH.id)],
    ),
    (
        [PROBABLE, a.biopsy("2020-02-10", adverse_event=PROBABLE.id, conclusion="active disease")],
        f"{RASH} and biopsy of 10 Feb 2020 (left cheek): called probable, but the pathologist "
        "concluded active disease.",
        [
            PROBABLE,
            a.event("2020-02-04", attribution="possible"),
            a.biopsy("2020-02-10", adverse_event=PROBABLE.id, conclusion="active disease"),
            a.biopsy("2020-02-20", adverse_event=PROBABLE.id, conclusion="both"),
        ],
    ),
]
ANAPHYLAXIS = a.event("2020-02-03", 3, term="Anaphylaxis", resolved="2020-02-03")
ON_MOGA = a.moga("2020-01-06")
ENDED = a.moga("2020-01-06", "2020-02-10")
ENDED_1 = a.cycle(ENDED)
FOR_GRAFT = a.moga("2020-01-06", "2020-02-03", stop_reason="transplant")
GRAFT: dict[str, Any] = {"category": "transplant", "drug": "allogeneic stem cell transplant"}
WARNING = (
    "US label: severe or steroid-refractory acute GVHD and deaths after an allogeneic transplant; "
    "EBMT 2025: 6 weeks in between"
)
GOES_ON = "mogamulizumab goes on after it; the label says stop for good"
OF_ANAPHYLAXIS = "Adverse event of 3 Feb 2020 (Anaphylaxis)"
LABEL: list[Case] = [
    (
        [ON_MOGA, ANAPHYLAXIS],
        f"{OF_ANAPHYLAXIS} and t{IN_MOGA}: {GOES_ON} (EU SmPC).",
        [
            ENDED,
            ANAPHYLAXIS,
            a.event(
                "2020-02-04", 3, term="Anaphylaxis", resolved="2020-02", attribution="unlikely"
            ),
        ],
    ),
    (
        [ENDED, ENDED_1, a.infusion(ENDED_1, given_on="2020-02-04"), ANAPHYLAXIS],
        f"{OF_ANAPHYLAXIS} and t{IN_MOGA}: {GOES_ON} (EU SmPC).",
        [ENDED, ENDED_1, a.infusion(ENDED_1, given_on="2020-02-03"), ANAPHYLAXIS],
    ),
    (
        [FOR_GRAFT],
        f"T{IN_MOGA}: a transplant is planned; {WARNING}.",
        [FOR_GRAFT, a.line("2020-03-16", "2020-03-16", **GRAFT)],
    ),
    (
        [FOR_GRAFT, a.line("2020-03-15", "2020-03-15", **GRAFT)],
        f"T{IN_MOGA} and treatment line of 15 Mar 2020 (allogeneic stem cell transplant): 41 days "
        f"from mogamulizumab, last 3 Feb 2020, to the transplant; {WARNING}.",
        [
            a.moga("2020-01-06", "2020-02-03"),
            a.line(
                "2020-02-15",
                "2020-02-15",
                category="transplant",
                drug="autologous stem cell transplant",
            ),
        ],
    ),
]
CASES = [*LIFE, *STAGE, *LINES, *DOSES, *RESPONSE, *EVENTS, *LABEL]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_a_contradiction_is_told_once(case: Case) -> None:
    provoking, sentence, _near_miss = case
    assert told(*provoking) == [sentence]


OF_THEMES = {
    against_the_life: LIFE,
    against_the_stage: STAGE,
    against_the_line: LINES,
    against_the_doses: DOSES,
    against_the_response: RESPONSE,
    against_the_events: EVENTS,
    against_the_label: LABEL,
}


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_tells_of_its_own_and_of_no_other(theme: Any) -> None:
    for other, cases in OF_THEMES.items():
        for provoking, sentence, _near_miss in cases:
            found = [each.sentence for each in theme(a.history(*provoking))]
            assert found == ([sentence] if other is theme else [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_its_near_miss_is_let_pass(case: Case) -> None:
    _provoking, _sentence, near_miss = case
    assert told(*near_miss) == []


SEPSIS = a.event("2020-02-03", 5, term="Sepsis")
OF_SEPSIS = "Adverse event of 3 Feb 2020 (Sepsis)"
RESOLVED = {"outcome": "resolved", "resolved": "2020-02-10"}
OF_THE_DEAD: list[tuple[Records, dict[str, str], str, Records]] = [
    (
        [a.visit("2020-07-01")],
        {"death_date": "2020-06"},
        "Visit of 1 Jul 2020: after the death on Jun 2020.",
        [
            *(a.visit("2020-06-30"), a.event("2020"), a.consent()),
            *(a.visit("2020-07-01", status) for status in ("planned", "cancelled", "missed")),
            *(a.attachment("2020-07", kind=kind) for kind in ("letter", "report")),
        ],
    ),
    (
        [a.attachment("2020-07")],
        {"death_date": "2020-06"},
        "File of Jul 2020 (Left cheek): after the death on Jun 2020.",
        [a.attachment("2020-06")],
    ),
    (
        [a.line("2020-01-06", "2020-07")],
        {"death_date": "2020-06-15"},
        f"T{IN_LINE}: ends Jul 2020, after the death on 15 Jun 2020.",
        [a.line("2020-01-06", "2020-06")],
    ),
    (
        [a.event("2020-02-03", resolved="2020-06-16")],
        {"death_date": "2020-06-15"},
        f"{RASH}: ends 16 Jun 2020, after the death on 15 Jun 2020.",
        [a.event("2020-02-03", resolved="2020-06-15")],
    ),
    (
        [a.consent("2020-01-06", withdrawn="2020-06-16")],
        {"death_date": "2020-06-15"},
        "Consent of 6 Jan 2020 (registry): ends 16 Jun 2020, after the death on 15 Jun 2020.",
        [a.consent("2020-01-06", withdrawn="2020-06-15")],
    ),
    (
        [a.event("2020-07-06", resolved="2020-08")],
        {"death_date": "2020-06"},
        "Adverse event of 6 Jul 2020 (Rash maculo-papular): after the death on Jun 2020.",
        [a.event("2020-06", resolved="2020-06")],
    ),
    ([], {"cause_of_death": "other"}, "Patient: a cause of death, but no date of death.", []),
    (
        [SEPSIS],
        {},
        f"{OF_SEPSIS}: it ended in death, but no date of death.",
        [a.event("2020-02-03", 4, term="Sepsis")],
    ),
    (
        [a.event("2020-02-03", 4, term="Sepsis", outcome="fatal")],
        {"death_date": "2020-02"},
        f"{OF_SEPSIS}: outcome fatal, but grade 4 at worst.",
        [
            a.event(
                "2020-02-03", 5, term="Sepsis", outcome="fatal", serious=True, seriousness="death"
            )
        ],
    ),
    (
        [a.event("2020-02-03", 5, term="Sepsis", outcome="ongoing")],
        {"death_date": "2020-02"},
        f"{OF_SEPSIS}: it was death, but the outcome is ongoing.",
        [a.event("2020-02-03", 5, term="Sepsis", outcome="unknown")],
    ),
    (
        [a.event("2020-02-03", 4, term="Sepsis", **RESOLVED, serious=True, seriousness="death")],
        {"death_date": "2020-02"},
        f"{OF_SEPSIS}: it was death, but the outcome is resolved.",
        [a.event("2020-02-03", 4, term="Sepsis", serious=True, seriousness="death")],
    ),
]


@pytest.mark.parametrize("case", OF_THE_DEAD, ids=lambda case: case[2])
def test_what_contradicts_a_death(case: tuple[Records, dict[str, str], str, Records]) -> None:
    provoking, about, sentence, near_miss = case
    assert told(*provoking, **about) == [sentence]
    assert told(*near_miss, **(about if near_miss else {})) == []


def test_a_fatal_event_and_a_line_ended_by_death_want_the_date_of_death() -> None:
    line = a.line("2020-01-06", "2020-03", stop_reason="death")
    assert len(told(SEPSIS, line)) == 2
    assert told(SEPSIS, line, death_date="2020-03") == []


def test_a_line_stopped_by_an_event_has_its_end_in_the_death() -> None:
    event = a.event(resolved="2020-03", action="stopped", treatment_line=RUNNING.id)
    assert len(told(RUNNING, event)) == 1
    assert told(RUNNING, event, death_date="2020-04") == []


@pytest.mark.parametrize(
    ("tnmb", "measured"),
    [
        ("T3 N0 M0 B0", score("2019-12-02", 20)),
        ("T2b N0 M0 B0", score("2019-12-02", 20)),
        ("T4 N0 M0 B0", score("2019-12-02", 20)),
        ("T2 N0 M0 B2", a.blood_count("2019-12-02", 100)),
    ],
)
def test_later_on_a_class_may_be_kept(tnmb: str, measured: PatientRecord) -> None:
    for occasion in ("diagnosis", "referral", "baseline"):
        assert len(told(*staged(tnmb, measured, occasion=occasion))) == 1
    for occasion in ("restaging", "progression"):
        assert told(*staged(tnmb, measured, occasion=occasion)) == []


TUMOUR_LATER = score("2019-12-16", 20, tumour=1)


def test_a_stage_is_compared_with_what_was_measured_within_14_days() -> None:
    assert len(told(*staged("T2 N0 M0 B0", TUMOUR_LATER))) == 1
    assert told(a.staging("T2 N0 M0 B0", "2019-12-01"), TUMOUR_LATER) == []
    assert told(a.staging("T2 N0 M0 B0", "2019-12-31"), TUMOUR_LATER) == []
    assert told(a.staging("T2 N0 M0 B0", "2019-12"), TUMOUR_LATER) == []


def test_the_nearest_measurement_counts() -> None:
    assert told(*staged("T2 N0 M0 B0", TUMOUR_LATER, score("2019-12-03", 20))) == []


@pytest.mark.parametrize(
    ("start", "compared"),
    [("2019-12-01", True), ("2019-12-02", False), ("2019-12", False), ("2019-12-16", True)],
)
def test_a_treatment_begun_in_between_may_explain_the_difference(
    start: str, compared: bool
) -> None:
    line = a.line(start, "2020")
    assert bool(told(line, *staged("T2 N0 M0 B0", TUMOUR_LATER))) is compared
    relief = a.line(start, "2020", category="supportive", drug="gabapentin")
    assert told(relief, *staged("T2 N0 M0 B0", TUMOUR_LATER))


def test_an_infusion_given_in_between_may_explain_the_difference() -> None:
    line = a.moga("2019-11-04", "2020")
    cycle = a.cycle(line, 1, "2019-11-04")
    records = [line, cycle, *staged("T2 N0 M0 B0", TUMOUR_LATER)]
    assert len(told(*records, a.infusion(cycle, 22))) == 1
    assert told(*records, a.infusion(cycle, 22, 15)) == []


def test_cells_of_another_clone_are_not_the_disease() -> None:
    for clone, sentences in (("identical", 1), (None, 1), ("none", 0), ("different", 0)):
        count = a.blood_count("2019-12-02", 3400, clone=clone)
        assert len(told(*staged("T2 N0 M0 B0", count))) == sentences
        complete = a.visit("2019-12-02", disease_status="CR")
        assert len(told(count, complete)) == sentences


def test_a_count_may_make_the_class_by_the_criteria_of_2007() -> None:
    few = {"lymphocytes": 400, "clone": "identical", "cd4_cd8_ratio": 12, "sezary_percent": 50}
    assert len(told(*staged("T2 N0 M0 B2", a.blood_count("2019-12-02", 200)))) == 1
    assert told(*staged("T2 N0 M0 B2", a.blood_count("2019-12-02", 200, **few))) == []


def test_a_count_without_neoplastic_cells_says_nothing_of_the_stage() -> None:
    assert told(*staged("T2 N0 M0 B2", a.blood_count("2019-12-02", None))) == []


def test_where_the_height_is_not_known_no_dose_is_off() -> None:
    assert told(BY_SURFACE, BY_SURFACE_1, a.infusion(BY_SURFACE_1, dose_mg=9000)) == []


def test_the_records_that_contradict_each_other_are_named() -> None:
    infusion = a.infusion(FIRST, 1, -1)
    (found,) = contradictions(a.history(MOGA, FIRST, infusion))
    assert found.records == (infusion, MOGA)
    visit = a.visit("2020-07-01")
    (found,) = contradictions(a.history(visit, death_date="2020-06"))
    assert found.records == (visit, a.patient(death_date="2020-06"))


def test_contradictions_stand_in_the_order_of_time() -> None:
    assert [sentence[:23] for sentence in told(SEPSIS, a.event("2020-02-02", serious=True))] == [
        "Adverse event of 2 Feb ",
        "Adverse event of 3 Feb ",
    ]


def test_every_check_is_provoked_here() -> None:
    histories = [a.history(*provoking) for provoking, _sentence, _near_miss in CASES]
    histories += [a.history(*records, **about) for records, about, _told, _near in OF_THE_DEAD]
    checks = [
        check
        for theme in (life, stage, lines, doses, response, events, label)
        for check in theme.CHECKS
    ]
    assert len(checks) >= 24
    for check in checks:
        assert any(list(check(history)) for history in histories), check


def test_a_transplant_entered_for_a_later_day_is_told_before_it_comes() -> None:
    entered = a.history(a.moga("2019-01-07", "2019-02"), a.line("2020-05-04", **GRAFT))
    known = entered.until(a.day("2020-04-30"))
    assert contradictions(known) == []
    (found,) = contradictions(with_transplants_ahead(known, entered))
    assert WARNING in found.sentence
    later = entered.until(a.day("2020-05-04"))
    assert with_transplants_ahead(later, entered) is later


def test_every_theme_says_what_it_looks_for() -> None:
    assert {rule_of(theme).standing for theme in THEMES} == {Standing.DERIVED}


@given(data=st.data())
def test_the_order_of_entry_does_not_matter(data: st.DataObject) -> None:
    picked = data.draw(st.sets(st.integers(0, len(CASES) - 1), min_size=1, max_size=3))
    together = {record.id: record for place in picked for record in CASES[place][0]}
    told_on = [
        record.date for record in together.values() if isinstance(record, Assessment | Visit)
    ]
    assume(len(told_on) == len(set(told_on)))  # of one and the same day the last entered counts
    entered = data.draw(st.permutations([*together.values()]))
    assert told(*entered) == told(*together.values())


def records_of(made: Any) -> History:
    patient, *records = made
    assert isinstance(patient, Patient)
    return History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])


def test_the_published_case_has_the_one_that_was_published() -> None:
    history = records_of(published_case())
    (found,) = contradictions(history)
    assert found.sentence == (
        "Treatment line of 2015 (gemcitabine + oxaliplatin): stated to have ended Apr 2014, but it "
        "began 2015."
    )
    assert found.records == (history.lines[4],)


@settings(deadline=None)  # each example works out a whole course
@given(st.dates(dt.date(2015, 8, 1), dt.date(2020, 4, 30)))
def test_the_published_case_never_had_another(day: dt.date) -> None:
    assert len(contradictions(records_of(published_case()).until(day))) == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_made_up_patients_contradict_themselves_hardly_ever(seed: int) -> None:
    found = [contradictions(records_of(made_up_patient(n, seed))) for n in some(range(1, 31))]
    assert sum(map(bool, found)) <= 1, found
