"""The body's chart: its parts lie where they are said to lie and belong to the right region."""

import re
from itertools import pairwise

import pytest

from models.biopsy import Side
from models.drug_or_disease import HEAD_AND_NECK
from models.skin import Region
from reports.body_figure import Part, View, figure, sites, sites_named
from reports.outline import Point, chain, smooth

PARTS = [(view, part) for view in View for part in figure(view).parts]


def test_front_and_back_show_all_eighteen_regions() -> None:
    shown = {part.region for view, part in PARTS if view in {View.FRONT, View.BACK}}
    assert shown == set(Region)


def test_a_sided_region_holds_sites_of_its_side_only() -> None:
    for _view, part in PARTS:
        side = part.region.value.split()[0]
        if side in {"left", "right"}:
            assert part.site.side.value == side, part.site.words


def test_the_site_of_every_part_of_the_head_and_neck_tells_so() -> None:
    """What is chosen on the body is found by the rule that searches sites for such words."""
    for _view, part in PARTS:
        words = set(re.findall(r"\w+", part.site.words))
        of_head = part.region in {Region.HEAD, Region.NECK}
        assert bool(words & set(HEAD_AND_NECK)) is of_head, part.site.words


@pytest.mark.parametrize(("view", "part"), PARTS, ids=lambda each: getattr(each, "value", ""))
def test_an_outline_is_closed_and_lies_within_the_figure(view: View, part: Part) -> None:
    whole, outline = figure(view), part.outline
    assert outline[0] == outline[-1]
    assert all(whole.left <= x <= whole.left + whole.width for x, _y in outline)
    assert all(whole.top <= y <= whole.top + whole.height for _x, y in outline)
    assert _area(outline) > 10


def test_the_halves_are_mirror_images() -> None:
    for view in View:
        paired = [part for part in figure(view).parts if part.site.side is not Side.MIDLINE]
        for one, other in zip(paired[::2], paired[1::2], strict=True):
            assert one.site.name == other.site.name
            assert [(-x, y) for x, y in one.outline] == list(other.outline)


def test_a_site_is_known_by_its_words_and_without_its_side() -> None:
    for site in sites():
        assert site in sites_named(f"  {site.words.upper()} ")
    assert {site.words for site in sites_named("upper back")} == {
        "left upper back",
        "right upper back",
    }
    assert sites_named("the tattoo") == frozenset()


def test_the_pieces_of_a_chain_are_the_whole_curve() -> None:
    knots: tuple[Point, ...] = ((0, 0), (2, 1), (4, 5), (3, 9), (1, 12))
    first, second, third = chain(knots[:2], knots[2:3], knots[3:])
    assert (*first, *second[1:], *third[1:]) == smooth(*knots)


def _area(outline: tuple[Point, ...]) -> float:
    corners = outline[::3]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(corners))) / 2
