"""What is noticed when a clinic is opened, and goes on record: that something is not as it was."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.roles import May
from models.store import accounts, audit, keys, switching, trail_end
from models.store.audit import CAME_IN, Action, Entry
from models.store.clock import behind
from models.store.entries import AS_WRITTEN, values_of
from models.store.keyring import Keyring
from models.store.places import KEYRING
from models.store.settings import KEYRING_DIGEST, WATCHED, set_setting, setting
from models.store.step import Step
from models.store.tables import AUDIT_ENTRY
from models.store.tries import FREE, Failure, Unwritten
from models.words import _, moment_words


def put_on_record(step: Step, folder: Path, tries: Unwritten) -> list[str]:
    """The failed sign-ins, and sentences about what was noticed, for whoever comes in."""
    failed = [*_failed_before(step.session, step.user), *map(_entry, tries.failures)]
    step.entries[:0] = map(_entry, tries.failures)
    watched = bool(setting(step.session, WATCHED))
    sentences = [*_noticed(step, folder), *_about(step, tries, failed)] if watched else []
    for sentence in sentences:
        step.say(Action.NOTICED, sentence)
    if not watched:
        set_setting(step.session, WATCHED, True)
    if setting(step.session, KEYRING_DIGEST) is None:
        keys.remember(step.session, Keyring.read(folder / KEYRING))
    return sentences


def _noticed(step: Step, folder: Path) -> Iterator[str]:
    end = trail_end.kept(folder)
    if end is None:
        yield _("Nothing beside the clinic's file tells where its audit log ended.")
    elif not audit.goes_on_from(step.session, end):
        sentence = _("The clinic's file is older than it was: entry {n} of its audit log is gone.")
        yield sentence.format(n=end["sequence"])
    for aside in switching.finished(folder):
        yield _(
            "A backup that was being restored took the place of the clinic at an opening; what was"
            " there before lies in {folder}."
        ).format(folder=aside)
    yield from keys.faults(step.session, folder)
    clock_is_behind = behind(step.clock.now(), audit.newest(step.session))
    if clock_is_behind:
        yield clock_is_behind


def came_by_key(user: str) -> str:
    return _(
        "{user} came in with the recovery key and is an administrator from now on. Renew the key"
        " (Clinic ▸ Users) if the sheet was seen by others."
    ).format(user=user)


def _about(step: Step, tries: Unwritten, failed: Sequence[Entry]) -> Iterator[str]:
    """Users are told of their own failures; administrators of everybody's."""
    if tries.notice:
        yield tries.notice
    all_doors = accounts.standing(step.session, step.user).role.may(May.ADMINISTER)
    doors = dict.fromkeys(_door(each) for each in failed if all_doors or each.user == step.user)
    moments = {door: [each.at for each in failed if _door(each) == door] for door in doors}
    told = [_told(door, of_it) for door, of_it in moments.items() if len(of_it) > FREE]
    if told:
        sentence = _("Tries to sign in that failed since you last did: {tries}.")
        yield sentence.format(tries="; ".join(told))
    if tries.left_out and all_doors:
        yield _("Before them {n} more failed, of which no more is known.").format(n=tries.left_out)


def _told(door: str, moments: Sequence[dt.datetime]) -> str:
    words = _("{user}: {n}, the last on {moment}")
    return words.format(n=len(moments), user=door, moment=moment_words(max(moments)))


def _door(failed: Entry) -> str:
    return failed.user or _(str((failed.new or {}).get("door", "")))


def _failed_before(session: Session, user: str) -> list[Entry]:
    """Those on record since this user last came in."""
    entries = AUDIT_ENTRY.c
    came_in = (entries.user == user, entries.action.in_([each.value for each in CAME_IN]))
    last = session.scalar(select(func.max(entries.sequence)).where(*came_in)) or 0
    since = (entries.sequence > last, entries.action == Action.SIGN_IN_FAILED.value)
    rows = session.execute(select(*AS_WRITTEN).where(*since)).mappings()
    return [
        Entry(read["at"], read["user"], Action.SIGN_IN_FAILED, new=read["new"])
        for read in map(values_of, rows)
        if read and isinstance(read["new"], dict)
    ]


def _entry(failure: Failure) -> Entry:
    said = {"door": failure.door.value}
    return Entry(failure.at, failure.user, Action.SIGN_IN_FAILED, new=said)
