"""How complete the records are: what a registry asks for, and dates known to the day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.cohort.figure_table import Figure, FigureTable, Measured, Row, who
from models.cohort.practice_doses import Given, behind
from models.cohort.rates import share
from models.cohort.selection import Unit
from models.cohort.spread import quartiles
from models.words import _


def completeness_table(units: Sequence[Unit]) -> FigureTable:
    """Of each patient once."""
    patients = _each_once(units)
    asked = [unit for unit in patients if unit.member.asked]
    shares = [100 * unit.member.present / unit.member.asked for unit in asked]
    on_file = quartiles(shares, who(asked), Measured.PERCENT)
    rows: list[Row] = [(Figure(_("On file in %, median (quartiles)")), on_file)]
    lacking: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in patients:
        for title in unit.member.lacking:
            lacking[title].append(unit)
    for title, some in sorted(lacking.items(), key=lambda each: -len(each[1])):
        words = _("Missing: {what}").format(what=_(title))
        rows.append((Figure(words), share(len(some), len(patients), who(some))))
    return FigureTable(
        "practice-completeness",
        _("What a registry collects"),
        ("", _("Patients")),
        tuple(rows),
        _("Of all patients, also of those whom an item does not apply to."),
    )


def _each_once(units: Sequence[Unit]) -> list[Unit]:
    """One unit of each patient."""
    return list({unit.patient: unit for unit in units}.values())


def dates_table(units: Sequence[Unit], lines: Sequence[Given]) -> FigureTable:
    return FigureTable(
        "practice-dates",
        _("Dates that are vague or missing"),
        ("", _("Month or year only"), _("Not known")),
        tuple(_dates(units, lines)),
        _("A vague date counts as the middle of what it may mean."),
    )


def _dates(units: Sequence[Unit], lines: Sequence[Given]) -> Iterator[Row]:
    patients = _each_once(units)
    yield _dated(
        _("Diagnosis"),
        patients,
        [unit for unit in patients if unit.member.diagnosed and unit.member.vague],
        [unit for unit in patients if not unit.member.diagnosed],
    )
    given = behind(lines)
    yield _dated(_("Start of a line"), given, [each.unit for each in lines if each.line.vague], [])
    yield _dated(
        _("Time on treatment"),
        given,
        [each.unit for each in lines if (lasted := each.line.on_treatment) and lasted.vague],
        [each.unit for each in lines if each.line.on_treatment is None],
    )
    yield _dated(
        _("Onset of an adverse event"),
        given,
        [each.unit for each in lines if any(event.vague for event in each.line.events)],
        [],
    )


def _dated(title: str, of: Sequence[Unit], vague: Sequence[Unit], missing: Sequence[Unit]) -> Row:
    cells = (share(len(some), len(of), who(some)) for some in (vague, missing))
    return Figure(title), *cells
