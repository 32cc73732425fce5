"""A history of nobody: what may identify a person is left out, and every figure stays the same.

A text is free unless a vocabulary knows it, and a free text is left out; so is one in a field that
is declared tomorrow. Records get other ids: numbers, which stand for their places in this history
alone, or what `named` makes of them. Dates stay, for all that is worked out needs them:
`days_counted_from(origin_of(…))` words them as days.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import BOOKKEEPING, Record, build
from models.biopsy import Biopsy
from models.body_words import is_site, site_words
from models.ctcae import Soc, canonical, soc_of
from models.diagnosis import Diagnosis
from models.history import History
from models.imaging import Node
from models.laboratory import ANALYTES, TESTS, LabResult, MolecularResult
from models.protocol import Protocol
from models.snooze import Snooze
from models.staging import STAGES, Staging
from models.therapies import NAMES, SHORT_NAMES
from models.treatment import TreatmentLine
from models.values import PartialDate
from models.words import N_, _

LEFT_OUT = N_("left out")
NOT_TOLD = (Attachment, Snooze)
TELLING = (Enum, int, float, dt.date, PartialDate, Protocol)
"""Types of values that are no free text."""

R = TypeVar("R", bound=Record)
Named = Callable[[uuid.UUID], uuid.UUID]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`known`: what of a text may be told, empty where it is not known; `other`: what an unknown
    one is called, numbered so that different texts stay different.
    """

    known: Callable[[str], str]
    other: str = ""


def _drug(text: str) -> str:
    parts = [part.strip().casefold() for part in text.split("+")]
    return text if all(part in DRUGS for part in parts) else ""


def _term(text: str) -> str:
    return canonical(text) if soc_of(text) or text in OTHER_TERMS else ""


def _one_of(*names: str) -> Callable[[str], str]:
    folded = {name.casefold() for name in names}
    return lambda text: text if text.casefold() in folded else ""


def _unit(text: str) -> str:
    """`U/L`, `10^9/L`, `mL/min/1.73 m²`; other figures, as those of a date, are no unit's."""
    name = "|".join(map(re.escape, UNITS.split()))
    power = r"(x ?)?10([*^](\d|1[0-2])|[³⁶⁹]|¹²)"
    unit = rf"({power}|{name})([/· ]+({name})|/1\.73 ?m[2²])*"
    return text if re.fullmatch(unit, text) else ""


def _there(text: str) -> str:
    """That something was recorded: a page that tells what is missing is not to miss it."""
    return _("recorded")


def _left_out(text: str) -> str:
    """That there was one, without a word of it."""
    return _(LEFT_OUT)


def _reason(text: str) -> str:
    """Why a treatment was stopped, where every word of it is a general one."""
    known = {*REASONS.split(), *_(REASONS).casefold().split()}
    return text if set(re.findall(r"\w+", text.casefold())) <= known else ""


def _node(text: str) -> str:
    return text if is_site(text) else ""


DRUGS = frozenset(name.casefold() for name in (*NAMES, *SHORT_NAMES.values()))
OTHER_TERMS = frozenset(f"{soc.value} - Other, specify" for soc in Soc)
UNITS = (
    "% ‰ kg g mg µg μg ug ng pg mol mmol µmol μmol umol nmol pmol U IU kU kIU mU mIU µU µIU "
    "L dL mL µL μL uL fL G T x cells ratio index min h s"
)
REASONS = N_(
    "absence and complete cutaneous disease due for grade in infusion intolerance lack loss mixed "
    "no not of or partial persistent poor progression progressive rash reaction recurrent relapse "
    "response severe skin stable sufficient the to toxicity under with without 1 2 3 4 5"
)
"""Words of which a reason for stopping is made up, and which name nobody."""
VOCABULARIES: dict[tuple[type[BaseModel], str], Vocabulary] = {
    (Diagnosis, "tcr_clone"): Vocabulary(_there),
    (TreatmentLine, "regimen"): Vocabulary(_drug, N_("other drug")),
    (TreatmentLine, "stop_detail"): Vocabulary(_reason),
    (AdverseEvent, "term"): Vocabulary(_term, N_("other adverse event")),
    (AdverseEvent, "body_site"): Vocabulary(site_words),
    (Biopsy, "body_site"): Vocabulary(site_words),
    (Biopsy, "report"): Vocabulary(_left_out),
    (Staging, "stage_stated"): Vocabulary(_one_of(*STAGES, "I", "II", "IV", "IVA")),
    (LabResult, "analyte"): Vocabulary(_one_of(*ANALYTES), N_("other value")),
    (LabResult, "unit"): Vocabulary(_unit),
    (MolecularResult, "test"): Vocabulary(_one_of(*TESTS)),
    (MolecularResult, "specimen"): Vocabulary(site_words),
    (Node, "site"): Vocabulary(_node, N_("other site")),
}
"""The fields of which a text may be told as far as it is known."""


