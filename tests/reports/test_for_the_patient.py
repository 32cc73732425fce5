"""The page for the patient as it is printed, read with other code than wrote it."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from models.base import ClinicError, build
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.history import History
from models.letterhead import Letterhead
from models.patient import Patient
from models.plain.confirming import TEXTS
from models.practice import THE_ONE
from models.rules import rule_of
from reports.asked import Asked, Printing
from reports.catalogue import FOR_THE_PATIENT
from reports.for_the_patient import build_for_the_patient
from tests.models import builders as a
from tests.reports.conftest import AS_OF

ELSE = "What else to watch for"
TITLES = [section.words for section in FOR_THE_PATIENT.sections]
STAFF = "await confirmation by a clinician"
MISSING = "write the missing number in before this page is handed out"
AMBULANCE = "If your life may be in danger, call an ambulance."


def read(asked: Asked, printing: Printing) -> PdfReader:
    return PdfReader(io.BytesIO(build_for_the_patient(asked, printing)))


def text(asked: Asked, printing: Printing) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in read(asked, printing).pages)


def letterhead(**changes: Any) -> Letterhead:
    return build(Letterhead, {"id": THE_ONE, **changes})


def test_the_case_reads_as_a_patient_would_want_it(case: History, printing: Printing) -> None:
    said = text(Asked(case, AS_OF), printing)
    for words in (
        "For Anna Rossi, 30 April 2020.",
        "Your illness is called Sézary syndrome.",
        "You had 30 courses of 4 weeks each. In all it was given 62 times: once a week in the",
        "It was stopped because of side effects.",
        "At the last check, on 27 April 2020, no sign of the illness could be found.",
        "Plaque (a raised, firm patch) on the cheekbone, without itch, from July 2017 to",
        "even months after the last infusion",
        "Monday 26 October 2020 Check-up at the clinic.",
        STAFF,
    ):
        assert words in said
    for code in ("IVA", "B2", "CTCAE", "grade", "mSWAT", "CR ", "MAVORIC", "toxicity"):
        assert code not in said


def test_it_is_large(case: History, printing: Printing) -> None:
    sizes: set[float] = set()
    page = read(Asked(case, AS_OF), printing).pages[0]

    def see(found: str, _cm: Any, _tm: Any, _font: Any, size: float) -> None:
        if found.strip() and "courses of" in found:
            sizes.add(size)

    page.extract_text(visitor_text=see)
    assert sizes == {13.0}


def test_each_part_can_be_left_out_and_stands_in_the_outline(
    case: History, printing: Printing
) -> None:
    outline = [item.title for item in read(Asked(case, AS_OF), printing).outline]  # type: ignore[union-attr]
    assert [title for title in outline if title != ELSE] == TITLES
    assert outline.index(ELSE) == outline.index("Whom to call") + 1
    for section in FOR_THE_PATIENT.sections:
        asked = Asked(case, AS_OF, without=frozenset({section.key}))
        left = [item.title for item in read(asked, printing).outline]  # type: ignore[union-attr]
        assert [title for title in left if title != ELSE] == [
            title for title in TITLES if title != section.words
        ]
        assert (ELSE in left) == (section.key != "watch")
    everything = frozenset(section.key for section in FOR_THE_PATIENT.sections)
    assert "Your illness and" in text(Asked(case, AS_OF, without=everything), printing)


def test_whom_to_call_comes_from_the_letterhead(case: History, printing: Printing) -> None:
    reached = {"phone": "+00 123", "hours": "Monday to Friday", "other_phone": "+00 999"}
    head = letterhead(**reached, email="clinic@example.org")
    said = text(Asked(case, AS_OF), replace(printing, letterhead=head))
    assert "+00 123 Telephone, Monday to Friday" in said
    assert "+00 999 Telephone at night and at other times" in said
    assert "clinic@example.org E-mail" in said
    assert MISSING not in said
    without = text(Asked(case, AS_OF), printing)
    assert "Telephone, during the day" in without
    assert MISSING in without
    assert "E-mail" not in without


def test_when_to_call_an_ambulance_is_told_whatever_is_left_out(
    case: History, printing: Printing
) -> None:
    said = text(Asked(case, AS_OF, without=frozenset({"call"})), printing)
    assert "Call an ambulance first, and then us, if you notice: • Trouble" in said.replace(
        "notice: Trouble", "notice: • Trouble"
    )
    assert AMBULANCE not in said
    assert MISSING not in said
    assert AMBULANCE in text(Asked(case, AS_OF, without=frozenset({"watch"})), printing)


def test_a_patient_without_records_gets_a_page_too(printing: Printing) -> None:
    said = text(Asked(a.history(), AS_OF), printing)
    assert "No diagnosis has been entered here yet. Your doctor will tell you." in said
    assert "None has been entered here. Please call us for a date for the next check-up." in said


def test_nobody_takes_a_page_home_after_death(printing: Printing) -> None:
    with pytest.raises(ClinicError, match="has died"):
        build_for_the_patient(Asked(a.history(death_date="2020-05"), AS_OF), printing)


def test_the_note_to_the_staff_goes_once_a_clinician_confirmed(
    case: History, printing: Printing
) -> None:
    confirmed = replace(case, confirmed=frozenset(rule_of(text).name for text in TEXTS))
    assert STAFF not in text(Asked(confirmed, AS_OF), printing)


def test_long_words_and_strange_signs_stay_on_the_page(printing: Printing) -> None:
    line = a.moga()
    events = [
        a.event("2020-02-03", term=f"Rare {number}", verbatim=f"<b>&spots {number} " * 50)
        for number in range(12)
    ]
    history = a.history(line, *events, family_name="Wolfeschlegel" * 15, given_name="A\x07n")
    reader = read(Asked(history, AS_OF), printing)
    assert len(reader.pages) > 3
    said = " ".join(page.extract_text() for page in reader.pages)
    assert all(f"<b>&spots {number} " in " ".join(said.split()) for number in range(12))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_made_up_patients_and_the_same_bytes_twice(printing: Printing, paper: str) -> None:
    on_paper = replace(printing, paper=paper, letterhead=letterhead(phone="+00 123"))
    for number in range(1, 16):
        patient, *records = made_up_patient(number, 7)
        assert isinstance(patient, Patient)
        if patient.death_date is None:
            history = History.of_records(patient, records)  # type: ignore[arg-type]
            asked = Asked(history, REFERENCE_DAY + dt.timedelta(days=number))
            made = build_for_the_patient(asked, on_paper)
            assert made == build_for_the_patient(asked, on_paper)
            pages = PdfReader(io.BytesIO(made)).pages
            assert len(pages) <= 3
            assert all(len(page.extract_text()) > 300 for page in pages)
            assert any(_alarm_and_number(page.extract_text()) for page in pages)


def _alarm_and_number(page: str) -> bool:
    alarm = ("Call an ambulance first", "Call us at once", "If you cannot reach us", "+00 123")
    places = [page.rfind(words) for words in alarm]
    return -1 not in places and places == sorted(places)
