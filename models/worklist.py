"""The worklist: what is due in the days ahead, over all patients, and what of it is put off."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.base import InvalidRecord, build
from models.due import Due, DueKind, Noted
from models.folding import words_of
from models.follow_up import next_due
from models.history import History
from models.patient import Patient
from models.snooze import Snooze
from models.values import DAYS_PER_MONTH, Choice, duration_words
from models.words import N_, _, day_words, ngettext

LONGEST, MANY_DAYS = 3650, 60


class Group(Choice):
    """What the items of a worklist are gathered under, in its order."""

    INFUSIONS = N_("infusions due")
    OVERDUE = N_("overdue")
    VISITS = N_("follow-up visits due")
    BIOPSIES = N_("biopsy results awaited")
    EVENTS = N_("open adverse events (grade ≥ 2)")
    ASSESSMENTS = N_("response assessment due")
    NOT_SEEN = N_("patients not seen")
    NOT_STAGED = N_("stage not recorded")


PLACES = {group: place for place, group in enumerate(Group)}
GROUPS = {
    DueKind.INFUSION: Group.INFUSIONS,
    DueKind.VISIT: Group.VISITS,
    DueKind.BIOPSY_RESULT: Group.BIOPSIES,
    DueKind.ADVERSE_EVENT: Group.EVENTS,
    DueKind.ASSESSMENT: Group.ASSESSMENTS,
    DueKind.CONTACT: Group.NOT_SEEN,
    DueKind.STAGING: Group.NOT_STAGED,
}
APPOINTMENTS = frozenset({DueKind.INFUSION, DueKind.VISIT, DueKind.ASSESSMENT})


@dataclass(frozen=True, slots=True)
class Whose:
    """Of a patient what a worklist tells; `age`: on its day."""

    id: uuid.UUID
    name: str
    mrn: str
    birth_date: dt.date
    age: int


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the worklist; with a snooze it is put off, the longest standing last.

    A large clinic has thousands of them at hand all day: they hold no whole records.
    """

    group: Group
    patient: Whose
    due: Due
    overdue: bool
    snoozes: tuple[Snooze, ...] = ()

    @property
    def snooze(self) -> Snooze | None:
        """The one that stands longest."""
        return self.snoozes[-1] if self.snoozes else None

    @property
    def put_off_words(self) -> str:
        """`put off until 14 May 2020 by anna: on holiday`; empty where it is not."""
        if self.snooze is None:
            return ""
        until, by = day_words(self.snooze.until), self.snooze.recorded_by
        words = _("put off until {date} by {user}: {reason}")
        return words.format(date=until, user=by, reason=self.snooze.reason)


@dataclass(frozen=True, slots=True)
class Worklist:
    """What is due by `days` after `today` of so many patients; what is put off stands apart."""

    today: dt.date
    days: int
    patients: int
    due: tuple[Item, ...]
    put_off: tuple[Item, ...]

    @property
    def whose(self) -> list[uuid.UUID]:
        """The patients in it, by id, each once."""
        return list(dict.fromkeys(item.patient.id for item in (*self.due, *self.put_off)))

    def within(self, days: int) -> "Worklist":
        """The part of it that is due by fewer days after today."""
        soon = self._only(lambda item: (item.due.on - self.today).days <= days)
        return replace(soon, days=days)

    def named(self, typed: str) -> "Worklist":
        """The part of it about patients in whose name and MRN every typed word begins a word."""
        words = words_of(typed)
        return self._only(lambda item: _is_named(item.patient, words))

    def _only(self, wanted: Callable[[Item], bool]) -> "Worklist":
        due, put_off = tuple(filter(wanted, self.due)), tuple(filter(wanted, self.put_off))
        return replace(self, due=due, put_off=put_off)

    def changed(self, item: Item, snooze: Snooze | None) -> "Worklist":
        """The same list after this item was put off, or taken up from all that put it off."""
        rest = [each for each in (*self.due, *self.put_off) if each != item]
        return _divided(self, [*rest, replace(item, snoozes=(snooze,) if snooze else ())])

    def renewed(self, of: Collection[uuid.UUID], drawn: "Worklist") -> "Worklist":
        """The same list with what was drawn up anew of these patients."""
        rest = self._only(lambda item: item.patient.id not in of)
        return _divided(self, [*rest.due, *rest.put_off, *drawn.due, *drawn.put_off])

    @property
    def words(self) -> str:
        """`14 due within 7 days, 5 of them past their day. 3 put off, 1 of them past its day.`

        Those are more than stand under overdue: what is awaited, open or missing keeps its group.
        """
        sentences = [_with_overdue(self._due_words, self.due)]
        if self.put_off:
            words = _("{n} put off").format(n=len(self.put_off))
            sentences.append(_with_overdue(words, self.put_off))
        return " ".join(sentences)

    @property
    def _due_words(self) -> str:
        n, duration = len(self.due), duration_words(self.days)
        if not self.days:
            return _("{n} due today").format(n=n) if n else _("Nothing is due today")
        words = _("{n} due within {duration}") if n else _("Nothing is due within {duration}")
        return words.format(n=n, duration=duration)


