"""The B class of a blood count, by count (2018) and by Sézary cells (2007)."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.blood import (
    CLASSES,
    BloodCount,
    Clone,
    b_class,
    b_classes_2007,
    b_words,
    clone_remark,
    clone_suffix,
    has_many_cells,
)
from tests.models import builders as a

EVERY_CLONE = [None, *Clone]
maybe = st.none() | st.floats(0, 100)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "B0"),
        (249, "B0"),
        (249.9, "B0"),
        (250, "B1"),
        (999, "B1"),
        (999.9, "B1"),
        (1000, "B2"),
        (250_000, "B2"),
    ],
)
def test_the_class_changes_at_250_and_1000(count: float, expected: str) -> None:
    assert b_class(count) == expected


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_cells_never_make_a_lower_class(one: float, other: float) -> None:
    assert b_class(min(one, other)) <= b_class(max(one, other))


@pytest.mark.parametrize("count", [-1, -0.1, float("nan")])
def test_a_count_below_zero_is_refused(count: float) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        b_class(count)


@pytest.mark.parametrize(
    ("cd26", "cd7", "neoplastic"),
    [(300, 1200, 1200), (300, None, 300), (None, 0, 0), (None, None, None)],
)
def test_the_higher_count_is_the_neoplastic_one(
    cd26: float | None, cd7: float | None, neoplastic: float | None
) -> None:
    assert a.blood_count(a.START, cd26, cd4_cd7_negative=cd7).neoplastic == neoplastic


@pytest.mark.parametrize(
    ("percent", "cells", "many", "clone", "possible"),
    [
        (0, 0, False, Clone.NONE, "B0"),
        (5, 100, False, Clone.IDENTICAL, "B0"),
        (5.1, 102, False, Clone.IDENTICAL, "B1"),
        (40, 999.9, False, Clone.IDENTICAL, "B1"),
        (40, 1000, False, Clone.IDENTICAL, "B2"),
        (40, 1000, False, Clone.DIFFERENT, "B1"),
        (40, 1000, False, Clone.NONE, "B1"),
        (40, 1000, False, Clone.NOT_DONE, "B1 B2"),
        (40, 1000, False, None, "B1 B2"),
        (5, 1000, False, Clone.IDENTICAL, "B2"),
        (5, 1000, False, Clone.NONE, "B0"),
        (3, 60, True, Clone.IDENTICAL, "B2"),
        (3, 60, True, None, "B0 B2"),
        (3, 60, None, Clone.IDENTICAL, "B0 B2"),
        (40, None, False, Clone.IDENTICAL, "B1 B2"),
        (40, None, None, Clone.NONE, "B1"),
        (None, None, True, Clone.IDENTICAL, "B2"),
        (None, None, False, Clone.NONE, "B0 B1"),
        (None, None, None, None, "B0 B1 B2"),
    ],
)
def test_the_classes_of_2007(
    percent: float | None,
    cells: float | None,
    many: bool | None,
    clone: Clone | None,
    possible: str,
) -> None:
    assert b_classes_2007(percent, cells, many, clone) == tuple(possible.split())


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(0, 50_000),
    st.none() | st.booleans(),
    st.sampled_from(EVERY_CLONE),
)
def test_more_sezary_cells_never_make_a_lower_class_of_2007(
    one: float, other: float, lymphocytes: float, many: bool | None, clone: Clone | None
) -> None:
    fewer, more = (
        b_classes_2007(share, share * lymphocytes / 100, many, clone)
        for share in sorted([one, other])
    )
    assert fewer[0] <= more[0]
    assert fewer[-1] <= more[-1]


def test_what_is_not_known_leaves_every_class_that_an_answer_could_make() -> None:
    """Each unknown is filled in with every answer that it may have, and nothing else is reached."""
    known: list[list[Any]] = [
        [3, 40],
        [60, 1000],
        [True, False],
        [Clone.IDENTICAL, Clone.NONE],
    ]
    for given_values in product(*([*answers, None] for answers in known)):
        filled = [
            answers if value is None else [value]
            for value, answers in zip(given_values, known, strict=True)
        ]
        reached = {name for values in product(*filled) for name in b_classes_2007(*values)}
        assert set(b_classes_2007(*given_values)) == reached


@pytest.mark.parametrize(
    ("ratio", "cd7", "cd26", "many"),
    [
        (9.9, 39.9, 29.9, False),
        (10, 39.9, 29.9, True),
        (9.9, 40, 29.9, True),
        (9.9, 39.9, 30, True),
        (10, None, None, True),
        (None, None, 30, True),
        (9.9, 39.9, None, None),
        (None, 0, 0, None),
        (None, None, None, None),
    ],
)
def test_one_marker_is_enough_and_all_are_needed_to_say_no(
    ratio: float | None, cd7: float | None, cd26: float | None, many: bool | None
) -> None:
    assert has_many_cells(ratio, cd7, cd26) is many


@given(maybe, maybe, maybe, st.floats(0, 100))
def test_a_further_marker_never_changes_an_answer(
    ratio: float | None, cd7: float | None, cd26: float | None, measured: float
) -> None:
    before = has_many_cells(ratio, cd7, cd26)
    filled = has_many_cells(ratio, cd7, measured if cd26 is None else cd26)
    assert before is None or filled is before


def test_shares_are_worked_out_from_the_counts() -> None:
    measured: dict[str, Any] = {"lymphocytes": 2000, "cd4_cd8_ratio": 2, "clone": "identical"}

    def of_2007(cd26: float | None = 0, **more: object) -> str | None:
        values = {"cd4_cd7_negative": 0, "sezary_percent": 6, **measured, **more}
        return a.blood_count(a.START, cd26, **values).b_2007

    assert of_2007(599) == "B1"
    assert of_2007(600) == "B2"
    assert of_2007(cd4_cd7_negative=799) == "B1"
    assert of_2007(cd4_cd7_negative=800) == "B2"
    assert of_2007(cd4_cd8_ratio=10) == "B2"
    assert of_2007(sezary_percent=5) == "B0"
    assert of_2007(sezary_percent=50) == "B2"
    assert of_2007(sezary_percent=49.9) == "B1"
    assert of_2007(600, lymphocytes=None) == "B1 or B2"
    assert of_2007(0, lymphocytes=0) == "B1 or B2"
    assert of_2007(None) == "B1 or B2"
    assert of_2007(None, clone="none") == "B1"
    assert of_2007(600, sezary_percent=None, clone="not done") is None
    assert of_2007(600, sezary_percent=None, clone="none") == "B0 or B1"


def test_a_count_of_cells_is_not_taken_for_sezary_cells() -> None:
    """Many CD4+CD26− cells among many lymphocytes: B2 by count, not known by Sézary cells."""
    count = a.blood_count(a.START, 1200, lymphocytes=6000, clone="identical")
    assert (count.b, count.b_2007) == ("B2", None)


def test_nothing_counted_is_no_class() -> None:
    empty = a.blood_count(a.START, None)
    assert (empty.b, empty.b_suffixed, empty.b_2007) == (None, None, None)
    assert empty.possible_b_2007 == CLASSES
    assert set(BloodCount.worked_out) == {"b", "b_suffixed", "b_2007"}


@pytest.mark.parametrize(
    ("clone", "suffix"),
    [("identical", "b"), ("none", "a"), ("different", ""), ("not done", ""), (None, "")],
)
def test_the_suffix_tells_of_the_clone(clone: str | None, suffix: str) -> None:
    assert clone_suffix(Clone(clone) if clone else None) == suffix
    assert a.blood_count(a.START, 1000, clone=clone).b_suffixed == f"B2{suffix}"


@pytest.mark.parametrize(
    ("b", "clone", "remark"),
    [
        ("B2", Clone.IDENTICAL, ""),
        ("B2", Clone.DIFFERENT, "B2 also wants a clone identical to the skin's: different."),
        ("B2", Clone.NONE, "B2 also wants a clone identical to the skin's: none."),
        ("B2", Clone.NOT_DONE, "B2 also wants a clone identical to the skin's: not done."),
        ("B2", None, "B2 also wants a clone identical to the skin's: not recorded."),
        ("B1", None, ""),
        ("B0", Clone.NONE, ""),
    ],
)
def test_b2_without_its_clone_is_remarked_and_stays_b2(
    b: str, clone: Clone | None, remark: str
) -> None:
    assert clone_remark(b, clone) == remark
    cells = {"B0": 0, "B1": 250, "B2": 1000}[b]
    assert a.blood_count(a.START, cells, clone=clone).b == b


def test_b1_says_that_it_is_no_proof() -> None:
    words = {b: b_words(b) for b in CLASSES}
    assert "no proof of lymphoma, for 61 %" in words["B1"]
    assert words["B0"] == "B0: under 250 cells/µL"
    assert words["B2"] == "B2: 1000 cells/µL or more"
