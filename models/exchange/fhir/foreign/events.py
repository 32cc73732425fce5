"""Others' adverse events: those that CTCAE has a term for, and whose grade is told."""

import re
from typing import Any, TypeVar

from models.adverse_event import AdverseEvent, Attribution, GradeEpisode, Seriousness
from models.ctcae import CtcaeVersion, names_of, term_of
from models.exchange.fhir.codes import EVENTS_V5
from models.exchange.fhir.elements import MEDDRA, NCIT
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.codes import CAUSES, GRADES, OUTCOMES, REASONS_SERIOUS
from models.exchange.fhir.foreign.elements import (
    any_codes,
    codings,
    day,
    dicts,
    extensions,
    inner,
    said,
    text,
    when,
    words_of,
)
from models.exchange.fhir.foreign.taking import Taking, why_not
from models.treatment import TreatmentLine
from models.values import Grade
from models.words import _

_GRADE, _RESOLVED, _SERIOUS_FOR = (
    ("ae-grade", "ctcae-grade"),
    "resolve-date",
    "seriousness-criteria",
)
_USED = frozenset(
    {
        *("actuality", "event", "code", "date", "detected", "occurrenceDateTime", "outcome"),
        *("seriousness", "suspectEntity", *_GRADE, _RESOLVED, _SERIOUS_FOR, "recordedDate"),
    }
)
C = TypeVar("C")
_GRADE_WORDS = re.compile(r"(?:^|grade\s*)([1-5])(?=$|\D)", re.IGNORECASE)
_VERSION = re.compile(r"(?<!\d)(4\.03|5\.0|6\.0)(?!\d)|\bv(?:ersion)?\s*([56])\b", re.IGNORECASE)


def take_events(taking: Taking) -> None:
    vocabulary = _Vocabulary()
    for entry in list(taking.of("AdverseEvent")):
        event = entry.resource.get("event") or entry.resource.get("code")
        why = why_not(entry)
        if not why and text(entry.resource.get("actuality")) not in {"", "actual"}:
            why = _("It did not happen, and might have.")
        mrn = None if why else taking.whose(entry)
        if why:
            taking.leave(entry, why, said(event))
        elif mrn:
            _take(taking, vocabulary, entry, mrn)


def _take(taking: Taking, vocabulary: "_Vocabulary", entry: Entry, mrn: str) -> None:
    resource = entry.resource
    event = resource.get("event") or resource.get("code")
    told = _version(entry)
    version = told or CtcaeVersion.V5_0
    term, grade = vocabulary.term(event, version), _grade(entry)
    onset = (
        when(resource, "occurrence") or day(resource.get("date")) or day(resource.get("detected"))
    )
    if not term:
        why = _("CTCAE {version} as it stands here has no such term.")
        taking.leave(entry, why.format(version=version.value), said(event))
    elif grade is None:
        taking.leave(entry, _("Its grade is not told."), said(event))
    elif onset is None:
        taking.leave(entry, _("When it began is not told."), said(event))
    else:
        values = {
            "verbatim": said(event),
            "term": term,
            "onset": onset,
            "grades": [GradeEpisode(date=onset, grade=grade)],
            "ctcae_version": version,
            **_further(entry),
        }
        line, attribution = _suspected(taking, entry)
        values |= {"attribution": attribution}
        to = {"treatment_line": line} if line else {}
        if taking.take(AdverseEvent, entry, mrn, values, _USED, to=to) and told is None:
            why = _("The version of CTCAE is not told: taken as {version}.")
            taking.outside.add(entry, why.format(version=version.value), term)


