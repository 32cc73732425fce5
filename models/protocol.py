"""Protocols: on which days of its cycles a drug is given and how much; the body surface."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count, islice, pairwise
from typing import Any

from pydantic_core import CoreSchema, core_schema

from models.base import WrittenColumn
from models.rules import Standing, rule
from models.values import Choice, unambiguous
from models.words import N_, _

EXAMPLE = "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"
MG_PER_VIAL = 20
LONGEST_CYCLE = 366
LONGEST_TEXT = 200
LEAST_DOSE, MOST_DOSE = 0.001, 10_000


class Unit(Choice):
    """What a dose is measured by."""

    MG_PER_KG = "mg/kg"
    MG_PER_M2 = "mg/m²"
    MG = "mg"


class Formula(Choice):
    """How the body surface is worked out."""

    MOSTELLER = "Mosteller"
    DUBOIS = "DuBois"


@rule(
    N_("Body surface"),
    "Mosteller, N Engl J Med 1987; Du Bois and Du Bois, Arch Intern Med 1916",
    Standing.UNVERIFIED,
)
def body_surface(weight_kg: float, height_cm: float, formula: Formula) -> float:
    """The body surface in m² from weight in kg and height in cm.

    Mosteller: the square root of weight times height, divided by 60. DuBois: 0.007184 times weight
    to the power of 0.425 times height to the power of 0.725. It is not rounded.

    Raises `ValueError` for a weight or a height that is not above zero.
    """
    if not (weight_kg > 0 and height_cm > 0):
        raise ValueError(_("Weight and height are above 0."))
    if formula is Formula.MOSTELLER:
        return math.sqrt(weight_kg * height_cm) / 60
    return float(0.007184 * weight_kg**0.425 * height_cm**0.725)


@dataclass(frozen=True)
class Protocol:
    """Cycles of so many days, the days on which a dose is given, and the dose.

    Written in one line, the same in every language: a label's by its drug (`mogamulizumab`), any
    other as `1000 mg/m² (Mosteller) on days 1, 8, 15 of 28`, where needed with `, first cycle 1, 8,
    15, 22` and `, vials of 20 mg`. Raises `ValueError` in words for what cannot be given.
    """

    cycle_days: int
    days: tuple[int, ...]
    dose: float
    unit: Unit
    formula: Formula | None = None
    first_cycle: tuple[int, ...] | None = None
    vial_mg: float | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.cycle_days <= LONGEST_CYCLE:
            raise ValueError(_("A cycle has 1 to {most} days.").format(most=LONGEST_CYCLE))
        for days in (self.days_of(1), self.days_of(2)):
            _check_days(days, self.cycle_days)
        if not LEAST_DOSE <= self.dose <= MOST_DOSE:
            raise ValueError(
                _("A dose is {least} to {most} {unit}.").format(
                    least=LEAST_DOSE, most=MOST_DOSE, unit=self.unit
                )
            )
        if (self.unit is Unit.MG_PER_M2) != (self.formula is not None):
            raise ValueError(_no_formula())
        if self.vial_mg is not None and not LEAST_DOSE <= self.vial_mg <= MOST_DOSE:
            raise ValueError(
                _("A vial holds {least} to {most} mg.").format(least=LEAST_DOSE, most=MOST_DOSE)
            )
        if len(str(self)) > LONGEST_TEXT:
            raise ValueError(
                _("This is too long: {max_length} characters at most.").format(
                    max_length=LONGEST_TEXT
                )
            )

    @classmethod
    def parse(cls, text: str) -> "Protocol":
        """The protocol of a line of text; raises `ValueError` in words.

        A dose in mg/m² without a formula is Mosteller's; `days 1-5` are the days 1, 2, 3, 4, 5;
        `d1,8,15 q28` and `days 1, 8, 15 every 28 days` are `on days 1, 8, 15 of 28`.
        """
        return cls._of(text, _written_number)

    @classmethod
    def read(cls, text: str) -> "Protocol":
        """The same of a line that somebody typed: also `1.125 mg` can then be read two ways."""
        return cls._of(text, _typed_number)

    @classmethod
    def _of(cls, text: str, number: Callable[[str], float]) -> "Protocol":
        text = " ".join(text.casefold().split())
        if text == BY_LABEL.label:
            return BY_LABEL
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(_unread())
        unit = _UNITS[re.sub(r"[ ^]", "", found["unit"])]
        by_surface = Formula.MOSTELLER if unit is Unit.MG_PER_M2 else None
        return cls(
            cycle_days=int(found["cycle"]),
            days=tuple(_days(found["days"])),
            dose=number(found["dose"]),
            unit=unit,
            formula=_formula(found["formula"]) if found["formula"] else by_surface,
            first_cycle=tuple(_days(found["first"])) if found["first"] else None,
            vial_mg=number(found["vial"]) if found["vial"] else None,
        )

    def __str__(self) -> str:
        if self.label:
            return self.label
        formula = f" ({self.formula})" if self.formula else ""
        days = f"{'day' if len(self.days) == 1 else 'days'} {_list(self.days)}"
        first = f", first cycle {_list(self.first_cycle)}" if self.first_cycle else ""
        vials = f", vials of {_figure(self.vial_mg)} mg" if self.vial_mg else ""
        dose = f"{_figure(self.dose)} {self.unit}{formula}"
        return f"{dose} on {days} of {self.cycle_days}{first}{vials}"

    def days_of(self, cycle: int) -> tuple[int, ...]:
        """The days of a cycle on which a dose is given."""
        return self.first_cycle if cycle == 1 and self.first_cycle else self.days

    def doses(self, cycle: int = 1) -> Iterator[tuple[int, int]]:
        """Cycle and day of every dose from a cycle on, without end."""
        return ((number, day) for number in count(cycle) for day in self.days_of(number))

    def offset(self, cycle: int, day: int) -> int:
        """Days from day 1 of the first cycle."""
        return self.cycle_days * (cycle - 1) + day - 1

    @cached_property
    def shortest_interval(self) -> int:
        """The fewest days between two doses, within a cycle and from one to the next."""
        until_the_third_cycle = len(self.days_of(1)) + len(self.days) + 1
        course = [self.offset(*dose) for dose in islice(self.doses(), until_the_third_cycle)]
        return min(later - earlier for earlier, later in pairwise(course))

    def mg(self, weight_kg: float, height_cm: float | None = None) -> float | None:
        """The dose in mg; None where it goes by the body surface and the height is not known."""
        if self.unit is Unit.MG:
            return round(self.dose, 2)
        if self.formula is None:
            return round(self.dose * weight_kg, 2)
        if height_cm is None:
            return None
        return round(self.dose * body_surface(weight_kg, height_cm, self.formula), 2)

    def vials(self, mg: float) -> int | None:
        """How many vials hold the dose; None where the size of a vial is not known."""
        return vials_of(mg, self.vial_mg) if self.vial_mg else None

    @classmethod
    def _checked(cls, value: Any) -> "Protocol":
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(_unread())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._checked, serialization=core_schema.to_string_ser_schema()
        )


def vials_of(mg: float, vial_mg: float) -> int:
    return math.ceil(round(mg / vial_mg, 6))


def _check_days(days: tuple[int, ...], cycle_days: int) -> None:
    rising = all(earlier < later for earlier, later in pairwise(days))
    if not (days and rising and days[0] >= 1 and days[-1] <= cycle_days):
        raise ValueError(
            _("The days of a cycle rise from 1 to {last} at most.").format(last=cycle_days)
        )


BY_LABEL = Protocol(
    cycle_days=28,
    days=(1, 15),
    dose=1.0,
    unit=Unit.MG_PER_KG,
    first_cycle=(1, 8, 15, 22),
    vial_mg=MG_PER_VIAL,
    label="mogamulizumab",
)
PROTOCOL = WrittenColumn(Protocol, LONGEST_TEXT)

_FIGURE = r"\d{1,6}(?:[.,]\d{1,20})?"
_DAY = r"\d{1,3}(?: ?[–-] ?\d{1,3})?"
_DAYS = rf"{_DAY}(?:(?:, and |, ?| and ){_DAY})*"
_WRITTEN = re.compile(
    rf"(?P<dose>{_FIGURE}) ?(?P<unit>mg(?: ?/ ?(?:kg|m²|m ?\^?2))?)(?: ?\((?P<formula>[a-z ]+)\))?"
    rf",? (?:on )?(?:days? |d ?)(?P<days>{_DAYS})(?: of | every | q ?)"
    r"(?P<cycle>\d{1,3})(?: days| ?d)?"
    rf"(?:[,;] ?first cycle:? (?:on )?(?:days? )?(?P<first>{_DAYS}))?"
    rf"(?:[,;] ?vials? (?:of )?(?P<vial>{_FIGURE}) ?mg)?"
)
_UNITS = {str(unit): unit for unit in Unit} | {"mg/m2": Unit.MG_PER_M2}


def _days(text: str) -> Iterator[int]:
    """`1, 8, 15` or `1-5`; a range that runs backwards is refused."""
    for part in re.split(r", and |, ?| and ", text):
        first, *last = (int(day) for day in re.split(r" ?[–-] ?", part))
        if last and last[0] <= first:
            raise ValueError(_unread())
        yield from range(first, (last or [first])[0] + 1)


def _typed_number(text: str) -> float:
    return float(unambiguous(text).replace(",", "."))


def _written_number(text: str) -> float:
    """As `_figure` writes it, which means what it says; anything else was typed."""
    return float(text) if _figure(float(text.replace(",", "."))) == text else _typed_number(text)


def _formula(text: str) -> Formula:
    names = {formula.casefold(): formula for formula in Formula}
    if text.replace(" ", "") not in names:
        raise ValueError(_no_formula())
    return names[text.replace(" ", "")]


def _no_formula() -> str:
    return _("A dose in mg/m², and no other, has a formula: Mosteller or DuBois.")


def _list(days: tuple[int, ...]) -> str:
    return ", ".join(map(str, days))


def _figure(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _unread() -> str:
    return _("Write a protocol as {label} (by its label) or in one line, as {example}.").format(
        label=BY_LABEL.label, example=EXAMPLE
    )
