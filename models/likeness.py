"""How two persons are alike: whether somebody is about to be entered a second time.

A convenience, not a clinical rule: it warns, and a person decides.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from models.folding import folded, words_of
from models.patient import Patient
from models.values import EARLIEST_YEAR, LATEST_YEAR
from models.words import N_, _, long_day_words

Points = tuple[int, str]

WORTH_A_LOOK, LIKELY = 5, 7
NOTHING: Points = (0, "")
SAME_MRN = (10, N_("same MRN"))
NEAR_MRN = (1, N_("same MRN but for one digit"))
SAME_NAME = (5, N_("same name"))
SWAPPED_NAME = (4, N_("given and family name swapped"))
NEAR_NAME = (3, N_("name differs in one letter"))
TURNED_NAME = (3, N_("name with two letters swapped"))
PART_OF_NAME = (3, N_("parts of the name are the same"))
SAME_GIVEN = (1, N_("same given name"))
SAME_FAMILY = (1, N_("same family name"))
SAME_BIRTH = (4, N_("same birth date"))
SWAPPED_BIRTH = (3, N_("birth date with day and month swapped"))
NEAR_BIRTH = (3, N_("birth date differs in one digit"))
TURNED_BIRTH = (3, N_("birth date with two digits swapped"))
OTHER_BIRTH = (-3, "")
SAME_PHONE = (3, N_("same telephone"))

PARTICLES = frozenset(
    words_of("da dal de del della den der di dos du la le van vom von zu zum zur geb née")
)
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
SHORTEST_MRN, LONGEST_MRN, PHONE_DIGITS = 3, 12, 7


@dataclass(frozen=True)
class Likeness:
    """Somebody on file, and what speaks for this being the same person."""

    patient: Patient
    reasons: tuple[str, ...]
    points: int

    @property
    def likely(self) -> bool:
        return self.points >= LIKELY

    @property
    def why(self) -> str:
        """`same birth date, name differs in one letter`."""
        return ", ".join(self.reasons)

    @property
    def order(self) -> tuple[int, str, str]:
        """The most alike first."""
        return -self.points, folded(self.patient.name), self.patient.mrn


def who(patient: Patient) -> str:
    """`Rossi, Anna, born 2 March 1958, MRN 004711`: enough to tell two patients apart."""
    return _("{name}, born {date}, MRN {mrn}").format(
        name=patient.name, date=long_day_words(patient.birth_date), mrn=patient.mrn
    )


@dataclass(frozen=True)
class _Name:
    """A name as it can be read: the words of both parts, without accents and hyphens."""

    family: tuple[str, ...]
    given: tuple[str, ...]

    @property
    def joined(self) -> tuple[str, str]:
        return "".join(self.family), "".join(self.given)


def alike(typed: Mapping[str, Any], patient: Patient) -> Likeness | None:
    """How like the patient is to the person being typed; None where they are not alike.

    What agrees counts in points. The birth date: the same 4, day and month swapped 3, one digit or
    two neighbouring digits wrong 3, another one −3. The name: the same 5, given and family name
    swapped 4, one letter or two neighbouring letters wrong 3, words of both parts the same 3, only
    one part the same 1. The MRN: the same but for leading zeros 10, but for one digit 1. The same
    telephone: 3. What is not typed yet does not count.

    From 5 points on it is worth a look: the same name alone, or the same birth date and given name,
    as after a marriage. From 7 on it is likely the same person: the same birth date and an error
    in the name, the same name and an error in the birth date. A birth date, a telephone or numbers
    given one after the other are not enough alone.

    Case, accents and hyphens do not matter, nor ü for ue, nor a maiden or second name beside.
    """
    theirs = {name: getattr(patient, name) for name in ("family_name", "given_name")}
    found = (
        _birth(typed.get("birth_date"), patient.birth_date),
        max(_name(one, other) for one in _readings(typed) for other in _readings(theirs)),
        _mrn(typed.get("mrn"), patient.mrn),
        _phone(typed.get("phone"), patient.phone),
    )
    points = sum(each for each, _reason in found)
    reasons = tuple(_(reason) for _each, reason in found if reason)
    return Likeness(patient, reasons, points) if points >= WORTH_A_LOOK else None


def may_be(typed: Mapping[str, Any], patient: Patient) -> bool:
    """Whether the birth date or the name is the same, or both are but for an error.

    `typed`: the birth date, the name, or both; the MRN does not count.
    """
    if typed.get("birth_date") == patient.birth_date or alike({**typed, "mrn": None}, patient):
        return True
    theirs = {name: getattr(patient, name) for name in ("family_name", "given_name")}
    same = (_name(one, other) for one in _readings(typed) for other in _readings(theirs))
    return max(same) >= (SAME_NAME if "birth_date" in typed else SAME_GIVEN)


def near_dates(birth: dt.date) -> set[dt.date]:
    """The birth dates that one error makes of this one, and itself."""
    found = {birth}
    for text in {*_with_one_error(f"{birth:%Y%m%d}")}:
        with suppress(ValueError):
            found.add(dt.date.fromisoformat(text))
    return {day for day in found if EARLIEST_YEAR <= day.year <= LATEST_YEAR}


def near_numbers(mrn: str) -> set[str]:
    """An MRN with and without the zeros before it."""
    bare = mrn.strip().lstrip("0")
    return {mrn.strip(), *(bare.zfill(length) for length in range(len(bare), LONGEST_MRN + 1))}


def _with_one_error(date: str) -> Iterator[str]:
    yield f"{date[:4]}{date[6:]}{date[4:6]}"
    for place in range(len(date)):
        yield from (f"{date[:place]}{digit}{date[place + 1 :]}" for digit in "0123456789")
        yield f"{date[:place]}{date[place : place + 2][::-1]}{date[place + 2 :]}"


def _birth(one: dt.date | None, other: dt.date) -> Points:
    if one is None:
        return NOTHING
    if one == other:
        return SAME_BIRTH
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return SWAPPED_BIRTH
    typed, theirs = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    if _one_wrong(typed, theirs):
        return NEAR_BIRTH
    return TURNED_BIRTH if _two_swapped(typed, theirs) else OTHER_BIRTH


def _mrn(one: str | None, other: str) -> Points:
    typed, theirs = ("".join(words_of(mrn or "")).lstrip("0") for mrn in (one, other))
    if not typed or not theirs:
        return NOTHING
    if typed == theirs:
        return SAME_MRN
    long_enough = min(len(typed), len(theirs)) >= SHORTEST_MRN
    return NEAR_MRN if long_enough and _one_wrong(typed, theirs) else NOTHING


def _phone(one: str | None, other: str | None) -> Points:
    """The end of the number: with or without the country's."""
    typed, theirs = (re.sub(r"\D", "", phone or "")[-PHONE_DIGITS:] for phone in (one, other))
    return SAME_PHONE if typed == theirs and len(typed) == PHONE_DIGITS else NOTHING


