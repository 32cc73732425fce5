"""What the columns of a clinic's own spreadsheet are likely to hold: by heading, then by value."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from models.base import described_fields
from models.exchange.matching.cells import values_in_cell
from models.exchange.matching.fills import usual_fills
from models.exchange.matching.frame import (
    MRN,
    heading_rows,
    is_month_first,
    is_mrn_like,
    last_row,
    tells_visits,
)
from models.exchange.matching.headings import Named, analyte_named, named
from models.exchange.matching.memory import Remembered, recalled
from models.exchange.matching.targets import (
    NAME,
    ONCE,
    TNMB,
    Fill,
    Matching,
    Target,
    headings_above,
    needed_fields,
    values_in,
)
from models.exchange.matching.words import drug_named
from models.exchange.tables.sheets import Sheet

SAMPLE, MOSTLY, HARDLY = 40, 0.7, 0.5
STAGE_ALONE = Target("diagnosis", "notes")
"""What a stage without its classes can be; nothing else is guessed to be it."""
_STAGE = re.compile(r"I{1,3}[AB]?|IV[AB]?[12]?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][^,\d]*, ?[^\W\d][^,\d]*")
_NUMBER = re.compile(r"(?=(?:\D*\d){4})[\w/-]{4,20}")
_DATE_WORDS = frozenset({"date", "datum", "data", "day", "tag"})
_UNITS = {
    "cells/µL": {"cells/µl", "/µl", "cells/ul", "/ul", "cells/mm3", "/mm3", "cells/μl", "/μl"},
    "kg": {"kg"},
    "mg": {"mg"},
    "%": {"%"},
}


def guess(sheet: Sheet, remembered: Sequence[Remembered] = ()) -> Matching:
    """What was remembered of these headings stands above what they seem to say."""
    first, headings = heading_rows(sheet)
    frame = Matching(headings=headings, first=first, last=len(sheet.rows))
    parts = headings_above(sheet, frame)
    before = recalled(remembered, [" · ".join(each) for each in parts])
    walk = _Walk(sheet, frame, parts)
    for at in range(len(parts)):
        if at in before.columns:
            walk.take(before.columns[at], sure=True)
        else:
            walk.match(at)
    walk.date_the_rows()
    matching = replace(frame, columns=tuple(walk.found), sure=frozenset(walk.sure))
    matching = replace(matching, last=last_row(sheet, matching))
    by_visit = tells_visits(sheet, matching)
    placed = [_placed(each, walk.found, by_visit=by_visit) for each in walk.found]
    matching = replace(
        matching,
        columns=tuple(placed),
        sure=matching.sure - {at for at, each in enumerate(placed) if each == STAGE_ALONE},
        by_visit=by_visit,
        month_first=is_month_first(sheet, matching),
    )
    return before.applied(replace(matching, fills={**usual_fills(matching), **walk.fills}))


class _Walk:
    """Goes through the columns from the left: what stands beside a heading tells what it means."""

    def __init__(self, sheet: Sheet, frame: Matching, parts: Sequence[list[str]]) -> None:
        self._sheet, self._frame, self._parts = sheet, frame, parts
        self._now: dict[str, int] = {}
        self._before = ""
        self.found: list[Target | None] = []
        self.sure: set[int] = set()
        self.fills: dict[Target, Fill] = {}

    def match(self, at: int) -> None:
        parts = self._parts[at]
        said = named(parts, self._before)
        analyte = next((name for part in parts[-1:] if (name := analyte_named(part))), None)
        if analyte:
            self._take_analyte(analyte, said.unit)
        elif said.target is None:
            self.take(self._by_values(at), sure=False)
        elif _is_other_unit(said.target, said.unit):
            self.take(None, sure=False)
        else:
            target, sure = self._tried(at, self._numbered(said, said.target))
            if said.part and target in self.found:
                target = None
            self.take(target, sure=sure and self._is_told(said))

    def take(self, target: Target | None, *, sure: bool) -> None:
        if target in self.found and target is not None and target.field != "notes":
            number = self._next(target.kind)
            target = None if target.kind in ONCE else replace(target, number=number)
        if target is not None:
            self._before, self._now[target.kind] = target.kind, target.number
            if sure:
                self.sure.add(len(self.found))
        self.found.append(target)

    def date_the_rows(self) -> None:
        """A date that says nothing of what is dated belongs to the first record that lacks it."""
        for at, parts in enumerate(self._parts):
            if self.found[at] is None and parts and parts[-1].strip().casefold() in _DATE_WORDS:
                self.found[at] = self._undated(at)
                self.sure |= {at} if self.found[at] else set()

    def _undated(self, at: int) -> Target | None:
        for target in filter(None, (*self.found[at:], *self.found)):
            dated = replace(target, field=target.type.dated_by)
            is_needed = dated.field in needed_fields(target.type) and target.kind not in ONCE
            if is_needed and dated not in self.found:
                return dated
        return None

    def _take_analyte(self, analyte: str, unit: str) -> None:
        target = Target("lab_result", "value", self._next("lab_result"))
        self.fills[replace(target, field="analyte")] = Fill(analyte)
        if unit:
            self.fills[replace(target, field="unit")] = Fill(unit)
        self.take(target, sure=True)

    def _numbered(self, said: Named, target: Target) -> Target:
        number = 1 if target.kind in ONCE else said.number or self._now.get(target.kind, 1)
        return replace(target, number=number)

    def _is_told(self, said: Named) -> bool:
        """Whether there is no doubt which of several records of its kind it belongs to."""
        return bool(said.number) or said.kind == self._before or self._now.get(said.kind, 1) == 1

    def _next(self, kind: str) -> int:
        numbers = (each.number for each in self.found if each and each.kind == kind)
        return max(numbers, default=0) + 1

    def _values(self, at: int) -> list[str]:
        return [*islice(values_in(self._sheet, self._frame, at), SAMPLE)]

    def _tried(self, at: int, target: Target) -> tuple[Target | None, bool]:
        """What the heading says, unless the cells hardly can be that."""
        values = self._values(at)
        if not values or _share(values, lambda text: reads(target, text)) >= HARDLY:
            return target, True
        dated = replace(target, field=target.type.dated_by)
        if _share(values, lambda text: reads(dated, text)) >= MOSTLY:
            return dated, True
        return self._by_values(at) or target, False

    def _by_values(self, at: int) -> Target | None:
        values = self._values(at)
        for target, is_one in self._telling():
            if values and _share(values, is_one) >= MOSTLY:
                return target
        return None

    def _telling(self) -> list[tuple[Target, Callable[[str], bool]]]:
        """What values tell without a heading, and how."""
        line = Target("treatment_line", "regimen", self._next("treatment_line"))
        disease, sex = Target("diagnosis", "disease"), Target("patient", "sex")
        tests: list[tuple[Target, Callable[[str], bool]]] = [
            (Target("staging", TNMB), lambda text: reads(Target("staging", TNMB), text)),
            (Target("staging", "stage_stated"), lambda text: bool(_STAGE.fullmatch(text))),
            (disease, lambda text: reads(disease, text)),
            (line, lambda text: all(map(drug_named, re.split(r"[+/;]", text)))),
            (sex, lambda text: reads(sex, text)),
            (Target("patient", NAME), lambda text: bool(_NAME.fullmatch(text))),
            (MRN, lambda text: bool(_NUMBER.fullmatch(text)) and is_mrn_like(text)),
        ]
        return [(target, is_one) for target, is_one in tests if target not in self.found]


def reads(target: Target, text: str) -> bool:
    """Whether a cell can be what the target holds."""
    try:
        values_in_cell(target, text, {}, month_first=False)
    except ValueError:
        try:
            values_in_cell(target, text, {}, month_first=True)
        except ValueError:
            return False
    return True


def _share(values: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, values)) / len(values)


def _is_other_unit(target: Target, unit: str) -> bool:
    """Whether the heading says another unit than the field's: the figures mean something else."""
    units = {each.name: each.unit for each in described_fields(target.type)}
    own = units.get(target.field, "")
    return bool(unit) and own in _UNITS and unit.casefold() not in _UNITS[own]


def _placed(
    target: Target | None, found: Sequence[Target | None], *, by_visit: bool
) -> Target | None:
    """A stage without its classes is a note to the diagnosis; a remark may be one on the visit."""
    fields = {(each.kind, each.field) for each in found if each}
    classes = {("staging", TNMB), ("staging", "t")}
    if target == Target("staging", "stage_stated") and not fields & classes:
        return STAGE_ALONE
    if target == Target("patient", "notes") and by_visit and "visit" in dict(fields):
        return Target("visit", "notes")
    return target
