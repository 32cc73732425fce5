"""Who was counted: what the patients of a population were like, as table 1 of a paper."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from models.cohort.figure_table import Bounds, Figure, FigureTable, Measured, Numbers, Row, who
from models.cohort.rates import share
from models.cohort.selection import Selection, Unit
from models.diagnosis import Disease
from models.patient import Sex
from models.prognosis import Risk, clipi_2025
from models.rules import rule_of
from models.staging import STAGES
from models.therapies import Category
from models.values import OLDEST_TOLD
from models.words import N_, _

NOT_KNOWN = N_("not known")

Group = tuple[str, Sequence[Unit]]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is told of a unit, empty where it is not known; `known`: its values in their order."""

    title: str
    of: Callable[[Unit], str]
    known: Sequence[str]


def who_was_counted(selection: Selection, groups: Sequence[Group] = ()) -> FigureTable:
    """`groups`: told beside all of them, in this order; their units are those of the selection."""
    columns: list[Group] = [(_("All"), selection.units), *groups]
    return FigureTable(
        "who-was-counted",
        _("Who was counted"),
        ("", *(name for name, _units in columns)),
        tuple(_rows(columns, by_line=selection.population.by_line)) if selection.units else (),
        " ".join(filter(None, (_note(selection), _about_groups(selection, groups)))),
    )


def _about_groups(selection: Selection, groups: Sequence[Group]) -> str:
    """That they are not all of them, where somebody is in none."""
    in_groups = sum(len(units) for _name, units in groups)
    if not groups or in_groups == len(selection.units):
        return ""
    return _("In a group is who counts in the figure of survival.")


def _note(selection: Selection) -> str:
    if not selection.units:
        return _("Nobody fits this population.")
    if not selection.population.by_line:
        return _("Age and stage at the diagnosis.")
    if len(selection.units) == selection.patients:
        return _("Age and stage at the start of the line.")
    return _(
        "Age and stage at the start of the line. A patient with several lines that count stands in"
        " every row as often."
    )


def _rows(columns: Sequence[Group], *, by_line: bool) -> Iterator[Row]:
    yield _row(_("Patients"), columns, lambda units: _told(str(len(who(units))), units))
    if by_line:
        yield _row(_("Treatment lines"), columns, lambda units: _told(str(len(units)), units))
    yield _row(_("Age in years, median (range)"), columns, _ages)
    for attribute in _attributes(by_line=by_line):
        yield from _shares(attribute, columns)
    lines = _("Lines before, median (range)") if by_line else _("Lines so far, median (range)")
    yield _row(lines, columns, lambda units: _spread([_lines(unit) for unit in units], units))
    yield _row(_("Year of the start"), columns, _years)
    vague = _("Start known to the month or year only")
    yield _some(vague, columns, lambda unit: unit.vague)
    yield _some(_("Died"), columns, lambda unit: unit.member.deceased)


def _attributes(*, by_line: bool) -> Iterator[Attribute]:
    yield Attribute(_("Sex"), lambda unit: unit.member.sex, [*Sex])
    yield Attribute(_("Disease"), lambda unit: unit.disease or "", [*Disease])
    yield Attribute(_("Stage"), lambda unit: unit.stage, STAGES)
    if by_line:
        yield Attribute(_("Treatment"), _category, [*Category])
    else:
        yield Attribute(rule_of(clipi_2025).words, lambda unit: unit.member.risk, [*Risk])


def _category(unit: Unit) -> str:
    return unit.line.category if unit.line else ""


def _shares(attribute: Attribute, columns: Sequence[Group]) -> Iterator[Row]:
    """A row for each value that is found among all; last, those of whom it is not known."""
    found = {attribute.of(unit) for unit in columns[0][1]}
    for value in (*attribute.known, ""):
        if value in found:
            told = _(value) if value else _(NOT_KNOWN)
            title = _("{title}: {value}").format(title=attribute.title, value=told)
            yield _some(title, columns, _has(attribute, value))


def _has(attribute: Attribute, value: str) -> Callable[[Unit], bool]:
    return lambda unit: attribute.of(unit) == value


def _some(title: str, columns: Sequence[Group], belongs: Callable[[Unit], bool]) -> Row:
    """How many of each column."""
    cells = []
    for _name, units in columns:
        some = [unit for unit in units if belongs(unit)]
        cells.append(share(len(some), len(units), who(some)))
    return Figure(title), *cells


def _row(title: str, columns: Sequence[Group], told: Callable[[Sequence[Unit]], Figure]) -> Row:
    return Figure(title), *(told(units) for _name, units in columns)


def _told(words: str, units: Sequence[Unit]) -> Figure:
    return Figure(words, who(units))


def _ages(units: Sequence[Unit]) -> Figure:
    known = [unit for unit in units if unit.age is not None]
    return _spread([unit.age or 0 for unit in known], known, Measured.YEARS)


def _lines(unit: Unit) -> int:
    return unit.line.number - 1 if unit.line else len(unit.lines)


def _spread(
    values: Sequence[int], units: Sequence[Unit], measured: Measured | None = None
) -> Figure:
    """`63 (41 to 80)`; an age above 89 could name its patient."""
    if not values:
        return _told(_(NOT_KNOWN), units)
    told = (median(values), min(values), max(values))
    middle, least, most = (_("over 89") if n > OLDEST_TOLD else f"{n:g}" for n in told)
    words = _("{median} ({least} to {most})") if min(values) <= OLDEST_TOLD else "{median}"
    words = words.format(median=middle, least=least, most=most)
    value, low, high = (None if n > OLDEST_TOLD else n for n in told)
    numbers = Numbers(value, low, high, None, len(values), measured, Bounds.RANGE)
    return Figure(words, who(units), numbers)


def _years(units: Sequence[Unit]) -> Figure:
    years = [unit.start.year for unit in units if unit.start]
    if not years:
        return _told(_(NOT_KNOWN), units)
    first, last = min(years), max(years)
    words = str(first) if first == last else _("{first} to {last}").format(first=first, last=last)
    return Figure(words, who(units), Numbers(None, first, last, bounds=Bounds.RANGE))
