"""Response of skin and blood, the global response by the published table, and its confirmation."""

import datetime as dt
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import InvalidRecord
from models.response import (
    FAILING,
    RANK,
    RESPONDING,
    Assessment,
    Response,
    best_confirmed,
    best_response,
    blood_response,
    global_if_certain,
    global_response,
    is_confirmed,
    skin_response,
    skin_response_2022,
)
from tests.models import builders as a

VGPR = Response("VGPR")
CR, PR, SD, PD, RELAPSE = (Response(value) for value in ("CR", "PR", "SD", "PD", "relapse"))
NI, NOT_ASSESSED = Response("not involved"), Response("not assessed")
Skin = Callable[..., Response]
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
def test_the_skin_from_a_baseline_of_100_in_2011(nadir: float, now: float, expected: str) -> None:
    assert skin_response(100, nadir, now, had_response=nadir <= 50) == expected


@pytest.mark.parametrize(
    ("nadir", "now", "expected"),
    [
        (100, 0, "CR"),
        (100, 1, "VGPR"),
        (100, 10, "VGPR"),
        (100, 10.5, "PR"),
        (100, 11, "PR"),
        (100, 50, "PR"),
        (100, 51, "SD"),
        (100, 124, "SD"),
        (100, 125, "PD"),
        (20, 50, "PR"),
        (20, 70, "SD"),
        (20, 71, "PD"),
        (50, 100, "SD"),
        (50, 101, "PD"),
        (0, 0, "CR"),
        (0, 5, "VGPR"),
        (0, 50, "PR"),
        (0, 51, "PD"),
    ],
)
def test_the_skin_from_a_baseline_of_100_in_2022(nadir: float, now: float, expected: str) -> None:
    assert skin_response_2022(100, nadir, now, had_response=nadir <= 50) == expected


@pytest.mark.parametrize(("now", "expected"), [(1, SD), (50, SD), (0, CR), (125, PD)])
def test_in_2022_a_stage_that_advanced_is_no_partial_response(
    now: float, expected: Response
) -> None:
    assert skin_response_2022(100, 100, now, had_response=False, advanced=True) is expected


@pytest.mark.parametrize("rule", [skin_response, skin_response_2022])
def test_a_new_tumour_is_progression_however_small_the_score(rule: Skin) -> None:
    assert rule(100, 100, 1, False, new_tumour=True) is PD
    assert rule(100, 0, 1, True, new_tumour=True) is PD


@pytest.mark.parametrize("rule", [skin_response, skin_response_2022])
@pytest.mark.parametrize(("now", "expected"), [(0, NI), (1, PD)])
def test_skin_that_was_clear_is_not_involved_or_worse(
    rule: Skin, now: float, expected: Response
) -> None:
    assert rule(0, 0, now, had_response=False) is expected


@pytest.mark.parametrize("rule", [skin_response, skin_response_2022])
def test_a_baseline_however_low_is_a_baseline(rule: Skin) -> None:
    assert rule(0.5, 0.5, 0.5, had_response=False) is SD


@pytest.mark.parametrize(
    ("baseline", "now", "expected"),
    [(0.28, 0.35, PD), (0.28, 0.349, SD), (0.3, 0.15, PR), (2.1, 0.21, PR), (4.4, 5.5, PD)],
)
def test_decimals_do_not_blur_a_boundary(baseline: float, now: float, expected: Response) -> None:
    assert skin_response(baseline, baseline, now, had_response=False) is expected


@pytest.mark.parametrize(("baseline", "now"), [(2.1, 0.21), (0.3, 0.03), (11, 1.1)])
def test_a_tenth_of_the_baseline_is_a_very_good_partial_response(
    baseline: float, now: float
) -> None:
    assert skin_response_2022(baseline, baseline, now, had_response=False) is VGPR


