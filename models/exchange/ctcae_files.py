"""The NCI's CTCAE workbook, or a CSV file like it, as the terms of one version."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.base import ClinicError
from models.ctcae import CtcaeTerm, CtcaeVersion, Soc, key_of
from models.exchange.arrivals import Place, Problem
from models.exchange.tables.sheets import Sheet, read_sheets
from models.progress import Progress
from models.values import Grade
from models.words import _

PUBLISHED = {CtcaeVersion.V5_0: 837, CtcaeVersion.V6_0: 850}
"""How many terms a version has; a file with fewer is a part of it."""
SOC, TERM, DEFINITION, MEDDRA, NCIT = "soc", "term", "definition", "meddra", "ncit"
HEADINGS = {
    SOC: r"\bsoc\b|system organ class",
    TERM: r"\bterm$|^adverse event$",
    DEFINITION: r"^definition$|\bterm definition$",
    MEDDRA: r"meddra.*\bcode$",
    NCIT: r"ncit?.*\bcode$",
} | {f"grade {grade}": rf"^grade {grade}$" for grade in range(1, 6)}
GRADES = {grade: f"grade {int(grade)}" for grade in Grade}
CODES = {MEDDRA: r"\d{1,20}", NCIT: r"C\d{1,19}"}
NOTHING = {"", "-", "<NA>"}
FIRST_ROWS = 10
LONGEST_NAME, LONGEST_TEXT = 200, 5000
_SOCS = {soc.value.casefold(): soc for soc in Soc}


@dataclass(frozen=True)
class CtcaeFile:
    """`version`: None where the file does not tell; with a problem nothing of it may come in."""

    version: CtcaeVersion | None
    terms: Sequence[CtcaeTerm]
    sha256: str
    problems: Sequence[Problem] = ()


@dataclass(frozen=True)
class _Table:
    """A sheet whose row `top`, as a spreadsheet counts, holds the headings."""

    sheet: Sheet
    top: int
    columns: Mapping[str, int]

    def place(self, row: int, column: str = "") -> Place:
        at = self.columns.get(column)
        heading = _one_line(self.sheet.rows[self.top - 1][at]) if at is not None else ""
        return Place(self.sheet.name, row, heading or column)


def is_ctcae(sheets: Sequence[Sheet]) -> bool:
    """Whether one of the sheets is headed as the NCI's tables of CTCAE are."""
    return _table(sheets) is not None


def read_ctcae(path: Path, progress: Progress, version: CtcaeVersion | None = None) -> CtcaeFile:
    """The terms in a file; `version`: which it is where the file does not tell.

    Raises `ClinicError` where it is no table of CTCAE at all.
    """
    return ctcae_of(read_sheets(path, progress), path, version)


def ctcae_of(sheets: Sequence[Sheet], path: Path, version: CtcaeVersion | None = None) -> CtcaeFile:
    """The same of sheets that are read already."""
    table = _table(sheets)
    if table is None or path.is_dir():
        raise _no_ctcae()
    told, problems = _version(table)
    problems += _unreadable(table)
    terms: dict[str, tuple[int, CtcaeTerm]] = {}
    for row, found in _terms(table, problems):
        first = terms.setdefault(key_of(found.name), (row, found))[0]
        if first != row:
            sentence = _("This term stands in row {n} already.").format(n=first)
            problems.append(Problem(table.place(row, TERM), sentence))
    made = [term for _row, term in terms.values()]
    if not problems:
        problems += _missing(table, made, told or version)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return CtcaeFile(told or version, made, digest, problems)


def refused(file: CtcaeFile) -> ClinicError:
    """What is said where a file cannot come in as it is."""
    first = file.problems[0].words if file.problems else ""
    return ClinicError(
        first or _("The file does not tell which version of CTCAE it is."),
        _("Nothing was imported: the terms are as they were."),
        _("Correct it in the file and read it again.")
        if first
        else _("Let the file's name tell it, as in ctcae-v5.0.csv, and read it again."),
    )


# Where the table is


def _table(sheets: Sequence[Sheet]) -> _Table | None:
    """The clean copy, where the workbook has one with the changes marked as well."""
    found = [table for sheet in sheets if (table := _table_in(sheet))]
    clean = [table for table in found if "tracked" not in table.sheet.name.casefold()]
    return next(iter(clean or found), None)


def _table_in(sheet: Sheet) -> _Table | None:
    for top, row in enumerate(sheet.rows[:FIRST_ROWS], start=1):
        columns = _columns(row)
        if {SOC, TERM, GRADES[Grade.MILD]} <= set(columns):
            return _Table(sheet, top, columns)
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    headings = [_one_line(cell).replace("_", " ").casefold() for cell in row]
    found: dict[str, int] = {}
    for name, pattern in HEADINGS.items():
        for at, heading in enumerate(headings):
            if at not in found.values() and re.search(pattern, heading):
                found[name] = at
                break
    return found


