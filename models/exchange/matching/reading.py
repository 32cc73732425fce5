"""The rows of a clinic's own spreadsheet, as its columns are matched: what they bring."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.exchange.arrivals import Arrival, Place, Problem, Reading
from models.exchange.matching.cells import is_known
from models.exchange.matching.drafts import Cells, Draft, is_choice
from models.exchange.matching.fills import unfilled
from models.exchange.matching.memory import digest
from models.exchange.matching.targets import (
    Matching,
    Target,
    cell_of,
    headings_above,
    needed_fields,
    references_of,
)
from models.exchange.tables.sheets import Sheet
from models.progress import Progress, unseen
from models.records import RECORDS
from models.staging import Occasion
from models.words import _, capitalised, listing, within_sentence

MRN = Target("patient", "mrn")
STEP = 500
_TOLD_APART_BY = {
    "diagnosis": ("disease",),
    "staging": ("occasion", "date"),
    "treatment_line": ("regimen", "start"),
    "cycle": ("treatment_line", "number"),
    "infusion": ("cycle", "day"),
    "lab_result": ("analyte", "date"),
    "molecular_result": ("test", "date"),
    "adverse_event": ("term", "onset"),
    "biopsy": ("date", "body_site"),
}


@dataclass(frozen=True)
class MatchedReading(Reading):
    """`rows`: by number of the row, its arrivals; `needed`: what no column gives, and
    choices that some rows lack: one text may hold for all of them.

    `words`: by kind and field, the words that cannot be read there, and how often they stand.
    `lacking`: cells that can be read, of records that lack something.
    """

    rows: Mapping[int, Sequence[Arrival]] = field(default_factory=dict)
    needed: Sequence[Target] = ()
    words: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    lacking: Set[Place] = frozenset()

    @property
    def outside(self) -> Sequence[Place]:
        """The cells that stay outside because they cannot be read."""
        cells = (each.place for each in self.left if each.place.row and each.place.column)
        return tuple(dict.fromkeys(cells))


def read(sheet: Sheet, matching: Matching, progress: Progress = unseen) -> MatchedReading:
    """Every cell of a row of data comes in, is a problem, means nothing, or stays outside, told."""
    if matching.column_of(MRN) is None:
        return MatchedReading(problems=[Problem(Place(sheet.name), _no_number())])
    return _Reader(sheet, matching).read(progress)


class _Reader:
    def __init__(self, sheet: Sheet, matching: Matching) -> None:
        self._sheet, self._matching = sheet, matching
        self._cells = Cells(sheet, matching, self._cannot_be_read)
        self._headings = self._cells.headings
        order = [each.table_name() for each in RECORDS]
        records = self._cells.by_record
        self._records = sorted(records, key=lambda each: (order.index(each[0]), each[1]))
        self._unfilled = unfilled(matching)
        self._needed: dict[Target, None] = {}
        self._wanted: dict[Target, None] = {}
        self._arrivals: dict[tuple[str, str, str], Arrival] = {}
        self._rows: defaultdict[int, list[Arrival]] = defaultdict(list)
        self._problems: dict[Problem, None] = {}
        self._left: dict[Problem, None] = {}
        self._lacking: set[Place] = set()

    def read(self, progress: Progress) -> MatchedReading:
        self._say_what_stays_outside()
        rows = range(self._matching.first, min(self._matching.last, len(self._sheet.rows)) + 1)
        for done, number in enumerate(rows):
            if done % STEP == 0:
                progress(done, len(rows))
            self._read_row(number, self._sheet.rows[number - 1])
        progress(len(rows), len(rows))
        for target in self._needed:
            self._problem(Place(self._sheet.name), _needs(target))
        return MatchedReading(
            tuple(self._arrivals.values()),
            tuple(self._problems),
            tuple(self._left),
            rows=self._rows,
            needed=(*self._needed, *self._wanted),
            words=self._cells.words,
            lacking=self._lacking,
        )

    def _read_row(self, number: int, row: Sequence[str]) -> None:
        if not any(not self._matching.means_nothing(text) for text in row):
            return
        at = self._matching.column_of(MRN)
        mrn = cell_of(row, at)
        if self._matching.means_nothing(mrn) or (number, at) in self._sheet.wrong:
            heading = self._headings[at] if at is not None else ""
            self._problem(self._place(number, heading), _("This row has no number of a patient."))
            return
        keys: dict[tuple[str, int], str] = {}
        for record in self._records:
            draft = self._cells.draft(number, row, record)
            if draft is None:
                continue
            self._point(draft, keys)
            if self._finish(mrn, draft):
                keys[record] = self._key(draft)
            elif record[0] == "patient" and self._matching.leave_unread:
                sentence = _("The rest of this row stays outside with it.")
                self._cannot_be_read(number, self._at_fault(draft), sentence)
                return

    def _point(self, draft: Draft, keys: Mapping[tuple[str, int], str]) -> None:
        """To the record of the same row, the one of the same number where there are several."""
        for kind in references_of(draft.target.type):
            key = keys.get((kind, draft.target.number)) or keys.get((kind, 1))
            if key:
                draft.values[kind] = key

    def _finish(self, mrn: str, draft: Draft) -> bool:
        """Make it an arrival, or say what it lacks; whether it is one."""
        kind = draft.target.type
        key, place = self._key(draft), self._place(draft.row, "")
        missing = [name for name in needed_fields(kind) if name not in draft.values]
        if self._matching.by_visit and (draft.target.kind, mrn, key) in self._arrivals:
            missing = []
        own = (draft.target.record, draft.target.every.record)
        unfilled_here = [target for target in self._unfilled if target.record in own]
        self._needed |= dict.fromkeys(unfilled_here)
        if draft.spoilt and not self._matching.leave_unread:
            return False
        asked = {target.field for target in unfilled_here}
        missing = [name for name in missing if name not in asked]
        if missing:
            wanted = (Target(draft.target.kind, name, 0) for name in missing)
            self._wanted |= dict.fromkeys(each for each in wanted if is_choice(each))
            place = self._place(draft.row, self._at_fault(draft, missing))
            self._problem(place, _lacks(draft.target, missing))
            self._lacking.add(place)
        if missing or unfilled_here:
            return False
        columns = {name: self._headings[at] for name, at in draft.columns.items()}
        remarks = tuple(_is_one_drug(each) for each in _unknown_drugs(draft))
        arrival = Arrival(
            kind, mrn, key, draft.values, place, columns, remarks=remarks, told=frozenset()
        )
        return self._keep(arrival, draft)

    def _at_fault(self, draft: Draft, missing: Sequence[str] = ()) -> str:
        """The heading of the cell for which a record stays outside, or else of its first."""
        spoilt = (draft.spoilt[name] for name in missing or draft.spoilt if name in draft.spoilt)
        at = next(spoilt, next(iter(draft.columns.values()), None))
        return self._headings[at] if at is not None else ""

    def _keep(self, arrival: Arrival, draft: Draft) -> bool:
        """What an earlier row says of the same record must not be otherwise here."""
        of = (draft.target.kind, arrival.mrn, arrival.key)
        before = self._arrivals.get(of)
        if before is None or not self._matching.by_visit:
            of = of if before is None else (*of[:2], f"{of[2]}\n{draft.row}")
            self._arrivals[of] = arrival
            self._rows[draft.row].append(arrival)
            return True
        both = {name for name in draft.values if name in before.values}
        other = [name for name in both if draft.values[name] != before.values[name]]
        for name in other:
            sentence = _("Row {row} says otherwise of the same {kind}.").format(
                row=before.place.row, kind=within_sentence(_(arrival.kind.singular))
            )
            self._problem(arrival.place_of(name), sentence)
        if not other:
            values = {**draft.values, **before.values}
            columns = {**arrival.columns, **before.columns}
            merged = replace(before, values=values, columns=columns)
            self._arrivals[of] = merged
            self._rows[draft.row].append(merged)
        return not other

    def _key(self, draft: Draft) -> str:
        """Made of what tells it from others of its kind, never of the place of its row.

        A corrected sheet so corrects the same record, and another sheet makes another one.
        """
        kind, dated_by = draft.target.kind, draft.target.type.dated_by
        if kind == "patient":
            return ""
        told = [f"{kind} {draft.target.number}"]
        own = _TOLD_APART_BY.get(kind, (dated_by,))
        if self._has_one_place(draft):
            told.append(self._forms[draft.target.record])
            own = tuple(each for each in own if each != dated_by)
        return " ".join([*told, *(str(draft.values.get(each, "")) for each in own)])

    def _has_one_place(self, draft: Draft) -> bool:
        """Whether its columns hold the same record of a patient whatever its date, so that the
        date can be corrected; a sheet of other headings has another.
        """
        if self._matching.by_visit:
            return False
        at_diagnosis = draft.values.get("occasion") is Occasion.DIAGNOSIS
        return draft.target.kind == "treatment_line" or at_diagnosis

    @cached_property
    def _forms(self) -> dict[tuple[str, int], str]:
        """By record, a digest of the headings over its columns, whatever their order."""
        above = [" · ".join(parts) for parts in headings_above(self._sheet, self._matching)]
        return {
            record: digest("\n".join(sorted(above[at] for at, _target in columns)))
            for record, columns in self._cells.by_record.items()
        }

    def _say_what_stays_outside(self) -> None:
        matched = {at for at, _target in self._matching.matched}
        borrowed = {fill.column for fill in self._matching.fills.values()}
        for at, heading in enumerate(self._headings):
            if at not in matched | borrowed and self._says_anything(at):
                place = Place(self._sheet.name, None, heading)
                self._left[Problem(place, _("This column stays outside."))] = None
        for number, row in enumerate(self._sheet.rows, start=1):
            above = number < self._matching.first - self._matching.headings
            if (above or number > self._matching.last) and any(text.strip() for text in row):
                place = self._place(number, "")
                self._left[Problem(place, _("This row stays outside."), beside=True)] = None

    def _says_anything(self, at: int) -> bool:
        rows = self._sheet.rows[self._matching.first - 1 : self._matching.last]
        return any(not self._matching.means_nothing(cell_of(row, at)) for row in rows)

    def _cannot_be_read(self, row: int, heading: str, sentence: str) -> None:
        self._problem(self._place(row, heading), sentence)

    def _problem(self, place: Place, sentence: str) -> None:
        where = self._left if self._matching.leave_unread and place.row else self._problems
        where[Problem(place, sentence)] = None

    def _place(self, row: int, heading: str) -> Place:
        return Place(self._sheet.name, row, heading)


def _unknown_drugs(draft: Draft) -> list[str]:
    return [each for each in draft.values.get("regimen", ()) if not is_known(each)]


def _is_one_drug(name: str) -> str:
    return _("The catalogue has no “{name}”: it comes in as one drug.").format(name=name)


def _no_number() -> str:
    return _(
        "No column holds the MRN, and without it nobody can say whose the rows are. "
        "Match the column that has it, or add one to the sheet."
    )


def _needs(target: Target) -> str:
    return _("{field} is given by no column: match one, or say what holds for all rows.").format(
        field=target.words
    )


def _lacks(target: Target, missing: Sequence[str]) -> str:
    titles = [Target(target.kind, name, target.number).title for name in missing]
    return _("{record} lacks: {fields}.").format(
        record=capitalised(target.kind_words), fields=listing(titles)
    )
