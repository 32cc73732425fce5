"""Nodes and masses as they are written, and the response of nodes and viscera from them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.imaging import (
    Node,
    Nodes,
    is_abnormal,
    new_nodes,
    node_response,
    nodes_relapsed,
    sum_of_products,
    unmeasured,
    viscera_response,
)
from models.response import RANK, Response
from tests.models import builders as a

CR, PR, SD, PD, RELAPSE = (Response(value) for value in ("CR", "PR", "SD", "PD", "relapse"))
NOT_INVOLVED = Response.NOT_INVOLVED


def nodes(text: str) -> list[Node]:
    """`axilla 22x14; groin 18x12`."""
    return [Node.parse(item) for item in text.split(";") if item.strip()]


_letters = st.characters(exclude_characters=";\ufffe\uffff", exclude_categories=("Cc", "Cs"))
any_site = st.text(_letters, min_size=1, max_size=100)
any_length = st.floats(0, 500, exclude_min=True)


@given(any_site.filter(lambda site: site.split()), any_length, any_length)
def test_a_node_is_read_back_exactly_as_it_was_written(
    site: str, long_mm: float, short_mm: float
) -> None:
    node = Node(site=site, long_mm=long_mm, short_mm=short_mm)
    assert Node.parse(str(node)) == node


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Node(site=" left  axilla ", long_mm=22, short_mm=14), "left axilla 22x14"),
        (Node(site="level 2", long_mm=22.125, short_mm=100), "level 2 22.125x100"),
        (Node(site="groin", long_mm=1e-05, short_mm=0.1), "groin 0.00001x0.1"),
    ],
)
def test_a_node_is_written_with_every_digit_it_has(node: Node, text: str) -> None:
    assert str(node) == text


def test_what_is_no_node_is_refused() -> None:
    with pytest.raises(ValueError, match="A node is written as left axilla 22x14"):
        Node.parse("left axilla 22")


@pytest.mark.parametrize("site", [" ", "left; right"])
def test_a_site_that_could_not_stand_in_a_list_is_refused(site: str) -> None:
    with pytest.raises(ValueError, match="without a semicolon"):
        Node(site=site, long_mm=10, short_mm=10)


@pytest.mark.parametrize(
    ("size", "abnormal"),
    [
        ("15x15", True),
        ("15x10", False),
        ("15x10.1", True),
        ("15.1x5", True),
        ("16x8", True),
        ("10x10", False),
        ("10.5x10.5", True),
        ("9.9x9.9", False),
    ],
)
def test_a_node_is_abnormal_by_its_axes(size: str, abnormal: bool) -> None:
    (node,) = nodes(f"axilla {size}")
    assert is_abnormal(node) is abnormal


def test_the_sum_of_products_leaves_out_normal_nodes() -> None:
    assert sum_of_products(nodes("axilla 20x10; groin 16.5x10; neck 12x8")) == 365
    assert sum_of_products([]) == 0
    assert a.imaging(nodes=nodes("axilla 20x10; neck 12x8")).sum_of_products == 200
    assert a.imaging().sum_of_products is None


# Sum of products 400 at baseline.
BASELINE = "axilla 20x10; groin 20x10"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("axilla 15x10; groin 15x10", CR),
        ("axilla 15x11; groin 15x11", CR),
        ("axilla 15x10; groin 16x10", PR),
        ("axilla 20x5; groin 20x5", PR),
        ("axilla 20x5; groin 20x5.1", SD),
        ("axilla 20x10; groin 20x10", SD),
        ("axilla 20x10; groin 20x19.9", SD),
        ("axilla 20x10; groin 20x20", PD),
        ("axilla 16x5; groin 16x5; neck 16x8", SD),
        ("axilla 16x5; groin 16x5; neck 15x11", SD),
        ("axilla 16x5; groin 16x5; neck 15x10", PR),
        ("axilla 15x10; groin 15x10; neck 15x11", SD),
        ("axilla 15x10; Groin 15x10; groin 16x10", PR),
        ("axilla 15x10; Groin 16x5; groin 16x5", SD),
    ],
)
def test_the_nodes_against_the_baseline(now: str, expected: Response) -> None:
    assert node_response([nodes(BASELINE), nodes(now)]) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("axilla 16x5; groin 16x5; neck 16x8", PD),
        ("axilla 16x5; groin 16x5; neck 15x11", PD),
        ("axilla 16x5; groin 16x5; neck 15x10", PR),
        ("neck 16x8", PD),
    ],
)
def test_a_new_node_is_progression_where_it_is_proven_to_be_n3(
    now: str, expected: Response
) -> None:
    assert node_response([nodes(BASELINE), nodes(now)], proven_n3=True) is expected


@pytest.mark.parametrize(
    ("groin", "unproven", "proven"),
    [
        ("groin 20x14", SD, PD),
        ("groin 15x11", SD, PD),
        ("groin 15x10", CR, CR),
        ("groin 12x8; groin 16x8", SD, PD),
    ],
)
def test_a_node_that_was_measured_at_baseline_and_was_normal_counts_as_new_once_it_is_abnormal(
    groin: str, unproven: Response, proven: Response
) -> None:
    examined = [nodes("axilla 40x30; groin 12x8"), nodes(f"axilla 14x8; {groin}")]
    assert node_response(examined) is unproven
    assert node_response(examined, proven_n3=True) is proven


def test_one_more_small_thick_node_at_the_site_of_a_long_one_is_no_complete_response() -> None:
    assert node_response([nodes("axilla 20x20"), nodes("axilla 15x11; axilla 15x11")]) is SD


@pytest.mark.parametrize(
    ("now", "proven_n3", "expected"),
    [
        ("axilla 12x8", False, NOT_INVOLVED),
        ("axilla 12x8", True, NOT_INVOLVED),
        ("axilla 16x8", False, SD),
        ("axilla 16x8", True, PD),
        ("groin 16x8", True, PD),
    ],
)
def test_nodes_that_were_normal_at_baseline(now: str, proven_n3: bool, expected: Response) -> None:
    for baseline in ("", "axilla 12x8"):
        assert node_response([nodes(baseline), nodes(now)], proven_n3) is expected


@pytest.mark.parametrize(("now", "expected"), [("axilla 15x10", CR), ("axilla 15x11", SD)])
def test_a_small_node_that_was_thick_must_become_thin(now: str, expected: Response) -> None:
    assert node_response([nodes("axilla 15x14"), nodes(now)]) is expected


@pytest.mark.parametrize(
    ("between", "now", "expected"),
    [
        # in PR, lowest 160
        ("axilla 16x5; groin 16x5", "axilla 20x6; groin 20x6", SD),
        ("axilla 16x5; groin 16x5", "axilla 20x6; groin 20x6.1", PD),
        # never in response, lowest 240
        ("axilla 20x6; groin 20x6", "axilla 20x10; groin 20x19", SD),
        # after CR
        ("axilla 15x10; groin 15x10", "axilla 15x10; groin 15x10", CR),
        ("axilla 15x10; groin 15x10", "axilla 16x5; groin 15x10", RELAPSE),
        ("axilla 15x10; groin 15x10", "axilla 15x10; groin 15x10; neck 16x8", RELAPSE),
        ("axilla 15x10; groin 15x10", "axilla 20x20; groin 20x10", PD),
        # one node was left out in between: neither CR nor a low sum
        ("axilla 15x10", "axilla 16x5; groin 16x5", PR),
        ("axilla 16x5", "axilla 20x6; groin 20x6.1", SD),
    ],
)
def test_the_nodes_against_what_was_reached_before(
    between: str, now: str, expected: Response
) -> None:
    assert node_response([nodes(BASELINE), nodes(between), nodes(now)]) is expected


def test_a_new_proven_node_after_complete_response_is_progression() -> None:
    cleared = "axilla 15x10; groin 15x10"
    examined = [nodes(BASELINE), nodes(cleared), nodes(f"{cleared}; neck 16x8")]
    assert node_response(examined, proven_n3=True) is PD


@pytest.mark.parametrize(
    ("now", "expected"), [("axilla 15x10", None), ("axilla 20x29", None), ("axilla 20x30", PD)]
)
def test_a_node_that_was_not_measured_again_leaves_all_but_progression_open(
    now: str, expected: Response | None
) -> None:
    assert unmeasured(nodes(BASELINE), nodes(now)) == ["groin"]
    assert node_response([nodes(BASELINE), nodes(now)]) is expected


def test_new_nodes_are_told_by_their_sites() -> None:
    assert new_nodes(nodes(BASELINE), nodes("Axilla 30x20; neck 12x8")) == []
    assert new_nodes(nodes(BASELINE), nodes("axilla 30x20; Left neck 16x8")) == ["Left neck"]
    assert new_nodes(nodes(BASELINE), nodes("axilla 30x20; axilla 16x8")) == ["axilla"]
    for baseline in ("neck 12x8", f"{BASELINE}; neck 12x8"):
        assert new_nodes(nodes(baseline), nodes("neck 16x8")) == ["neck"]


@pytest.mark.parametrize(
    ("now", "relapsed"), [("", False), ("neck 15x12", False), ("neck 16x5", True)]
)
def test_relapse_in_the_nodes_is_a_node_over_15_mm(now: str, relapsed: bool) -> None:
    assert nodes_relapsed(nodes(now)) is relapsed


LIVER = "liver 40x30"


@pytest.mark.parametrize(
    ("examined", "expected"),
    [
        (["", ""], NOT_INVOLVED),
        (["", LIVER], PD),
        ([LIVER, ""], CR),
        ([LIVER, "liver 30x20"], PR),
        ([LIVER, "liver 30x20.1"], SD),
        ([LIVER, LIVER], SD),
        ([LIVER, "liver 60x30"], SD),
        ([LIVER, "liver 60x30.1"], PD),
        ([LIVER, "liver 10x10; lung 5x5"], PD),
        ([LIVER, "Liver 20x10; liver 20x10"], PR),
        (["liver 40x30; lung 10x10", "liver 10x10; lung 10x10.1"], SD),
        (["liver 40x30; lung 10x10", "liver 10x10; lung 10x15.1"], PD),
        ([LIVER, "liver 20x20", "liver 30x20"], PR),
        ([LIVER, "liver 20x20", "liver 30x20.1"], PD),
        ([LIVER, "liver 30x21", "liver 40x40"], SD),
        ([LIVER, "", "liver 5x5"], RELAPSE),
        ([LIVER, "", "lung 5x5"], RELAPSE),
        ([LIVER, "", "liver 60x30.1"], PD),
        ([LIVER, "", ""], CR),
    ],
)
def test_the_viscera(examined: list[str], expected: Response) -> None:
    assert viscera_response([nodes(masses) for masses in examined]) is expected


SITES = ("axilla", "groin", "neck")
sizes = st.floats(1, 60)
some_nodes = st.lists(
    st.builds(Node, site=st.sampled_from(SITES), long_mm=sizes, short_mm=sizes), max_size=4
)
Rule = Callable[[list[Nodes]], Response | None]


@given(st.sampled_from([node_response, viscera_response]), st.lists(some_nodes, min_size=2), sizes)
def test_smaller_nodes_and_masses_never_give_a_worse_response(
    rule: Rule, examined: list[Nodes], share: float
) -> None:
    *before, now = examined
    smaller = [
        Node(site=node.site, long_mm=node.long_mm * share / 60, short_mm=node.short_mm * share / 60)
        for node in now
    ]
    found, better = rule([*before, now]), rule([*before, smaller])
    if found is not None and better is not None:
        assert RANK.get(better, 0) <= RANK.get(found, 0)


@given(st.lists(some_nodes, min_size=2), st.booleans())
def test_complete_response_of_nodes_leaves_none_over_15_mm(
    examined: list[Nodes], proven_n3: bool
) -> None:
    if node_response(examined, proven_n3) is CR:
        assert all(node.long_mm <= 15 for node in examined[-1])
        assert not unmeasured(examined[0], examined[-1])


@given(st.lists(some_nodes, min_size=2))
def test_without_proof_a_new_node_never_adds_progression(examined: list[Nodes]) -> None:
    unproven = node_response(examined, proven_n3=False)
    assert unproven is not PD or node_response(examined, proven_n3=True) is PD


@given(st.lists(some_nodes, min_size=2))
def test_complete_response_of_the_viscera_leaves_no_mass(examined: list[Nodes]) -> None:
    if viscera_response(examined) is CR:
        assert not examined[-1]
