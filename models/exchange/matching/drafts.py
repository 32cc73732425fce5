"""What the cells of one row of a clinic's own spreadsheet say of one record."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from models.base import described_fields
from models.exchange.cells import value_type, write_cell
from models.exchange.matching.cells import values_in_cell
from models.exchange.matching.targets import GRADE, Fill, Matching, Target, cell_of, headings_of
from models.exchange.matching.words import ONGOING, plain
from models.exchange.tables.sheets import Sheet
from models.therapies import category_of
from models.values import Choice, PartialDate
from models.words import _

LONGEST_WORD = 20
ENDS = frozenset({"end", "resolved"})
_DATES = (dt.date, PartialDate)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[./-](\d{2})", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"\d{1,2}[./-]\d{4}", re.ASCII)


@dataclass(slots=True)
class Draft:
    """A record as a row tells of it; `columns`: by field, the place of its column.

    `spoilt`: by field, the place of the column whose cell cannot be read.
    """

    target: Target
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    spoilt: dict[str, int | None] = field(default_factory=dict)


class Cells:
    """`tell`: is told of each cell that cannot be read: the row, the heading, and a sentence.

    `words`: by kind and field, the words that cannot be read there, and how often they stand.
    """

    def __init__(
        self, sheet: Sheet, matching: Matching, tell: Callable[[int, str, str], None]
    ) -> None:
        self.sheet, self.matching, self._tell = sheet, matching, tell
        self.headings = headings_of(sheet, matching)
        self.by_record: defaultdict[tuple[str, int], list[tuple[int, Target]]] = defaultdict(list)
        for at, target in matching.matched:
            self.by_record[target.record].append((at, target))
        self.words: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._fills: dict[tuple[str, int], list[tuple[Target, Fill]]] = {}
        self._months: dict[int, bool] = {}
        self._known: dict[tuple[str, str, str], dict[str, Any] | str] = {}

    def draft(self, number: int, row: Sequence[str], record: tuple[str, int]) -> Draft | None:
        """None where the row says nothing of this record."""
        draft = Draft(Target(record[0], "", record[1]), number)
        for at, target in self.by_record[record]:
            self._take(draft, at, target, cell_of(row, at))
        if draft.values.keys() <= {"mrn"} and not draft.spoilt:
            return None
        _categorise(draft)
        for target, fill in self._fills_of(record):
            if target.field not in draft.values and target.field not in draft.spoilt:
                self._fill(draft, target, fill, row)
        _grade(draft)
        return draft

    def _take(self, draft: Draft, at: int, target: Target, text: str) -> None:
        wrong = self.sheet.wrong.get((draft.row, at))
        if wrong is None and self._is_nothing(target, text):
            return
        text = self._with_whole_year(at, target, text)
        told = self._told(target, text) if wrong is None else wrong
        if isinstance(told, str):
            self._say(draft, target, at, told)
            return
        for name, value in told.items():
            if name == "notes":
                line = _("{heading}: {text}").format(heading=self.headings[at], text=value)
                draft.values[name] = "\n".join(filter(None, (draft.values.get(name), line)))
            elif draft.values.get(name, value) != value:
                sentence = _("It says otherwise than “{heading}”: {value}.").format(
                    heading=self.headings[draft.columns[name]],
                    value=write_cell(draft.values[name]),
                )
                self._say(draft, target, at, sentence)
            else:
                draft.values[name] = value
            draft.columns.setdefault(name, at)

    def _with_whole_year(self, at: int, target: Target, text: str) -> str:
        """`03/15` as `03/2015`, in a column where other cells are a month and a year."""
        found = _MONTH_AND_YEAR.fullmatch(text)
        is_date = target.field in target.fields and value_type(target.annotation) in _DATES
        if not found or not is_date or not self._has_months(at):
            return text
        year = 2000 + int(found[2])
        return f"{found[1]}/{year - 100 if year > dt.datetime.now(dt.UTC).year + 1 else year}"

    def _has_months(self, at: int) -> bool:
        if at not in self._months:
            rows = self.sheet.rows[self.matching.first - 1 : self.matching.last]
            self._months[at] = any(_MONTH_OF_YEAR.fullmatch(cell_of(row, at)) for row in rows)
        return self._months[at]

    def _is_nothing(self, target: Target, text: str) -> bool:
        """`unknown` is an answer where it is one of the choices; `ongoing` is no end."""
        if target.field in ENDS and plain(text) in ONGOING:
            return True
        if not text or not self.matching.means_nothing(text):
            return not text
        kind = value_type(target.annotation) if target.field in target.fields else None
        is_choice = isinstance(kind, type) and issubclass(kind, Choice)
        return not is_choice or isinstance(self._told(target, text), str)

    def _told(self, target: Target, text: str) -> dict[str, Any] | str:
        """By field, what a cell says, or in a sentence why it cannot be read."""
        key = (target.kind, target.field, text)
        if key not in self._known:
            words = self.matching.words.get((target.kind, target.field), {})
            try:
                first = self.matching.month_first
                self._known[key] = values_in_cell(target, text, words, month_first=first)
            except ValueError as error:
                self._known[key] = str(error)
        told = self._known[key]
        if isinstance(told, str) and self._is_asked(target, text):
            self.words[target.kind, target.field][plain(text)] += 1
        return told

    def _is_asked(self, target: Target, text: str) -> bool:
        """A short word without a figure may mean nothing anywhere: `ongoing`."""
        is_word = len(text) <= LONGEST_WORD and not re.search(r"\d", text)
        return (is_choice(target) or is_word) and not self.matching.means_nothing(text)

    def _fills_of(self, record: tuple[str, int]) -> list[tuple[Target, Fill]]:
        if record not in self._fills:
            fields = described_fields(Target(record[0], "").type)
            targets = [Target(record[0], words.name, record[1]) for words in fields]
            filled = ((target, self.matching.fill_of(target)) for target in targets)
            self._fills[record] = [(target, fill) for target, fill in filled if fill]
        return self._fills[record]

    def _fill(self, draft: Draft, target: Target, fill: Fill, row: Sequence[str]) -> None:
        text = fill.text if fill.column is None else cell_of(row, fill.column)
        if not text or (fill.column is not None and self._is_nothing(target, text)):
            return
        told = self._told(target, text)
        if isinstance(told, str):
            self._say(draft, target, fill.column, told)
            return
        draft.values |= told
        if fill.column is not None:
            draft.columns |= dict.fromkeys(told, fill.column)

    def _say(self, draft: Draft, target: Target, at: int | None, sentence: str) -> None:
        draft.spoilt |= dict.fromkeys(target.fields, at)
        self._tell(draft.row, self.headings[at] if at is not None else "", sentence)


def _categorise(draft: Draft) -> None:
    values = draft.values
    if draft.target.kind == "treatment_line" and "category" not in values:
        category = category_of(values.get("regimen", ()))
        if category:
            values["category"] = category


def _grade(draft: Draft) -> None:
    grade = draft.values.pop(GRADE, None)
    if grade is not None and "onset" in draft.values:
        draft.values["grades"] = [{"date": draft.values["onset"], "grade": grade}]


def is_choice(target: Target) -> bool:
    """Whether a word of the sheet can be matched with one of the field's own."""
    if target.field not in target.fields:
        return False
    kind = value_type(target.annotation)
    kind = get_args(kind)[0] if get_origin(kind) is list else kind
    return isinstance(kind, type) and (issubclass(kind, Choice) or kind is bool)
