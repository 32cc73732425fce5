"""Biopsies: what speaks in one for the drug or the disease, and what it leaves open."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.biopsy import (
    Biopsy,
    BiopsyKind,
    Conclusion,
    Finding,
    Marker,
    Pattern,
    awaited_in_words,
)
from models.blood import Clone
from models.rules import RULES, Standing
from tests.models import builders as a


def words(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.words for finding in findings]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"patterns": ["spongiotic"]}, ["spongiotic pattern"]),
        ({"patterns": ["psoriasiform"]}, ["psoriasiform pattern"]),
        ({"patterns": ["interface"]}, ["interface pattern"]),
        ({"patterns": ["granulomatous"]}, ["granulomatous pattern"]),
        ({"patterns": ["lichenoid"]}, ["lichenoid pattern"]),
        ({"cd4_cd8_epidermis": 0}, ["CD4:CD8 in the epidermis 0:1"]),
        ({"cd4_cd8_epidermis": 1}, ["CD4:CD8 in the epidermis 1:1"]),
        ({"cd4_cd8_epidermis": 1.01}, []),
        ({"cd7": "kept"}, ["CD7 kept"]),
        ({"cd7": "lost"}, []),
        ({"clone": "none"}, ["no clone"]),
        ({"clone": "different"}, ["another clone than the disease's"]),
        ({"clone": "identical"}, []),
        ({"clone": "not done"}, []),
        ({"patterns": ["epidermotropic", "folliculotropic", "other"]}, []),
        ({}, []),
    ],
)
def test_what_speaks_in_a_biopsy_for_the_drug(found: dict[str, Any], expected: list[str]) -> None:
    assert words(a.biopsy(**found).findings.for_drug) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"cd4_cd8_epidermis": 1}, []),
        ({"cd4_cd8_epidermis": 8.5}, ["CD4:CD8 in the epidermis 8.5:1"]),
        ({"cd7": "lost"}, ["CD7 lost"]),
        ({"cd7": "kept"}, []),
        ({"clone": "identical"}, ["clone identical to the disease's"]),
        ({"patterns": ["epidermotropic"]}, ["epidermotropic pattern"]),
        ({"large_cell_transformation": True}, ["large-cell transformation"]),
        ({"large_cell_transformation": False}, []),
        ({"patterns": ["interface", "folliculotropic"]}, []),
        ({}, []),
    ],
)
def test_what_speaks_in_a_biopsy_for_the_disease(
    found: dict[str, Any], expected: list[str]
) -> None:
    assert words(a.biopsy(**found).findings.for_disease) == expected


def test_what_a_biopsy_leaves_open() -> None:
    assert words(a.biopsy().findings.missing) == ["result awaited"]
    assert words(a.biopsy(conclusion="other").findings.missing) == [
        "pattern not recorded",
        "CD4:CD8 in the epidermis not recorded",
        "CD7 not recorded",
        "T-cell clone not recorded",
    ]
    whole: dict[str, Any] = {
        "conclusion": "both",
        "patterns": ["other"],
        "cd4_cd8_epidermis": 2,
        "cd7": "lost",
    }
    assert words(a.biopsy(**whole, clone="not done").findings.missing) == [
        "T-cell clone not tested"
    ]
    assert words(a.biopsy(**whole, clone="none").findings.missing) == []


@pytest.mark.parametrize("kind", ["lymph node", "bone marrow"])
def test_the_rules_of_the_skin_say_nothing_about_other_tissue(kind: str) -> None:
    found = a.biopsy(kind=kind, cd7="lost", clone="none", patterns=["lichenoid"]).findings
    assert (found.for_drug, found.for_disease, found.missing) == ((), (), ())


def test_each_finding_has_its_record_and_the_standing_of_its_rule() -> None:
    biopsy = a.biopsy(cd7="lost", patterns=["interface", "lichenoid"])
    interface, lichenoid = biopsy.findings.for_drug
    (lost,) = biopsy.findings.for_disease
    assert [finding.record for finding in (interface, lichenoid, lost)] == [biopsy] * 3
    standings = [finding.rule.standing for finding in (interface, lichenoid, lost)]
    assert standings == [Standing.PUBLISHED, Standing.UNVERIFIED, Standing.DERIVED]
    assert "Wang" in interface.rule.source


any_biopsy = st.builds(
    a.biopsy,
    kind=st.sampled_from(BiopsyKind),
    patterns=st.lists(st.sampled_from(Pattern), unique=True),
    cd4_cd8_epidermis=st.none() | st.floats(0, 40),
    cd7=st.none() | st.sampled_from(Marker),
    clone=st.none() | st.sampled_from(Clone),
    conclusion=st.none() | st.sampled_from(Conclusion),
)


@given(biopsy=any_biopsy, concluded=st.sampled_from(Conclusion))
def test_the_conclusion_changes_no_finding_and_no_finding_counts_twice(
    biopsy: Biopsy, concluded: Conclusion
) -> None:
    found = biopsy.findings
    other = a.biopsy(
        **{
            name: getattr(biopsy, name)
            for name in ("kind", "patterns", "cd4_cd8_epidermis", "cd7", "clone")
        },
        conclusion=concluded,
    ).findings
    assert words(found.for_drug) == words(other.for_drug)
    assert words(found.for_disease) == words(other.for_disease)
    said = words(found.for_drug) + words(found.for_disease)
    assert len(said) == len(set(said))


def test_a_biopsy_is_awaited_until_it_is_concluded() -> None:
    assert a.biopsy().awaited
    assert not a.biopsy(conclusion="indeterminate").awaited


def test_what_is_counted_stands_among_the_rules() -> None:
    names = ("for_drug", "lichenoid", "for_disease", "missing")
    assert {f"biopsy.{name}" for name in names} <= set(RULES)


@pytest.mark.parametrize(
    ("date", "changes", "expected"),
    [
        ("2020-04-18", {}, "result awaited for 12 days"),
        ("2020-03", {}, "result awaited for about 45 days"),
        ("2020-04-30", {}, "result awaited"),
        ("2020-04-18", {"conclusion": "indeterminate"}, ""),
    ],
)
def test_since_when_a_result_is_awaited(date: str, changes: dict[str, Any], expected: str) -> None:
    assert awaited_in_words(a.biopsy(date, **changes), a.day("2020-04-30")) == expected


def test_a_conclusion_that_is_not_there_yet_is_awaited() -> None:
    assert a.biopsy("2020-03-02").conclusion_words == "awaited"
    assert a.biopsy("2020-03-02", conclusion="drug-related").conclusion_words == "Drug-related"