def _version(table: _Table) -> tuple[CtcaeVersion | None, list[Problem]]:
    """As the headings, the lines above them or the sheet's name tell."""
    rows = table.sheet.rows
    headings = [rows[table.top - 1][table.columns[name]] for name in (SOC, TERM)]
    above = [cell for row in rows[: table.top - 1] for cell in row]
    said = " ".join([table.sheet.name, *above, *headings])
    told = dict.fromkeys(re.findall(r"\bv(?:ersion)? ?(\d+\.\d+)", said, re.IGNORECASE))
    known = [version for version in CtcaeVersion if version.value in told]
    if len(told) == 1 and not known:
        sentence = _("It is of CTCAE {version}; the program knows {known}.")
        words = sentence.format(version=next(iter(told)), known=", ".join(CtcaeVersion))
        return None, [Problem(table.place(table.top), words)]
    return (known[0] if len(told) == 1 else None), []


# What its rows hold


def _terms(table: _Table, problems: list[Problem]) -> Iterator[tuple[int, CtcaeTerm]]:
    for row, cells in enumerate(table.sheet.rows[table.top :], start=table.top + 1):
        if any(cell.strip() for cell in cells):
            said = {name: _cell(cells, at) for name, at in table.columns.items()}
            wrong = [Problem(table.place(row, name), words) for name, words in _wrong(said)]
            problems += wrong
            if not wrong:
                yield row, _term(said)


def _term(said: Mapping[str, str]) -> CtcaeTerm:
    return CtcaeTerm(
        name=said[TERM],
        soc=_SOCS[said[SOC].casefold()],
        grades={grade: said[name] for grade, name in GRADES.items() if said.get(name)},
        definition=said.get(DEFINITION, ""),
        meddra_code=said.get(MEDDRA, ""),
        ncit_code=said.get(NCIT, ""),
    )


def _wrong(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, and in which column."""
    if not key_of(said[TERM]):
        yield TERM, _("A term is missing.")
    if re.search(r"[<>\x00-\x1f]", said[TERM]):
        yield TERM, _("A term has no such signs in it.")
    if said[SOC].casefold() not in _SOCS:
        yield SOC, _("This is none of the 26 system organ classes of CTCAE.")
    if not any(said.get(name) for name in GRADES.values()):
        yield GRADES[Grade.MILD], _("The term has no grade.")
    for name, pattern in CODES.items():
        if said.get(name) and not re.fullmatch(pattern, said[name], re.ASCII):
            yield name, _("This is no such code.")
    for name, text in said.items():
        longest = LONGEST_NAME if name == TERM else LONGEST_TEXT
        if len(text) > longest:
            yield name, _("This is longer than {n} characters.").format(n=longest)


def _unreadable(table: _Table) -> list[Problem]:
    """Headings that are missing, and cells that cannot be read."""
    problems = [
        Problem(table.place(table.top), _("There is no column for {what}.").format(what=name))
        for name in GRADES.values()
        if name not in table.columns
    ]
    names = {at: name for name, at in table.columns.items()}
    for (row, at), sentence in sorted(table.sheet.wrong.items()):
        if at in names and row > table.top:
            problems.append(Problem(table.place(row, names[at]), sentence))
    return problems


def _missing(
    table: _Table, terms: Sequence[CtcaeTerm], version: CtcaeVersion | None
) -> list[Problem]:
    """That the file is only a part of the NCI's."""
    last = table.place(len(table.sheet.rows))
    lacking = [soc.value for soc in Soc if soc not in {term.soc for term in terms}]
    if lacking:
        sentence = _("The file is not whole: no term of the class {soc} is in it.")
        return [Problem(last, sentence.format(soc=lacking[0]))]
    published = PUBLISHED.get(version, 0) if version else 0
    if len(terms) < published:
        sentence = _("The file is not whole: it has {n} of the {all} terms of CTCAE {version}.")
        words = sentence.format(n=len(terms), all=published, version=version)
        return [Problem(last, words)]
    return []


def _cell(cells: Sequence[str], at: int) -> str:
    text = cells[at].strip() if at < len(cells) else ""
    return "" if text in NOTHING else text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _no_ctcae() -> ClinicError:
    return ClinicError(
        _("This is no table of CTCAE: no row is headed with SOC, term and grades 1 to 5."),
        _("Nothing was imported."),
        _("Choose the NCI's workbook, or a CSV file with one row for each term."),
    )
