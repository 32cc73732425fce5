"""What a file is, and what it brings."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path

from models.base import ClinicError
from models.exchange.arrivals import Place, Problem, Reading
from models.exchange.ctcae_files import CtcaeFile, ctcae_of, is_ctcae
from models.exchange.fhir.reading import is_fhir, read_fhir
from models.exchange.redcap.reading import data_files, read_redcap
from models.exchange.redcap.written import DICTIONARY
from models.exchange.tables.attached import FOLDER, Beside
from models.exchange.tables.csv_sheets import tables_in
from models.exchange.tables.headings import kind_named
from models.exchange.tables.rows import read_tables
from models.exchange.tables.sheets import Sheet, read_sheets
from models.exchange.tables.template import EXPLAINED
from models.exchange.tables.workbook_guard import has_macros
from models.progress import Progress
from models.words import _

OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


def read(path: Path, progress: Progress) -> Reading:
    """A folder of CSV files, one of them, a workbook, a REDCap project, or FHIR bundles.

    Nothing is written. Raises `ClinicError` where the file is none of these, is spoilt, or holds
    too much.
    """
    found = read_any(path, progress)
    if isinstance(found, CtcaeFile):
        raise _no_records()
    return found


def read_any(path: Path, progress: Progress) -> Reading | CtcaeFile:
    """The same; or the terms of CTCAE, where they are in the file."""
    found = opened(path, progress)
    return _not_matched(_of_tables(found, path, progress)) if isinstance(found, list) else found


def opened(path: Path, progress: Progress) -> Reading | CtcaeFile | list[Sheet]:
    """The same; or the sheets, where none is called like a kind of record: they can be matched."""
    if path.suffix.casefold() == ".zip":
        raise _packed(path)
    if is_fhir(path):
        return _with_left(read_fhir(path, progress), path, path.glob("*.json"))
    data = data_files(path)
    if data:
        files = Beside(data[0].parent)
        found = read_redcap(data, files, progress)
        described = files.folder / DICTIONARY
        return _with_left(found, path, {*data, files.folder, described, *files.taken})
    sheets = read_sheets(path, progress)
    if is_ctcae(sheets) and not path.is_dir():
        return ctcae_of(sheets, path)
    own = any(kind_named(sheet.name) for sheet in sheets)
    if not own and not any(map(_has_rows, sheets)):
        raise _no_rows(path)
    return _of_tables(sheets, path, progress) if own else sheets


def _has_rows(sheet: Sheet) -> bool:
    """Below the headings."""
    return sum(any(cell.strip() for cell in row) for row in sheet.rows) > 1


def _not_matched(found: Reading) -> Reading:
    """Sheets of a clinic's own; whoever is asked what their columns are can have them."""
    way = _("In the window, Exchange ▸ Import matches the columns of a clinic's own sheet.")
    told = [replace(each, sentence=f"{each.sentence} {way}") for each in found.problems]
    return replace(found, problems=told)


def _of_tables(sheets: list[Sheet], path: Path, progress: Progress) -> Reading:
    files = Beside(path if path.is_dir() else path.parent)
    found = read_tables(sheets, files, progress)
    return _with_left(found, path, {*tables_in(path), *files.taken} if path.is_dir() else ())


def _with_left(found: Reading, path: Path, read: Iterable[Path]) -> Reading:
    """Told as well: what of the file or the folder nobody looks at."""
    if path.is_dir():
        words = _("It was not read.")
        left = [Problem(Place(each.name), words) for each in _others_in(path, {*read})]
    else:
        words = _("It holds macros, which were neither run nor kept.")
        left = [Problem(Place(path.name), words)] if has_macros(path) else []
    return replace(found, left=[*found.left, *left])


def _others_in(folder: Path, read: Set[Path]) -> Iterator[Path]:
    """But for the template's words, the folder of attachments, and what the system hides."""
    for each in sorted(folder.iterdir()):
        hidden = each.name.startswith((".", "~$")) or each.name.casefold() in OF_THE_SYSTEM
        is_read = not read.isdisjoint({each, each.resolve()})
        if not is_read and each.name not in {EXPLAINED, FOLDER} and not hidden:
            yield each


def _no_records() -> ClinicError:
    return ClinicError(
        _("These are the terms of CTCAE, not records of patients."),
        _("Nothing was imported."),
        _("Import them where the vocabularies are."),
    )


def _no_rows(path: Path) -> ClinicError:
    return ClinicError(
        _("{file} has no rows.").format(file=path.name),
        _("Nothing was imported."),
        _("Choose a file that has rows below its headings."),
    )


def _packed(path: Path) -> ClinicError:
    return ClinicError(
        _("{file} is a packed file.").format(file=path.name),
        _("Nothing was imported."),
        _(
            "Unpack it onto an encrypted disk, with 7-Zip, WinZip or Keka where it asks for a "
            "passphrase, and choose the folder with the tables."
        ),
    )
