"""Labels with their values, in one column or two, over as many pages as they need."""

import io

from pypdf import PdfReader

from reports.asked import Printing
from reports.facts import Beside, Fact, Facts
from reports.kit import Page, build
from tests.reports.overlaps import faults


def pdf(printing: Printing, *parts: Facts | Beside) -> bytes:
    return build(Page("Facts", "Facts", ""), printing, [*parts])


def pages(printing: Printing, *parts: Facts | Beside) -> list[str]:
    made = pdf(printing, *parts)
    assert not faults(made)
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def many(name: str, number: int) -> list[Fact]:
    return [(f"{name} {n}", f"value {name}{n}") for n in range(1, number + 1)]


def test_what_is_blank_is_said(printing: Printing) -> None:
    (page,) = pages(printing, Facts([("Allergies", None), ("ECOG", ""), ("Weight", "71 kg")]))
    told = " ".join(page.split())
    assert "Allergies not recorded ECOG not recorded Weight 71 kg" in told


def test_two_columns_go_over_together_and_nothing_is_lost(printing: Printing) -> None:
    beside = Beside([Facts(many("a", 70), "Left")], [Facts(many("b", 60), "Right")])
    first, second = pages(printing, beside)
    assert "Left (continued)" in second
    assert "Right (continued)" in second
    values = {f"{name}{n}" for name, number in (("a", 70), ("b", 60)) for n in range(1, number + 1)}
    on_first, on_second = values & set(first.split()), values & set(second.split())
    assert on_first | on_second == values
    assert not on_first & on_second


def test_a_column_much_longer_than_the_other_goes_over_the_whole_width(printing: Printing) -> None:
    long = "lorem ipsum dolor sit amet " * 3
    few, more = Facts([("Short", long)]), Facts([(f"Long {n}", long) for n in range(40)])
    (page, *_rest) = pages(printing, Beside([few], [more]))
    assert long.strip() in page
    (page,) = pages(printing, Beside([few], [Facts([("Long", long)])]))
    assert long.strip() not in page


def test_one_column_alone_has_the_whole_width(printing: Printing) -> None:
    long = "lorem ipsum dolor sit amet " * 3
    (page,) = pages(printing, Beside([], [Facts([("Alone", long)])]))
    assert long.strip() in page


def test_a_value_longer_than_a_page_goes_on(printing: Printing) -> None:
    text = " ".join(f"w{n}" for n in range(6000))
    found = " ".join(pages(printing, Beside([Facts([("Note", text)])], [Facts(many("b", 3))])))
    assert [word for word in found.split() if word[0] == "w"] == text.split()
