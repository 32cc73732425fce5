"""The list of a run, read with other code than wrote it."""

import datetime as dt
import io
import uuid
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reports.asked import Printing
from reports.run_list import Ran, build_run_list
from reports.wanted import Wanted
from tests.models import builders as a
from tests.reports.good_page import complaints
from tests.reports.page_words import needs_poppler

DAY = dt.date(2020, 4, 30)
TIMELINE = Wanted("timeline", DAY)
SAID = "2 of 3 done. 1 is left."


def someone(number: int, word: str, why: str = "", name: str = "Weber") -> Ran:
    key = uuid.UUID(int=number)
    return Ran(a.patient(id=key, mrn=f"M{number:05}", family_name=name), word, why)


def text(wanted: Wanted, ran: Sequence[Ran], printing: Printing) -> str:
    reader = PdfReader(io.BytesIO(build_run_list(wanted, SAID, ran, printing)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_each_number_has_its_patient_and_what_became_of_the_page(printing: Printing) -> None:
    ran = [someone(7, "Sent"), someone(8, "Failed", "The printer is switched off."), someone(9, "")]
    found = text(TIMELINE, ran, printing)
    assert "Timeline · as of 30 April 2020 2 of 3 done. 1 is left." in found
    assert "1 Weber, Karl born 15 Jun 1950 M00007 Sent" in found
    assert "2 Weber, Karl born 15 Jun 1950 M00008 Failed The printer is switched off." in found
    assert "3 Weber, Karl born 15 Jun 1950 M00009" in found
    assert "tells whose" not in found


@pytest.mark.parametrize("wanted", [replace(TIMELINE, anonymous=True), Wanted("case-pack", DAY)])
def test_it_is_the_key_to_de_identified_pages_and_says_so(
    wanted: Wanted, printing: Printing
) -> None:
    assert "This list tells whose the de-identified pages are" in text(
        wanted, [someone(7, "Saved")], printing
    )


@needs_poppler
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_long_list_is_good(paper: str, printing: Printing) -> None:
    names = ("Weber", "Wolfeschlegelsteinhausenbergerdorff " * 4)
    why = "No adverse event of this patient is recorded as of 30 Apr 2020. Nothing was printed."
    ran = [someone(n, "No page", why if n % 3 else "", names[n % 2]) for n in range(1, 120)]
    pdf = build_run_list(TIMELINE, SAID, ran, replace(printing, paper=paper))
    assert complaints(pdf, "List of printed pages") == []
