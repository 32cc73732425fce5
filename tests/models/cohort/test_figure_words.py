"""How figures are worded, on screen and paper alike."""

from models.cohort.figure_words import (
    months_interval_words,
    months_words,
    p_words,
    percent_words,
    range_words,
    ratio_interval_words,
    ratio_words,
    share_words,
)


def test_shares_say_of_how_many() -> None:
    assert share_words(17, 46) == "17 of 46 (37 %)"
    assert share_words(0, 5) == "0 of 5 (0 %)"
    assert share_words(0, 0) == "0 of 0"


def test_a_share_is_rounded_to_0_or_100_only_where_it_is() -> None:
    shares = [0, 0.0001, 0.0099, 0.375, 0.99, 0.9996, 1]
    told = [percent_words(each) for each in shares]
    assert told == ["0", "0.1", "1", "38", "99", "99.9", "100"]


def test_ratios_and_p_values() -> None:
    assert ratio_interval_words(0.53, 0.41, 0.684) == "0.53 (95 % CI 0.41 to 0.68)"
    assert [ratio_words(each) for each in (0, 0.004, 120)] == ["0.00", "under 0.01", "over 100"]
    told = [p_words(each) for each in (0.00099, 0.0123, 0.0999, 0.34, 0.994, 0.999)]
    assert told == ["p < 0.001", "p = 0.012", "p = 0.100", "p = 0.34", "p = 0.99", "p > 0.99"]


def test_months_that_are_not_reached() -> None:
    assert (months_words(432), months_words(None)) == ("14.2", "–")
    assert months_interval_words(432, 310, None) == "14.2 (95 % CI 10.2 to –)"
    assert months_interval_words(None, None, None) == "not reached"
    assert months_interval_words(None, 310, None) == "not reached (95 % CI 10.2 to –)"
    assert range_words("14.2", "10.2", "–") == "14.2 (10.2 to –)"
