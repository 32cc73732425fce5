"""What is half typed when the window is locked: kept for whoever typed it, and shown again."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from models.base import ClinicError
from models.roles import May
from models.store.clinic import Clinic
from models.store.drafts import Draft


class Typed(Protocol):
    """Something in which a person types."""

    def unsaved(self) -> Draft | None:
        """What is typed and not on file; None where nothing is."""


class PuttingAway:
    """Everything goes on file as a draft.

    What cannot be written, as on a full disk, stays in memory until its user comes in again: until
    then it is lost only with the program itself.
    """

    def __init__(self) -> None:
        self._unwritten: dict[tuple[Path, str], list[Draft]] = {}

    def put_away(self, clinic: Clinic, typed: Iterable[Typed]) -> None:
        """Before a lock."""
        found = [draft for each in typed if (draft := each.unsaved())]
        with suppress(ClinicError):
            self._write(clinic, found)

    def put_back(self, clinic: Clinic) -> None:
        """When somebody has come in: write what could not be; raises `ClinicError` once more."""
        self._write(clinic, [])

    def _write(self, clinic: Clinic, drafts: list[Draft]) -> None:
        whose = (clinic.folder, clinic.user)
        waiting = self._unwritten.pop(whose, []) + drafts
        while waiting:
            try:
                clinic.keep_draft(waiting[0])
            except ClinicError:
                self._unwritten[whose] = waiting
                raise
            waiting.pop(0)


def taken_out(clinic: Clinic, form: str) -> Draft | None:
    """What a lock put away of this form, for it to be shown again: it is no longer on file."""
    if not clinic.may(May.RECORD):
        return None
    found = next((draft for draft in clinic.drafts() if draft.form == form), None)
    if found is not None:
        clinic.drop_draft(form, found.patient)
    return found
