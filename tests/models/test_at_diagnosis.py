"""How things stood at diagnosis: which records count, and each factor with what says so."""

from typing import Any

import pytest

from models.at_diagnosis import (
    AGE,
    B1_OR_2,
    FOLLICULAR,
    LCT,
    LDH,
    MALE,
    N1_OR_X,
    N2_OR_3,
    N3,
    PLAQUES,
    STAGE_IV,
    VISCERA,
    Factor,
    at_diagnosis,
    facts,
    is_over_60,
    shown_in_skin,
)
from models.base import PatientRecord
from models.diagnosis import Diagnosis
from models.values import PartialDate
from tests.models import builders as a

ON = "2019-12-02"


def factor(name: str, *records: PatientRecord, tnmb: str = "T3 N0 M0 B0", **about: Any) -> Factor:
    """A factor of a patient diagnosed and staged on one day, unless `records` say otherwise."""
    kinds = {type(record).__name__ for record in records}
    told: list[PatientRecord] = [] if "Diagnosis" in kinds else [a.diagnosis(ON)]
    diagnosed = next(r.date.iso for r in (*told, *records) if isinstance(r, Diagnosis))
    told += [] if "Staging" in kinds else [a.staging(tnmb, diagnosed)]
    found = at_diagnosis(a.history(*told, *records, **about))
    assert found
    return facts(found, found.classes)[name]


@pytest.mark.parametrize("records", [[], [a.diagnosis()], [a.staging()]])
def test_a_diagnosis_and_a_staging_are_needed(records: list[PatientRecord]) -> None:
    assert at_diagnosis(a.history(*records)) is None


@pytest.mark.parametrize(
    ("stagings", "counts"),
    [
        ([("diagnosis", "2019-10")], "2019-10"),
        ([("diagnosis", "2018-03")], None),
        ([("referral", "2019-11-20"), ("diagnosis", "2019-12-20")], "2019-12-20"),
        ([("referral", "2019-11-20"), ("baseline", "2019-12-04")], "2019-12-04"),
        ([("baseline", "2020-06-02")], "2020-06-02"),
        ([("baseline", "2020-06-03")], None),
        ([("referral", "2019-06-02")], "2019-06-02"),
        ([("referral", "2019-06-01")], None),
        ([("baseline", "2020")], "2020"),
        ([("progression", "2019-12-03")], None),
        ([("restaging", "2019-12-03")], None),
    ],
)
def test_the_staging_at_diagnosis_counts(
    stagings: list[tuple[str, str]], counts: str | None
) -> None:
    made = [a.staging("T3 N0 M0 B0", date, occasion=occasion) for occasion, date in stagings]
    found = at_diagnosis(a.history(a.diagnosis(ON), *made))
    assert (found and found.staging.date.iso) == counts


def test_the_first_diagnosis_counts() -> None:
    later = a.diagnosis("2021", disease="Sézary syndrome")
    found = at_diagnosis(a.history(later, a.diagnosis(ON), a.staging()))
    assert found
    assert found.diagnosis.date == PartialDate(2019, 12, 2)


@pytest.mark.parametrize(
    ("birth", "diagnosed", "over_60"),
    [
        ("1950-06-15", "2010-06-14", False),
        ("1950-06-15", "2010-06-15", False),
        ("1950-06-15", "2011-06-14", False),
        ("1950-06-15", "2011-06-15", True),
        ("1950-06-15", "2011-05", False),
        ("1950-06-15", "2011-06", None),
        ("1950-06-15", "2011", None),
        ("1950-06-15", "2010", False),
        ("1950-06-15", "2012", True),
        ("1950", "2010-06-15", False),
        ("1950", "2011-06-15", None),
        ("1950", "2011-12-31", True),
        ("1950-06", "2011-07-01", True),
    ],
)
def test_age_over_60_is_strictly_greater(birth: str, diagnosed: str, over_60: bool | None) -> None:
    dates = PartialDate.parse(birth), PartialDate.parse(diagnosed)
    assert is_over_60(*dates) is over_60


def test_the_age_is_told_as_exactly_as_the_dates_are() -> None:
    exact = a.diagnosis("2011-06-15")
    found = factor(AGE, exact, birth_date="1950-06-15")
    assert (found.present, found.value, found.record) == (
        True,
        "61 at diagnosis, 15 Jun 2011",
        exact,
    )
    partial = factor(AGE, a.diagnosis("2011"), birth_date="1950-06-15")
    assert (partial.present, partial.value) == (None, "60 to 61 at diagnosis, 2011")


@pytest.mark.parametrize(
    ("sex", "male"), [("male", True), ("female", False), ("other", None), ("unknown", None)]
)
def test_the_sex_is_the_patients(sex: str, male: bool | None) -> None:
    found = factor(MALE, sex=sex)
    assert (found.present, found.value) == (male, sex)
    assert found.record == a.patient(sex=sex)


