"""REDCap's data read back: ours, or the raw export of a project that ours made."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, takewhile, zip_longest
from pathlib import Path

from models.base import Record
from models.exchange.arrivals import Arrival, Place, Problem, Reading, is_id
from models.exchange.cells import unguarded
from models.exchange.columns import FILE, KEY, KINDS, values_of
from models.exchange.limits import unreadable
from models.exchange.redcap.variables import (
    INSTANCE,
    INSTRUMENT,
    MRN,
    RECORD_ID,
    Variable,
    all_variables,
    variables_of,
)
from models.exchange.redcap.written import DATA, FOLDER, MORE_DATA
from models.exchange.tables.attached import Beside, remarks_on
from models.exchange.tables.sheets import Sheet, read_sheets
from models.patient import Patient
from models.progress import Progress
from models.words import _

ITS_OWN = frozenset(
    {RECORD_ID, INSTRUMENT, INSTANCE, "redcap_event_name", "redcap_data_access_group"}
    | {f"{kind.table_name()}_complete" for kind in KINDS}
)
"""Columns that say whose a row is, and those that REDCap adds to an export."""
_TOLD_EVERY = 500
_BY_FORM = {kind.table_name(): kind for kind in KINDS}


def data_files(path: Path) -> list[Path]:
    """The data of a project: this file, or those in this folder; none where it is no project's."""
    for each in (path, path / DATA, path / FOLDER / DATA):
        if each.suffix.casefold() == ".csv" and each.is_file() and _is_redcap(each):
            return [each] if each == path else [each, *_more(each.parent)]
    return []


def _more(folder: Path) -> Iterator[Path]:
    numbered = (folder / MORE_DATA.format(n=n) for n in count(2))
    return takewhile(Path.is_file, numbered)


def _is_redcap(file: Path) -> bool:
    try:
        with file.open("rb") as raw:
            start = raw.read(len(RECORD_ID) + len(INSTRUMENT) + 20)
    except OSError:
        return False
    return RECORD_ID.encode() in start and INSTRUMENT.encode() in start


def read_redcap(files: Sequence[Path], beside: Beside, progress: Progress) -> Reading:
    """One after the other; raises `ClinicError` where one is spoilt or holds too much."""
    readings = []
    for n, file in enumerate(files):

        def told(done: int, whole: int, before: int = n) -> None:
            progress(before * whole + done, len(files) * whole)

        (sheet,) = read_sheets(file, told)
        readings.append(_Data(sheet, beside).reading(told))
    return Reading(
        [each for reading in readings for each in reading.arrivals],
        [each for reading in readings for each in reading.problems],
        [each for reading in readings for each in reading.left],
    )


class _Data:
    """A data file with its headings understood."""

    def __init__(self, sheet: Sheet, files: Beside) -> None:
        self._name, self._files = sheet.name, files
        self._headings = [cell.strip() for cell in sheet.rows[0]]
        if not {RECORD_ID, INSTRUMENT} <= set(self._headings):
            raise unreadable(
                _("Its first row does not name {record} and {instrument}.").format(
                    record=RECORD_ID, instrument=INSTRUMENT
                ),
                sheet.name,
            )
        self._rows: Sequence[tuple[str, ...]] = sheet.rows[1:]
        self._known = {variable.name: variable for variable in all_variables()}
        self._mrns: dict[str, str] = {}
        self._problems: list[Problem] = []

    def reading(self, progress: Progress) -> Reading:
        """Whose the rows are is said by the patients' own, which may stand anywhere."""
        for name, times in Counter(filter(None, self._headings)).items():
            if times > 1:
                self._refuse(1, name, _("This heading stands there more than once."))
        rows = [(n, self._cells(n, row)) for n, row in enumerate(self._rows, start=2) if any(row)]
        for _n, cells in rows:
            mrn = unguarded(cells.get(MRN, ""))
            if mrn and not cells.get(INSTRUMENT):
                self._mrns[cells.get(RECORD_ID, "")] = mrn
        arrivals: list[Arrival] = []
        for done, (n, cells) in enumerate(rows):
            if done % _TOLD_EVERY == 0:
                progress(done, len(rows))
            arrivals += self._arrivals(n, cells)
        return Reading(arrivals, self._problems, self._left)

    @property
    def _left(self) -> list[Problem]:
        others = set(self._headings) - self._known.keys() - ITS_OWN - {""}
        sentence = _("No field of the program is called this.")
        return [Problem(self._place(1, name), sentence) for name in sorted(others)]

    def _cells(self, number: int, row: tuple[str, ...]) -> dict[str, str]:
        """By heading, those that are not empty."""
        both = zip_longest(self._headings, row, fillvalue="")
        named = {name: cell.strip() for name, cell in both if cell.strip()}
        if named.pop("", ""):
            self._refuse(number, "", _("A cell has no heading."))
        return named

    def _place(self, row: int, column: str = "") -> Place:
        return Place(self._name, row, column)

    def _refuse(self, row: int, column: str, sentence: str, text: str = "") -> None:
        self._problems.append(Problem(self._place(row, column), sentence, text))

    def _arrivals(self, row: int, cells: Mapping[str, str]) -> Iterator[Arrival]:
        form = cells.get(INSTRUMENT, Patient.table_name())
        kind, whose = _BY_FORM.get(form), cells.get(RECORD_ID, "")
        if kind is None:
            self._refuse(row, INSTRUMENT, _("There is no instrument {name}.").format(name=form))
            return
        if whose not in self._mrns:
            sentence = _("No row of the patient tells the MRN of this record.")
            self._refuse(row, RECORD_ID, sentence)
            return
        for name in self._of_others(kind, cells):
            self._refuse(row, name, _("This field belongs to another instrument."))
        own = {variable.column.name: variable for variable in variables_of(kind)}
        texts, unread = _read(own, cells)
        values, wrong = values_of(kind, texts)
        for name, sentence in (unread | wrong).items():
            self._refuse(row, own[name].name, sentence, cells.get(own[name].name, ""))
        yield Arrival(
            kind,
            self._mrns[whose],
            self._key(kind, whose, texts),
            values,
            self._place(row),
            _places(own),
            self._content(row, own[FILE], texts[FILE]) if texts.get(FILE) else None,
            remarks_on(texts[FILE]) if texts.get(FILE) else (),
        )

    def _of_others(self, kind: type[Record], cells: Mapping[str, str]) -> list[str]:
        known = ((name, self._known.get(name)) for name in cells)
        return [name for name, variable in known if variable and variable.kind is not kind]

    def _key(self, kind: type[Record], whose: str, texts: Mapping[str, str]) -> str:
        if kind is Patient:
            return whose if is_id(whose) else ""
        return texts.get(KEY, "")

    def _content(self, row: int, variable: Variable, name: str) -> bytes | None:
        try:
            return self._files.content(name)
        except ValueError as error:
            self._refuse(row, variable.name, str(error))
            return None


def _read(
    own: Mapping[str, Variable], cells: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The cells as those of a table, and what is wrong with others, both by column."""
    texts, wrong = {}, {}
    for name, variable in own.items():
        if variable.name in cells:
            try:
                texts[name] = variable.read(cells[variable.name])
            except ValueError as error:
                wrong[name] = str(error)
    return texts, wrong


def _places(own: Mapping[str, Variable]) -> dict[str, str]:
    """By field, where it stands; a skin score's regions stand in more than one place."""
    columns = ((variable.column, variable.name) for variable in own.values())
    return {column.name: name for column, name in columns if column.field and not column.region}
