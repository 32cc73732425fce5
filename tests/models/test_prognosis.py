"""Prognostic indices at diagnosis."""

from collections.abc import Iterable
from itertools import product

import pytest

from models.base import PatientRecord
from models.prognosis import INDICES, Index, Prognosis, group_words, indices
from tests.models import builders as a

CLIC, EARLY, LATE, CLIPI = "CLIC 2015", "CLIPi 2013 early", "CLIPi 2013 late", "CLIPI 2025"


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
    clic, late = prognoses[CLIC], prognoses[LATE]
    assert (clic.least, clic.most, clic.score, clic.group) == (1, 3, None, None)
    assert clic.possible_groups == ("low", "intermediate", "high")
    assert group_words(clic) == "low or intermediate or high"
    assert (late.least, late.most) == (1, 2)
    assert group_words(late) == "low or intermediate"


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
    assert list(prognoses) == [EARLY]
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
    ("diagnosed", "over_60"),
    [
        ("2010-06-14", False),
        ("2010-06-15", False),
        ("2011-06-14", False),
        ("2011-06-15", True),
        ("2011-05", False),
        ("2011-06", None),
        ("2011", None),
        ("2012", True),
    ],
)
def test_age_over_60_is_strictly_greater(diagnosed: str, over_60: bool | None) -> None:
    prognoses = found(a.diagnosis(diagnosed), a.staging("T3 N0 M0 B0"), birth_date="1950-06-15")
    assert present(prognoses[CLIC])["age over 60"] is over_60


@pytest.mark.parametrize(
    ("t", "plaques"),
    [("T1", None), ("T1a", False), ("T1b", True), ("T2", None), ("T2a", False), ("T2b", True)],
)
def test_plaques_are_known_from_the_suffix_of_t(t: str, plaques: bool | None) -> None:
    prognoses = found(a.diagnosis(), a.staging(f"{t} N0 M0 B0"))
    assert present(prognoses[EARLY])["plaques"] is plaques


@pytest.mark.parametrize(
    ("results", "raised"),
    [
        ([], None),
        ([a.ldh("2019-12-02", 226)], True),
        ([a.ldh("2019-12-02", 225)], False),
        ([a.ldh("2019-12-02", 400, None)], None),
        ([a.ldh("2020-03-01", 400)], True),
        ([a.ldh("2020-03-02", 400)], None),
        ([a.ldh("2019-09-03", 400)], True),
        ([a.ldh("2019-09-02", 400)], None),
        ([a.ldh("2019-11-02", 400), a.ldh("2019-12-09", 100)], False),
        ([a.lab("2019-12-02", analyte="TSH", value=9, reference_high=4)], None),
        ([a.lab("2019-12-02", analyte="ldh", value=9, reference_high=4)], True),
    ],
)
def test_the_ldh_nearest_to_the_diagnosis_counts_within_90_days(
    results: list[PatientRecord], raised: bool | None
) -> None:
    prognoses = found(a.diagnosis("2019-12-02"), a.staging("T3 N0 M0 B0"), *results)
    assert present(prognoses[CLIC])["LDH raised"] is raised


@pytest.mark.parametrize(
    "records",
    [[], [a.diagnosis()], [a.staging()], [a.diagnosis(), a.staging("T0 N0 M0 B0")]],
)
def test_there_is_no_index_without_a_diagnosis_and_a_stage(records: list[PatientRecord]) -> None:
    assert found(*records) == {}


def test_the_stage_at_diagnosis_counts_and_not_a_later_one() -> None:
    later = a.staging("T3 N3 M0 B2", "2021-01-04", occasion="progression")
    assert list(found(a.diagnosis(), a.staging(), later)) == [EARLY]


def test_the_groups_are_the_published_ones() -> None:
    """0 and 1 low, 2 intermediate, 3 and more high, in each of the four papers."""
    groups = ["low", "low", "intermediate", "high", "high", "high"]
    for index in INDICES:
        for values in product([True, False], repeat=len(index.factors)):
            prognosis = index.of(dict(zip(index.factors, values, strict=True)))
            assert prognosis.score == sum(values)
            assert prognosis.group == groups[sum(values)]


@pytest.mark.parametrize("index", INDICES, ids=lambda index: index.name)
def test_an_unknown_factor_gives_every_group_that_it_allows(index: Index) -> None:
    def of(values: Iterable[bool | None]) -> Prognosis:
        return index.of(dict(zip(index.factors, values, strict=True)))

    for values in product([True, False, None], repeat=len(index.factors)):
        filled = [[True, False] if value is None else [value] for value in values]
        reached = {of(known).group for known in product(*filled)}
        assert set(of(values).possible_groups) == reached


def test_a_staging_of_later_years_gives_no_index_at_diagnosis() -> None:
    later = a.staging("T4 N3 M0 B2", "2022-01-01", occasion="progression")
    assert indices(a.history(a.diagnosis("2019-12-02"), later)) == []
