"""The store of this version, kept in tests/models/store/kept for good: `make kept`, once a release.

Every later version must open it. Its people are made up; it holds something of every kind.
"""

import datetime as dt
import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select, text

from models.attachment import AttachmentKind
from models.base import Record, revised
from models.demo.case import MRN, published_case
from models.letterhead import usual_letterhead
from models.practice import usual_practice
from models.records import BY_NAME
from models.rule_book import rule_book
from models.safekeeping import usual_safekeeping
from models.store import schema, wrapping
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.drafts import Draft
from models.store.engine import Store
from models.store.places import BACKUPS, STORE
from models.store.tables import ATTACHMENT_CONTENT, AUDIT_ENTRY, DRAFT, METADATA
from models.summary import as_of
from models.summary_json import summary_json
from tests.conftest import CHEAP, PASSWORD, USER
from tests.models import builders as a

KEPT = Path(__file__).parent / "models" / "store" / "kept"
ABOUT = "about.json"
ON = dt.date(2020, 4, 30)
OTHER = uuid.UUID(int=2)
LETTER = b"A letter of a few words.\n"


def keep(kept: Path) -> Path:
    """Write the store, its keyring and what stands in it; the folder, named after the version.

    Raises `FileExistsError` where there is one: what a version wrote is never written anew.
    """
    folder = kept / schema.HEAD
    with TemporaryDirectory() as place:
        made = Path(place) / "clinic"
        clinic, recovery_key = Clinic.create(made, name="Skin Clinic", user=USER, password=PASSWORD)
        with clinic:
            fill(clinic)
            about = {"recovery_key": recovery_key, **described(clinic)}
            key = clinic._store.key
            with clinic._store.outside_transactions() as connection:
                connection.execute(text("VACUUM"))
        about["audit_entries"] = _entries(Store(made / STORE, key))
        written = json.dumps(about, indent=2, ensure_ascii=False)
        (made / ABOUT).write_text(f"{written}\n", encoding="utf-8")
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns(BACKUPS))
    return folder


def fill(clinic: Clinic) -> None:
    """The published case, two made-up patients, and a change of every sort."""
    clinic.save_all(published_case())
    for record in _one_of_each():
        clinic.save(record)
    clinic.attach(
        a.attachment(kind=AttachmentKind.LETTER, title="Letter", media_type="text/plain"), LETTER
    )
    other = clinic.save(a.patient(id=OTHER, mrn="18", family_name="Weiß-Łukasz", given_name="Ana"))
    clinic.save(revised(other, family_name="Weiss-Łukasz"), reason="spelt as in her passport")
    visit = clinic.save(a.visit("2020-02-03", patient=OTHER))
    clinic.remove(visit, "entered twice")
    twice = clinic.save(a.patient(id=uuid.UUID(int=3), mrn="19", given_name="Carl"))
    clinic.merge(clinic.patient("17"), twice, reason="the same person")
    at = dt.datetime(2020, 4, 30, 9, tzinfo=dt.UTC)
    clinic.keep_draft(Draft("visit", a.PATIENT, None, 0, {"date": "2020-05"}, at))


def _one_of_each() -> Iterator[Record]:
    """Of every kind that the published case has none of."""
    yield revised(usual_practice(), result_days=10)
    yield revised(usual_letterhead(), address="1 Example Street", phone="555 0100")
    yield revised(usual_safekeeping(), lock_after_minutes=5)
    yield a.confirmation(rule_book()[0].rules[0])
    yield a.drug()
    yield a.population()
    yield a.patient()
    yield a.consent(a.START)
    yield a.imaging()
    yield a.molecular()
    yield a.visit(a.START)
    yield a.snooze()


def described(clinic: Clinic) -> dict[str, Any]:
    """How many of which kind, what was corrected and removed, and the case as it is worked out."""
    figures = summary_json(as_of(clinic.history(clinic.patient(MRN).id), ON))
    del figures["figures"]
    return {
        "records": {name: _count(clinic, name) for name in (*BY_NAME, *_BESIDE_RECORDS)},
        "changes": [*_corrected_and_removed(clinic)],
        "on": ON.isoformat(),
        "case": figures,
    }


_BESIDE_RECORDS = (ATTACHMENT_CONTENT.name, DRAFT.name)


def _count(clinic: Clinic, name: str) -> int:
    with clinic._store.reading() as session:
        return session.scalar(select(func.count()).select_from(METADATA.tables[name])) or 0


def _entries(store: Store) -> int:
    """Once the clinic is closed: reading it, and going out, stand in its trail, too."""
    with closing(store), store.reading() as session:
        return session.scalar(select(func.count()).select_from(AUDIT_ENTRY)) or 0


def _corrected_and_removed(clinic: Clinic) -> Iterator[dict[str, Any]]:
    for patient in clinic.patients():
        for change in clinic.changes(patient.id):
            if change.action in {Action.CORRECTED, Action.REMOVED}:
                yield {
                    "action": change.action.value,
                    "kind": change.kind,
                    "old": change.old,
                    "new": change.new,
                    "reason": change.reason,
                }


if __name__ == "__main__":
    wrapping.COST = CHEAP
    try:
        keep(KEPT)
    except FileExistsError:
        raise SystemExit(f"The store of version {schema.HEAD} is kept already.") from None
