"""The skin score: regions of the body, mSWAT and body surface."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.base import InvalidRecord, build
from models.skin import (
    Change,
    Lesions,
    Region,
    SkinScore,
    mswat,
    mswat_change,
    percent_of_body,
    t_class,
)
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
    assert {region.value: percent_of_body(region) for region in Region} == PERCENT
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


@pytest.mark.parametrize(
    ("regions", "refused"),
    [
        ({"tail": {"patch": 1}}, r"tail is none of head, neck, .*, right foot\."),
        ({"HEAD": {"patch": 1}}, r"HEAD is none of head, neck, .*, right foot\."),
        ({"head": {"patch": -1}}, r"Head: patch: Give 0 or more\."),
        ({"head": {"scale": 1}}, r"Head: scale: There is no such field\."),
        ({"neck": {"plaque": 2.1}}, r"The neck is 2 % of the body; what is entered exceeds it\."),
        (
            {"left foot": {"patch": 1, "plaque": 2, "tumour": 0.6}},
            r"The left foot is 3\.5 % of the body; what is entered exceeds it\.",
        ),
    ],
)
def test_mswat_and_t_refuse_what_is_no_part_of_the_body(
    regions: dict[str, dict[str, float]], refused: str
) -> None:
    for work_out in (mswat, t_class):
        with pytest.raises(ValueError, match=f"^{refused}$"):
            work_out(regions)


@pytest.mark.parametrize("region", PERCENT)
def test_each_region_is_held_to_its_share(region: str) -> None:
    """The shares make up 100 %, so the whole body does not exceed 100 % either."""
    assert mswat({region: {"patch": PERCENT[region]}}) == PERCENT[region]
    whole = Lesions.model_validate({"patch": PERCENT[region]})
    assert mswat({Region(region): whole}) == PERCENT[region]
    with pytest.raises(ValueError, match="exceeds it"):
        mswat({region: {"patch": PERCENT[region] + 0.01}})


def test_lesions_are_not_below_zero() -> None:
    with pytest.raises(ValidationError):
        Lesions.model_validate({"patch": -1})
    assert Lesions(patch=1, plaque=2, tumour=3).involved == 6


def test_a_region_may_be_involved_to_the_full_and_no_further() -> None:
    assert score({"head": {"patch": 3, "plaque": 4}}).mswat == 11
    with pytest.raises(InvalidRecord, match="The head is 7 % of the body; what is entered"):
        score({"head": {"patch": 3, "plaque": 4.1}})


def test_a_score_has_regions_or_a_total() -> None:
    with pytest.raises(InvalidRecord, match="Enter the regions, or the total as stated"):
        score({})
    assert score({"head": {"tumour": 0.5}, "neck": {"tumour": 1, "patch": 1}}).tumour == 1.5
    assert a.skin_score(a.START, 12.5).tumour == 0


def test_regions_come_before_a_stated_total() -> None:
    assert score({"head": {"patch": 3}}, total_stated=50).mswat == 3
    stated = a.skin_score(a.START, 12.5)
    assert (stated.mswat, stated.body_surface) == (12.5, None)
    cleared = score({"head": {}}, total_stated=50)
    assert (cleared.mswat, cleared.body_surface) == (0, 0)


def body(percent: float, kind: str = "patch") -> dict[str, dict[str, float]]:
    """The same share of every region, so much of the body in all."""
    return {region: {kind: share * percent / 100} for region, share in PERCENT.items()}


T3_OR_T4 = "T4 if the erythema is confluent, else T3 if a tumour is 1 cm or more across"


@pytest.mark.parametrize(
    ("regions", "possible", "remark"),
    [
        ({}, "T0", ""),
        ({"head": {}}, "T0", ""),
        ({"head": {"patch": 0.5}}, "T1a", ""),
        ({"head": {"plaque": 0.5}}, "T1b", ""),
        ({"head": {"patch": 3, "plaque": 0.5}}, "T1b", ""),
        ({"anterior trunk": {"patch": 9.99}}, "T1a", ""),
        ({"anterior trunk": {"patch": 10}}, "T2a", ""),
        ({"anterior trunk": {"plaque": 9.99}}, "T1b", ""),
        ({"anterior trunk": {"patch": 9, "plaque": 1}}, "T2b", ""),
        (body(79.99), "T2a", ""),
        (body(80), "T2a T4", "T4 if the erythema is confluent"),
        (body(100), "T2a T4", "T4 if the erythema is confluent"),
        (body(80, "plaque"), "T2b T4", "T4 if the erythema is confluent"),
        ({"head": {"tumour": 0.01}}, "T3", "T3 if a tumour is 1 cm or more across"),
        (body(79.9) | {"neck": {"tumour": 1}}, "T3", "T3 if a tumour is 1 cm or more across"),
        (body(90) | {"neck": {"tumour": 1}}, "T3 T4", T3_OR_T4),
        (body(80, "tumour"), "T3 T4", T3_OR_T4),
    ],
)
def test_the_t_class_of_a_score(
    regions: dict[str, dict[str, float]], possible: str, remark: str
) -> None:
    found = t_class(regions)
    assert (found.possible, found.remark) == (tuple(possible.split()), remark)


@given(regions(), st.floats(0, 1))
def test_less_of_the_same_lesions_is_never_a_higher_class(
    regions: dict[str, dict[str, float]], share: float
) -> None:
    fewer = {
        region: {kind: amount * share for kind, amount in lesions.items()}
        for region, lesions in regions.items()
    }
    assert t_class(fewer).possible[-1] <= t_class(regions).possible[-1]


def test_a_score_shows_its_t_class() -> None:
    assert score({"head": {"plaque": 3}}).t == "T1b"
    assert score(body(85)).t == "T2a or T4"
    assert score({"head": {}}).t == "T0"
    assert a.skin_score(a.START, 0).t == "T0"
    assert a.skin_score(a.START, 12.5).t is None


@pytest.mark.parametrize(
    ("baseline", "nadir", "now", "from_baseline", "from_nadir"),
    [
        (80, 80, 40, -50, -50),
        (80, 20, 100, 25, 400),
        (80, 20, 20, -75, 0),
        (80, 20, 0, -100, -100),
        (80, 0, 5, -93.75, None),
        (0, 0, 5, None, None),
        (0, 0, 0, None, None),
        (3, 3, 1, -66.666667, -66.666667),
        (1, 1, 400, 39900, 39900),
    ],
)
def test_the_change_from_baseline_and_from_the_lowest(
    baseline: float, nadir: float, now: float, from_baseline: float, from_nadir: float
) -> None:
    assert mswat_change(baseline, nadir, now) == Change(from_baseline, from_nadir)


@pytest.mark.parametrize(
    "scores", [(-1, 0, 0), (0, 400.1, 0), (80, 20, float("nan")), (401, 20, 20)]
)
def test_a_change_needs_scores_between_0_and_400(scores: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 400"):
        mswat_change(*scores)
