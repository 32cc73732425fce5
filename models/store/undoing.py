"""Undoing: what was entered is removed, what was removed stands again, corrections go back."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast

from models.base import ClinicError, PatientRecord, Record, build
from models.garbage import seldom_sought
from models.letterhead import Letterhead, usual_letterhead
from models.patient import Patient
from models.practice import Practice, usual_practice
from models.progress import Progress, Stopped
from models.records import BY_NAME
from models.safekeeping import Safekeeping, usual_safekeeping
from models.store.audit import Action, Change
from models.store.merging import mark_merged, move_all
from models.store.removal import (
    look_up_needed,
    look_up_people,
    look_up_targets,
    mark_removed,
    restore,
)
from models.store.rules import Known, find_row
from models.store.saving import changed_meanwhile, correct, look_up
from models.store.step import Deed, Step, plain_values
from models.words import _, ngettext

_USUAL: dict[type[Record], Callable[[], Record]] = {
    Practice: usual_practice,
    Letterhead: usual_letterhead,
    Safekeeping: usual_safekeeping,
}
CAN_BE_TAKEN_BACK = frozenset({Action.CORRECTED, Action.REMOVED})
Deeds = Sequence[Deed]
TurnBack = Callable[[Deeds], Deeds]
Written = Callable[[Step], None]
AT_ONCE = 500
"""So many deeds are turned back before what was noted of them is put on record."""


class CannotBeUndone(ClinicError):
    """It was changed since, or what it needs is gone: trying again will not help."""


@dataclass(frozen=True)
class Doing:
    """One step that can be undone, or done again: what it was in words, and its deeds."""

    words: str
    deeds: Deeds
    of_many: bool = False

    @property
    def patient(self) -> uuid.UUID | None:
        """Whose records it concerns; of a merger, who is kept; None of many patients."""
        return None if self.of_many else self.deeds[0].patient


class Doings:
    """The steps of one sitting: what can be undone, and what was undone and can be done again."""

    def __init__(self) -> None:
        self._done: list[Doing] = []
        self._undone: list[Doing] = []

    def add(self, deeds: Deeds, words: str = "", *, of_many: bool = False) -> None:
        """A new step; what was undone before it cannot be done again."""
        if deeds:
            self._done.append(Doing(words or in_words(deeds), deeds, of_many))
            self._undone.clear()

    @property
    def to_undo(self) -> int:
        """How many deeds the next undo turns back."""
        return len(self._done[-1].deeds) if self._done else 0

    @property
    def to_redo(self) -> int:
        return len(self._undone[-1].deeds) if self._undone else 0

    def undo(self, turn_back: TurnBack) -> Doing | None:
        return _turned(self._done, self._undone, turn_back)

    def redo(self, turn_back: TurnBack) -> Doing | None:
        return _turned(self._undone, self._done, turn_back)


def _turned(done: list[Doing], undone: list[Doing], turn_back: TurnBack) -> Doing | None:
    """The step that was turned back; one that never can be is forgotten, not to stand in the way.

    What stood before it stands again, but in a later version: the deeds that left it so are told,
    so that they can be undone in their turn.
    """
    if not done:
        return None
    doing = done[-1]
    try:
        turned = turn_back(doing.deeds)
    except CannotBeUndone:
        done.pop()
        raise
    done.pop()
    if turned:
        undone.append(replace(doing, deeds=turned))
    former = {deed.record: deed.former for deed in reversed(doing.deeds)}
    before = {(deed.record, former[deed.record]): deed.version for deed in turned}
    for place, each in enumerate(done):
        done[place] = replace(each, deeds=[_standing_as(deed, before) for deed in each.deeds])
    return doing


def _standing_as(deed: Deed, versions: Mapping[tuple[uuid.UUID, int], int]) -> Deed:
    """What it left stands again, in a later version."""
    version = versions.get((deed.record, deed.version))
    return deed if version is None else replace(deed, version=version)


@seldom_sought()
def undo(step: Step, deeds: Deeds, written: Written, progress: Progress) -> None:
    """Undo another step's deeds, the last first; `CannotBeUndone` where that is not possible.

    `written`: puts on record what the step has noted so far, so that it need not be held.
    """
    try:
        for moved, some in groupby(reversed(deeds), key=lambda deed: deed.action is Action.MOVED):
            if moved:
                _move_home(step, [*some])
            else:
                _take_all_back(step, [*some], written, progress)
    except Stopped:
        raise
    except ClinicError as error:
        raise CannotBeUndone(error.happened, error.kept, error.next_step) from error


def _move_home(step: Step, deeds: Deeds) -> None:
    homes: defaultdict[uuid.UUID, list[PatientRecord]] = defaultdict(list)
    for deed in deeds:
        homes[uuid.UUID(deed.old["patient"])].append(cast(PatientRecord, _as_left(step, deed)))
    for former, records in homes.items():
        move_all(step, records, former)


def _take_all_back(step: Step, deeds: Deeds, written: Written, progress: Progress) -> None:
    """A record that one step changed twice stands, after the second, as the first left it.

    None of a kind needs another of that kind: they are looked up, and written, together.
    """
    stands: dict[tuple[uuid.UUID, int], int] = {}
    for start in range(0, len(deeds), AT_ONCE):
        if start:
            progress(start, len(deeds))
            written(step)
            step.session.expunge_all()
        in_groups = groupby(deeds[start : start + AT_ONCE], lambda deed: (deed.action, deed.kind))
        for _same, group in in_groups:
            some, step.known = [*group], Known()
            if len(some) > 1:
                _look_up(step, some)
            for deed in some:
                row = _as_left(step, _standing_as(deed, stands))
                _take_back(step, deed, row)
                if deed.former:
                    stands[deed.record, deed.former] = row.version
            step.session.flush()


def _look_up(step: Step, deeds: Deeds) -> None:
    """What is asked of each before it is turned back; all did the same to records of one kind."""
    kind, keys = deeds[0].kind, [deed.record for deed in deeds]
    look_up(step.session, {kind: keys}, step.known)
    if deeds[0].action in {Action.CREATED, Action.RESTORED}:
        if kind is not Patient:
            look_up_needed(step, kind, keys)
        return
    rows = [row for row in step.known.rows.values() if row is not None]
    if deeds[0].action is Action.REMOVED and kind is Patient:
        look_up_people(step, cast(list[Patient], rows))
    elif rows:
        look_up_targets(step, rows)


def _as_left(step: Step, deed: Deed) -> Record:
    """The record, as the deed left it."""
    row = _row_of(step, deed)
    if row.version != deed.version:
        raise changed_meanwhile(row)
    return row


def take_back(step: Step, change: Change) -> None:
    """Undo a correction or a removal, whatever came after it."""
    if change.record_id is None or change.action not in CAN_BE_TAKEN_BACK:
        raise _cannot_be_undone()
    deed = Deed(change.action, BY_NAME[str(change.kind)], change.record_id, None, 0, 0, change.old)
    row = _row_of(step, deed)
    if isinstance(row, Patient) and row.merged_into:
        raise _cannot_be_undone()
    _take_back(step, deed, row)
    if not step.deeds:
        raise _stands_so_already(row)


def in_words(deeds: Deeds) -> str:
    """`biopsy corrected`, `3 records created`, for whoever is to know what was undone."""
    first = deeds[0]
    if len(deeds) == 1:
        return f"{_(first.kind.singular)} {_(first.action.value)}"
    n = len(deeds)
    counted = ngettext("{n} record", "{n} records", n).format(n=n)
    return f"{counted} {_(first.action.value)}"


def _take_back(step: Step, deed: Deed, row: Record) -> None:
    removed = row.removed_at is not None
    if deed.action is Action.REMOVED and removed:
        restore(step, row)
    elif deed.action is Action.CORRECTED and not removed:
        correct(step, row, build(deed.kind, {**row.model_dump(), **deed.old}))
    elif deed.action in {Action.CREATED, Action.RESTORED} and not removed:
        _remove(step, deed, row)
    else:
        raise changed_meanwhile(row)


def _remove(step: Step, deed: Deed, row: Record) -> None:
    usual = _USUAL.get(type(row))
    if usual:
        correct(step, row, build(type(row), {**row.model_dump(), **plain_values(usual())}))
        return
    into = deed.old.get("merged_into")
    kept = step.session.get(Patient, uuid.UUID(into)) if into else None
    if kept is None:
        mark_removed(step, row)
    elif kept.removed_at is None:
        mark_merged(step, cast(Patient, row), kept)
    else:
        raise changed_meanwhile(kept)


def _row_of(step: Step, deed: Deed) -> Record:
    row = find_row(step.session, deed.kind, deed.record, step.known)
    if row is None:
        raise _cannot_be_undone()
    return row


def _stands_so_already(row: Record) -> ClinicError:
    return ClinicError(
        _("The {kind} stands so already.").format(kind=_(row.singular)),
        _("Nothing was changed."),
        _("Choose another change to take back."),
    )


def _cannot_be_undone() -> ClinicError:
    return ClinicError(
        _("This cannot be undone."),
        _("Nothing was changed."),
        _("Correct the record itself."),
    )