class _Vocabulary:
    """The terms by their codes, as the clinic's tables have them."""

    def __init__(self) -> None:
        self._by_code: dict[CtcaeVersion, dict[tuple[str, str], str]] = {}

    def term(self, event: Any, version: CtcaeVersion) -> str:
        """By its code, else by one of its names; empty where there is none."""
        known = self._codes(version)
        coded = [known[each] for each in codings(event) if each in known]
        named = (term_of(words, version) for words in words_of(event))
        return next(iter(coded), "") or next((each.name for each in named if each), "")

    def _codes(self, version: CtcaeVersion) -> dict[tuple[str, str], str]:
        if version not in self._by_code:
            found: dict[tuple[str, str], str] = {}
            if version is CtcaeVersion.V5_0:
                found |= {(NCIT, code): name for name, code in EVENTS_V5.items()}
            for term in (term_of(name, version) for name in names_of(version)):
                if term:
                    found[NCIT, term.ncit_code] = found[MEDDRA, term.meddra_code] = term.name
            self._by_code[version] = {of: name for of, name in found.items() if of[1]}
        return self._by_code[version]


def _grades(entry: Entry) -> list[Any]:
    return [
        each.get("valueCodeableConcept")
        or {"coding": each.get("valueCoding"), "text": str(each.get("valueInteger", ""))}
        for each in extensions(entry.resource, *_GRADE)
    ]


def _grade(entry: Entry) -> Grade | None:
    """As it is coded, else as it is worded; None where it is not told, or two are."""
    found: set[Grade] = set()
    for concept in _grades(entry):
        coded = {GRADES[code] for code in any_codes(concept) if code in GRADES}
        words = [*words_of(concept), *any_codes(concept)]
        worded = {Grade(int(each[1])) for each in map(_GRADE_WORDS.search, words) if each}
        found |= coded or worded
    return found.pop() if len(found) == 1 else None


def _version(entry: Entry) -> CtcaeVersion | None:
    event = entry.resource.get("event") or entry.resource.get("code")
    told = [
        text(each.get("version"))
        for concept in (event, *_grades(entry))
        for each in dicts(inner({"of": concept}, "of").get("coding"))
    ]
    told += [words for concept in _grades(entry) for words in words_of(concept)]
    found = {each[1] or f"{each[2]}.0" for each in map(_VERSION.search, told) if each}
    known = [each for each in CtcaeVersion if each.value in found]
    return known[0] if len(known) == 1 else None


def _further(entry: Entry) -> dict[str, Any]:
    resource = entry.resource
    serious = any_codes(resource.get("seriousness"))
    ends = (day(each.get("valueDateTime")) for each in extensions(resource, _RESOLVED))
    outcome = [OUTCOMES[c] for c in any_codes(resource.get("outcome")) if c in OUTCOMES]
    return {
        "resolved": next(filter(None, ends), None),
        "outcome": _one(outcome),
        "serious": True if "serious" in serious else False if "non-serious" in serious else None,
        "seriousness": _one(_serious_for(entry)),
    }


def _serious_for(entry: Entry) -> list[Seriousness]:
    found = []
    for each in extensions(entry.resource, _SERIOUS_FOR):
        present = not any(
            part.get("valueBoolean") is False for part in extensions(each, "criterionPresent")
        )
        for part in extensions(each, "criterionCode") if present else ():
            coded = any_codes(part.get("valueCodeableConcept"))
            found += [REASONS_SERIOUS[code] for code in coded if code in REASONS_SERIOUS]
    return found


def _one(found: list[C]) -> C | None:
    return found[0] if len(set(found)) == 1 else None


def _suspected(taking: Taking, entry: Entry) -> tuple[str, Attribution | None]:
    """The line that is suspected, where it was taken, and how likely it is the cause."""
    for each in dicts(entry.resource.get("suspectEntity")):
        line = taking.taken(TreatmentLine, taking.resolved(entry, each.get("instance")))
        if line:
            coded = any_codes(inner(each, "causality", "assessment"))
            causes = [CAUSES[code] for code in coded if code in CAUSES]
            return line, _one(causes)
    if dicts(entry.resource.get("suspectEntity")):
        taking.outside.add(entry, _("The treatment that is suspected stays outside."))
    return "", None
