"""What was chosen to be printed: plain data, refused in a sentence where it cannot be."""

import datetime as dt
import pickle
from dataclasses import replace

import pytest

from models.attachment import Attachment
from models.base import ClinicError, build
from models.patient import Consent
from models.store.clinic import Clinic
from reports.asked import Asked
from reports.catalogue import CASE_PACK, PHOTOGRAPHS, REPORTS, SUMMARY, TIMELINE
from reports.wanted import DAY_LIST, Wanted
from tests.models import builders as a
from tests.ui.pictures import photograph

TODAY, AT = dt.date(2020, 4, 30), dt.datetime(2020, 5, 2, 14, 2, tzinfo=dt.UTC)
TIMELINE_WANTED = Wanted(TIMELINE.kind, TODAY)


def refusal(wanted: Wanted, clinic: Clinic) -> str:
    with pytest.raises(ClinicError) as refused:
        wanted.asked(a.history(), clinic, AT)
    return str(refused.value)


def test_a_day_before_the_birth_is_refused(clinic: Clinic) -> None:
    assert refusal(replace(TIMELINE_WANTED, today=dt.date(1950, 6, 14)), clinic) == (
        "On 14 Jun 1950 this patient was not yet born. Nothing was printed. Choose a later day."
    )


def test_it_can_be_handed_to_another_process() -> None:
    for kind in (*REPORTS, DAY_LIST):
        wanted = Wanted(kind, TODAY, "letter", TODAY, frozenset({"skin"}), anonymous=True)
        assert pickle.loads(pickle.dumps(wanted)) == wanted  # noqa: S301 - what we wrote ourselves


def test_a_file_is_named_after_what_it_is_and_the_day_it_is_made() -> None:
    made = dt.date(2020, 5, 2)
    assert TIMELINE_WANTED.file_name(made) == "timeline-2020-05-02.pdf"
    assert Wanted(DAY_LIST, TODAY).file_name(made) == "day-list-2020-05-02.pdf"
    names = [Wanted(CASE_PACK.kind, TODAY), replace(TIMELINE_WANTED, anonymous=True)]
    assert [each.file_name(made) for each in names] == [
        "case-pack-de-identified.pdf",
        "timeline-de-identified.pdf",
    ]


def test_the_report_is_asked_what_is_wanted(clinic: Clinic) -> None:
    history = a.history()
    wanted = Wanted(
        TIMELINE.kind, TODAY, "letter", dt.date(2019, 1, 1), frozenset({"skin"}), anonymous=True
    )
    assert wanted.asked(history, clinic, AT) == Asked(
        history, TODAY, dt.date(2019, 1, 1), frozenset({"skin"})
    )
    printing = wanted.printing(clinic, AT)
    assert (printing.paper, printing.anonymous, printing.clinic) == ("letter", True, clinic.name)


def test_photographs_are_read_where_a_consent_stands_and_no_name_is_left_out(
    clinic: Clinic,
) -> None:
    patient = clinic.save(a.patient())
    shot = {"patient": patient.id, "kind": "photograph", "media_type": "image/jpeg", "sha256": "0"}
    taken = build(Attachment, {**shot, "date": "2020-01-06", "title": "Left cheek"})
    clinic.attach(taken, photograph())
    wanted = Wanted(PHOTOGRAPHS.kind, TODAY)
    assert wanted.asked(clinic.history(patient.id), clinic, AT).files == {}
    consent = {"patient": patient.id, "purpose": "photographs", "given": "2020-01-01"}
    clinic.save(build(Consent, consent))
    history = clinic.history(patient.id)
    assert wanted.asked(history, clinic, AT).files.keys() == {taken.id}
    with pytest.raises(ClinicError, match="de-identified"):
        replace(wanted, anonymous=True).build(history, clinic, AT)


def test_a_section_that_there_is_not_is_answered_with_those_there_are(clinic: Clinic) -> None:
    said = refusal(replace(TIMELINE_WANTED, without=frozenset({"skin", "lst", "x"})), clinic)
    assert said.startswith("Timeline has no section lst, x. Nothing was printed. Its sections:")
    assert all(section.key in said for section in TIMELINE.sections)


def test_a_period_that_cannot_be_is_refused(clinic: Clinic) -> None:
    late = dt.date(2020, 5, 1)
    assert "ends before it begins" in refusal(replace(TIMELINE_WANTED, since=late), clinic)
    TIMELINE_WANTED.asked(a.history(), clinic, AT)
    whole = Wanted(SUMMARY.kind, TODAY, since=dt.date(2019, 1, 1))
    assert "the whole course" in refusal(whole, clinic)