@given(st.sampled_from([skin_response, skin_response_2022]), scores.filter(bool), scores, scores)
def test_complete_response_is_nothing_left_and_nothing_else(
    rule: Skin, baseline: float, nadir: float, now: float
) -> None:
    found = rule(baseline, min(nadir, baseline), now, nadir <= baseline / 2)
    assert (found is CR) == (now == 0)


@given(scores.filter(bool), scores, scores)
def test_2022_differs_from_2011_by_the_finer_word_and_the_missing_relapse_alone(
    baseline: float, nadir: float, now: float
) -> None:
    nadir = min(nadir, baseline)
    former = skin_response(baseline, nadir, now, nadir <= baseline / 2)
    found = skin_response_2022(baseline, nadir, now, nadir <= baseline / 2)
    assert found is not RELAPSE
    assert former is RELAPSE or former is {VGPR: PR}.get(found, found)


@given(
    st.sampled_from([skin_response, skin_response_2022]),
    scores.filter(bool),
    scores,
    scores,
    scores,
)
def test_a_better_score_never_gives_a_worse_response(
    rule: Skin, baseline: float, nadir: float, one: float, other: float
) -> None:
    nadir = min(nadir, baseline)
    better, worse = sorted((one, other))
    found = [rule(baseline, nadir, now, nadir <= baseline / 2) for now in (better, worse)]
    assert RANK[found[0]] <= RANK[found[1]]


counts = st.integers(0, 20_000)


@given(counts, counts, counts, counts)
def test_fewer_cells_never_give_a_worse_response(
    baseline: int, nadir: int, one: int, other: int
) -> None:
    nadir = min(nadir, baseline)
    had_response = nadir < 250 or nadir < baseline / 2
    found = [blood_response(baseline, nadir, now, had_response) for now in sorted((one, other))]
    assert RANK.get(found[0], 0) <= RANK.get(found[1], 0)


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
        # after CR a rise is PD only above 1.5 × baseline
        (6000, 100, 5000, "relapse"),
        (6000, 100, 6000, "relapse"),
        (6000, 249, 9000, "relapse"),
        (6000, 249, 9001, "PD"),
        (6000, 250, 5000, "PD"),
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


def test_a_very_good_partial_response_counts_as_a_partial_one_everywhere() -> None:
    finer = ("CR", "VGPR", "PR", "SD", "PD", "relapse")
    for skin, *others in product(finer, *[(*finer, "NI")] * 3):
        coarse = [value.replace("VGPR", "PR") for value in (skin, *others)]
        assert global_response(skin, *others) == global_response(*coarse)
    assert global_response("VGPR", "NI", "NI", "NI") == "PR"
    assert global_response("VGPR", "SD", "NI", "NI") == "SD"


def test_not_involved_may_be_written_out() -> None:
    assert global_response("CR", "not involved", "NI", "not involved") == "CR"