def _readings(values: Mapping[str, Any]) -> set[_Name]:
    """The name as it stands, and with its umlauts spelt out."""
    typed = [values.get(name) or "" for name in ("family_name", "given_name")]
    spelt = [unicodedata.normalize("NFC", text.casefold()).translate(SPELT_OUT) for text in typed]
    return {_Name(*(tuple(words_of(text)) for text in texts)) for texts in (typed, spelt)}


def _name(one: _Name, other: _Name) -> Points:
    family, given = (mine == theirs for mine, theirs in zip(one.joined, other.joined, strict=True))
    if not (all(one.joined) and all(other.joined)):
        return _one_part(one, family=family, given=given)
    if family and given:
        return SAME_NAME
    if one.joined == other.joined[::-1]:
        return SWAPPED_NAME
    whole, theirs = " ".join(one.joined), " ".join(other.joined)
    if _one_wrong(whole, theirs):
        return NEAR_NAME
    if _two_swapped(whole, theirs):
        return TURNED_NAME
    return PART_OF_NAME if _share(one, other) else _one_part(one, family=family, given=given)


def _one_part(name: _Name, *, family: bool, given: bool) -> Points:
    if given and name.given:
        return SAME_GIVEN
    return SAME_FAMILY if family and name.family else NOTHING


def _share(one: _Name, other: _Name) -> bool:
    """A word of each part, or all words of the one, wherever a maiden name may stand."""
    parts = ((one.family, other.family), (one.given, other.given))
    if all(_telling(mine) & _telling(theirs) for mine, theirs in parts):
        return True
    all_of_one, all_of_other = (_telling((*name.family, *name.given)) for name in (one, other))
    fewer = min(all_of_one, all_of_other, key=len)
    return len(fewer) > 1 and fewer == all_of_one & all_of_other


def _telling(words: tuple[str, ...]) -> set[str]:
    return set(words) - PARTICLES or set(words)


def _one_wrong(one: str, other: str) -> bool:
    """One letter is another, too many or missing."""
    if len(one) > len(other):
        one, other = other, one
    place = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one)
    )
    if len(one) == len(other):
        return one != other and one[place + 1 :] == other[place + 1 :]
    return one[place:] == other[place + 1 :]


def _two_swapped(one: str, other: str) -> bool:
    """Two neighbours changed places."""
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(apart) != 2:
        return False
    first, second = apart
    return second == first + 1 and one[first] + one[second] == other[second] + other[first]
