"""Every report of hundreds of made-up patients: nothing overlaps, nothing leaves a page, every
page says of whom it is and which it is, and the same is printed to the same bytes.
"""

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, PatientRecord, build
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.history import History
from models.letterhead import Letterhead
from models.patient import Consent, Patient, Purpose
from models.treatment import Cycle, TreatmentLine
from models.worklist import draw_up
from reports.asked import Asked, Printing
from reports.catalogue import REPORTS, TIMELINE, Report
from reports.day_list import build_day_list
from reports.drawing import Anchor
from reports.kit import MARGIN
from reports.paper_canvas import PaperCanvas
from reports.pictures_wanted import with_pictures
from reports.recovery_sheet import build_recovery_sheet
from reports.type import BODY, write
from tests.models.planted import with_words
from tests.reports.conftest import AS_OF
from tests.reports.good_page import complaints
from tests.reports.odd_patients import ODD
from tests.reports.page_words import needs_poppler
from tests.thorough import times
from tests.ui.pictures import photograph

pytestmark = needs_poppler

SEED, PATIENTS, AT_ONCE = 5, times(196), 28
OTHERS = [report for report in REPORTS.values() if report is not TIMELINE]
SITES = ("left cheek", "back", "Back ", "scalp", "the place where it itches", None)
LYING, STANDING = photograph(160, 120), photograph(90, 160)


def logo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 90), (20, 110, 117)).save(written, "PNG")
    return written.getvalue()


PLAIN = Printing("Skin Clinic", "anna", dt.datetime(2026, 11, 1, 14, 2, tzinfo=dt.UTC))
HEADED = replace(
    PLAIN,
    clinic="University Hospital, Department of Dermatology, Clinic for Cutaneous Lymphoma",
    letterhead=build(
        Letterhead,
        {
            "address": "17 Long Meadow Road\n12345 Somewhere",
            "phone": "01234 567 890",
            "hours": "Monday to Friday, 8 to 16",
            "other_phone": "01234 567 999",
            "email": "skin@clinic.example",
            "website": "clinic.example",
        },
    ),
    logo=logo(),
)


@cache
def made_up(number: int) -> History:
    """A made-up patient with a few photographs, and mostly with the consent that covers them."""
    patient, *records = made_up_patient(number, SEED)
    assert isinstance(patient, Patient)
    own = [record for record in records if isinstance(record, PatientRecord)]
    return History.of_records(patient, [*own, *_photographs(patient, own, number % 8)])


