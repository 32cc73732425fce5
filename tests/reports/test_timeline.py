"""The timeline report as it is printed, read with other code than wrote it."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from models.base import PatientRecord, build, revised
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.history import History
from models.lanes import LaneKey
from models.patient import Patient
from models.visit import Visit
from models.words import days_counted_from
from reports.asked import Asked, Printing
from reports.timeline import build_timeline
from reports.type import printable
from tests.models import builders as a
from tests.reports.overlaps import faults

AS_OF = dt.date(2020, 4, 30)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_first_page_tells_the_case(case: History, printing: Printing) -> None:
    first = pages(build_timeline(Asked(case, AS_OF), printing))[0]
    for words in (
        "Skin Clinic",
        "Patient timeline · as of 30 April 2020",
        "Rossi, Anna · female · born 2 Mar 1958 (62) · MRN 004711",
        "Sézary syndrome, 2011 · T4 NX M0 B2, stage IVA1 (nodes not biopsied: IVA2 possible)",
        "Complete response since 25 Apr 2016, 2 y 6 mo off treatment.",
        "30 cycles (62 infusions) of mogamulizumab",
        "4.6 months",
        "4 y 5 mo",
        "Plaque on the cheekbone, without itch",
        "drug-related, both",
        "stated to have ended Apr 2014, but it began 2015",
        "Rules that await confirmation by a clinician: Working stage with NX, MX or BX; ",
        *("Treatment", "Infusions", "Response", "Skin", "Blood", "Adverse events", "Visits"),
    ):
        assert words in first


def test_every_page_carries_identity_and_its_number(case: History, printing: Printing) -> None:
    found = pages(build_timeline(Asked(case, AS_OF), printing))
    assert len(found) > 2
    for number, text in enumerate(found, start=1):
        assert f"page {number} of {len(found)}" in text
        assert "MRN 004711 · printed 30 Apr 2020 14:02 by anna" in text


def test_every_event_is_listed_with_its_day_and_cycle(case: History, printing: Printing) -> None:
    rest = "\n".join(pages(build_timeline(Asked(case, AS_OF), printing))[1:])
    words = " ".join(rest.split())
    assert words.count(" Infusion cycle ") == 62
    assert "20 Jul 2015 1 C1 Infusion cycle 1 day 1, given" in words
    assert "17 Jul 2017 729 C27 Infusion cycle 27 day 1, given" in words
    assert words.count(" Biopsy ") == 2


def test_same_input_same_bytes(case: History, printing: Printing) -> None:
    assert build_timeline(Asked(case, AS_OF), printing) == build_timeline(
        Asked(case, AS_OF), printing
    )


def test_type_is_embedded_and_nothing_is_rastered(case: History, printing: Printing) -> None:
    reader = PdfReader(io.BytesIO(build_timeline(Asked(case, AS_OF), printing)))
    embedded, missing = set(), set()
    for page in reader.pages:
        found, unembedded = page._get_fonts()
        embedded |= found
        missing |= unembedded
    assert {name.partition("+")[2] for name in embedded} == {"Roboto-Regular", "Roboto-Medium"}
    assert not missing - {"/Helvetica"}
    assert not any(page.images for page in reader.pages)
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Patient timeline"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_page_is_landscape(case: History, paper: str) -> None:
    printing = Printing("Clinic", "anna", dt.datetime(2020, 1, 1, tzinfo=dt.UTC), paper)
    for page in PdfReader(io.BytesIO(build_timeline(Asked(case, AS_OF), printing))).pages:
        assert page.mediabox.width > page.mediabox.height


def test_as_of_an_earlier_day_nothing_later_is_told(case: History, printing: Printing) -> None:
    text = "\n".join(pages(build_timeline(Asked(case, dt.date(2016, 1, 1)), printing)))
    assert "Partial response since 7 Dec 2015" in text
    assert "On treatment: 6 cycles" in text
    assert "2017" not in text
    assert "cheekbone" not in text


def test_a_patient_without_records_has_a_page(case: History, printing: Printing) -> None:
    bare = History.of_records(case.patient, [])
    (text,) = pages(build_timeline(Asked(bare, AS_OF), printing))
    assert "Nothing that can be drawn on a timeline has been recorded yet." in text
    assert "List of events\nNone recorded." in text


def test_markup_and_strange_signs_are_printed_as_typed(printing: Printing) -> None:
    owner = build(
        Patient,
        {
            "mrn": "<1>",
            "family_name": "O'Brien & <b>Łukasz",
            "given_name": "Ελένη 王",
            "birth_date": "1950-01-01",
            "sex": "other",
        },
    )
    visit = build(
        Visit,
        {
            "patient": owner.id,
            "date": "2019-01-01",
            "kind": "follow-up",
            "status": "done",
            "symptoms": "a < b & <script>x</script> " + "very long " * 150,
        },
    )
    history = History.of_records(owner, [visit])
    text = "\n".join(pages(build_timeline(Asked(history, AS_OF), printing)))
    assert f"O'Brien & <b>Łukasz, Ελένη {printable('王')}" in text
    assert "a < b & <script>x</script>" in text.replace("\n", " ")


def test_a_dead_patient_is_said_to_have_died(case: History, printing: Printing) -> None:
    dead = revised(case.patient, death_date="2020-04")
    records = [record for found in case.records.values() for record in found]
    text = pages(build_timeline(Asked(History.of_records(dead, records), AS_OF), printing))[0]
    assert "Died Apr 2020." in text


def outline(reader: PdfReader, found: list[Any], level: int = 0) -> Iterator[tuple[int, str, int]]:
    """Level, title and page of each entry."""
    for each in found:
        if isinstance(each, list):
            yield from outline(reader, each, level + 1)
        else:
            yield level, each.title, reader.get_destination_page_number(each)


def test_the_outline_leads_to_the_page_and_to_each_year_of_the_list(
    case: History, printing: Printing
) -> None:
    reader = PdfReader(io.BytesIO(build_timeline(Asked(case, AS_OF), printing)))
    entries = [*outline(reader, reader.outline)]
    assert entries[:3] == [(0, "Timeline", 0), (0, "List of events", 1), (1, "2011", 1)]
    years = [title for level, title, _page in entries if level == 1]
    assert years == ["2011", *map(str, range(2013, 2021))]
    for level, title, page in entries:
        assert level == 0 or title in reader.pages[page].extract_text()


def test_marks_lead_to_their_line_in_the_list(case: History, printing: Printing) -> None:
    reader = PdfReader(io.BytesIO(build_timeline(Asked(case, AS_OF), printing)))
    found: Any = reader.pages[0]["/Annots"]
    links = [each.get_object() for each in found]
    assert len({str(link["/Dest"]) for link in links}) == len(links) > 90
    assert all([*link["/Border"]] == [0, 0, 0] for link in links)
    wide = reader.pages[0].mediabox.width
    assert all(0 < link["/Rect"][0] < link["/Rect"][2] < wide for link in links)
    bare = build_timeline(Asked(case, AS_OF, without=frozenset({"list"})), printing)
    assert "/Annots" not in PdfReader(io.BytesIO(bare)).pages[0]


def test_lanes_figures_and_list_can_be_left_out(case: History, printing: Printing) -> None:
    without = frozenset({"blood", "visits", "figures", "list"})
    (text,) = pages(build_timeline(Asked(case, AS_OF, without=without), printing))
    for words in ("Sézary cells/µL", "visit done", "time to response", "List of events"):
        assert words not in text
    for words in ("mSWAT", "infusion given", "drug-related, both", "last contact 27 Apr 2020"):
        assert words in text


def test_lanes_that_were_left_out_are_not_called_empty(case: History, printing: Printing) -> None:
    """Neither where none is left, nor where only those are left in which there is nothing."""
    whole = frozenset(LaneKey)
    for without, words in (
        (whole, "Every lane of the timeline was left out."),
        (whole - {LaneKey.STAGE}, "None recorded since 1 Jan 2017: stage."),
    ):
        asked = Asked(case, AS_OF, dt.date(2017, 1, 1), without)
        first, *_others = pages(build_timeline(asked, printing))
        assert words in first
        assert first.count("recorded since") == words.count("recorded since")
        assert "Nothing that can be drawn" not in first


def test_of_a_period_only_what_reaches_into_it_is_told(case: History, printing: Printing) -> None:
    since = dt.date(2017, 1, 1)
    first, *rest = pages(build_timeline(Asked(case, AS_OF, since=since), printing))
    assert "Patient timeline · since 1 January 2017, as of 30 April 2020" in first
    assert "began earlier" in first
    assert "4.6 months\ntime to response" in first
    assert "None recorded since 1 Jan 2017: stage." in first
    assert "first 3400, 20 Jul 2015" in first
    for words in ("CHOP", "C1\n", "nadir"):
        assert words not in first
    listed = "\n".join(rest)
    assert "mogamulizumab, 20 Jul 2015 – Oct 2017" in listed
    assert "2016" not in listed


def test_counted_from_the_diagnosis_no_calendar_date_is_told(case: History) -> None:
    nobody = Printing("", "", dt.datetime(2020, 1, 1, tzinfo=dt.UTC), anonymous=True)
    with days_counted_from(dt.date(2011, 7, 2)):
        pdf = build_timeline(Asked(case, AS_OF).deidentified(), nobody)
    text = "\n".join(pages(pdf))
    assert "year 5" in text
    assert "day 1461" in text
    assert not re.search(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", text)
    assert not re.search(r"(?<!day )\b20[12]\d\b", text.partition("List of events")[0])
    reader = PdfReader(io.BytesIO(pdf))
    titles = [title for _level, title, _page in outline(reader, reader.outline)]
    assert titles[:3] == ["Timeline", "List of events", "year 1"]


def test_two_events_and_their_list_stand_on_one_page(printing: Printing) -> None:
    events = [a.event("2020-02-03", resolved="2020-02-20"), a.event("2020-03-01")]
    (text,) = pages(build_timeline(Asked(a.history(*events), AS_OF), printing))
    assert "List of events" in text
    assert "None recorded: treatment, infusions, response, stage, skin, blood, biopsies" in text


def test_six_hundred_events_are_counted_on_the_page_and_listed_after_it(
    printing: Printing,
) -> None:
    start = dt.date(2017, 1, 2)
    events = [a.event((start + dt.timedelta(days=2 * n)).isoformat()) for n in range(600)]
    first, *rest = pages(build_timeline(Asked(a.history(*events), AS_OF), printing))
    assert re.search(r"\n\d+ more listed\n", first)
    assert "Adverse event" not in rest[0].partition("List of events")[0]
    assert sum(page.count(" worst grade ") for page in rest) == 600


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_text_lies_on_another_or_outside_the_margins(case: History, paper: str) -> None:
    printing = Printing("Clinic", "anna", dt.datetime(2020, 1, 1, tzinfo=dt.UTC), paper)
    assert faults(build_timeline(Asked(case, AS_OF), printing)) == []
    for number in range(1, 8):
        patient, *records = made_up_patient(number, seed=4)
        assert isinstance(patient, Patient)
        own = [each for each in records if isinstance(each, PatientRecord)]
        history = History.of_records(patient, own)
        assert faults(build_timeline(Asked(history, REFERENCE_DAY), printing)) == []
