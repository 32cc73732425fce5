"""What the pages of the published case say, and where on them, as it was last looked at.

Where a page was changed on purpose: `make golden`, and look at what that changes.
"""

import pytest

from reports.catalogue import PHOTOGRAPHS, REPORTS
from tests.reports.golden_pages import FOLDER, as_text, differences, golden, golden_pages
from tests.reports.page_words import needs_poppler

NAMES = [*sorted(REPORTS.keys() - {PHOTOGRAPHS.kind}), "day-list", "recovery-sheet"]
PAGE = """page 1, 595 x 842 points
   34    44  Skin Clinic
   34    78  Rossi, Anna
  300    78  Rossi, Anna
"""


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return golden_pages()


@needs_poppler
@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_the_case_are_as_they_were(name: str, pages: dict[str, bytes]) -> None:
    found = differences(golden(name), as_text(pages[name]))
    assert not found, "\n".join([f"{name} was printed otherwise (see `make golden`):", *found])


def test_every_report_has_its_file_and_no_file_is_left_over(pages: dict[str, bytes]) -> None:
    assert {path.stem for path in FOLDER.iterdir()} == pages.keys() == {*NAMES}


def test_what_moves_by_less_than_two_points_is_where_it_was() -> None:
    assert differences(PAGE, PAGE.replace("34    78", "36    76")) == []


def test_what_moves_further_is_named_with_both_places() -> None:
    (told,) = differences(PAGE, PAGE.replace("300    78", "303    78"))
    assert told.endswith("Rossi, Anna: golden at (300, 78), printed at (303, 78)")


@pytest.mark.parametrize(
    "changed",
    [
        PAGE.replace("Skin Clinic", "Skin clinic"),
        PAGE.replace("Skin Clinic", "Skin  Clinic"),
        PAGE.replace("  300    78  Rossi, Anna\n", ""),
        PAGE + "   34   90  More\n",
        PAGE.replace("page 1,", "page 2,"),
        PAGE.replace("595", "612"),
    ],
)
def test_another_word_line_page_or_paper_is_a_difference(changed: str) -> None:
    assert differences(PAGE, changed) != []
    assert differences(changed, PAGE) != []


def test_a_difference_is_told_line_by_line() -> None:
    found = differences(PAGE, PAGE.replace("Skin Clinic", "Eye Clinic"))
    assert "-Skin Clinic" in found
    assert "+Eye Clinic" in found
    assert "+Rossi, Anna" not in found