@pytest.mark.parametrize(
    ("results", "raised", "value"),
    [
        ([], None, "none within 90 days of the diagnosis"),
        ([("2019-12-02", 226, 225)], True, "LDH 226 U/L, upper limit 225, 2 Dec 2019"),
        ([("2019-12-02", 225, 225)], False, "LDH 225 U/L, upper limit 225, 2 Dec 2019"),
        ([("2019-12-02", 400, None)], None, "LDH 400 U/L, upper limit not recorded, 2 Dec 2019"),
        ([("2020-03-01", 400, 225)], True, "LDH 400 U/L, upper limit 225, 1 Mar 2020"),
        ([("2020-03-02", 400, 225)], None, "none within 90 days of the diagnosis"),
        ([("2019-09-03", 400, 225)], True, "LDH 400 U/L, upper limit 225, 3 Sep 2019"),
        ([("2019-09-02", 400, 225)], None, "none within 90 days of the diagnosis"),
        (
            [("2019-11-02", 400, 225), ("2019-12-09", 100, 225)],
            False,
            "LDH 100 U/L, upper limit 225, 9 Dec 2019",
        ),
        (
            [("2019-12-01", 400, 225), ("2019-12-03", 100, 225)],
            None,
            "LDH 400 U/L, upper limit 225, 1 Dec 2019; LDH 100 U/L, upper limit 225, 3 Dec 2019",
        ),
    ],
)
def test_the_ldh_nearest_to_the_diagnosis_counts_within_90_days(
    results: list[tuple[str, float, float | None]], raised: bool | None, value: str
) -> None:
    records = [a.ldh(*result) for result in results]
    found = factor(LDH, *records)
    assert (found.present, found.value) == (raised, value)
    assert found.record is None or found.record in records


def test_ldh_of_a_partial_date_is_known_only_where_all_agree() -> None:
    year = a.diagnosis("2019")
    assert factor(LDH, year, a.ldh("2019-02-01", 400), a.ldh("2019-09-01", 300)).present is True
    assert factor(LDH, year, a.ldh("2019-02-01", 400), a.ldh("2019-09-01", 200)).present is None


@pytest.mark.parametrize(
    ("analyte", "raised"), [("LDH", True), ("ldh", True), ("ALT", None), ("TSH", None)]
)
def test_only_ldh_is_ldh(analyte: str, raised: bool | None) -> None:
    assert factor(LDH, a.lab(ON, analyte=analyte, value=9, reference_high=4)).present is raised


@pytest.mark.parametrize(
    ("stated", "biopsies", "present"),
    [
        (None, [], None),
        (None, [None], None),
        (None, [False, None], False),
        (None, [False, None, True], True),
        (None, [True], True),
        (True, [False], True),
        (False, [True], False),
        (False, [], False),
    ],
)
def test_what_the_diagnosis_states_counts_and_then_any_biopsy_that_shows_it(
    stated: bool | None, biopsies: list[bool | None], present: bool | None
) -> None:
    assert shown_in_skin(stated, biopsies) is present


@pytest.mark.parametrize(
    ("name", "column"),
    [(LCT, "large_cell_transformation"), (FOLLICULAR, "folliculotropism")],
)
def test_findings_in_the_skin_name_what_shows_them(name: str, column: str) -> None:
    stated = a.diagnosis(ON, **{column: False})
    found = factor(name, stated)
    assert (found.present, found.value, found.record) == (False, "diagnosis, 2 Dec 2019", stated)

    without = a.biopsy("2019-12-10", **{column: False})
    with_it = a.biopsy("2020-01", body_site="back", **{column: True})
    found = factor(name, without, with_it)
    assert (found.present, found.value, found.record) == (True, "biopsy, back, Jan 2020", with_it)
    found = factor(name, without)
    assert (found.present, found.value) == (False, "biopsy, left cheek, 10 Dec 2019")
    assert found.record == without

    found = factor(name, a.biopsy("2019-12-10"))
    assert (found.present, found.record) == (None, None)
    assert found.value == "neither the diagnosis nor a biopsy near it says"


@pytest.mark.parametrize(
    ("date", "kind", "present"),
    [
        ("2020-06-02", "punch", True),
        ("2020-06-03", "punch", None),
        ("2019-06-02", "excision", True),
        ("2019-06-01", "excision", None),
        (ON, "shave", True),
        (ON, "lymph node", None),
        (ON, "bone marrow", None),
        (ON, "other", None),
    ],
)
def test_biopsies_of_the_skin_count_within_half_a_year(
    date: str, kind: str, present: bool | None
) -> None:
    biopsy = a.biopsy(date, kind=kind, large_cell_transformation=True)
    assert factor(LCT, biopsy).present is present


