"""The timeline report as it is printed, read with other code than wrote it."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from models.base import build, revised
from models.history import History
from models.patient import Patient
from models.visit import Visit
from reports.asked import Asked, Printing
from reports.timeline import build_timeline
from reports.type import printable

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
    assert rest.count("Infusion\n") == 62
    assert "20 Jul 2015\n1\nC1\nInfusion" in rest
    assert "17 Jul 2017\n729\nC27\nInfusion" in rest
    assert rest.count("Biopsy\n") == 2


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
    first, second = pages(build_timeline(Asked(bare, AS_OF), printing))
    assert "Nothing that can be drawn on a timeline has been recorded yet." in first
    assert "No events recorded yet." in second


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
    assert "O'Brien & <b>Łukasz, Ελένη [U+738B]" in text
    assert "a < b & <script>x</script>" in text.replace("\n", " ")


def test_a_dead_patient_is_said_to_have_died(case: History, printing: Printing) -> None:
    dead = revised(case.patient, death_date="2020-04")
    records = [record for found in case.records.values() for record in found]
    text = pages(build_timeline(Asked(History.of_records(dead, records), AS_OF), printing))[0]
    assert "Died Apr 2020." in text


def test_printable_drops_no_sign_in_silence() -> None:
    assert printable("a\x00b\u200bc") == "a b c"
    assert printable("Ж Ω ł µ ² −") == "Ж Ω ł µ ² −"
    assert printable("漢") == "[U+6F22]"
