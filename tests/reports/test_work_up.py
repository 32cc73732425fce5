"""The drug-or-disease work-up as it is printed, of the published case and of made-up patients."""

import datetime as dt
import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from models.base import ClinicError, NoPage
from models.demo.made_up import made_up_patient
from models.history import History
from reports.asked import Asked, Printing
from reports.catalogue import WORK_UP
from reports.pictures_wanted import with_pictures
from tests.models import builders as a
from tests.reports.conftest import AS_OF
from tests.ui.pictures import photograph

CONSENT = a.consent("2020-01-06", purpose="photographs")


def read(pdf: bytes) -> str:
    """The text with single spaces, so that a line that is broken is found whole."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def told(history: History, printing: Printing, **asked: Any) -> str:
    return read(WORK_UP.build(Asked(history, AS_OF, **asked), printing))


def rash(**changes: Any) -> Any:
    return a.event("2020-02-03", body_site="left cheek", **changes)


def test_the_case_reads_like_the_argument_of_its_report(case: History, printing: Printing) -> None:
    """A plaque in complete response, twice biopsied for relapse, drug-related; the drug was stopped
    after 30 cycles, the plaque went, and the response holds.
    """
    text = told(case, printing)
    for words in (
        "Plaque on the cheekbone, without itch · zygomatic area · grade 2",
        "Began Jul 2017 (C26 day 13 to C27 day 15), in complete response.",
        "Biopsied Sep 2017 (suspected relapse): drug-related.",
        "Biopsied Oct 2017 (rash): drug-related.",
        "Mogamulizumab was stopped Oct 2017 after 30 cycles, 62 infusions.",
        "Resolved Dec 2017, about 54 days after the last dose.",
        "Complete response on 27 Apr 2020, the latest state on record.",
        "Probable, to mogamulizumab (line 6)",
        "Consistent with a drug-related lesion; no signs of active disease.",
        "Head or neck: zygomatic area",
        "CD7 not recorded",
        "Pathologist Drug-related (Sep 2017), drug-related (Oct 2017)",
        "Stopped: persistent grade 2 skin toxicity",
        "Complete response since 25 Apr 2016, 2 y 6 mo off treatment.",
        "Skin since then No other event recorded",
        "Treated with not recorded",
        "Not recorded: result on, report number, pathologist, patterns,",
        "Mogamulizumab, 20 Jul 2015 – ongoing, 26 cycles, 53 infusions by then",
        "Rules that await confirmation by a clinician: Working stage with NX, MX or BX;",
    ):
        assert words in text
    assert text.index("Speaks for the drug") < text.index("Speaks for the disease")


def test_nothing_later_than_the_day_is_told(case: History, printing: Printing) -> None:
    text = read(WORK_UP.build(Asked(case, dt.date(2017, 9, 30)), printing))
    assert "Ongoing" in text
    assert "Oct 2017 (rash)" not in text
    assert "Dec 2017" not in text.replace("Dec 2017 Jan", "")


def test_biopsies_stand_side_by_side_and_findings_say_where_they_come_from(
    printing: Printing,
) -> None:
    event, line = rash(), a.moga()
    found = {"adverse_event": event.id, "patterns": ["spongiotic"], "cd7": "kept"}
    one = a.biopsy("2020-02-10", **found, conclusion="drug-related", cd4_cd8_epidermis=0.5)
    other = a.biopsy(
        "2020-03-02", **found | {"cd7": "lost"}, clone="identical", report="word " * 800
    )
    text = told(a.history(line, *a.course(line, 2), event, one, other), printing)
    for words in (
        "10 Feb 2020 2 Mar 2020",
        "Patterns spongiotic spongiotic",
        "CD7 kept lost",
        "Clone against baseline not recorded identical",
        "Conclusion Drug-related Awaited",
        "Spongiotic pattern biopsy of 10 Feb 2020, biopsy of 2 Mar 2020",
        "CD7 lost biopsy of 2 Mar 2020",
        "Pathologist Drug-related (10 Feb 2020), result of 2 Mar 2020 awaited",
        "Report of the biopsy of 2 Mar 2020: word word",
    ):
        assert words in text
    assert text.count("word") == 800


def test_the_latest_event_with_a_biopsy_is_meant_unless_one_is_named(printing: Printing) -> None:
    early, late = rash(verbatim="first"), a.event("2020-03-02", term="Eczema")
    other = a.event("2020-04-06", term="Chills")
    biopsies = [a.biopsy(adverse_event=each.id) for each in (early, late)]
    history = a.history(a.moga(), early, late, other, *biopsies)
    assert "Eczema · grade 2" in told(history, printing)
    assert "Rash maculo-papular · left cheek" in told(history, printing, about=early.id)
    text = told(history, printing, about=other.id)
    assert "This is no event of the skin, and no biopsy was taken to explain it." in text
    assert "Photographs" not in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "No adverse event of this patient has a biopsy"),
        ({"about": uuid.UUID(int=5)}, "not among the patient's records as of 30 Apr 2020"),
    ],
)
def test_without_an_event_it_is_said_what_to_do(
    asked: dict[str, Any], words: str, printing: Printing
) -> None:
    with pytest.raises(ClinicError, match=words) as refused:
        told(a.history(rash(), a.biopsy()), printing, **asked)
    assert "Choose" in refused.value.next_step


def test_who_has_no_event_is_told_so_and_not_to_choose_one(printing: Printing) -> None:
    later = a.event("2021-02-03")
    for history in (a.history(a.biopsy()), a.history(later)):
        with pytest.raises(NoPage, match="No adverse event of this patient is recorded") as refused:
            told(history, printing)
        assert "biopsy" not in str(refused.value)


@pytest.mark.parametrize("consents", [[CONSENT], []])
def test_photographs_of_the_site_are_shown_with_a_consent(
    consents: list[Any], printing: Printing
) -> None:
    event = rash()
    shown = a.attachment("2020-02-10", body_site="Left cheek", title="Before the biopsy")
    others = [a.attachment("2020-02-10", body_site="back"), a.attachment("2018", body_site="cheek")]
    asked = Asked(a.history(event, shown, *others, *consents), AS_OF, about=event.id)
    read_files: list[Any] = []

    def load(attachment: Any) -> bytes:
        read_files.append(attachment)
        return photograph()

    pdf = WORK_UP.build(with_pictures(asked, WORK_UP, printing.at.date(), load), printing)
    text = read(pdf)
    images = [image for page in PdfReader(io.BytesIO(pdf)).pages for image in page.images]
    assert read_files == ([shown] if consents else [])
    assert len(images) == len(consents)
    assert ("10 Feb 2020" in text) == ("Before the biopsy" in text) == bool(consents)
    assert ("1 photograph is not shown: no consent to photographs stands." in text) != bool(
        consents
    )


def test_sections_can_be_left_out(case: History, printing: Printing) -> None:
    headings = {
        "event": "At that time",
        "photographs": "No photograph of this site and time",
        "biopsies": "Punch of the zygomatic area",
        "verdict": "Still missing",
        "course": "Where things stand",
    }
    assert {section.key for section in WORK_UP.sections} == headings.keys()
    for key, words in headings.items():
        assert words not in told(case, printing, without=frozenset({key}))
        assert words in told(case, printing, without=frozenset(headings.keys() - {key}))


@pytest.mark.parametrize("number", range(1, 9))
def test_any_event_of_anyone_makes_a_page(number: int, printing: Printing) -> None:
    patient, *records = made_up_patient(number, 4)
    history = History.of_records(patient, records)  # type: ignore[arg-type]
    for event in history.of(type(rash())):
        for paper in ("a4", "letter"):
            asked = Asked(history, dt.date(2026, 11, 1), about=event.id)
            pdf = WORK_UP.build(asked, replace(printing, paper=paper))
            assert pdf == WORK_UP.build(asked, replace(printing, paper=paper))
            assert event.verbatim in read(pdf)
