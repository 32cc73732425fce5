"""One cell of a clinic's own spreadsheet, as what the fields of a record hold."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from models.base import described_fields
from models.exchange.cells import read_cell, read_day, unguarded, value_type
from models.exchange.matching.targets import GRADE, NAME, NAME_GIVEN_FIRST, TNMB, Target
from models.exchange.matching.words import (
    CHOICES,
    MONTH_NUMBERS,
    NO,
    REGIMENS,
    YES,
    drug_named,
    plain,
)
from models.exchange.tables.day_order import may_be_either, month_first_in
from models.staging import B, M, N, T
from models.values import Choice, PartialDate
from models.words import _

Words = Mapping[str, str]
OLDEST = 105
_DAY = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?(\d{4}|\d{2})|\d{4}([./-]\d{1,2}){1,2}", re.ASCII)
_MONTH = re.compile(
    r"([0-9]{1,2}\.? )?([^\W\d_]+)\.?,? ([0-9]{4})|([0-9]{1,2})[./-]([0-9]{4})|([0-9]{4})"
)
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?(\.0+)?Z?$")
_TNMB = re.compile(
    r"[cp]?(?P<t>T[0-4][ab]?)\W*(?P<n>N[0-3X][ab]?)\W*(?P<m>M[01X][ab]?)(?:\W*(?P<b>B[0-2X][ab]?))?"
    r"(?:\W*(?:stage|stadium)?\W*(?P<stage_stated>I{1,3}V?[AB]?[12]?|IV[AB]?[12]?)\W*)?",
    re.IGNORECASE,
)
_CYCLE = r"(?:cycles?|zyklen|cicli)"
_CYCLES = (
    re.compile(r"(?P<drugs>.*\D)\s*[x×]\s*(?P<n>\d{1,2})", re.IGNORECASE),
    re.compile(r"(?P<n>\d{1,2})\s*[x×]\s*(?P<drugs>.+)", re.IGNORECASE),
    re.compile(r"(?P<drugs>.*\D)[(,\s]+(?P<n>\d{1,2})\s*" + _CYCLE + r"\)?", re.IGNORECASE),
    re.compile(r"(?P<n>\d{1,2})\s*" + _CYCLE + r"\s+(?P<drugs>.+)", re.IGNORECASE),
)
_CYCLES_IN_WORDS = _CYCLES[2:]
_STAGE = re.compile(r"^(stage|stadium|stade|stadio)\W*", re.IGNORECASE)


def values_in_cell(
    target: Target, text: str, words: Words, *, month_first: bool | None
) -> dict[str, Any]:
    """By field, what a cell gives; raises `ValueError` in a sentence that tells what to type.

    `month_first`: None where nobody knows, and `3/4/2017` cannot be read.
    """
    text = unguarded(text.strip())
    match target.field:
        case field if field in {NAME, NAME_GIVEN_FIRST}:
            return _names(text, given_first=target.field == NAME_GIVEN_FIRST)
        case field if field == TNMB:
            return _classes(text)
        case field if field == GRADE:
            return {GRADE: _grade(text)}
        case "regimen":
            return _regimen(text)
        case "stage_stated":
            return {target.field: _STAGE.sub("", text)}
    return {target.field: _value(target, text, words, month_first=month_first)}


def _value(target: Target, text: str, words: Words, *, month_first: bool | None) -> Any:
    kind = value_type(target.annotation)
    text = words.get(plain(text), text)
    if kind in {dt.date, PartialDate}:
        return _date(target, text, month_first=month_first)
    if kind is bool:
        return _answer(text)
    if kind in {int, float}:
        return read_cell(kind, _without_unit(target, text))
    if isinstance(kind, type) and issubclass(kind, Choice):
        return _choice(kind, text)
    if get_origin(kind) is list and issubclass(get_args(kind)[0], Choice):
        return [_choice(get_args(kind)[0], part) for part in _parts(text)]
    return read_cell(kind, text)


def _date(target: Target, text: str, *, month_first: bool | None) -> PartialDate | dt.date:
    """A day stays a day, a month a month, a year a year."""
    date = partial_date(text, month_first=month_first)
    if value_type(target.annotation) is PartialDate:
        return date
    if not date.exact:
        raise ValueError(_("“{text}” is no whole date. Type it as 12.3.2017.").format(text=text))
    if target.field == "birth_date":
        _refuse_either_century(text, date)
    return date.first


def partial_date(text: str, *, month_first: bool | None) -> PartialDate:
    """`12.3.17`, `03/2015`, `März 2015`, `2011`; raises `ValueError` where it is anything else."""
    text = _MIDNIGHT.sub("", text.strip())
    if _DAY.fullmatch(text):
        text = text.replace(" ", "")
        return read_day(text, month_first=_is_month_first(text, month_first))
    found = _MONTH.fullmatch(text)
    month = MONTH_NUMBERS.get(plain(found[2])) if found and found[2] else None
    if found is None or (found[2] and month is None):
        sentence = _("“{text}” is no date. Type a day, month or year: 12.3.2017, 03/2015, 2011.")
        raise ValueError(sentence.format(text=text))
    if month:
        day = int(found[1].strip(" .")) if found[1] else None
        return PartialDate(int(found[3]), month, day)
    return PartialDate(int(found[5]), int(found[4])) if found[5] else PartialDate(int(found[6]))


def _is_month_first(text: str, otherwise: bool | None) -> bool:
    """As the date tells itself, else as it is with the others."""
    if month_first_in(text) or not may_be_either(text):
        return bool(month_first_in(text))
    if otherwise is None:
        sentence = _("“{text}” may be either of two days: the sheet has dates of both orders.")
        raise ValueError(sentence.format(text=text))
    return otherwise


def _refuse_either_century(text: str, born: PartialDate) -> None:
    """Two digits of a year may mean somebody of a hundred, or a child."""
    this_year = dt.datetime.now(dt.UTC).year
    if re.search(r"\d{4}", text) or born.year < 2000 or this_year - born.year + 100 > OLDEST:
        return
    raise ValueError(_("“{text}” may be either century. Type the whole year.").format(text=text))


def _answer(text: str) -> bool:
    word = plain(text)
    return bool(read_cell(bool, "yes" if word in YES else "no" if word in NO else text))


def _choice(kind: type[Choice], text: str) -> Choice:
    known = CHOICES.get(kind, {}).get(plain(text))
    if known is not None:
        return known
    if kind in {T, N, M, B}:
        text = text if text[:1].upper() == kind.__name__ else kind.__name__ + text
    by_plain = {plain(word): each for each in kind for word in (each.value, each.label)}
    found = by_plain.get(plain(text))
    if found is None:
        raise ValueError(
            _("“{text}” is none of: {choices}.").format(
                text=text, choices=", ".join(each.label for each in kind)
            )
        )
    return found


def _without_unit(target: Target, text: str) -> str:
    """`70 kg`, `12 %`: the unit of the field may stand behind the number."""
    unit = next(each.unit for each in described_fields(target.type) if each.name == target.field)
    return text[: -len(unit)].rstrip() if unit and plain(text).endswith(plain(unit)) else text


def _names(text: str, *, given_first: bool) -> dict[str, Any]:
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        parts = text.split()
        if len(parts) != 2:
            sentence = _("“{text}” does not tell the family name: type it first, with a comma.")
            raise ValueError(sentence.format(text=text))
        family, given = reversed(parts) if given_first else parts
    if not family or not given:
        raise ValueError(_("“{text}” lacks one of the names.").format(text=text))
    return {"family_name": family, "given_name": given}


def _classes(text: str) -> dict[str, Any]:
    found = _TNMB.fullmatch(text)
    if not found:
        raise ValueError(_("“{text}” is no TNMB. Type it as T4 NX M0 B2.").format(text=text))
    told = {name: part for name, part in found.groupdict().items() if part}
    kinds: dict[str, type[Choice]] = {"t": T, "n": N, "m": M, "b": B}
    return {
        name: _choice(kinds[name], part) if name in kinds else part.upper()
        for name, part in told.items()
    }


def _grade(text: str) -> int:
    digits = re.fullmatch(r"(?:grade|grad|g|°)?\s*([1-5])\s*°?", plain(text))
    if not digits:
        raise ValueError(_("“{text}” is no grade from 1 to 5.").format(text=text))
    return int(digits[1])


def _regimen(text: str) -> dict[str, Any]:
    """Drugs joined by `+`, `/`, `;` or a comma; `CHOP x6` tells the cycles as well."""
    told: dict[str, Any] = {}
    for form in _CYCLES:
        if found := form.fullmatch(text):
            drugs = found["drugs"].strip(" ,(")
            if is_known(drugs) or form in _CYCLES_IN_WORDS:
                text, told["cycles_stated"] = drugs, int(found["n"])
                break
    drugs = [drug for part in _drugs(text) for drug in _named(part)]
    if not drugs:
        raise ValueError(_("“{text}” names no drug or procedure.").format(text=text))
    return {"regimen": drugs, **told}


def is_known(regimen: str) -> bool:
    """Whether the catalogue has all that is named, alone or joined."""
    return all(plain(part) in REGIMENS or drug_named(part) for part in _drugs(regimen))


def _drugs(text: str) -> list[str]:
    """Split only where the catalogue has every part: not `2x/month`, `mg/m²`."""
    text = text.strip(" +;,/")
    if not text or drug_named(text):
        return [text] if text else []
    for joint in ("[+;]", "[,/]"):
        parts = [part.strip() for part in re.split(joint, text) if part.strip()]
        if len(parts) > 1 and all(map(is_known, parts)):
            return [drug for part in parts for drug in _drugs(part)]
    return [text]


def _named(drug: str) -> tuple[str, ...]:
    return REGIMENS.get(plain(drug)) or (drug_named(drug) or drug,)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,+/]", text) if part.strip()]