def test_folliculotropism_is_told_by_the_name_and_by_the_pattern_too() -> None:
    named = a.diagnosis(ON, disease="folliculotropic mycosis fungoides")
    assert factor(FOLLICULAR, named).present is True
    assert factor(FOLLICULAR, a.biopsy(ON, patterns=["folliculotropic"])).present is True
    assert factor(FOLLICULAR, a.biopsy(ON, patterns=["interface"])).present is None


@pytest.mark.parametrize(
    ("tnmb", "name", "present", "value"),
    [
        ("T3 N3b M0 B0", N3, True, "N3b, staging 2 Dec 2019"),
        ("T3 N2 M0 B0", N3, False, "N2, staging 2 Dec 2019"),
        ("T3 NX M0 B0", N3, None, "NX (nodes not biopsied), staging 2 Dec 2019"),
        ("T3 NX M0 B0", N2_OR_3, None, "NX (nodes not biopsied), staging 2 Dec 2019"),
        ("T3 N2a M0 B0", N2_OR_3, True, "N2a, staging 2 Dec 2019"),
        ("T3 N1 M0 B0", N2_OR_3, False, "N1, staging 2 Dec 2019"),
        ("T1a NX M0 B0", N1_OR_X, True, "NX (nodes not biopsied), staging 2 Dec 2019"),
        ("T1a N1b M0 B0", N1_OR_X, True, "N1b, staging 2 Dec 2019"),
        ("T1a N2 M0 B0", N1_OR_X, False, "N2, staging 2 Dec 2019"),
        ("T1a N0 M0 B0", N1_OR_X, False, "N0, staging 2 Dec 2019"),
        ("T3 N0 M0 B0a", B1_OR_2, False, "B0a, staging 2 Dec 2019"),
        ("T3 N0 M0 B1", B1_OR_2, True, "B1, staging 2 Dec 2019"),
        ("T3 N0 M0 B2b", B1_OR_2, True, "B2b, staging 2 Dec 2019"),
        ("T3 N0 M0 BX", B1_OR_2, None, "BX (blood not assessed), staging 2 Dec 2019"),
        ("T3 N0 M0 B0", VISCERA, False, "M0, staging 2 Dec 2019"),
        ("T3 N0 M1a B0", VISCERA, True, "M1a (bone marrow alone), staging 2 Dec 2019"),
        ("T3 N0 M1b B0", VISCERA, True, "M1b (other organs), staging 2 Dec 2019"),
        ("T3 N0 MX B0", VISCERA, None, "MX (viscera not assessed), staging 2 Dec 2019"),
        ("T4 N0 M0 B1", STAGE_IV, False, "IIIB, staging 2 Dec 2019"),
        ("T4 NX M0 B2", STAGE_IV, True, "IVA1 or IVA2, staging 2 Dec 2019"),
        ("T3 NX M0 B0", STAGE_IV, None, "IIB or IVA2, staging 2 Dec 2019"),
        ("T1 N0 M0 B0", PLAQUES, None, "T1 without a suffix, staging 2 Dec 2019"),
        ("T1a N0 M0 B0", PLAQUES, False, "T1a, staging 2 Dec 2019"),
        ("T1b N0 M0 B0", PLAQUES, True, "T1b, staging 2 Dec 2019"),
        ("T2 N0 M0 B0", PLAQUES, None, "T2 without a suffix, staging 2 Dec 2019"),
        ("T2a N0 M0 B0", PLAQUES, False, "T2a, staging 2 Dec 2019"),
        ("T2b N0 M0 B0", PLAQUES, True, "T2b, staging 2 Dec 2019"),
    ],
)
def test_the_staging_tells_of_stage_nodes_blood_and_viscera(
    tnmb: str, name: str, present: bool | None, value: str
) -> None:
    staging = a.staging(tnmb, ON)
    found = factor(name, staging)
    assert (found.present, found.value, found.record) == (present, value, staging)


def test_within_some_stages_an_unknown_class_may_be_known() -> None:
    """T2 NX M0 B0 is IVA2 with N3 alone."""
    found = at_diagnosis(a.history(a.diagnosis(ON), a.staging("T2 NX M0 B0", ON)))
    assert found
    n3 = facts(found, [("T2", "N3", "M0", "B0")])[N3]
    assert (n3.present, n3.value) == (True, "NX (nodes not biopsied), here N3, staging 2 Dec 2019")
    assert found.classes == [("T2", f"N{number}", "M0", "B0") for number in (1, 2, 3)]


def test_an_earlier_disease_of_another_kind_is_not_the_one_that_is_staged() -> None:
    papulosis = a.diagnosis("2010", disease="lymphomatoid papulosis")
    found = at_diagnosis(a.history(papulosis, a.diagnosis(ON), a.staging(date=ON)))
    assert found
    assert found.diagnosis.date.iso == ON
