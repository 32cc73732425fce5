"""How this clinic keeps its records safe: when the window locks, and where backups go."""

from typing import ClassVar

from models.base import Record, build, field
from models.practice import THE_ONE
from models.roles import May
from models.words import N_


class Safekeeping(Record, table=True):
    """One record, kept and corrected like any other."""

    __tablename__ = "safekeeping"
    singular: ClassVar[str] = N_("safekeeping")
    plural: ClassVar[str] = N_("settings of safekeeping")
    changed_with: ClassVar[May] = May.ADMINISTER

    lock_after_minutes: int = field(
        N_("Lock the window when nobody used it for"),
        10,
        unit=N_("minutes"),
        group=N_("Lock"),
        ge=1,
        le=120,
    )
    backup_folder: str | None = field(
        N_("Folder for backups"),
        None,
        group=N_("Backups"),
        max_length=1000,
        help=N_("On another disk or a share; empty: beside the clinic's file, on the same disk."),
    )
    warn_after_days: int = field(
        N_("Warn when the last backup is older than"),
        2,
        unit=N_("days"),
        group=N_("Backups"),
        ge=1,
        le=60,
    )


def usual_safekeeping() -> Safekeeping:
    """That of a clinic which has chosen nothing."""
    return build(Safekeeping, {"id": THE_ONE})
