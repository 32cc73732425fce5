"""Others' T, N, M and B classes and stage groups, put together to one staging for each day."""

from collections import defaultdict
from dataclasses import dataclass, field

from models.diagnosis import Diagnosis
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.codes import GROUP, TNM, class_of, stage_of_words
from models.exchange.fhir.foreign.condition import Conditions, diagnosed_on
from models.exchange.fhir.foreign.elements import (
    any_codes,
    codings,
    dicts,
    said,
    text,
    when,
    words_of,
)
from models.exchange.fhir.foreign.taking import Taking, number_of, why_not
from models.staging import Occasion, Staging
from models.values import Days, PartialDate
from models.words import _

SOON_DAYS = 90
"""A first staging so near to the diagnosis is the one at diagnosis."""
_USED = frozenset(
    {
        *("code", "effectiveDateTime", "effectivePeriod", "valueCodeableConcept", "valueString"),
        *("focus", "hasMember"),
    }
)
_B_NAMES = frozenset(
    {"b", "b class", "b category", "blood", "blood class", "blood involvement", "staging.b"}
)
_DONE = frozenset({"final", "amended", "corrected"})


@dataclass
class _Staged:
    """`classes`: by letter, each with the observation that tells it."""

    mrn: str
    date: PartialDate
    condition: Entry
    classes: dict[str, dict[str, Entry]] = field(default_factory=lambda: defaultdict(dict))
    group: Entry | None = None
    stage: str = ""

    @property
    def entries(self) -> list[Entry]:
        told = [each for classes in self.classes.values() for each in classes.values()]
        return [*([self.group] if self.group else []), *told]


def is_of_staging(entry: Entry) -> bool:
    return bool(_letter(entry)) or _is_group(entry)


def take_stagings(taking: Taking, conditions: Conditions) -> None:
    told = [each for each in taking.of("Observation") if is_of_staging(each)]
    days = _days_of_groups(taking, told)
    found: dict[tuple[str, str, PartialDate], _Staged] = {}
    for entry in told:
        _put(taking, conditions, entry, days, found)
    first: set[str] = set()
    for each in sorted(found.values(), key=lambda staged: staged.date):
        _take(taking, each, each.mrn not in first)
        first.add(each.mrn)


def _letter(entry: Entry) -> str:
    """Which class an observation tells: t, n, m or b; empty where none."""
    code = entry.resource.get("code")
    coded = any_codes(code)
    of_tnm = next((letter for letter, known in TNM.items() if coded & known), "")
    if of_tnm:
        return of_tnm
    named = any(words.casefold() in _B_NAMES for words in (*words_of(code), *coded))
    return "b" if named and _class(entry, "b") else ""


def _is_group(entry: Entry) -> bool:
    return bool(any_codes(entry.resource.get("code")) & GROUP)


def _class(entry: Entry, letter: str) -> str:
    value = entry.resource.get("valueCodeableConcept")
    words = [*words_of(value), text(entry.resource.get("valueString"))]
    return class_of(letter, [*codings(value)], words)


def _days_of_groups(taking: Taking, told: list[Entry]) -> dict[int, PartialDate]:
    """A class that a stage group names is of the group's day."""
    days = {}
    for entry in told:
        date = when(entry.resource, "effective") if _is_group(entry) else None
        for each in dicts(entry.resource.get("hasMember")) if date else ():
            if (member := taking.resolved(entry, each)) and date:
                days[number_of(member)] = date
    return days


def _put(
    taking: Taking,
    conditions: Conditions,
    entry: Entry,
    days: dict[int, PartialDate],
    found: dict[tuple[str, str, PartialDate], _Staged],
) -> None:
    """Among those of its day and diagnosis, or outside."""
    why = why_not(entry)
    if not why and text(entry.resource.get("status")) not in _DONE:
        why = _("It is not final.")
    mrn = None if why else taking.whose(entry)
    if mrn is None:
        if why:
            taking.leave(entry, why)
        return
    of = conditions.about(entry, mrn, "focus")
    date = days.get(number_of(entry)) or when(entry.resource, "effective")
    letter = _letter(entry)
    value = _class(entry, letter) if letter else ""
    words = said(entry.resource.get("valueCodeableConcept"))
    if of is None:
        taking.leave(entry, _("That it stages the lymphoma is not told."), words)
    elif date is None:
        taking.leave(entry, _("Its date is not told."), words)
    elif letter and not value:
        taking.leave(entry, _("Its class is none of this disease."), words)
    else:
        staged = found.setdefault((mrn, taking.taken(Diagnosis, of), date), _Staged(mrn, date, of))
        if letter:
            staged.classes[letter][value] = entry
        else:
            staged.group = entry
            staged.stage = stage_of_words(
                [*codings(entry.resource.get("valueCodeableConcept"))],
                words_of(entry.resource.get("valueCodeableConcept")),
            )


def _take(taking: Taking, staged: _Staged, first: bool) -> None:
    """T and N are needed; a blood or visceral class that is not told is not known: BX, MX."""
    why = ""
    if not {"t", "n"} <= staged.classes.keys():
        why = _("A staging needs T and N of one day: this one stays outside.")
    elif any(len(told) > 1 for told in staged.classes.values()):
        why = _("Two classes of one letter are told for one day: the staging stays outside.")
    if why:
        for entry in staged.entries:
            taking.leave(entry, why, said(entry.resource.get("valueCodeableConcept")))
        return
    classes = {letter: next(iter(told)) for letter, told in staged.classes.items()}
    unknown = [letter for letter in "mb" if letter not in classes]
    occasion = _occasion(staged, first)
    values = {
        **{letter: f"{letter.upper()}X" for letter in unknown},
        **classes,
        "date": staged.date,
        "occasion": occasion,
        "stage_stated": staged.stage or None,
    }
    main = staged.entries[0]
    if not taking.take(Staging, main, staged.mrn, values, _USED):
        return
    for entry in staged.entries:
        taking.use(entry, _USED)
    if unknown:
        why = _("No such class is told: it is taken as not known.")
        taking.outside.add(main, why, ", ".join(letter.upper() for letter in unknown))
    why = _("The occasion is not told: it is taken from the dates.")
    taking.outside.add(main, why, occasion.value)
    if staged.group and not staged.stage:
        why = _("Its stage is none of this disease, and stays outside.")
        taking.outside.add(main, why, said(staged.group.resource.get("valueCodeableConcept")))


def _occasion(staged: _Staged, first: bool) -> Occasion:
    """At diagnosis: the first one, within three months of it."""
    diagnosed = diagnosed_on(staged.condition)
    if first and diagnosed and abs(Days.between(diagnosed, staged.date).about) <= SOON_DAYS:
        return Occasion.DIAGNOSIS
    return Occasion.RESTAGING
