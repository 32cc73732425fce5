"""What divides a population into groups, and from which day on a patient's group is known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from models.cohort.selection import Unit
from models.diagnosis import Disease
from models.patient import Sex
from models.population import Population
from models.prognosis import Risk
from models.response import RESPONDING
from models.staging import STAGES, is_advanced
from models.therapies import MOGAMULIZUMAB, Category
from models.values import Choice
from models.words import N_, _

MOST_GROUPS, SHOWN_OF_MORE = 6, 5
"""So many groups can be told apart in one figure; of more than that only the largest are shown."""
LINES_NAMED = 3
OLD = 60


class Factor(Choice):
    """By what patients are compared."""

    NONE = N_("no groups")
    DISEASE = N_("disease")
    STAGE = N_("stage")
    EXTENT = N_("early or advanced stage")
    TREATMENT = N_("treatment")
    CATEGORY = N_("category of treatment")
    NUMBER = N_("line number")
    SEX = N_("sex")
    AGE = N_("age")
    RISK = N_("CLIPI 2025")
    RESPONSE = N_("best response")
    RASH = N_("rash under mogamulizumab")
    MOGAMULIZUMAB = N_("mogamulizumab at any time")


OF_TREATMENT = frozenset({Factor.TREATMENT, Factor.CATEGORY, Factor.MOGAMULIZUMAB})
"""Whoever compares these compares treatments that nobody drew by lot."""
OF_LATER = frozenset({Factor.RESPONSE, Factor.RASH, Factor.MOGAMULIZUMAB})
"""Groups that are known only some time after the origin."""
OF_A_LINE = frozenset(
    {Factor.TREATMENT, Factor.CATEGORY, Factor.NUMBER, Factor.RESPONSE, Factor.RASH}
)


class Placed(NamedTuple):
    """The group of a unit, '' where it is not known; `since`: the day after the origin from which
    on this is known, 0 where it is at the origin, None where that day is not on file.
    """

    group: str
    since: int | None = 0


def why_not_by(factor: Factor, population: Population) -> str:
    """Why a factor does not divide a population; empty where it does."""
    if factor in OF_A_LINE and not population.by_line:
        return _("Only from the start of a treatment line: choose that as the origin.")
    if factor is Factor.MOGAMULIZUMAB and population.by_line:
        return _("Only from the diagnosis: choose that as the origin.")
    return ""


def place(factor: Factor, unit: Unit, by: int | None = None) -> Placed:
    """The group of a unit as it was known `by` that day after the origin; None: in the end."""
    if factor in _LATER:
        joined = _LATER[factor](unit)
        return joined.placed(by) if joined else Placed("")
    return Placed(_AT_ORIGIN[factor](unit))


def group_names(factor: Factor, found: Iterable[str]) -> list[str]:
    """The groups that there are in a sensible order, the one to compare with first."""
    order = [name for name in _ORDER[factor]() if name]
    named = set(found)
    return [name for name in order if name in named] + sorted(named.difference(order))


@dataclass(frozen=True, slots=True)
class _Joined:
    """A group that a unit joins at some time or never; `at` None: it joined, on no known day."""

    group: str
    other: str
    joins: bool
    at: int | None

    def placed(self, by: int | None) -> Placed:
        if not self.joins:
            return Placed(self.other)
        if by is None:
            return Placed(self.group, self.at)
        if self.at is None:
            return Placed("", None)
        return Placed(self.group if self.at <= by else self.other)


def _response(unit: Unit) -> _Joined | None:
    """By the best response; where none was told, nothing is known."""
    line = unit.line
    if line is None or line.response.best is None:
        return None
    reached = line.time_to_response
    joins, at = line.response.best in RESPONDING, reached.days if reached else None
    return _Joined(_("responders"), _("no response"), joins, at)


def _rash(unit: Unit) -> _Joined | None:
    """Of lines with mogamulizumab."""
    if unit.line is None or MOGAMULIZUMAB not in unit.line.drugs:
        return None
    found = [max(each.onset, 0) for each in unit.events if each.is_rash]
    return _Joined(_("with rash"), _("without rash"), bool(found), min(found, default=None))


def _ever(unit: Unit) -> _Joined | None:
    start = unit.start
    if start is None:
        return None
    given = [line.start for line in unit.lines if MOGAMULIZUMAB in line.drugs]
    at = max((min(given) - start).days, 0) if given else None
    return _Joined(_("mogamulizumab"), _("no mogamulizumab"), bool(given), at)


def _everybody(_unit: Unit) -> str:
    return _("all")


def _disease(unit: Unit) -> str:
    return _(unit.disease.value) if unit.disease else ""


def _stage(unit: Unit) -> str:
    return unit.stage


def _extent(unit: Unit) -> str:
    return _extents()[is_advanced(unit.stage)] if unit.stage else ""


def _extents() -> list[str]:
    return [_("early stage"), _("advanced stage")]


def _treatment(unit: Unit) -> str:
    return " + ".join(map(_, unit.line.drugs)) if unit.line else ""


def _category(unit: Unit) -> str:
    return _(unit.line.category.value) if unit.line else ""


def _number(unit: Unit) -> str:
    return _numbers()[min(unit.line.number, LINES_NAMED + 1) - 1] if unit.line else ""


def _numbers() -> list[str]:
    return [_("first line"), _("second line"), _("third line"), _("fourth or later line")]


def _sex(unit: Unit) -> str:
    return _(unit.member.sex.value)


def _age(unit: Unit) -> str:
    return "" if unit.age is None else _ages()[unit.age > OLD]


def _ages() -> list[str]:
    return [_("{n} or younger").format(n=OLD), _("over {n}").format(n=OLD)]


def _risk(unit: Unit) -> str:
    return _("{risk} risk").format(risk=_(unit.member.risk)) if unit.member.risk else ""


_AT_ORIGIN: dict[Factor, Callable[[Unit], str]] = {
    Factor.NONE: _everybody,
    Factor.DISEASE: _disease,
    Factor.STAGE: _stage,
    Factor.EXTENT: _extent,
    Factor.TREATMENT: _treatment,
    Factor.CATEGORY: _category,
    Factor.NUMBER: _number,
    Factor.SEX: _sex,
    Factor.AGE: _age,
    Factor.RISK: _risk,
}
_LATER: dict[Factor, Callable[[Unit], _Joined | None]] = {
    Factor.RESPONSE: _response,
    Factor.RASH: _rash,
    Factor.MOGAMULIZUMAB: _ever,
}
_ORDER: dict[Factor, Callable[[], Iterable[str]]] = {
    Factor.NONE: list,
    Factor.DISEASE: lambda: [_(each.value) for each in Disease],
    Factor.STAGE: lambda: STAGES,
    Factor.EXTENT: _extents,
    Factor.TREATMENT: list,
    Factor.CATEGORY: lambda: [_(each.value) for each in Category],
    Factor.NUMBER: _numbers,
    Factor.SEX: lambda: [_(each.value) for each in Sex],
    Factor.AGE: _ages,
    Factor.RISK: lambda: [_("{risk} risk").format(risk=_(each.value)) for each in Risk],
    Factor.RESPONSE: lambda: [_("no response"), _("responders")],
    Factor.RASH: lambda: [_("without rash"), _("with rash")],
    Factor.MOGAMULIZUMAB: lambda: [_("no mogamulizumab"), _("mogamulizumab")],
}