def _photographs(patient: Patient, own: list[PatientRecord], n: int) -> list[PatientRecord]:
    dates = sorted(each.when for each in own if each.when)
    if not dates:
        return []
    given = {"patient": patient.id, "purpose": Purpose.PHOTOGRAPHS, "given": dates[0].first}
    consents: list[PatientRecord] = [build(Consent, given)] if n % 4 else []
    common = {"patient": patient.id, "kind": "photograph", "media_type": "image/jpeg"}
    return consents + [
        build(
            Attachment,
            common
            | {
                "date": dates[len(dates) * place // n],
                "body_site": SITES[(n + place) % len(SITES)],
                "title": "Control, with a title of some length" if place % 3 else "Rash",
                "sha256": f"{place:064}",
            },
        )
        for place in range(n)
    ]


def days_of(history: History) -> list[dt.date]:
    """When something was recorded, up to the reference day; at least that."""
    found = [each.when for kind in history.records.values() for each in kind if each.when]
    days = [when.last for when in found if when.last <= REFERENCE_DAY]
    return sorted(days) or [REFERENCE_DAY]


def asked_of(history: History, report: Report, number: int) -> Asked:
    """Each time another section left out, another day, a period now and then."""
    days = days_of(history)
    today = REFERENCE_DAY if number // 2 % 3 == 0 else days[len(days) * 2 // 3]
    cycles = history.of(Cycle) if report.about is TreatmentLine else ()
    if cycles:
        today = cycles[len(cycles) // 2].day_1
    since = days[len(days) // 3] if report.has_period and number % 4 == 1 else None
    keys = [section.key for section in report.sections]
    left_out = frozenset([*keys, "nothing"][number % (len(keys) + 1) :][:1])
    events = history.of(AdverseEvent) if report.about is AdverseEvent else ()
    about = events[number % len(events)].id if events else None
    return Asked(history, today, since, left_out, about)


def printing_of(report: Report, number: int) -> Printing:
    printing = HEADED if number % 5 == 0 else PLAIN
    paper = "letter" if number % 2 else "a4"
    return replace(printing, paper=paper, anonymous=report.can_be_anonymous and number % 3 == 0)


def printed(report: Report, number: int, history: History) -> tuple[bytes, str]:
    """The PDF, and what its feet have to tell; an empty one where there is none to be had."""
    printing = printing_of(report, number)
    wanted = with_pictures(
        asked_of(history, report, number),
        report,
        printing.at.date(),
        lambda file: STANDING if file.sha256.endswith("1") else LYING,
    )
    nobody = printing.anonymous or report.always_anonymous
    who = "De-identified patient" if nobody else f"MRN {history.patient.mrn}"
    pdf = report.build(wanted, printing)
    if number % 10 == 0:
        assert report.build(wanted, printing) == pdf
    return pdf, who


@pytest.mark.parametrize("first", range(1, PATIENTS + 1, AT_ONCE))
def test_every_page_of_hundreds_of_patients_is_good(first: int) -> None:
    """Of each patient the timeline and one other report; each is printed of dozens."""
    wrong, made = [], Counter[str]()
    for number in range(first, first + AT_ONCE):
        history = made_up(number)
        for report in (TIMELINE, OTHERS[(number + number // 7) % len(OTHERS)]):
            try:
                pdf, who = printed(report, number, history)
            except ClinicError as error:
                wrong += [] if all(error.args) else [f"{report.kind} of {number}: {error}"]
                continue
            made[report.kind] += 1
            wrong += [f"{report.kind} of {number}, {each}" for each in complaints(pdf, who)]
    assert wrong == []
    assert REPORTS.keys() - made.keys() <= {"treatment-day", "work-up", "photographs"}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["the case", "without records", "only a name", "long names"])
def test_every_report_of_the_case_and_of_whom_little_is_known_is_good(
    name: str, paper: str, case: History
) -> None:
    odd = None if name == "the case" else ODD[name]()
    history, today = (odd.history, odd.today) if odd else (case, AS_OF)
    wrong = []
    for report in REPORTS.values():
        for anonymous in {False, report.can_be_anonymous}:
            printing = replace(HEADED, paper=paper, anonymous=anonymous)
            nobody = anonymous or report.always_anonymous
            who = "De-identified patient" if nobody else f"MRN {history.patient.mrn}"
            try:
                pdf = report.build(Asked(history, today), printing)
            except ClinicError:
                assert report.kind in {"work-up", "treatment-day", "photographs"}
                continue
            wrong += [f"{report.kind}, {each}" for each in complaints(pdf, who)]
    assert wrong == []


@pytest.mark.parametrize("report", [*OTHERS, TIMELINE], ids=lambda report: report.kind)
def test_every_page_says_which_sections_were_left_out(report: Report, case: History) -> None:
    """In one quiet line at its foot; nothing where all are there."""
    today = case.of(Cycle)[3].day_1 if report.about is TreatmentLine else AS_OF
    photo = {"kind": "photograph", "media_type": "image/jpeg", "sha256": "0" * 64}
    taken = build(Attachment, photo | {"patient": case.patient.id, "date": "2015", "title": "Back"})
    whole = Asked(History.of_records(case.patient, [*everything(case), taken]), today)
    first, *_more, last = report.sections
    some = replace(whole, without=frozenset([first.key, last.key]))
    words = f"Left out: {lowered(first.title)}, {lowered(last.title)}."
    for asked, there in ((whole, False), (some, True)):
        pdf = report.build(asked, HEADED)
        assert [words in " ".join(page_text.split()) for page_text in texts(pdf)] == [there] * len(
            texts(pdf)
        )
    everyone = frozenset(section.key for section in report.sections)
    assert complaints(report.build(replace(whole, without=everyone), HEADED)) == []


def everything(history: History) -> list[PatientRecord]:
    return [record for kind in history.records.values() for record in kind]


def lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("printing", [PLAIN, replace(HEADED, paper="letter")])
@pytest.mark.parametrize("days", [0, 60])
def test_the_day_list_is_good(days: int, printing: Printing) -> None:
    histories = [made_up(number) for number in range(1, 41)]
    long = made_up(41)
    person = with_words(long.patient, "Wolfeschlegelsteinhausenbergerdorff " * 5)
    found = draw_up([*histories, replace(long, patient=person)], REFERENCE_DAY, days)
    assert found.due
    pdf = build_day_list(found, printing)
    assert complaints(pdf, "Day list · 1 November 2026") == []
    assert build_day_list(found, printing) == pdf


@pytest.mark.parametrize("printing", [PLAIN, replace(HEADED, paper="letter")])
def test_the_recovery_sheet_is_good(printing: Printing) -> None:
    pdf = build_recovery_sheet("ABCDE-12345-FGHIJ-67890-KLMNO-12345", printing)
    assert complaints(pdf, printing.clinic) == []
    assert build_recovery_sheet("ABCDE-12345-FGHIJ-67890-KLMNO-12345", printing) == pdf


IN_ANOTHER_PROCESS = """
import hashlib
from tests.reports.golden_pages import golden_pages
for name, pdf in golden_pages().items():
    print(name, hashlib.sha256(pdf).hexdigest())
"""


def test_another_process_prints_the_same_bytes() -> None:
    """Whatever Python's seed for the order of sets is, and whatever was printed before."""
    from tests.reports.golden_pages import golden_pages  # noqa: PLC0415

    here = {name: hashlib.sha256(pdf).hexdigest() for name, pdf in golden_pages().items()}
    environment = os.environ | {"PYTHONHASHSEED": "17"}
    run = [sys.executable, "-c", IN_ANOTHER_PROCESS]
    told = subprocess.run(run, env=environment, capture_output=True, check=True, text=True).stdout
    assert dict(line.split() for line in told.splitlines()) == here


def drawn(*texts: tuple[float, float, str]) -> bytes:
    """A page with nothing but these texts, each with its left end and its line, from below."""
    written = io.BytesIO()
    canvas = PaperCanvas(written, pagesize=(400, 300), lang="en", invariant=1)
    canvas.setTitle("Test")
    for x, y, text in texts:
        write(canvas, x, y, text, BODY, to=Anchor.START)
    canvas.save()
    return written.getvalue()


FOOT = (MARGIN, MARGIN, "Weber, Karl page 1 of 1")


def test_a_good_page_gives_no_complaint() -> None:
    above = (100.0, 200.0, "above"), (100.0, 190.0, "Ägypten"), (150.0, 200.0, "beside")
    assert complaints(drawn(*above, FOOT), "Weber") == []


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ([(100, 200, "one"), (108, 203, "other")], "page 1: other on one"),
        ([(100, 200, "twice"), (100, 200, "twice")], "page 1: twice on twice"),
        ([(350, 200, "outside")], "page 1: outside leaves the page"),
        ([(100, 264, "above")], "page 1: above leaves the page"),
        ([(100, 25, "below")], "page 1: below leaves the page"),
        ([(20, 100, "left")], "page 1: left leaves the page"),
    ],
)
def test_text_on_text_and_text_outside_the_margins_is_found(
    texts: list[tuple[float, float, str]], wrong: str
) -> None:
    assert wrong in complaints(drawn(*texts, FOOT))


def test_a_foot_without_number_or_identity_is_found() -> None:
    found = complaints(drawn((MARGIN, MARGIN, "Weber, Karl page 1 of 2")), "MRN 17")
    assert [each.partition(":")[2] for each in found] == [
        " the foot does not end with “page 1 of 1”: Weber, Karl page 1 of 2",
        " the foot does not tell “MRN 17”: Weber, Karl page 1 of 2",
    ]


def test_a_font_that_is_not_embedded_is_found_and_a_file_without_title_and_language() -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(400, 300))
    canvas.setTitle("")
    canvas.drawString(100, 100, "Helvetica")
    canvas.save()
    found = complaints(written.getvalue())
    assert "the file has no title" in found
    assert "the file tells no language" in found
    assert "/Helvetica is not embedded" in found
