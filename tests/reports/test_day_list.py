"""The day list as it is printed, read with other code than wrote it."""

import datetime as dt
import io
import uuid
from dataclasses import replace

import pytest
from pypdf import PdfReader

from models.base import PatientRecord, build
from models.history import History
from models.worklist import Worklist, draw_up, put_off
from reports.asked import Printing
from reports.day_list import build_day_list
from tests.models import builders as a

TODAY = dt.date(2020, 4, 30)
LONG = "Wolfeschlegelsteinhausenbergerdorff"


def someone(number: int, *records: PatientRecord, name: str = "Weber") -> History:
    key = uuid.UUID(int=number)
    patient = a.patient(id=key, mrn=f"M{number:05}", family_name=name)
    known = (a.diagnosis("2019-12-02"), a.staging(date="2019-12-02"), *records)
    own = [build(type(each), each.model_dump() | {"patient": key}) for each in known]
    return History.of_records(patient, own)


def planned(number: int, date: str, name: str = "Weber") -> History:
    return someone(number, a.visit(date, "planned", id=uuid.UUID(int=1000 + number)), name=name)


def pages(worklist: Worklist, printing: Printing) -> list[str]:
    reader = PdfReader(io.BytesIO(build_day_list(worklist, printing)))
    return [page.extract_text() for page in reader.pages]


def test_the_list_says_what_of_whom_when_and_why(printing: Printing) -> None:
    late, soon = planned(1, "2020-04-18"), planned(2, "2020-05-04", name="Zorn")
    found = draw_up([late, soon], TODAY)
    (text,) = pages(found, printing)
    for words in (
        "Skin Clinic",
        "Day list · 30 April 2020",
        "Thursday 30 April 2020",
        "2 due within 7 days, 1 of them past its day.",
        "Overdue (1)",
        "Weber, Karl\nborn 15 Jun 1950 (69) · MRN M00001",
        "Follow-up visit\nPlanned",
        "Sat 18 Apr 2020\n12 days overdue",
        "Follow-up visits due (1)",
        "Mon 4 May 2020\nin 4 days",
        "page 1 of 1",
    ):
        assert words in text
    assert "Put off" not in text


def test_what_is_put_off_stands_at_the_end_with_its_reason(printing: Printing) -> None:
    found = draw_up([planned(1, "2020-04-18"), planned(2, "2020-04-20", name="Zorn")], TODAY)
    item = found.due[0]
    snooze = put_off(item, dt.date(2020, 5, 11), "on holiday", TODAY)
    changed = found.changed(item, build(type(snooze), snooze.model_dump() | {"recorded_by": "AB"}))
    (text,) = pages(changed, printing)
    assert text.index("Zorn") < text.index("Put off (1)") < text.index("Weber")
    assert "Put off until 11 May 2020 by AB: on holiday" in " ".join(text.split())


@pytest.mark.parametrize("days", [0, 7])
def test_an_empty_list_says_so(days: int, printing: Printing) -> None:
    (text,) = pages(draw_up([someone(1)], TODAY, days), printing)
    assert "There is nothing to do from this list." in text
    assert "Nothing is due" in text


def test_headings_are_repeated_and_no_row_is_split(printing: Printing) -> None:
    many = [planned(n, "2020-05-04", name=f"{LONG} {LONG}") for n in range(1, 61)]
    found = pages(draw_up(many, TODAY), printing)
    assert len(found) > 2
    for number, text in enumerate(found, start=1):
        assert "Follow-up visits due (60)" in text
        assert "What is due" in text
        assert "Day list · 30 April 2020 · printed 30 Apr 2020 14:02 by anna" in text
        assert f"page {number} of {len(found)}" in text
        names, numbers = text.count("Karl"), text.count("MRN M000")
        assert names == numbers == text.count("in 4 days")
    assert sum(text.count("MRN") for text in found) == 60


def test_the_longest_reason_fits_on_a_page(printing: Printing) -> None:
    found = draw_up([planned(1, "2020-05-04")], TODAY)
    snooze = put_off(found.due[0], dt.date(2020, 5, 11), "x" * 500, TODAY)
    assert "xxxxx" in pages(found.changed(found.due[0], snooze), printing)[0]


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_page_stands_upright(paper: str, size: tuple[int, int], printing: Printing) -> None:
    found = draw_up([planned(1, "2020-05-04")], TODAY)
    pdf = build_day_list(found, replace(printing, paper=paper))
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    assert pdf == build_day_list(found, replace(printing, paper=paper))
