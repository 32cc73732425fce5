"""The version of a store's tables: made new, compared at every opening, brought up to date."""

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from models.base import ClinicError
from models.store.failures import damaged_store
from models.store.settings import NEEDS, setting
from models.words import _

VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
HEAD = VERSIONS[-1]
_MIGRATIONS = Path(__file__).parent / "migrations"


def version_of(session: Session) -> str:
    """The version of the tables; a file without it is no clinic's file."""
    named = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if session.scalar(text(named)) is None:
        raise damaged_store()
    version = session.scalar(text("SELECT version_num FROM alembic_version"))
    if version is None:
        raise damaged_store()
    if version not in VERSIONS:
        raise _too_new(setting(session, NEEDS))
    return str(version)


def migrate(connection: Connection, to: str = HEAD) -> None:
    """Run the missing steps in the connection's transaction: all of them, or none."""
    from alembic import command  # noqa: PLC0415  (needed only here, and slow to load)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _too_new(needed: str | None) -> ClinicError:
    return ClinicError(
        _("This clinic was last opened with a newer version of the program."),
        _("Its file was not touched."),
        _("Install version {version} or a later one and open the clinic with it.").format(
            version=needed
        )
        if needed
        else _("Install the newer version on this computer and open the clinic with it."),
    )
