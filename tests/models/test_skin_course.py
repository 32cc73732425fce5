"""What a skin score is compared with."""

import pytest

from models.skin_course import Before, changes_in_words, skin_before
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)
DAY_1 = a.infusion(FIRST)
OLD = a.skin_score("2019-06-03", 140)
BASELINE = a.skin_score("2020-01-02", 100)
LOWEST = a.skin_score("2020-03-02", 20)
LAST = a.skin_score("2020-05-04", 40)
HISTORY = a.history(MOGA, FIRST, DAY_1, OLD, BASELINE, LOWEST, LAST)


def told(before: Before) -> list[float | None]:
    return [each and each.mswat for each in (before.last, before.baseline, before.nadir)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-06-03", [None, None, None]),
        ("2019-12-02", [140, 140, 140]),
        ("2020-02-03", [100, 100, 100]),
        ("2020-03-02", [100, 100, 100]),
        ("2020-04-06", [20, 100, 20]),
        ("2020-06-01", [40, 100, 20]),
    ],
)
def test_last_baseline_and_nadir_are_those_before_the_day(
    day: str, expected: list[float | None]
) -> None:
    assert told(skin_before(HISTORY, a.day(day))) == expected


def test_a_score_is_not_compared_with_itself() -> None:
    assert told(skin_before(HISTORY, a.day("2020-06-01"), LAST.id)) == [20, 100, 20]


def test_without_a_treatment_the_first_score_is_the_baseline() -> None:
    history = a.history(OLD, BASELINE)
    assert told(skin_before(history, a.day("2020-06-01"))) == [100, 140, 100]


def test_each_score_is_told_once_with_all_that_it_is() -> None:
    assert changes_in_words(skin_before(HISTORY, a.day("2020-06-01")), 30) == [
        "−25 % against the last, 40 on 4 May 2020",
        "−70 % against the baseline, 100 on 2 Jan 2020",
        "+50 % against the nadir, 20 on 2 Mar 2020",
    ]
    assert changes_in_words(skin_before(HISTORY, a.day("2020-02-03")), 100) == [
        "no change against the last and the baseline and the nadir, 100 on 2 Jan 2020"
    ]


@pytest.mark.parametrize(("now", "change"), [(0, "no change"), (3, "new lesions")])
def test_of_nothing_there_is_no_percentage(now: float, change: str) -> None:
    clear = a.history(a.skin_score("2020-01-06", 0))
    (words,) = changes_in_words(skin_before(clear, a.day("2020-06-01")), now)
    assert words.startswith(change)
