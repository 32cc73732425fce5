"""Restoring a backup: the clinic as it was then takes the place of what lies in the folder.

`look` at a backup, `compare` it with what is there, and `restore` it. What was there is set aside
whole, in a folder within the clinic's, and can be opened or restored from there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from models.base import ClinicError
from models.progress import Progress, unseen
from models.store import replacing
from models.store.audit import Action
from models.store.comparing import Difference, Later, Present, compare
from models.store.looking import Look, Standing, look
from models.store.places import STORE
from models.store.restorers import ByPassword, ByRecoveryKey
from models.store.same_file import log_of
from models.store.settings import CLINIC, new_clinic, set_setting
from models.store.sources import Source, newest_first, source_at, sources_in
from models.words import _

__all__ = [
    "ByPassword",
    "ByRecoveryKey",
    "Difference",
    "Later",
    "Look",
    "Present",
    "Source",
    "Standing",
    "compare",
    "look",
    "newest_first",
    "restore",
    "source_at",
    "sources_in",
]


def restore(look: Look, progress: Progress = unseen) -> Path | None:
    """Put the backup in place; the folder in which the former clinic was set aside, if any.

    The clinic in the folder must be closed. Whatever is raised before the end, by `progress` too,
    leaves that one as it was. The backup is brought up to date and put on record before the switch,
    in both of them. From then on its own backups have names of their own: where the former clinic
    goes on elsewhere, neither thins out the other's.
    """
    progress(0, 0)
    source = look.source
    with look.who.open(look.staging.path) as clinic:
        if look.standing.is_older:
            _refuse_unsound(clinic.check(), look.faults)
        with clinic.sitting.on_record() as step:
            step.say(Action.BACKUP_RESTORED, **source.said)
            set_setting(step.session, CLINIC, new_clinic())
    if log_of(look.staging.path / STORE).exists():
        raise _not_closed()
    progress(0, 0)
    with _told_there(look):
        aside = look.staging.switch()
    look.close()
    return aside


@contextmanager
def _told_there(look: Look) -> Iterator[None]:
    """What is set aside tells by whom and for what; or that it was not, after all."""
    folder, key, who = look.folder, look.key, look.who
    said = look.source.said
    replacing.refuse(folder, key, who)
    replacing.put_on_record(folder, key, who, Action.BACKUP_RESTORED, **said)
    try:
        yield
    except ClinicError:
        with suppress(ClinicError):
            replacing.put_on_record(folder, key, who, Action.BACKUP_RESTORED, **said, failed="yes")
        raise


def _refuse_unsound(faults: Sequence[str], known: Sequence[str]) -> None:
    new = [fault for fault in faults if fault not in known]
    if new:
        raise ClinicError(
            _("The backup cannot be brought up to date: {fault}").format(fault=new[0]),
            _("Nothing was changed."),
            _("Choose another backup, and keep this one for whoever helps you."),
        )


def _not_closed() -> ClinicError:
    return ClinicError(
        _("The copy of the backup could not be written whole."),
        _("Nothing was changed."),
        _("See that the disk has room, and try again."),
    )