def origin_of(history: History, today: dt.date) -> dt.date:
    """The day that counts as day 0: the middle of the date of the earliest diagnosis, without one
    the first day of the earliest record, without any today.
    """
    diagnosed = [each.date for each in history.of(Diagnosis)]
    if diagnosed:
        return min(diagnosed).middle
    dated = (each.when for found in history.records.values() for each in found)
    return min((when.first for when in dated if when), default=today)


def deidentified(history: History, named: Named | None = None) -> History:
    """The history without names, contacts, free text, files and whoever wrote it.

    What is worked out of codes, figures and dates is the same of both. `named`: the id by which a
    record is known outside; none: a number.
    """
    told = {kind: found for kind, found in history.records.items() if kind not in NOT_TOLD}
    known = [history.patient, *(record for found in told.values() for record in found)]
    nobody = _Nobody(named or _numbered(known))
    return replace(
        history,
        patient=nobody.record(history.patient),
        records={kind: tuple(map(nobody.record, found)) for kind, found in told.items()},
    )


def _numbered(records: list[Record]) -> Named:
    """Numbers for their own ids and those to which they point."""
    values = (value for record in records for _name, value in record)
    ids = sorted({value for value in values if isinstance(value, uuid.UUID)})
    return {old: uuid.UUID(int=n) for n, old in enumerate(ids, start=1)}.__getitem__


class _Nobody:
    """Cleans the records of one history: one and the same unknown text becomes one and the same."""

    def __init__(self, named: Named) -> None:
        self.named = named
        self.others: dict[str, list[str]] = {}

    def record(self, record: R) -> R:
        kind = type(record)
        values = dict(self._cleaned(record))
        if isinstance(record, AdverseEvent):
            values["verbatim"] = values["term"].removesuffix(", specify")
        asked = [name for name in kind.needed_with(values) if getattr(record, name)]
        return build(kind, values | {name: values[name] or _(LEFT_OUT) for name in asked})

    def _cleaned(self, model: BaseModel) -> Iterator[tuple[str, Any]]:
        """The fields that a person fills in, and to which records it belongs."""
        for name, about in type(model).model_fields.items():
            value = getattr(model, name)
            if name in BOOKKEEPING and not isinstance(value, uuid.UUID):
                continue
            clean = self._value(value, VOCABULARIES.get((type(model), name)))
            if clean == "":
                clean = _(LEFT_OUT) if about.is_required() else about.get_default()
            yield name, clean

    def _value(self, value: Any, vocabulary: Vocabulary | None) -> Any:
        if value is None or isinstance(value, TELLING):
            return value
        if isinstance(value, uuid.UUID):
            return self.named(value)
        if isinstance(value, BaseModel):
            return type(value).model_validate(dict(self._cleaned(value)))
        if isinstance(value, list):
            parts = (self._value(part, vocabulary) for part in value)
            return [part for part in parts if part != ""]
        if isinstance(value, dict):
            told = ((key, part) for key, part in value.items() if isinstance(key, TELLING))
            return {key: self._value(part, vocabulary) for key, part in told}
        return self._text(str(value), vocabulary) if vocabulary else ""

    def _text(self, text: str, vocabulary: Vocabulary) -> str:
        known = vocabulary.known(text)
        if known or not vocabulary.other:
            return known
        unknown = self.others.setdefault(vocabulary.other, [])
        if text.casefold() not in unknown:
            unknown.append(text.casefold())
        number = unknown.index(text.casefold()) + 1
        return _(vocabulary.other) + (f" {number}" if number > 1 else "")
