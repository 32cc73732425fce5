"""What the store knows about the clinic itself: its name, and where its audit trail ends."""

import uuid
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from models.store.tables import CLINIC_SETTING

NAME = "name"
NEEDS = "needs"  # the version of the program that last changed the tables
WATCHED = "watched"  # since files beside the store tell its end, and who failed to sign in
KEYRING_DIGEST = "keyring_digest"  # of the one beside the store
CLINIC = "clinic"  # tells the backups of one clinic from those of another
AUDIT_END = "audit_end"

VALUE = select(CLINIC_SETTING.c.value).where(CLINIC_SETTING.c.key == bindparam("asked"))
_ENTERED = insert(CLINIC_SETTING)
_PUT = _ENTERED.on_conflict_do_update(set_={"value": _ENTERED.excluded.value})


def new_clinic() -> str:
    """An id for the names of its backups."""
    return uuid.uuid4().hex


def setting(session: Session, key: str) -> Any:
    """The value; None where it was never set."""
    return session.scalar(VALUE, {"asked": key})


def set_setting(session: Session, key: str, value: Any) -> None:
    session.execute(_PUT, {"key": key, "value": value})
