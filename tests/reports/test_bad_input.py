"""What nobody meant to type, far too much, or hardly anything: a good page or a clear sentence."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

import main
from models.base import ClinicError
from models.letterhead import usual_letterhead
from models.store.clinic import Clinic
from models.worklist import draw_up
from reports.asked import Asked, Printing
from reports.catalogue import REPORTS
from reports.day_list import build_day_list
from reports.recovery_sheet import build_recovery_sheet
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.planted import with_words
from tests.reports.good_page import complaints
from tests.reports.odd_patients import ODD, SIGNS, Odd
from tests.reports.page_words import needs_poppler, pages_of
from tests.thorough import some
from ui.command_arguments import today

pytestmark = needs_poppler

MUCH = "very many events"
MARKS = "stacked marks"  # on capitals at the head of a page they reach above its margin
AT_THE_DOOR = ["without records", "a long note", "before everything", *[*SIGNS][:5]]
SECRET = "secret.txt"
KINDS = [*REPORTS]


def built(odd: Odd, kind: str, printing: Printing) -> bytes:
    report = REPORTS[kind]
    since = odd.since if report.has_period else None
    return report.build(Asked(odd.history, odd.today, since), printing)


def wrong(name: str, kind: str, odd: Odd, printing: Printing) -> list[str]:
    """What is wrong with a report; a refusal has to say all three sentences."""
    try:
        pdf = built(odd, kind, printing)
    except ClinicError as error:
        return [] if all(error.args) else [str(error)]
    who = "" if name in SIGNS else f"MRN {odd.history.patient.mrn}"
    who = "De-identified patient" if REPORTS[kind].always_anonymous else who
    return [f"{kind}: {each}" for each in complaints(pdf, who)]


@pytest.mark.parametrize("name", [name for name in ODD if name != MUCH])
def test_every_report_of_an_odd_patient_is_a_good_page_or_a_sentence(
    name: str, printing: Printing
) -> None:
    odd, first = ODD[name](), [*ODD].index(name) % len(KINDS)
    kinds = some([*KINDS[first:], *KINDS[:first]])
    assert [each for kind in kinds for each in wrong(name, kind, odd, printing)] == []


@pytest.mark.parametrize("kind", ["summary", "patient", "adverse-events"])
def test_a_report_of_very_many_events_is_good(kind: str, printing: Printing) -> None:
    assert wrong(MUCH, kind, ODD[MUCH](), printing) == []


@pytest.mark.parametrize("name", [name for name in SIGNS if name != MARKS])
def test_the_day_list_and_the_head_of_a_page_bear_every_sign(name: str, printing: Printing) -> None:
    odd = ODD[name]()
    head = with_words(usual_letterhead(), SIGNS[name])
    clinic, user = SIGNS[name][:200], SIGNS[name][:40]
    named = replace(printing, clinic=clinic, user=user, letterhead=head)
    found = draw_up([odd.history], dt.date(2017, 10, 1), 60)
    assert complaints(build_day_list(found, named), "Day list") == []
    assert complaints(build_recovery_sheet("ABCDE-12345", named)) == []


def test_what_is_typed_is_printed_as_it_is_typed(printing: Printing) -> None:
    pages = pages_of(built(ODD["tags"](), "adverse-events", printing))
    text = " ".join(word.text for page in pages for word in page.words)
    for typed in ("<b>Bold</b>", "<para>", "&amp; & < >", "]]> %s {name} \\n"):
        assert typed in text


def test_the_same_signs_are_printed_to_the_same_bytes(printing: Printing) -> None:
    """Also where other glyphs of the same fonts were drawn before."""
    pdf = built(ODD["scripts"](), "timeline", printing)
    built(ODD["emoji"](), "timeline", printing)
    assert built(ODD["scripts"](), "timeline", printing) == pdf


@pytest.fixture
def folder(clinic: Clinic, tmp_path: Path) -> Path:
    """Of a clinic that is closed; its password lies beside it, for the command line."""
    (tmp_path / SECRET).write_text(PASSWORD)
    clinic.close()
    return tmp_path / "clinic"


def enter(folder: Path, odd: Odd) -> None:
    records = [each for found in odd.history.records.values() for each in found]
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        clinic.save_all([odd.history.patient, *records])


def report(folder: Path, odd: Odd, kind: str, path: Path) -> int:
    words = ["report", odd.history.patient.mrn, "--kind", kind, "--to", odd.today.isoformat()]
    since = ["--from", odd.since.isoformat()] if odd.since else []
    secret = ["--password-file", str(folder.with_name(SECRET))]
    return main.main([*words, *since, *secret, "--clinic", str(folder), "-o", str(path)])


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_the_command_line_makes_a_good_page_or_says_why_not(
    name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three kinds of report for each, so that every kind is asked for."""
    odd = ODD[name]()
    enter(folder, odd)
    for kind in KINDS[AT_THE_DOOR.index(name) % 3 :: 3]:
        path = tmp_path / f"{kind}.pdf"
        done, told = report(folder, odd, kind, path), capsys.readouterr()
        assert (done, path.exists(), bool(told.err)) in {(0, True, False), (2, False, True)}
        if done:
            assert len(re.findall(r"[.:] [A-Z]", told.err)) >= 2, told.err
        else:
            assert complaints(path.read_bytes()) == []


def test_the_command_line_prints_a_patient_born_today(folder: Path, tmp_path: Path) -> None:
    odd = Odd(a.history(birth_date=today()), today())
    enter(folder, odd)
    for kind in ("timeline", "summary", "patient"):
        assert report(folder, odd, kind, tmp_path / "page.pdf") == 0
        assert complaints((tmp_path / "page.pdf").read_bytes(), "MRN 17") == []


def test_the_command_line_prints_very_many_events(folder: Path, tmp_path: Path) -> None:
    """The first kind of report, which nobody has to name."""
    odd = ODD[MUCH]()
    enter(folder, odd)
    assert report(folder, odd, "timeline", tmp_path / "page.pdf") == 0
    assert complaints((tmp_path / "page.pdf").read_bytes()) == []


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        (
            ODD["since tomorrow"](),
            "The period ends before it begins. Nothing was printed. "
            "Give a first day that is not after 30 Apr 2020.\n",
        ),
        (
            replace(ODD["only a name"](), today=dt.date(1900, 1, 1)),
            "On 1 Jan 1900 this patient was not yet born. Nothing was printed. "
            "Choose a later day.\n",
        ),
    ],
)
def test_days_that_cannot_be_meant_are_refused_in_words(
    odd: Odd, told: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(folder, odd)
    assert report(folder, odd, "timeline", tmp_path / "page.pdf") == 2
    assert capsys.readouterr().err == told
    assert not (tmp_path / "page.pdf").exists()
