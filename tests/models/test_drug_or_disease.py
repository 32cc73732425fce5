"""Drug or disease: what speaks for each, what is missing; the conclusion is only quoted."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.biopsy import Biopsy, Finding, lichenoid
from models.demo.case import published_case
from models.drug_or_disease import (
    Card,
    card,
    days_to_resolution,
    disease_active,
    disease_at_rest,
    eosinophils,
    head_and_neck,
    is_of_skin,
    missing,
    onset_before_drug,
    onset_on_drug,
    rash_of,
    responding,
    rising_cells,
)
from models.history import History
from models.laboratory import LabResult
from models.patient import Patient
from models.rash import Rash
from models.rules import RULES, Standing
from models.values import Days
from tests.models import builders as a

LINE = a.moga(end="2020-03-31")
COURSE = (LINE, *a.course(LINE, 3))
RASH = a.event("2020-02-10", treatment_line=LINE.id)


def words(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.words for finding in findings]


def card_of(*records: PatientRecord, event: Any = RASH) -> Card:
    found = card(a.history(*COURSE, event, *records), event)
    assert found is not None
    return found


def rash(*records: PatientRecord, event: Any = RASH) -> Rash:
    found = rash_of(a.history(*COURSE, event, *records), event)
    assert found is not None
    return found


def of_rash(**changes: Any) -> Biopsy:
    return a.biopsy("2020-02-20", adverse_event=RASH.id, **changes)


def test_the_published_case() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    (event,) = history.of(type(RASH))
    found = card(history, event)
    assert found is not None
    assert found.onset == Days(712, 742)
    assert [(c.words, c.biopsy.date.iso) for c in found.conclusions] == [
        ("Drug-related", "2017-09"),
        ("Drug-related", "2017-10"),
    ]
    assert words(found.for_drug) == [
        "began about 23.9 months after the first dose",
        "head or neck: zygomatic area",
        "complete response",
        "blood B0: 10 neoplastic cells/µL",
        "nodes: complete response",
    ]
    assert found.for_disease == ()
    assert "no biopsy" not in words(found.missing)
    assert words(found.missing).count("CD7 not recorded") == 2
    last_dose = max(i.given_on for i in history.infusions_of(history.lines[-1]) if i.given_on)
    assert found.days_to_resolution == Days(
        (a.day("2017-12-01") - last_dose).days, (a.day("2017-12-31") - last_dose).days
    )


@pytest.mark.parametrize(
    ("changes", "skin"),
    [
        ({"term": "Pruritus"}, True),
        ({"term": "Skin and subcutaneous tissue disorders - Other, specify"}, True),
        ({"term": "Drug rash of mogamulizumab"}, True),
        ({"term": "Lichenoid eruption", "ctcae_version": "4.03"}, True),
        ({"term": "Fatigue"}, False),
        ({"term": "Folliculitis"}, False),
        ({"term": "Malaise, unlisted"}, False),
    ],
)
def test_a_card_is_for_events_of_the_skin(changes: dict[str, str], skin: bool) -> None:
    event = a.event(**changes)  # type: ignore[arg-type]
    assert is_of_skin(event, ()) is skin
    assert (card(a.history(*COURSE, event), event) is not None) is skin


def test_a_biopsied_event_is_one_of_the_skin_whatever_its_term() -> None:
    event = a.event(term="Folliculitis")
    assert card(a.history(event, a.biopsy(adverse_event=event.id)), event)
    assert card(a.history(event, a.biopsy()), event) is None


def test_without_anything_all_is_missing() -> None:
    found = card_of()
    assert words(found.missing) == [
        "no biopsy",
        "blood not counted within 28 days",
        "no photograph",
    ]
    assert found.for_disease == ()
    assert words(found.for_drug) == ["began 35 days after the first dose"]
    assert (found.conclusions, found.days_to_resolution) == ((), None)


def test_every_conclusion_is_quoted_and_none_is_made() -> None:
    found = card_of(
        of_rash(conclusion="active disease", cd7="kept", clone="none"),
        a.biopsy("2020-03", adverse_event=RASH.id),
        a.biopsy("2020-03-01", conclusion="both"),
    )
    assert [quoted.words for quoted in found.conclusions] == [
        "Active disease",
        "not concluded yet",
    ]
    assert "CD7 kept" in words(found.for_drug)
    assert "result awaited" in words(found.missing)


@pytest.mark.parametrize(
    ("onset", "for_drug", "for_disease", "lacking"),
    [
        ("2020-01-06", "began 0 days after the first dose", None, None),
        ("2020-04-15", "began 3.3 months after the first dose, 30 days after the last", None, None),
        ("2020-01-05", None, "began before the first dose", None),
        ("2019", None, "began before the first dose", None),
        ("2020-01", None, None, "whether it began before the first dose"),
    ],
)
def test_the_onset_counts_from_the_first_dose(
    onset: str, for_drug: str | None, for_disease: str | None, lacking: str | None
) -> None:
    found = rash(event=a.event(onset, treatment_line=LINE.id))
    assert words(onset_on_drug(found)) == ([for_drug] if for_drug else [])
    assert words(onset_before_drug(found)) == ([for_disease] if for_disease else [])
    assert [w for w in words(missing(found)) if "whether" in w] == ([lacking] if lacking else [])


def test_a_rash_without_mogamulizumab_is_not_from_it() -> None:
    event = a.event()
    other = a.line(end="2020-01-31")
    found = card(a.history(other, a.moga("2021-01-04"), event), event)
    assert found is not None
    assert (found.line, found.onset, found.days_to_resolution) == (None, None, None)
    assert words(found.for_disease) == ["no mogamulizumab had been given"]


def test_the_line_is_the_one_named_or_the_last_one_begun() -> None:
    early, late = a.moga("2018-01-01", "2018-06-30"), a.moga("2019-12-02")
    named, unnamed = a.event(treatment_line=early.id), a.event()
    for event, line in ((named, early), (unnamed, late)):
        found = card(a.history(early, late, event), event)
        assert found is not None
        assert found.line == line


@pytest.mark.parametrize(
    ("site", "head"),
    [
        ("Scalp", True),
        ("left cheek", True),
        ("zygomatic area, left", True),
        ("back of the neck", True),
        ("forearm", False),
        ("trunk", False),
        ("hands", False),
        (None, False),
    ],
)
def test_the_head_and_neck_speak_for_the_drug(site: str | None, head: bool) -> None:
    found = rash(event=a.event("2020-02-10", treatment_line=LINE.id, body_site=site))
    assert words(head_and_neck(found)) == ([f"head or neck: {site}"] if head else [])


def test_the_site_of_a_biopsy_counts_where_the_event_has_none() -> None:
    biopsy = of_rash(body_site="ear")
    (site,) = head_and_neck(rash(biopsy))
    assert (site.words, site.record) == ("head or neck: ear", biopsy)


NODES_AT_REST = "nodes: not involved"


@pytest.mark.parametrize(
    ("told", "for_drug", "for_disease"),
    [
        ([("2020-02-12", "CR")], ["complete response", NODES_AT_REST], []),
        ([("2020-02-12", "PR")], ["partial response", NODES_AT_REST], []),
        ([("2020-02-12", "SD")], [NODES_AT_REST], []),
        ([("2020-02-12", "PD")], [NODES_AT_REST], ["progressive disease"]),
        (
            [("2020-02-01", "PD"), ("2020-02-12", "PR")],
            [NODES_AT_REST],
            ["progressive disease"],
        ),
        ([("2020-01-12", "CR")], [], []),
        ([("2020-01-13", "CR")], ["complete response", NODES_AT_REST], []),
        ([("2020-03-09", "CR")], ["complete response", NODES_AT_REST], []),
        ([("2020-03-10", "CR")], [], []),
    ],
)
def test_the_state_of_the_disease_at_the_time(
    told: list[tuple[str, str]], for_drug: list[str], for_disease: list[str]
) -> None:
    found = rash(*(a.assessment(date, response) for date, response in told))
    assert words(responding(found) + disease_at_rest(found)) == for_drug
    assert words(disease_active(found)) == for_disease


def test_progression_in_the_nodes_speaks_for_the_disease() -> None:
    stated = {"skin": "CR", "nodes": "PD", "blood": "NI", "viscera": "NI"}
    found = rash(a.assessment("2020-02-12", **stated))
    assert words(disease_active(found)) == ["progressive disease", "nodes: progressive disease"]
    assert disease_at_rest(found) == ()
    stable = rash(a.assessment("2020-02-12", nodes="SD"))
    assert (disease_at_rest(stable), disease_active(stable)) == ((), ())


@pytest.mark.parametrize(
    ("counts", "for_drug", "for_disease", "counted"),
    [
        ([("2020-02-12", 249)], ["blood B0: 249 neoplastic cells/µL"], [], True),
        ([("2020-02-12", 250)], [], [], True),
        ([("2020-02-12", None)], [], [], False),
        ([("2019-12-01", 10)], [], [], False),
        (
            [("2019-12-01", 10), ("2020-02-12", 250)],
            [],
            ["blood B1: 250 neoplastic cells/µL, before B0"],
            True,
        ),
        (
            [("2019-12-01", 400), ("2020-01-20", 300), ("2020-02-12", 1200)],
            [],
            ["blood B2: 1200 neoplastic cells/µL, before B1"],
            True,
        ),
        (
            [("2019-12-01", 400), ("2020-02-12", 900)],
            [],
            ["blood B1: 900 neoplastic cells/µL, before 400"],
            True,
        ),
        (
            [("2019-12-01", 2039), ("2020-02-12", 5097)],
            [],
            ["blood B2: 5097 neoplastic cells/µL, before 2039"],
            True,
        ),
        ([("2019-12-01", 600), ("2020-02-12", 900)], [], [], True),
        ([("2019-12-01", 5), ("2020-02-12", 20)], ["blood B0: 20 neoplastic cells/µL"], [], True),
        ([("2019-12-01", 1400), ("2020-02-12", 900)], [], [], True),
        ([("2019-12-01", None), ("2020-02-12", 900)], [], [], True),
        (
            [("2019-12-01", 10), ("2020-01-20", 300), ("2020-02-12", 20)],
            [],
            ["blood B1: 300 neoplastic cells/µL, before B0"],
            True,
        ),
    ],
)
def test_the_blood_at_the_time(
    counts: list[tuple[str, float | None]],
    for_drug: list[str],
    for_disease: list[str],
    counted: bool,
) -> None:
    found = rash(*(a.blood_count(date, cells) for date, cells in counts))
    assert words(disease_at_rest(found)) == for_drug
    assert words(disease_active(found) + rising_cells(found)) == for_disease
    assert ("blood not counted within 28 days" in words(missing(found))) is not counted


@pytest.mark.parametrize(
    ("before", "during", "for_disease"),
    [
        (0, 8, ["mSWAT 8, before 0"]),
        (8, 8, []),
        (20.7, 21.85, []),
        (8, 9.9, []),
        (8, 10, ["mSWAT 10, before 8"]),
        (8, 2, []),
        (None, 8, []),
        (8, None, []),
    ],
)
def test_a_rising_score(before: float | None, during: float | None, for_disease: list[str]) -> None:
    scores = [("2020-01-06", before), ("2020-02-10", during)]
    found = rash(*(a.skin_score(date, total) for date, total in scores if total is not None))
    assert words(disease_active(found)) == for_disease


def test_new_tumours() -> None:
    patch, tumour = {"patch": 3.0}, {"tumour": 0.5}
    first, then = a.skin_score("2020-01-06", head=patch), a.skin_score("2020-02-17", head=tumour)
    found = disease_active(rash(first, then))
    assert (words(found), found[0].record) == (["tumours, where there were none"], then)
    had = a.skin_score("2020-01-06", head={"tumour": 1.0})
    assert disease_active(rash(had, then)) == ()
    stated = a.skin_score("2020-01-06", 40)
    assert disease_active(rash(stated, then)) == ()


def test_eosinophils_count_where_they_are_known_to_be_high() -> None:
    high = {"analyte": "Eosinophils", "value": 1.2, "unit": "10⁹/L"}
    found = rash(
        a.lab("2020-02-12", **high, reference_high=0.5),
        a.lab("2020-02-13", **high, reference_high=1.5),
        a.lab("2020-02-14", **high),
        a.lab("2020-09-14", **high, reference_high=0.5),
        a.lab("2020-02-12", value=9, reference_high=4),
    )
    (each,) = eosinophils(found)
    assert each.words == "eosinophils high: 1.2 10⁹/L"
    assert each.rule.standing is Standing.UNVERIFIED


@pytest.mark.parametrize(
    ("attachment", "photographed"),
    [
        ({"date": "2020-02"}, True),
        ({"date": "2020-03-09"}, True),
        ({"date": "2020-03-10"}, False),
        ({"date": "2020-02", "kind": "letter"}, False),
    ],
)
def test_a_photograph_of_the_time(attachment: dict[str, str], photographed: bool) -> None:
    found = rash(a.attachment(**attachment))
    assert ("no photograph" not in words(missing(found))) is photographed


def test_the_time_reaches_to_the_day_on_which_it_may_have_been_over() -> None:
    lasting = a.event("2020-02-10", treatment_line=LINE.id, resolved="2020-06")
    found = card_of(a.blood_count("2020-06-01", 10), event=lasting)
    assert "blood B0: 10 neoplastic cells/µL" in words(found.for_drug)
    found = card_of(a.blood_count("2020-06-02", 10), event=lasting)
    assert "blood not counted within 28 days" in words(found.missing)
    found = card_of(a.attachment(date="2020-07-28"), event=lasting)
    assert "no photograph" not in words(found.missing)


def test_no_evidence_comes_from_after_the_rash_of_the_case() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    (event,) = history.of(type(RASH))
    found = card(history, event)
    assert found
    days = {f.record.when.iso for f in found.for_drug if f.record and f.record.when}
    assert max(days) == "2017-10-23"


@pytest.mark.parametrize(
    ("end", "resolved", "days"),
    [
        ("2020-03-31", "2020-05-02", Days(47, 47)),
        ("2020-03-31", "2020-05", Days(46, 76)),
        ("2020-03-31", "2020-03", Days(0, 15)),
        ("2020-03-31", "2020-02-29", None),
        ("2020-03-31", None, None),
        (None, "2020-05-02", None),
    ],
)
def test_days_from_the_last_dose_to_resolution(
    end: str | None, resolved: str | None, days: Days | None
) -> None:
    line = a.moga(end=end)
    event = a.event("2020-02-10", treatment_line=line.id, resolved=resolved)
    found = rash_of(a.history(line, *a.course(line, 3), event), event)
    assert found is not None
    assert days_to_resolution(found) == days


def test_without_a_dose_the_end_of_the_line_stands_for_it() -> None:
    line = a.moga("2020-01", "2020-03", given_here=False)
    event = a.event("2020-02-10", treatment_line=line.id, resolved="2020-04-30")
    found = card(a.history(line, event), event)
    assert found is not None
    assert found.days_to_resolution == Days(30, 60)


def test_what_the_card_counts_stands_among_the_rules() -> None:
    standing = {
        name: RULES[f"drug_or_disease.{name}"].standing
        for name in ("onset_on_drug", "head_and_neck", "responding", "disease_active", "missing")
    }
    assert [*standing.values()] == [Standing.PUBLISHED] * 3 + [Standing.DERIVED] * 2


def test_a_lichenoid_pattern_speaks_for_the_drug_by_a_rule_of_its_own() -> None:
    (found,) = lichenoid(a.biopsy(patterns=["lichenoid", "interface"]))
    assert (found.words, found.rule.standing) == ("lichenoid pattern", Standing.UNVERIFIED)
    assert lichenoid(a.biopsy(patterns=["interface"])) == ()


@given(
    st.lists(st.dates(dt.date(2019, 12, 1), dt.date(2020, 6, 1)), max_size=12),
    st.sampled_from(["2020-02-10", "2020-02", "2020"]),
    st.sampled_from([None, "2020-03-01", "2020-04", "2020"]),
)
def test_what_is_at_the_time_of_a_rash_is_near_it(
    days: list[dt.date], onset: str, resolved: str | None
) -> None:
    event = a.event(onset, treatment_line=LINE.id, resolved=resolved)
    found = rash(*map(a.lab, days), event=event)
    labs = found.history.of(LabResult)
    assert found.at_the_time(LabResult) == tuple(lab for lab in labs if found.near(lab.date))