def draw_up(histories: Iterable[History], today: dt.date, days: int = 7) -> Worklist:
    """What is due by `days` after `today`, the overdue included: by group, date and name.

    An infusion, a visit or an assessment that is overdue stands under overdue; what is awaited,
    open or missing keeps its own group. Raises `ValueError` for days that make no sense.
    """
    if not 0 <= days <= LONGEST:
        raise ValueError(_("A worklist looks 0 to {most} days ahead.").format(most=LONGEST))
    patients, items = 0, list[Item]()
    for history in histories:
        patients += 1
        items += _items(history, today, days)
    return _divided(Worklist(today, days, patients, (), ()), items)


def _items(history: History, today: dt.date, days: int) -> list[Item]:
    whose = _whose(history.patient, today)
    return [
        Item(
            _group(due, today),
            whose,
            replace(due, record=Noted(due.record.id)),
            due.overdue(today),
            snoozes_of(due, history, today),
        )
        for due in next_due(history, today)
        if (due.on - today).days <= days
    ]


def worklist(histories: Iterable[History], today: dt.date, days: int = 7) -> list[Item]:
    """What of the worklist is not put off."""
    return [*draw_up(histories, today, days).due]


def snoozes_of(due: Due, history: History, today: dt.date) -> tuple[Snooze, ...]:
    """By which this is put off: of the same kind and record, due on the same day, and still on.

    Two users may have put off one item. What is missing from the records is due on no day of its
    own: there the record alone tells whether it is the same.
    """
    found = [
        snooze
        for snooze in history.of(Snooze)
        if (snooze.kind, snooze.about) == (due.kind, due.record.id)
        and (snooze.due_on == due.on or due.kind is DueKind.STAGING)
        and snooze.until > today
    ]
    return tuple(sorted(found, key=lambda snooze: snooze.until))


def put_off(item: Item, until: dt.date | None, reason: str | None, today: dt.date) -> Snooze:
    """The record that puts it off; raises `InvalidRecord` with what is wrong by field."""
    snooze = build(
        Snooze,
        {
            "patient": item.patient.id,
            "kind": item.due.kind,
            "due_on": item.due.on,
            "about": item.due.record.id,
            "until": until,
            "reason": reason,
        },
    )
    if snooze.until <= today:
        raise InvalidRecord(_(Snooze.singular), {"until": _("Give a day after today.")})
    return snooze


def usual_until(item: Item, today: dt.date) -> dt.date:
    """A week from today, or from the day it is due where that lies ahead: to be checked."""
    return max(item.due.on, today) + dt.timedelta(days=7)


def counts(items: Sequence[Item]) -> dict[Group, int]:
    """How many items each group has, those without any included."""
    return {group: sum(item.group is group for item in items) for group in Group}


def when_words(on: dt.date, today: dt.date) -> str:
    """`today`, `tomorrow`, `in 3 days`, `12 days overdue`."""
    days = (on - today).days
    if days in {0, 1}:
        return _("tomorrow") if days else _("today")
    words = _("in {duration}") if days > 0 else _("{duration} overdue")
    return words.format(duration=_in_whole_months(abs(days)))


def _in_whole_months(days: int) -> str:
    """`59 days`, `10 months`, `1 y 11 mo`."""
    years, months = divmod(round(days / DAYS_PER_MONTH), 12)
    if days < MANY_DAYS:
        return duration_words(days)
    if not years:
        return _("{n} months").format(n=months)
    words = _("{years} y {months} mo") if months else _("{years} y")
    return words.format(years=years, months=months)


def worklist_json(items: Sequence[Item], today: dt.date, days: int) -> dict[str, Any]:
    """One object with the stable keys of the command line's `worklist --json`."""
    return {
        "date": today.isoformat(),
        "days": days,
        "items": [
            {
                "mrn": item.patient.mrn,
                "name": item.patient.name,
                "group": item.group.value,
                "what": item.due.what,
                "on": item.due.on.isoformat(),
                "why": item.due.why,
                "overdue": item.overdue,
            }
            for item in items
        ],
    }


def _whose(patient: Patient, today: dt.date) -> Whose:
    name, age = patient.name, patient.age_on(today)
    return Whose(patient.id, name, patient.mrn, patient.birth_date, age)


def _is_named(patient: Whose, typed: Sequence[str]) -> bool:
    own = words_of(f"{patient.name} {patient.mrn}")
    return all(any(word.startswith(start) for word in own) for start in typed)


def _group(due: Due, today: dt.date) -> Group:
    late = due.overdue(today) and due.kind in APPOINTMENTS
    return Group.OVERDUE if late else GROUPS[due.kind]


def _divided(found: Worklist, items: Iterable[Item]) -> Worklist:
    in_order = sorted(items, key=_place)
    return replace(
        found,
        due=tuple(item for item in in_order if item.snooze is None),
        put_off=tuple(item for item in in_order if item.snooze),
    )


def _place(item: Item) -> tuple[int, dt.date, str, str, str]:
    name, mrn = item.patient.name.casefold(), item.patient.mrn
    return PLACES[item.group], item.due.on, name, mrn, item.due.what


def _with_overdue(words: str, items: Sequence[Item]) -> str:
    n = sum(item.overdue for item in items)
    late = ngettext("{n} of them past its day", "{n} of them past their day", n).format(n=n)
    return _("{words}, {late}.").format(words=words, late=late) if n else f"{words}."
