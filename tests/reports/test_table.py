"""Tables and prose over pages: every row once, in order and whole, no word on another."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.asked import Printing
from reports.flow import Prose
from reports.kit import MARGIN, Page, build
from reports.table import GAP, Column, Row, Table, Words
from reports.type import BODY, width_of
from tests.reports.overlaps import faults
from tests.reports.page_words import PrintedPage, Written, needs_poppler, pages_of
from tests.thorough import times

PRINTING = Printing("Skin Clinic", "anna", dt.datetime(2020, 4, 30, 14, 2, tzinfo=dt.UTC))
COLUMNS = (Column("Number", 50, right=True), Column("What", 120), Column("Words"))
LEFT = [MARGIN, MARGIN + 50 + GAP, MARGIN + 50 + GAP + 120 + GAP, 10_000]

pytestmark = needs_poppler


def printed(*story: object, wide: bool = False) -> list[PrintedPage]:
    page = Page("Test", "A test", "Nobody", wide=wide)
    return pages_of(build(page, PRINTING, story))


def inside(pages: list[PrintedPage]) -> list[list[Written]]:
    """The words between head and foot of each page."""
    return [
        [each for each in page.words if MARGIN + 18 < each.top < page.height - MARGIN - 12]
        for page in pages
    ]


def column(pages: list[list[Written]], number: int) -> list[str]:
    """What stands in a column, below the headings that each page repeats."""
    left, right = LEFT[number] - 1, LEFT[number + 1] - 1
    found = []
    for page in pages:
        head = next(each.bottom for each in page if each.text == "Number")
        own = [each for each in page if left <= each.left < right and each.top > head]
        assert all(each.right <= right - GAP + 2 for each in own)
        found += [each.text for each in own]
    return found


words = st.lists(st.from_regex(r"\A[a-zA-Zé≥µ()<&]{1,24}\Z"), max_size=40).map(" ".join)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=40), st.booleans())
@settings(max_examples=times(20), deadline=None)
def test_every_row_is_printed_once_and_in_order(cells: list[tuple[str, str]], wide: bool) -> None:
    rows = [(f"#{number}", *pair) for number, pair in enumerate(cells)]
    found = inside(printed(Table(COLUMNS, rows, "Rows"), wide=wide))
    assert column(found, 0) == [f"#{number}" for number in range(len(cells))]
    for number in (1, 2):
        typed = "".join(pair[number - 1] for pair in cells)
        assert "".join(column(found, number)) == "".join(typed.split())


@given(st.lists(words, min_size=1, max_size=60))
@settings(max_examples=times(20), deadline=None)
def test_no_row_is_torn_and_headings_stand_on_every_page(cells: list[str]) -> None:
    rows = [(f"begin{n}", text, f"end{n}") for n, text in enumerate(cells)]
    columns = (Column("First", 60), Column("Text"), Column("Last", 60))
    found = inside(printed(Table(columns, rows, "Rows")))
    for page in found:
        told = [each.text for each in page]
        assert told[0] == "Rows"
        assert {"First", "Text", "Last"} <= set(told[:5])
        begun = [text[5:] for text in told if text.startswith("begin")]
        assert begun == [text[3:] for text in told if re.fullmatch(r"end\d+", text)]
        assert begun


@given(st.lists(st.tuples(words, words), min_size=1, max_size=30))
@settings(max_examples=times(20), deadline=None)
def test_no_word_lies_on_another_or_outside_the_page(cells: list[tuple[str, str]]) -> None:
    rows = [(f"{number}.5", *pair) for number, pair in enumerate(cells)]
    page = Page("Test", "A test", "Nobody")
    assert faults(build(page, PRINTING, [Table(COLUMNS, rows, "Rows")])) == []


def test_numbers_end_at_the_right_of_their_column() -> None:
    rows = [(f"{10**n}", "x", "y") for n in range(8)]
    found = inside(printed(Table(COLUMNS, rows)))[0]
    ends = {round(each.right, 1) for each in found if each.text.isdigit()}
    assert ends == {round(MARGIN + COLUMNS[0].width, 1)}


@pytest.mark.parametrize("text", ["word " * 2_000, "x" * 10_000, "line\n" * 2_000])
def test_a_note_of_10_000_letters_flows_over_pages(text: str) -> None:
    rows = [("1", "before", "short"), ("2", "the note", text), ("3", "after", "short")]
    pages = printed(Table(COLUMNS, rows, "Notes"))
    assert len(pages) > 2
    found = inside(pages)
    assert "".join(column(found, 2)) == "short" + "".join(text.split()) + "short"
    assert column(found, 1) == ["before", "the", "note", "after"]
    lowest = max(each.bottom for page in found[:-1] for each in page)
    assert lowest > pages[0].height * 0.8


def test_a_long_row_is_begun_at_the_foot_of_a_page_only_where_it_is_longer_than_one() -> None:
    rows = [("1", "a", "line\n" * 30), ("2", "b", "line\n" * 30), ("3", "c", "line\n" * 30)]
    found = inside(printed(Table(COLUMNS, rows)))
    assert [sum(each.text == "line" for each in page) for page in found] == [60, 30]


def test_an_anchor_and_an_empty_table_do_no_harm() -> None:
    assert printed(Table(COLUMNS, [Row(("1", "", []), "here")], "One"), Table(COLUMNS, [], "None"))


def test_a_cell_holds_parts_one_below_the_other() -> None:
    rows = [("1", [Words("above", BODY), Words("below")], "beside")]
    found = {each.text: each for each in inside(printed(Table(COLUMNS, rows)))[0]}
    assert found["above"].bottom < found["below"].top
    assert found["above"].left == pytest.approx(found["below"].left, abs=0.1)
    assert abs(found["above"].bottom - found["beside"].bottom) < 3


@given(st.integers(1, 200), st.integers(0, 60))
@settings(max_examples=times(25), deadline=None)
def test_prose_leaves_no_line_alone(lines: int, above: int) -> None:
    story = [Prose("\n".join(["top"] * above)), Prose("\n".join(["text"] * lines))]
    found = [sum(each.text == "text" for each in page) for page in inside(printed(*story))]
    assert sum(found) == lines
    assert lines < 4 or all(count != 1 for count in found)


def test_prose_is_as_wide_as_it_was_measured() -> None:
    text = "mogamulizumab Łukasz ≥"
    found = inside(printed(Prose(text)))[0]
    assert found[-1].right - found[0].left == pytest.approx(width_of(text, Words("").look), abs=0.5)
