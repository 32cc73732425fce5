"""Prognostic indices at diagnosis."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.at_diagnosis import Factor
from models.base import PatientRecord
from models.diagnosis import Disease
from models.prognosis import (
    Index,
    Prognosis,
    Survival,
    Survivals,
    clic,
    clic_survival,
    clipi_2025,
    clipi_2025_survival,
    clipi_early,
    clipi_late,
    early_survival,
    group_words,
    indices,
    late_survival,
    possible_groups,
    stage_survival,
    survival_by_stage,
)
from models.rules import Standing
from tests.models import builders as a

CLIC, EARLY, LATE, CLIPI = "CLIC 2015", "CLIPi 2013 early", "CLIPi 2013 late", "CLIPI 2025"
ALL_FOUR = [CLIC, EARLY, LATE, CLIPI]
GROUPS = ["low", "low", "intermediate", "high", "high", "high"]


def found(*records: PatientRecord, **about_the_patient: object) -> dict[str, Prognosis]:
    history = a.history(*records, **about_the_patient)
    return {prognosis.index: prognosis for prognosis in indices(history)}


def present(prognosis: Prognosis) -> dict[str, bool | None]:
    return {factor.name: factor.present for factor in prognosis.factors}


def test_the_seed_patient_is_undetermined() -> None:
    """Female, 57, Sézary syndrome T4 NX M0 B2, neither LDH nor transformation known."""
    prognoses = found(
        a.diagnosis("2015-06-01"),
        a.staging("T4 NX M0 B2", "2015-06-01"),
        sex="female",
        birth_date="1958-03-02",
    )
    assert list(prognoses) == [CLIC, LATE, CLIPI]
    index, late = prognoses[CLIC], prognoses[LATE]
    assert (index.least, index.most, index.score, index.group) == (1, 3, None, None)
    assert index.possible_groups == ("low", "intermediate", "high")
    assert group_words(index) == "low or intermediate or high"
    assert (late.least, late.most) == (1, 2)
    assert group_words(late) == "low or intermediate"
    assert [(factor.present, factor.value) for factor in index.factors] == [
        (True, "IVA1 or IVA2, staging 1 Jun 2015"),
        (False, "57 at diagnosis, 1 Jun 2015"),
        (None, "neither the diagnosis nor a biopsy near it says"),
        (None, "none within 90 days of the diagnosis"),
    ]
    assert [(factor.present, factor.value) for factor in late.factors] == [
        (False, "female"),
        (False, "57 at diagnosis, 1 Jun 2015"),
        (True, "B2, staging 1 Jun 2015"),
        (None, "NX (nodes not biopsied), staging 1 Jun 2015"),
        (False, "M0, staging 1 Jun 2015"),
    ]
    assert index.survival.words == "published: 5-year overall survival 28 to 68 %"
    assert late.survival.words == "published: 10-year overall survival 19.8 to 53.2 %"
    assert {prognosis.only_if for prognosis in prognoses.values()} == {""}


@pytest.mark.parametrize("name", ALL_FOUR)
def test_each_index_counts_its_published_factors(name: str) -> None:
    """0 and 1 low, 2 intermediate, 3 and more high, in each of the four papers."""
    _index, names = published(name)
    for values in product([True, False], repeat=len(names)):
        prognosis = of(name, values)
        assert (prognosis.index, [factor.name for factor in prognosis.factors]) == (name, names)
        assert (prognosis.score, prognosis.group) == (sum(values), GROUPS[sum(values)])
        assert prognosis.source == prognosis.survival.rule.source


@pytest.mark.parametrize("name", ALL_FOUR)
def test_an_unknown_factor_gives_every_group_that_it_allows(name: str) -> None:
    for values in product([True, False, None], repeat=len(published(name)[1])):
        filled = [[True, False] if value is None else [value] for value in values]
        reached = [of(name, known) for known in product(*filled)]
        prognosis = of(name, values)
        assert set(prognosis.possible_groups) == {known.group for known in reached}
        assert (prognosis.survival.least, prognosis.survival.most) == (
            min(known.survival.least for known in reached),
            max(known.survival.most for known in reached),
        )


def published(name: str) -> tuple[Index, list[str]]:
    """An index and its factors as the papers have them."""
    return {
        CLIC: (clic, ["stage IV", "age over 60", "large-cell transformation", "LDH raised"]),
        EARLY: (clipi_early, ["male", "age over 60", "plaques", "folliculotropism", "N1 or NX"]),
        LATE: (clipi_late, ["male", "age over 60", "B1 or B2", "N2 or N3", "visceral involvement"]),
        CLIPI: (clipi_2025, ["N3", "age over 60", "LDH raised", "large-cell transformation"]),
    }[name]


def of(name: str, values: Iterable[bool | None]) -> Prognosis:
    index, names = published(name)
    known = zip(names, values, strict=True)
    return index({factor: Factor(factor, present, "") for factor, present in known})


@pytest.mark.parametrize(
    ("present", "groups"),
    [
        ([False, False], "low"),
        ([True, None], "low intermediate"),
        ([True, True, None], "intermediate high"),
        ([None, None], "low intermediate"),
        ([None, None, None], "low intermediate high"),
        ([True, True, True, None, None], "high"),
    ],
)
def test_the_groups_are_those_of_the_scores_within_reach(
    present: list[bool | None], groups: str
) -> None:
    assert list(possible_groups(present)) == groups.split()


@pytest.mark.parametrize(
    ("stage", "birth", "transformed", "ldh", "expected"),
    [
        ("T3 N0 M0 B0", "1980-01-01", False, 200, (0, "low")),
        ("T3 N0 M0 B0", "1950-01-01", False, 200, (1, "low")),
        ("T3 N3 M0 B0", "1980-01-01", False, 200, (1, "low")),
        ("T3 N0 M0 B0", "1980-01-01", True, 300, (2, "intermediate")),
        ("T3 N3 M0 B0", "1950-01-01", False, 200, (2, "intermediate")),
        ("T3 N3 M0 B0", "1950-01-01", True, 200, (3, "high")),
        ("T3 N3 M0 B0", "1950-01-01", True, 300, (4, "high")),
    ],
)
def test_clic_2015_and_clipi_2025(
    stage: str, birth: str, transformed: bool, ldh: float, expected: tuple[int, str]
) -> None:
    prognoses = found(
        a.diagnosis("2019-12-02", large_cell_transformation=transformed),
        a.staging(stage),
        a.ldh("2019-12-02", ldh),
        birth_date=birth,
    )
    for name in (CLIC, CLIPI):
        assert (prognoses[name].score, prognoses[name].group) == expected


def test_stage_iv_counts_in_clic_and_n3_in_clipi() -> None:
    prognoses = found(a.diagnosis(), a.staging("T4 N0 M0 B2"))
    assert present(prognoses[CLIC])["stage IV"] is True
    assert present(prognoses[CLIPI])["N3"] is False
    unsure = found(a.diagnosis(), a.staging("T3 NX M0 B0"))
    assert present(unsure[CLIC])["stage IV"] is None
    assert present(unsure[CLIPI])["N3"] is None
    not_unsure = found(a.diagnosis(), a.staging("T4 NX M0 B2"))
    assert present(not_unsure[CLIC])["stage IV"] is True


@pytest.mark.parametrize(
    ("tnmb", "sex", "follicular", "score", "group"),
    [
        ("T1a N0 M0 B0", "female", False, 0, "low"),
        ("T1a N0 M0 B0", "male", False, 1, "low"),
        ("T2b N0 M0 B0", "male", False, 2, "intermediate"),
        ("T2b N1 M0 B0", "male", False, 3, "high"),
        ("T2b N1 M0 B0", "male", True, 4, "high"),
        ("T2b NX M0 B0", "male", True, 4, "high"),
        ("T2b N2 M0 B0", "female", True, 2, "intermediate"),
    ],
)
def test_clipi_2013_early(tnmb: str, sex: str, follicular: bool, score: int, group: str) -> None:
    diagnosis = a.diagnosis(folliculotropism=follicular)
    prognoses = found(diagnosis, a.staging(tnmb), sex=sex, birth_date="1980-01-01")
    assert next(iter(prognoses)) == EARLY
    assert (prognoses[EARLY].score, prognoses[EARLY].group) == (score, group)


@pytest.mark.parametrize(
    ("tnmb", "sex", "least", "most", "group"),
    [
        ("T3 N0 M0 B0", "female", 0, 0, "low"),
        ("T3 N1 M0 B1", "female", 1, 1, "low"),
        ("T3 N2 M0 B2", "female", 2, 2, "intermediate"),
        ("T3 N3 M1 B1", "male", 4, 4, "high"),
        ("T3 N3 M0 B0", "unknown", 1, 2, None),
        ("T3 N0 MX B0", "female", 0, 1, "low"),
        ("T3 NX MX BX", "female", 0, 3, None),
    ],
)
def test_clipi_2013_late(tnmb: str, sex: str, least: int, most: int, group: str | None) -> None:
    prognoses = found(a.diagnosis(), a.staging(tnmb), sex=sex, birth_date="1980-01-01")
    late = prognoses[LATE]
    assert (late.least, late.most, late.group) == (least, most, group)


@pytest.mark.parametrize(
    "records",
    [[], [a.diagnosis()], [a.staging()], [a.diagnosis(), a.staging("T0 N0 M0 B0")]],
)
def test_there_is_no_index_without_a_diagnosis_and_a_stage(records: list[PatientRecord]) -> None:
    assert found(*records) == {}


def test_the_stage_at_diagnosis_counts_and_not_a_later_one() -> None:
    later = a.staging("T3 N3 M0 B2", "2021-01-04", occasion="progression")
    assert list(found(a.diagnosis(), a.staging(), later)) == [EARLY]


def test_a_staging_of_later_years_gives_no_index_at_diagnosis() -> None:
    later = a.staging("T4 N3 M0 B2", "2022-01-01", occasion="progression")
    assert indices(a.history(a.diagnosis("2019-12-02"), later)) == []


@pytest.mark.parametrize("disease", Disease)
def test_the_indices_are_for_mycosis_fungoides_and_sezary_syndrome(disease: Disease) -> None:
    has_index = disease in {
        "mycosis fungoides",
        "folliculotropic mycosis fungoides",
        "pagetoid reticulosis",
        "granulomatous slack skin",
        "Sézary syndrome",
    }
    records = [a.diagnosis(disease=disease), a.staging("T3 N0 M0 B0")]
    assert bool(found(*records)) is has_index
    assert bool(stage_survival(a.history(*records))) is has_index


@pytest.mark.parametrize(
    ("tnmb", "only_if"),
    [
        ("T1a N0 M0 B0", {EARLY: ""}),
        ("T2 N1 M0 B1", {EARLY: ""}),
        ("T3 NX MX BX", {CLIC: "", LATE: "", CLIPI: ""}),
        ("T1 N3 M0 BX", {CLIC: "", LATE: "", CLIPI: ""}),
        ("T2 NX M0 B0", dict.fromkeys([CLIC, LATE, CLIPI], "IVA2") | {EARLY: "IIA"}),
        ("T1 N0 MX BX", dict.fromkeys([CLIC, LATE, CLIPI], "IVA1 or IVB") | {EARLY: "IA"}),
        ("T0 N0 M0 B2", {CLIC: "", LATE: "", CLIPI: ""}),
        ("T0 NX M0 B0", dict.fromkeys([CLIC, LATE, CLIPI], "IVA2")),
        ("T0 N0 M0 B0", {}),
    ],
)
def test_a_stage_that_may_be_early_or_advanced_has_the_indices_of_both(
    tnmb: str, only_if: dict[str, str]
) -> None:
    prognoses = found(a.diagnosis(), a.staging(tnmb))
    words = {
        name: f"only if the stage is {stages}" if stages else "" for name, stages in only_if.items()
    }
    assert {name: prognosis.only_if for name, prognosis in prognoses.items()} == words


def test_an_index_counts_what_the_unknown_classes_are_in_its_stages() -> None:
    """T2 NX is IVA2 only with N3, and IIA only without."""
    prognoses = found(a.diagnosis(), a.staging("T2b NX M0 B0", "2019-12-02"))
    assert list(prognoses) == [EARLY, CLIC, LATE, CLIPI]
    n3 = prognoses[CLIPI].factors[0]
    assert n3.present is True
    assert n3.value == "NX (nodes not biopsied), here N3, staging 2 Dec 2019"
    assert present(prognoses[CLIC])["stage IV"] is True
    assert present(prognoses[LATE])["N2 or N3"] is True
    assert present(prognoses[EARLY])["N1 or NX"] is True


KNOWN: list[tuple[str, list[Any]]] = [
    ("sex", ["male", "female"]),
    ("t", ["T1a", "T1b", "T2a", "T2b", "T3", "T4"]),
    ("n", ["N0", "N1", "N2", "N3"]),
    ("m", ["M0", "M1"]),
    ("b", ["B0", "B1", "B2"]),
    ("diagnosed", ["2010-06-15", "2011-06-14", "2011-06-15", "2012-03-01"]),
    ("ldh", [200, 300]),
    ("transformed", [True, False]),
    ("follicular", [True, False]),
]
NOT_KNOWN: dict[str, Callable[[str], str]] = {
    "sex": lambda _sex: "unknown",
    "t": lambda t: t[:2],
    "n": lambda n: "N0" if n == "N0" else "NX",
    "m": lambda _m: "MX",
    "b": lambda _b: "BX",
    "diagnosed": lambda date: date[:4],
}


def worked_out(values: dict[str, Any]) -> dict[str, Prognosis]:
    """The indices of a patient born on 15 June 1950; None: not recorded."""
    diagnosis = a.diagnosis(
        values["diagnosed"],
        large_cell_transformation=values["transformed"],
        folliculotropism=values["follicular"],
    )
    staging = a.staging(" ".join(values[letter] for letter in "tnmb"), values["diagnosed"])
    measured = [] if values["ldh"] is None else [a.ldh(diagnosis.date.first, values["ldh"])]
    return found(diagnosis, staging, *measured, sex=values["sex"], birth_date="1950-06-15")


@given(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in KNOWN}),
    st.sets(st.sampled_from([name for name, _values in KNOWN])),
    st.sets(st.sampled_from([name for name, _values in KNOWN])),
)
def test_knowing_more_only_narrows_the_groups(
    truth: dict[str, Any], hidden: set[str], learnt: set[str]
) -> None:
    """But for NX, which the early index counts as a class of its own and not as unknown."""

    def without(names: set[str]) -> dict[str, Any]:
        blank = {name: NOT_KNOWN[name](truth[name]) for name in names & NOT_KNOWN.keys()}
        return worked_out({**truth, **dict.fromkeys(names), **blank})

    before, after = without(hidden), without(hidden - learnt)
    assert set(after) <= set(before)
    for name, prognosis in after.items():
        if name == EARLY and truth["n"] == "N2":
            continue
        assert set(prognosis.possible_groups) <= set(before[name].possible_groups)
        assert before[name].least <= prognosis.least <= prognosis.most <= before[name].most
        assert before[name].survival.least <= prognosis.survival.least


@pytest.mark.parametrize(
    ("survival", "years", "percent", "standing"),
    [
        (clic_survival, 5, [68, 44, 28], Standing.UNVERIFIED),
        (early_survival, 10, [90.3, 76.2, 48.9], Standing.UNVERIFIED),
        (late_survival, 10, [53.2, 19.8, 15.0], Standing.UNVERIFIED),
        (clipi_2025_survival, 5, [63.3, 44.7, 18.3], Standing.PUBLISHED),
    ],
)
def test_survival_is_that_of_the_published_groups(
    survival: Survivals, years: int, percent: list[float], standing: Standing
) -> None:
    groups = ["low", "intermediate", "high"]
    for group, expected in zip(groups, percent, strict=True):
        one = survival([group])
        assert (one.years, one.least, one.most) == (years, expected, expected)
        assert one.rule.standing is standing
    every = survival(groups)
    assert (every.least, every.most) == (percent[-1], percent[0])
    with pytest.raises(ValueError, match=r"^medium is none of low, intermediate, high\.$"):
        survival(["medium"])


def test_survival_says_that_it_is_published() -> None:
    assert clipi_2025_survival(["low"]).words == "published: 5-year overall survival 63.3 %"
    assert (
        clipi_2025_survival(["low", "high"]).words
        == "published: 5-year overall survival 18.3 to 63.3 %"
    )


def test_each_index_has_the_survival_of_its_groups() -> None:
    prognoses = found(a.diagnosis("2019-12-02"), a.staging("T3 N0 M0 B0"), sex="female")
    for name, survival in (
        (CLIC, clic_survival),
        (LATE, late_survival),
        (CLIPI, clipi_2025_survival),
    ):
        assert prognoses[name].survival == survival(prognoses[name].possible_groups)
    early = found(a.diagnosis(), a.staging("T1a N0 M0 B0"))[EARLY]
    assert early.survival == early_survival(early.possible_groups)


PROCLIPI = {"IIB": 50.0, "IIIA": 64.8, "IIIB": 43.9, "IVA1": 50.8, "IVA2": 25.9, "IVB": 36.9}


@pytest.mark.parametrize(("stage", "percent"), PROCLIPI.items())
def test_survival_by_stage_is_the_published_one(stage: str, percent: float) -> None:
    found = survival_by_stage([stage])
    assert (found.years, found.least, found.most) == (5, percent, percent)


@pytest.mark.parametrize("stage", ["IA", "III", "IVA"])
def test_survival_is_published_for_the_advanced_stages_alone(stage: str) -> None:
    with pytest.raises(ValueError, match=r"is none of IIB, IIIA, IIIB, IVA1, IVA2, IVB\.$"):
        survival_by_stage([stage])


@pytest.mark.parametrize(
    ("tnmb", "least", "most"),
    [
        ("T3 N0 M0 B0", 50, 50),
        ("T4 NX M0 B2", 25.9, 50.8),
        ("T4 N0 M0 BX", 43.9, 64.8),
        ("T2 N0 M1 B0", 36.9, 36.9),
    ],
)
def test_the_stage_at_diagnosis_has_its_survival(tnmb: str, least: float, most: float) -> None:
    found = stage_survival(a.history(a.diagnosis(), a.staging(tnmb)))
    assert isinstance(found, Survival)
    assert (found.least, found.most) == (least, most)


@pytest.mark.parametrize("tnmb", ["T2 N0 M0 B0", "T2 NX M0 B0", "T0 N0 M0 B0", "T0 NX M0 B0"])
def test_a_stage_that_may_be_early_has_no_published_survival(tnmb: str) -> None:
    assert stage_survival(a.history(a.diagnosis(), a.staging(tnmb))) is None
    assert stage_survival(a.history(a.diagnosis())) is None
