"""The skin score: regions of the body, mSWAT and body surface."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.base import InvalidRecord, build
from models.skin import Lesions, Region, SkinScore, mswat
from tests.models import builders as a
from tests.models.published import published

# Olsen, Blood 2022, Table 4, in % of the body.
PERCENT = {
    "head": 7,
    "neck": 2,
    "anterior trunk": 13,
    "posterior trunk": 13,
    "buttocks": 5,
    "genitalia/groin": 1,
    "left upper arm": 4,
    "right upper arm": 4,
    "left forearm": 3,
    "right forearm": 3,
    "left hand": 2.5,
    "right hand": 2.5,
    "left thigh": 9.5,
    "right thigh": 9.5,
    "left lower leg": 7,
    "right lower leg": 7,
    "left foot": 3.5,
    "right foot": 3.5,
}


def score(regions: object, **more: object) -> SkinScore:
    values = {"patient": a.PATIENT, "date": a.START, "regions": regions, **more}
    return build(SkinScore, values)


@st.composite
def regions(draw: st.DrawFn) -> dict[str, dict[str, float]]:
    """Lesions within their regions."""
    found = {}
    for region in draw(st.sets(st.sampled_from(list(PERCENT)), min_size=1)):
        shares = draw(st.tuples(*[st.floats(0, 1 / 3)] * 3))
        kinds = zip(("patch", "plaque", "tumour"), shares, strict=True)
        found[region] = {kind: share * PERCENT[region] for kind, share in kinds}
    return found


def test_the_regions_make_up_the_body() -> None:
    assert {region.value: region.percent for region in Region} == PERCENT
    assert sum(PERCENT.values()) == 100


def test_the_regions_are_the_published_ones() -> None:
    rows = published("mswat_regions.csv")
    assert {row["region"].casefold(): float(row["max_pct_bsa"]) for row in rows} == PERCENT


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        ({region: {"plaque": percent} for region, percent in PERCENT.items()}, 200),
        ({region: {"tumour": percent} for region, percent in PERCENT.items()}, 400),
        ({region: {"patch": percent * 0.8} for region, percent in PERCENT.items()}, 80),
        ({"head": {"tumour": 7}}, 28),
        ({"left hand": {"patch": 1, "plaque": 0.5, "tumour": 0.25}}, 3),
        ({"neck": {}}, 0),
        ({}, 0),
    ],
)
def test_mswat_weighs_patch_plaque_and_tumour(
    regions: dict[str, dict[str, float]], expected: float
) -> None:
    assert mswat(regions) == pytest.approx(expected)


@given(regions())
def test_mswat_lies_between_the_surface_and_four_times_the_surface(
    regions: dict[str, dict[str, float]],
) -> None:
    found = score(regions)
    assert found.body_surface is not None
    assert found.body_surface - 1e-5 <= found.mswat <= 4 * found.body_surface + 1e-5
    assert 0 <= found.body_surface <= 100 + 1e-9
    assert found.mswat == mswat(found.regions) == mswat(regions)


def test_mswat_refuses_an_unknown_region_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"^tail is none of head, neck, .*, right foot\.$"):
        mswat({"tail": {"patch": 1}})


def test_lesions_are_not_below_zero() -> None:
    with pytest.raises(ValidationError):
        Lesions.model_validate({"patch": -1})
    assert Lesions(patch=1, plaque=2, tumour=3).involved == 6


def test_a_region_may_be_involved_to_the_full_and_no_further() -> None:
    assert score({"head": {"patch": 3, "plaque": 4}}).mswat == 11
    with pytest.raises(InvalidRecord, match="The head is 7 % of the body; what is entered"):
        score({"head": {"patch": 3, "plaque": 4.1}})


def test_regions_come_before_a_stated_total() -> None:
    assert score({"head": {"patch": 3}}, total_stated=50).mswat == 3
    stated = a.skin_score(a.START, 12.5)
    assert (stated.mswat, stated.body_surface) == (12.5, None)
    cleared = score({"head": {}}, total_stated=50)
    assert (cleared.mswat, cleared.body_surface) == (0, 0)