@pytest.mark.parametrize(
    ("compartments", "refused"),
    [
        (("NI", "NI", "NI", "NI"), "NI is none of CR, VGPR, PR, SD, PD, relapse."),
        (("CR", "MR", "NI", "NI"), "MR is none of CR, VGPR, PR, SD, PD, relapse, not involved."),
        (
            ("CR", "NI", "NI", "not assessed"),
            "not assessed is none of CR, VGPR, PR, SD, PD, relapse, not involved.",
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
        ((VGPR, NI, NI, NI), PR),
        ((VGPR, VGPR, None, NI), None),
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
    [
        (CR, "complete response"),
        (VGPR, "very good partial response"),
        (PD, "progressive disease"),
        (RELAPSE, "relapse"),
    ],
)
def test_a_response_in_words(response: Response, words: str) -> None:
    assert response.words == words


def test_a_judgement_is_explained() -> None:
    with pytest.raises(InvalidRecord, match="Say why the judgement differs"):
        a.assessment("2020-03-02", judgement="SD")
    assert (
        a.assessment("2020-03-02", judgement="VGPR", judgement_reason="one spot").judgement is VGPR
    )


def test_nothing_else_is_a_response() -> None:
    with pytest.raises(ValueError, match="MR"):
        Response("MR")


def test_a_very_good_partial_response_is_a_response_between_the_others() -> None:
    assert VGPR in RESPONDING
    assert RANK[CR] < RANK[VGPR] < RANK[PR] < RANK[SD] < RANK[PD] == RANK[RELAPSE]


def held(*states: tuple[int, str]) -> list[tuple[dt.date, Response]]:
    return [(dt.date(2020, 1, 1) + dt.timedelta(days=day), Response(told)) for day, told in states]


@pytest.mark.parametrize(
    ("states", "best", "first"),
    [
        ([(0, "PR")], None, False),
        ([(0, "PR"), (27, "PR")], None, False),
        ([(0, "PR"), (28, "PR")], "PR", True),
        ([(0, "PR"), (28, "CR")], "PR", True),
        ([(0, "PR"), (28, "CR"), (56, "CR")], "CR", True),
        ([(0, "CR"), (28, "PR")], "PR", False),
        ([(0, "CR"), (28, "VGPR"), (56, "VGPR")], "VGPR", False),
        ([(0, "PR"), (14, "SD"), (28, "PR")], "PR", True),
        ([(0, "PR"), (14, "PD"), (28, "PR")], None, False),
        ([(0, "CR"), (14, "relapse"), (28, "CR"), (56, "CR")], None, False),
        ([(0, "SD"), (28, "PR"), (56, "PR")], "PR", None),
        ([(0, "SD"), (28, "SD")], None, None),
        ([(0, "PD"), (28, "PD")], None, None),
    ],
)
def test_a_response_is_confirmed_when_it_is_seen_again(
    states: list[tuple[int, str]], best: str | None, first: bool | None
) -> None:
    assert best_confirmed(held(*states), 28) == best
    assert is_confirmed(held(*states), 28) is first


@pytest.mark.parametrize(
    ("states", "best"),
    [
        ([(0, "SD"), (28, "PR"), (56, "CR")], "CR"),
        ([(0, "SD"), (56, "PD"), (112, "PR")], "SD"),
        ([(0, "PD"), (28, "CR")], "PD"),
        ([(0, "relapse"), (28, "PR")], "relapse"),
        ([], None),
    ],
)
def test_what_comes_after_progression_is_no_best_response(
    states: list[tuple[int, str]], best: str | None
) -> None:
    assert best_response(held(*states)) == best


def test_the_clinic_sets_after_how_many_days() -> None:
    seen_again = held((0, "PR"), (55, "PR"))
    assert [is_confirmed(seen_again, days) for days in (0, 28, 55, 56)] == [True, True, True, False]
    assert is_confirmed(held((0, "PR")), 0) is True
    assert best_confirmed(held((0, "PR")), 0) is PR
    assert best_confirmed([], 0) is None


STATES = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from(["CR", "VGPR", "PR", "SD", "PD", "relapse"])),
    min_size=1,
    unique_by=lambda state: state[0],
).map(sorted)


@given(STATES, st.integers(0, 90), st.sampled_from(sorted(RANK)))
def test_what_is_confirmed_stays_so_and_never_exceeds_the_best_seen(
    states: list[tuple[int, str]], after_days: int, later: Response
) -> None:
    seen = held(*states)
    confirmed = best_confirmed(seen, after_days)
    if confirmed:
        assert confirmed not in FAILING
        assert RANK[confirmed] >= min(RANK[response] for _day, response in seen)
        more = best_confirmed([*seen, *held((400, later))], after_days)
        assert more
        assert RANK[more] <= RANK[confirmed]


def test_a_judgement_needs_its_reason() -> None:
    assert Assessment.needed_with({"judgement": Response.SD}).keys() == {"judgement_reason"}
    assert Assessment.needed_with({"judgement": None}) == {}
