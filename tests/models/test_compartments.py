"""Each compartment worked out from scores, counts, images and stagings, with what it rests on."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.comparing import NEAR, Compartment, Found, compared, free_of_disease
from models.compartments import is_proven_n3
from models.course import Assessed, assess
from models.history import History
from models.imaging import Imaging, Node, node_response, viscera_response
from models.response import Response, blood_response, skin_response, skin_response_2022
from models.rules import rule_of
from models.skin import SkinScore
from models.staging import Staging
from models.values import AnyDate, PartialDate, earliest, latest
from tests.models import builders as a

CR, VGPR, PR, SD, PD = (Response(value) for value in ("CR", "VGPR", "PR", "SD", "PD"))
RELAPSE, NOT_INVOLVED = Response.RELAPSE, Response.NOT_INVOLVED

LINE = a.line("2020-01-06")


def assessed(date: str, *records: PatientRecord) -> Assessed:
    return assess(a.history(LINE, *records), a.assessment(date))


def assessed_2022(date: str, *records: PatientRecord) -> Assessed:
    history = replace(a.history(LINE, *records), practice=a.practice(criteria="2022"))
    return assess(history, a.assessment(date))


def skin(date: str, *records: PatientRecord) -> Compartment:
    return assessed(date, *records).compartments[0]


def nodes(date: str, *records: PatientRecord) -> Compartment:
    return assessed(date, *records).compartments[1]


def blood(date: str, *records: PatientRecord) -> Compartment:
    return assessed(date, *records).compartments[2]


def viscera(date: str, *records: PatientRecord) -> Compartment:
    return assessed(date, *records).compartments[3]


def patches(date: str, tumour: float = 0.0) -> SkinScore:
    return a.skin_score(date, head={"patch": 2 if tumour else 7, "tumour": tumour})


def image(date: str, *sites: str) -> Imaging:
    return a.imaging(date, nodes=[Node.parse(site) for site in sites])


def organs(date: str, *masses: str) -> Imaging:
    return a.imaging(date, masses=[Node.parse(mass) for mass in masses])


SCORES = [
    a.skin_score(date, total)
    for date, total in (("2020-01-06", 100), ("2020-03-02", 20), ("2020-05-04", 71))
]


def test_a_compartment_shows_what_was_compared_and_by_which_rule() -> None:
    found = skin("2020-05-04", *SCORES)
    assert (found.name, found.response, found.rule) == ("skin", PD, rule_of(skin_response))
    shown = found.compared
    assert shown
    assert [shown.baseline.value, shown.nadir.value, shown.now.value] == [100, 20, 71]
    assert [shown.baseline.record, shown.nadir.record, shown.now.record] == SCORES
    assert found.how == "mSWAT 100 on 6 Jan 2020, 71 on 4 May 2020; lowest before 20 on 2 Mar 2020"
    assert skin("2020-03-02", *SCORES).how == "mSWAT 100 on 6 Jan 2020, 20 on 2 Mar 2020"


def test_progression_tells_whether_a_response_was_lost() -> None:
    assert skin("2020-05-04", *SCORES).lost
    assert assessed("2020-05-04", *SCORES).lost
    grown = [SCORES[0], a.skin_score("2020-05-04", 130)]
    assert not skin("2020-05-04", *grown).lost
    assert not assessed("2020-05-04", *grown).lost
    assert not skin("2020-03-02", *SCORES).lost


def test_where_nothing_is_measured_it_says_what_is_missing() -> None:
    found = assessed("2020-03-02", a.skin_score("2020-03-02", 5))
    assert [compartment.how for compartment in found.compartments] == [
        "mSWAT not known before the start",
        "sum of products of the nodes in mm² not known within 14 days",
        "neoplastic cells/µL not known within 14 days",
        "sum of products of the masses in mm² not known within 14 days",
    ]
    assert {compartment.response for compartment in found.compartments} == {None}
    measured = nodes("2020-03-02", NODES, a.staging("T2b N0 M0 B0", "2019-12"))
    assert measured.how == "sum of products of the nodes in mm² not known within 14 days"
    month = nodes("2020-03-02", a.staging("T2b N0 M0 B0", "2019-12"))
    assert month.how == "not involved at baseline (N0, Dec 2019); state whether it still is not"
    at_baseline = skin("2020-01-06", *SCORES)
    assert (at_baseline.response, at_baseline.how) == (None, "mSWAT not known since the baseline")


def test_a_new_tumour_is_progression_however_small_the_score() -> None:
    before, after = patches("2020-01-06"), patches("2020-03-02", tumour=0.5)
    assert after.mswat < before.mswat
    found = skin("2020-03-02", before, after)
    assert (found.response, found.lost) == (PD, False)
    assert found.how.endswith("(new tumour)")


def test_a_tumour_that_was_there_before_is_judged_by_the_score() -> None:
    before, after = patches("2020-01-06", tumour=5), patches("2020-03-02", tumour=0.5)
    assert skin("2020-03-02", before, after).response is PR


def test_a_new_tumour_is_not_told_from_a_total() -> None:
    total = a.skin_score("2020-01-06", 7)
    assert skin("2020-03-02", total, patches("2020-03-02", tumour=0.5)).response is SD


def test_the_clinic_chooses_the_criteria_of_2022() -> None:
    scores = [a.skin_score(date, total) for date, total in (("2020-01-06", 100), ("2020-03-02", 0))]
    again = [*scores, a.skin_score("2020-05-04", 5)]
    assert assessed("2020-05-04", *again).skin is RELAPSE
    found = assessed_2022("2020-05-04", *again).compartments[0]
    assert (found.response, found.rule) == (VGPR, rule_of(skin_response_2022))
    assert assessed_2022("2020-05-04", *SCORES).skin is PD
    tumour = [patches("2020-01-06"), patches("2020-03-02", tumour=0.5)]
    assert assessed_2022("2020-03-02", *tumour).compartments[0].how.endswith("(new tumour)")


@pytest.mark.parametrize(
    ("before", "after", "advanced"),
    [
        ("T2b N0 M0 B0", "T2b N0 M0 B2", True),
        ("T2b N0 M0 B0", "T2b N0 M0 B1", False),
        ("T2b NX M0 B0", "T2b N3 M0 B0", False),
        ("T2b N1 M0 B0", "T2b NX M0 B0", False),
        ("T2b N0 M0 B0", "T0 N0 M0 B0", False),
    ],
)
def test_in_2022_a_higher_stage_is_no_partial_response(
    before: str, after: str, advanced: bool
) -> None:
    stagings = [a.staging(before, "2020-01-02"), a.staging(after, "2020-03-09")]
    found = assessed_2022("2020-03-02", *SCORES, *stagings)
    assert found.skin is (SD if advanced else PR)
    assert found.compartments[0].how.endswith("(stage advanced)") is advanced
    assert assessed("2020-03-02", *SCORES, *stagings).skin is PR
    assert assessed_2022("2020-03-02", *SCORES, stagings[0]).skin is PR
    assert assessed_2022("2020-03-02", *SCORES, stagings[1]).skin is PR


NODES = image("2020-01-02", "axilla 20x10", "groin 20x10")


def test_nodes_are_worked_out_from_imaging() -> None:
    smaller = image("2020-03-05", "axilla 16x5", "groin 16x5")
    found = nodes("2020-03-02", NODES, smaller)
    assert (found.response, found.rule) == (PR, rule_of(node_response))
    assert found.how == ("sum of products of the nodes in mm² 400 on 2 Jan 2020, 160 on 5 Mar 2020")
    assert nodes("2020-03-20", NODES, smaller, image("2020-03-20", "axilla 20x10")).response is None
    grown = image("2020-05-04", "axilla 20x6", "groin 20x7")
    lost = nodes("2020-05-04", NODES, smaller, grown)
    assert (lost.response, lost.lost) == (PD, True)


def test_an_image_that_names_no_node_says_nothing_about_nodes() -> None:
    assert nodes("2020-03-02", NODES, image("2020-03-02")).response is None
    assert nodes("2020-03-02", image("2020-01-02"), NODES).response is None


def test_a_node_that_was_left_out_is_named() -> None:
    found = nodes("2020-03-02", NODES, image("2020-03-02", "axilla 15x10"))
    assert found.response is None
    assert found.how.endswith("(not measured now: groin)")


NEW = image("2020-03-02", "axilla 16x5", "groin 16x5", "left neck 18x12")


@pytest.mark.parametrize(
    ("staging", "proven"),
    [
        (a.staging("T2b N3 M0 B0", "2020-03-02"), True),
        (a.staging("T2b N3b M0 B0", "2020-03-16"), True),
        (a.staging("T2b N3 M0 B0", "2020-03-17"), False),
        (a.staging("T2b N3 M0 B0", "2020-03-01"), False),
        (a.staging("T2b N3 M0 B0", "2020-03"), False),
        (a.staging("T2b N2 M0 B0", "2020-03-02"), False),
        (a.staging("T2b NX M0 B0", "2020-03-02"), False),
    ],
)
def test_a_new_node_is_progression_only_with_proof_from_its_day_on(
    staging: Staging, proven: bool
) -> None:
    found = nodes("2020-03-02", NODES, NEW, staging)
    assert found.response is (PD if proven else SD)
    words = "new, proven N3: left neck" if proven else "new, not proven to be N3: left neck"
    assert found.how.endswith(f"({words})")
    assert not found.lost
    assert is_proven_n3([staging], dt.date(2020, 3, 2), dt.date(2020, 3, 16)) is proven


def test_a_node_that_was_normal_at_baseline_is_told_as_new_once_it_is_abnormal() -> None:
    before = image("2020-01-02", "axilla 40x30", "groin 12x8")
    now = image("2020-03-02", "axilla 14x8", "groin 20x14")
    unproven = nodes("2020-03-02", before, now)
    assert unproven.response is SD
    assert unproven.how.endswith("(new, not proven to be N3: groin)")
    proven = nodes("2020-03-02", before, now, a.staging("T2b N3 M0 B0", "2020-03-02"))
    assert proven.response is PD
    assert proven.how.endswith("(new, proven N3: groin)")


def test_a_biopsy_of_a_node_is_no_proof_of_n3_for_it_may_be_n1() -> None:
    changes = {"kind": "lymph node", "conclusion": "active disease", "indication": "staging"}
    biopsy = a.biopsy("2020-03-09", **changes)
    assert nodes("2020-03-02", NODES, NEW, biopsy).response is SD
    for n, expected in (("N1", SD), ("N3", PD)):
        restaged = a.staging(f"T2b {n} M0 B0", "2020-03-10", occasion="restaging")
        assert nodes("2020-03-02", NODES, NEW, biopsy, restaged).response is expected


def test_the_proof_may_have_come_when_the_node_was_first_seen() -> None:
    later = image("2020-05-04", "axilla 16x5", "groin 16x5", "left neck 18x12")
    found = nodes("2020-05-04", NODES, NEW, a.staging("T2b N3 M0 B0", "2020-03-09"), later)
    assert (found.response, found.lost) == (PD, False)


def test_in_2022_involved_nodes_are_left_to_be_stated() -> None:
    found = assessed_2022("2020-03-02", NODES, image("2020-03-02", "axilla 15x10", "groin 15x10"))
    assert found.nodes is None
    assert found.compartments[1].how.endswith(
        "(the 2022 criteria follow Lugano: state the response)"
    )
    normal = [image(date, "axilla 12x8") for date in ("2020-01-02", "2020-03-02")]
    assert assessed_2022("2020-03-02", *normal).nodes is NOT_INVOLVED
    assert assessed_2022("2020-03-02", normal[0], NEW).nodes is None


def test_the_viscera_are_worked_out_from_imaging() -> None:
    before = organs("2020-01-02", "liver 40x30")
    found = viscera("2020-03-02", before, organs("2020-03-02", "liver 20x20", "Lung 5x5"))
    assert (found.response, found.rule) == (PD, rule_of(viscera_response))
    assert found.how == (
        "sum of products of the masses in mm² 1200 on 2 Jan 2020, 425 on 2 Mar 2020 (new: Lung)"
    )
    assert viscera("2020-03-02", before, organs("2020-03-02")).response is CR
    assert viscera("2020-03-02", before, image("2020-03-02")).response is None
    smaller, grown = organs("2020-03-02", "liver 20x10"), organs("2020-05-04", "liver 20x20")
    lost = viscera("2020-05-04", before, smaller, grown)
    assert (lost.response, lost.lost) == (PD, True)


def test_the_blood_shows_its_counts() -> None:
    counts = [a.blood_count("2020-01-06", 3000), a.blood_count("2020-03-02", 100)]
    found = blood("2020-03-02", *counts)
    assert (found.response, found.rule) == (CR, rule_of(blood_response))
    assert found.how == "neoplastic cells/µL 3000 on 6 Jan 2020, 100 on 2 Mar 2020"
    grown = a.blood_count("2020-05-04", 5000)
    lowered = a.blood_count("2020-03-02", 1000)
    lost = blood("2020-05-04", a.blood_count("2020-01-06", 8000), lowered, grown)
    assert (lost.response, lost.lost) == (PD, True)


BEFORE = a.staging("T2b N0 M0 B0a", "2019-12-02")


def test_what_was_staged_free_at_baseline_and_still_is_is_not_involved() -> None:
    found = assessed("2020-03-02", BEFORE, a.staging("T2b N0 M0 B0b", "2020-03-09"))
    assert [found.skin, found.nodes, found.blood, found.viscera] == [None, *[NOT_INVOLVED] * 3]
    compartment = found.compartments[2]
    assert compartment.how == "neoplastic cells/µL B0 on 2 Dec 2019, B0 on 9 Mar 2020"
    assert compartment.compared
    assert compartment.compared.now.value is None


@pytest.mark.parametrize(
    "later",
    [
        [],
        [a.staging("T2b N1 M1 B1", "2020-03-09")],
        [a.staging("T2b NX MX BX", "2020-03-09")],
        [a.staging("T2b N1 M1 B1", "2020-02-03"), a.staging("T2b N0 M0 B0", "2020-03-09")],
        [a.staging("T2b N0 M0 B0", "2020-03-17")],
        [a.staging("T2b N0 M0 B0", "2020-02-16")],
        [a.staging("T2b N0 M0 B0", "2020-03")],
    ],
)
def test_a_baseline_alone_does_not_tell_how_things_are_now(later: list[Staging]) -> None:
    found = assessed("2020-03-02", BEFORE, *later)
    assert found.nodes is found.blood is found.viscera is None
    assert [compartment.how for compartment in found.compartments[1:]] == [
        f"not involved at baseline ({staged}, 2 Dec 2019); state whether it still is not"
        for staged in ("N0", "B0", "M0")
    ]


@pytest.mark.parametrize("before", ["T2b N1 M1 B1", "T2b NX MX BX"])
def test_a_compartment_that_was_involved_is_not_cleared_by_a_staging(before: str) -> None:
    stagings = [a.staging(before, "2019-12-02"), a.staging("T2b N0 M0 B0", "2020-03-09")]
    found = assessed("2020-03-02", *stagings)
    assert found.nodes is found.blood is found.viscera is None
    measured = assessed("2020-03-02", NODES, stagings[1])
    assert measured.nodes is None


def test_a_measurement_and_a_staging_together_tell_that_nothing_is_involved() -> None:
    now = [image("2020-03-02", "axilla 12x8"), a.blood_count("2020-03-02", 100)]
    found = assessed("2020-03-02", BEFORE, *now, organs("2020-03-03"))
    assert found.nodes is found.blood is found.viscera is NOT_INVOLVED
    before = [image("2020-01-02", "axilla 12x8"), a.blood_count("2020-01-02", 0)]
    found = assessed("2020-03-02", *before, a.staging("T2b N0 M0 B0", "2020-03-09"))
    assert (found.nodes, found.blood, found.viscera) == (NOT_INVOLVED, NOT_INVOLVED, None)


def test_what_a_staging_calls_free_can_become_involved() -> None:
    now = [image("2020-03-02", "axilla 18x12"), a.blood_count("2020-03-02", 1000)]
    found = assessed("2020-03-02", BEFORE, *now, organs("2020-03-03", "liver 30x20"))
    assert (found.nodes, found.blood, found.viscera) == (SD, PD, PD)


def test_without_a_line_the_first_staging_is_the_baseline() -> None:
    history = a.history(BEFORE, a.staging("T2b N0 M0 B0", "2020-03-09"))
    assert assess(history, a.assessment("2020-03-02")).nodes is NOT_INVOLVED
    assert assess(history, a.assessment("2019-12-02")).nodes is None


@pytest.mark.parametrize(
    ("stagings", "unaffected", "expected"),
    [
        ([], "N0", False),
        ([BEFORE], "N0", True),
        ([BEFORE], "B0", True),
        ([BEFORE], "M0", True),
        ([BEFORE, a.staging("T2b N1 M0 B0", "2020-01-06")], "N0", False),
        ([BEFORE, a.staging("T2b N1 M0 B0", "2020-01-06")], "M0", True),
    ],
)
def test_free_of_disease_says_every_staging_or_none(
    stagings: list[Staging], unaffected: str, expected: bool
) -> None:
    assert free_of_disease(stagings, unaffected) is expected


@pytest.mark.parametrize(
    ("began", "on", "expected"),
    [
        (dt.date(2020, 1, 6), "2020-03-05", (1, 3)),
        (dt.date(2020, 1, 5), "2020-03-05", (0, 3)),
        (dt.date(2019, 1, 5), "2020-03-05", (None, 3)),
        (PartialDate(2020), "2020-03-09", (0, 4)),
        (PartialDate(2019), "2020-03-24", (0, None)),
        (None, "2020-03-23", (0, 4)),
        (None, "2020-02-10", (0, 2)),
    ],
)
def test_the_baseline_lies_before_the_start_and_the_nearest_value_counts(
    began: AnyDate | None, on: str, expected: tuple[int | None, int | None]
) -> None:
    days = ("2019-12-02", "2020-01-06", "2020-02-03", "2020-03-02", "2020-03-09")
    seen = [Found(a.day(date), place, LINE) for place, date in enumerate(days)]
    baseline, now = compared(seen, began, a.day(on))
    assert (baseline and baseline.what, now and now.what) == expected


@given(st.data())
def test_baseline_and_now_are_found_as_the_rule_tells(data: st.DataObject) -> None:
    """Its text as it stands, value by value; what is found is looked up in the order of time."""
    days = st.dates(dt.date(2019, 12, 1), dt.date(2020, 3, 1))
    dates = sorted(data.draw(st.lists(days)))
    seen = [Found(day, place, LINE) for place, day in enumerate(dates)]
    began = data.draw(st.none() | days | st.builds(PartialDate, st.just(2020), st.just(1)))
    on = data.draw(days)
    before = [found for found in seen if began and earliest(found.date) <= earliest(began)]
    within = [found for found in seen if began is None or earliest(found.date) <= latest(began)]
    near = [found for found in seen if abs(earliest(found.date) - on) <= NEAR]
    assert compared(seen, began, on) == (
        next(iter([*before[-1:], *within[:1]]), None),
        min(near, key=lambda found: abs(earliest(found.date) - on), default=None),
    )


def test_a_day_at_the_end_of_the_calendar_is_a_day() -> None:
    history: History = a.history(LINE, *SCORES)
    assert assess(history, a.assessment("2200-12-31")).skin is None
