"""Drafts: the latest of each form, for each user, behind the store's key."""

import datetime as dt
import uuid
from dataclasses import replace

from models.roles import Role
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from tests.models.store.conftest import PASSWORD, USER

MOMENT = dt.datetime(2026, 11, 21, 14, 2, tzinfo=dt.UTC)
PATIENT, RECORD = uuid.UUID(int=7), uuid.UUID(int=8)
VISIT = Draft("visit", PATIENT, RECORD, 0, {"plan": "zygomatic plaque", "itch": "7o"}, MOMENT)
NEW_PATIENT = Draft("patient", NOBODY, RECORD, 0, {"mrn": "12"}, MOMENT + dt.timedelta(minutes=1))


def test_a_draft_is_there_when_the_clinic_is_opened_the_next_time(clinic: Clinic) -> None:
    clinic.keep_draft(VISIT)
    clinic.keep_draft(NEW_PATIENT)
    clinic.close()
    with Clinic.open(clinic.folder, USER, PASSWORD) as again:
        assert again.drafts() == [NEW_PATIENT, VISIT]


def test_only_the_latest_of_a_form_and_patient_is_kept(clinic: Clinic) -> None:
    later = replace(VISIT, typed={"plan": "zygomatic plaque, left"}, at=MOMENT.replace(hour=15))
    elsewhere = replace(VISIT, patient=uuid.UUID(int=9))
    for draft in (VISIT, elsewhere, later):
        clinic.keep_draft(draft)
    assert clinic.drafts() == [later, elsewhere]
    clinic.drop_draft("visit", PATIENT)
    assert clinic.drafts() == [elsewhere]
    clinic.drop_draft("visit", PATIENT)


def test_everybody_has_drafts_of_their_own(clinic: Clinic) -> None:
    clinic.users.add("berta", Role.RECORDER, "first words of hers")
    with Clinic.open(clinic.folder, "berta", "first words of hers") as other:
        other.users.change_own_password("first words of hers", PASSWORD)
    clinic.keep_draft(VISIT)
    with Clinic.open(clinic.folder, "berta", PASSWORD) as other:
        assert other.drafts() == []
        own = replace(VISIT, typed={"plan": "nothing new"})
        other.keep_draft(own)
        other.drop_draft("visit", uuid.UUID(int=9))
        assert other.drafts() == [own]
    assert clinic.drafts() == [VISIT]


def test_no_word_of_a_draft_stands_in_any_file(clinic: Clinic) -> None:
    clinic.keep_draft(VISIT)
    files = [path.read_bytes() for path in clinic.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(b"zygomatic" in content for content in files)


def test_what_is_typed_is_no_entry_of_the_audit_trail(clinic: Clinic) -> None:
    clinic.keep_draft(VISIT)
    clinic.drop_draft("visit", PATIENT)
    assert clinic.changes(PATIENT) == []
    assert clinic.check() == []
