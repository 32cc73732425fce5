"""Response of skin and blood, and the global response, held against the published table."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.response import (
    RANK,
    Response,
    blood_response,
    global_if_certain,
    global_response,
    skin_response,
)

CR, PR, SD, PD, RELAPSE = (Response(value) for value in ("CR", "PR", "SD", "PD", "relapse"))
NI, NOT_ASSESSED = Response("not involved"), Response("not assessed")
scores = st.floats(0, 400)


@pytest.mark.parametrize(
    ("nadir", "now", "expected"),
    [
        (100, 0, "CR"),
        (100, 1, "PR"),
        (100, 50, "PR"),
        (100, 51, "SD"),
        (100, 124, "SD"),
        (100, 125, "PD"),
        (51, 124, "SD"),
        (20, 50, "PR"),
        (20, 70, "SD"),
        (20, 71, "PD"),
        (50, 100, "SD"),
        (50, 101, "PD"),
        (20, 0, "CR"),
        (0, 0, "CR"),
        (0, 5, "relapse"),
        (0, 50, "relapse"),
        (0, 51, "PD"),
    ],
)
def test_the_skin_from_a_baseline_of_100(nadir: float, now: float, expected: str) -> None:
    assert skin_response(100, nadir, now, had_response=nadir <= 50) == expected


@pytest.mark.parametrize(("now", "expected"), [(0, NI), (1, PD)])
def test_skin_that_was_clear_is_not_involved_or_worse(now: float, expected: Response) -> None:
    assert skin_response(0, 0, now, had_response=False) is expected


def test_a_baseline_however_low_is_a_baseline() -> None:
    assert skin_response(0.5, 0.5, 0.5, had_response=False) is SD


@given(scores.filter(bool), scores, scores, scores)
def test_a_better_score_never_gives_a_worse_response(
    baseline: float, nadir: float, one: float, other: float
) -> None:
    nadir = min(nadir, baseline)
    better, worse = sorted((one, other))
    found = [skin_response(baseline, nadir, now, nadir <= baseline / 2) for now in (better, worse)]
    assert RANK[found[0]] <= RANK[found[1]]


@pytest.mark.parametrize(
    ("baseline", "nadir", "now", "expected"),
    [
        (100, 100, 249, "not involved"),
        (100, 100, 250, "SD"),
        (100, 100, 999, "SD"),
        (100, 100, 1000, "PD"),
        (3000, 3000, 249, "CR"),
        (3000, 3000, 250, "PR"),
        (3000, 3000, 1499, "PR"),
        (3000, 3000, 1500, "SD"),
        (3000, 3000, 4999, "SD"),
        (3000, 3000, 5000, "PD"),
        (4000, 4000, 5999, "SD"),
        (4000, 4000, 6000, "SD"),
        (4000, 4000, 6001, "PD"),
        (8000, 3000, 4999, "SD"),
        (8000, 3000, 5000, "PD"),
        (8000, 3400, 5100, "SD"),
        (8000, 4000, 6500, "SD"),
        (3000, 100, 250, "relapse"),
        (3000, 100, 4999, "relapse"),
        (3000, 100, 5000, "PD"),
        (600, 600, 240, "CR"),
        (600, 600, 250, "SD"),
        (600, 600, 4999, "SD"),
        (600, 600, 5000, "PD"),
        (600, 100, 250, "relapse"),
        (250, 250, 250, "SD"),
        (250, 250, 1000, "SD"),
        (1000, 1000, 499, "PR"),
        (1000, 1000, 500, "SD"),
        (999, 999, 400, "SD"),
        (3000, 250, 300, "PR"),
        (10_000, 3333, 5000, "PD"),
        (10_000, 3334, 5000, "SD"),
    ],
)
def test_the_blood(baseline: float, nadir: float, now: float, expected: str) -> None:
    had_response = nadir < 250 or nadir < baseline / 2
    assert blood_response(baseline, nadir, now, had_response) == expected


# Olsen, J Clin Oncol 2011, without PD and relapse: the response, the skin, what all the others are
# among, and what at least one of them is.
GLOBAL = (
    ("CR", "CR", "CR NI", ""),
    ("PR", "CR", "CR PR SD NI", "PR SD"),
    ("PR", "PR", "NI", ""),
    ("PR", "PR", "CR PR SD NI", "CR PR"),
    ("SD", "PR", "SD NI", "SD"),
    ("SD", "SD", "CR PR SD NI", ""),
)
COMPARTMENT = ("CR", "PR", "SD", "PD", "relapse", "NI")
EVERY = list(product(COMPARTMENT[:5], *[COMPARTMENT] * 3))


def from_the_table(skin: str, others: set[str]) -> str:
    everything = {skin, *others}
    if "PD" in everything:
        return "PD"
    if "relapse" in everything:
        return "relapse"
    (fitting,) = [
        result
        for result, of_skin, among, one_of in GLOBAL
        if of_skin == skin
        and others <= set(among.split())
        and (not one_of or others & set(one_of.split()))
    ]
    return fitting


def test_every_combination_has_its_published_global_response() -> None:
    found = {combination: global_response(*combination) for combination in EVERY}
    assert found == {(skin, *others): from_the_table(skin, set(others)) for skin, *others in EVERY}


def test_as_many_combinations_make_each_response_as_counted_by_hand() -> None:
    found = [global_response(*combination) for combination in EVERY]
    counted = {"CR": 8, "PR": 113, "SD": 71, "relapse": 308, "PD": 580}
    assert {response: found.count(response) for response in counted} == counted
    assert len(found) == sum(counted.values()) == 1080


def test_not_involved_may_be_written_out() -> None:
    assert global_response("CR", "not involved", "NI", "not involved") == "CR"


@pytest.mark.parametrize(
    ("compartments", "refused"),
    [
        (("NI", "NI", "NI", "NI"), "NI is none of CR, PR, SD, PD, relapse."),
        (("CR", "VGPR", "NI", "NI"), "VGPR is none of CR, PR, SD, PD, relapse, not involved."),
        (
            ("CR", "NI", "NI", "not assessed"),
            "not assessed is none of CR, PR, SD, PD, relapse, not involved.",
        ),
    ],
)
def test_what_is_no_response_is_refused_with_the_choices(
    compartments: tuple[str, str, str, str], refused: str
) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        global_response(*compartments)
    assert str(error.value) == refused


@pytest.mark.parametrize(
    ("compartments", "expected"),
    [
        ((PR, PR, NI, NI), PR),
        ((PR, PR, None, NI), None),
        ((None, None, PD, None), PD),
        ((NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, PD), PD),
        ((None, RELAPSE, None, None), None),
        ((SD, NI, NI, None), None),
        ((None, None, None, None), None),
        ((NI, NI, NI, NI), None),
        ((NI, PD, NI, NI), PD),
    ],
)
def test_the_global_response_is_left_open_where_it_is_not_certain(
    compartments: tuple[Response | None, ...], expected: Response | None
) -> None:
    assert global_if_certain(compartments) is expected


KNOWN = st.sampled_from(COMPARTMENT)


@given(st.tuples(st.sampled_from(COMPARTMENT[:5]), KNOWN, KNOWN, KNOWN), st.sets(st.integers(0, 3)))
def test_what_is_certain_holds_once_everything_is_known(
    truth: tuple[str, str, str, str], unknown: set[int]
) -> None:
    seen = [None if place in unknown else Response(value) for place, value in enumerate(truth)]
    found = global_if_certain(seen)
    assert found is None or found == global_response(*truth)
    assert unknown or found is not None


@pytest.mark.parametrize(
    ("response", "words"),
    [(CR, "complete response"), (PD, "progressive disease"), (RELAPSE, "relapse")],
)
def test_a_response_in_words(response: Response, words: str) -> None:
    assert response.words == words


def test_nothing_else_is_a_response() -> None:
    with pytest.raises(ValueError, match="VGPR"):
        Response("VGPR")
