"""What a file is, and what it brings."""

from dataclasses import replace
from pathlib import Path

from models.base import ClinicError
from models.exchange.arrivals import Place, Problem, Reading
from models.exchange.ctcae_files import CtcaeFile, ctcae_of, is_ctcae
from models.exchange.fhir.reading import is_fhir, read_fhir
from models.exchange.redcap.reading import data_files, read_redcap
from models.exchange.tables.headings import kind_named
from models.exchange.tables.rows import read_tables
from models.exchange.tables.sheets import Progress, Sheet, read_sheets
from models.exchange.tables.workbooks import has_macros
from models.words import _


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
    return _of_tables(found, path, progress) if isinstance(found, list) else found


def opened(path: Path, progress: Progress) -> Reading | CtcaeFile | list[Sheet]:
    """The same; or the sheets, where none is called like a kind of record: they can be matched."""
    if path.suffix.casefold() == ".zip":
        raise _packed(path)
    if is_fhir(path):
        return read_fhir(path, progress)
    data = data_files(path)
    if data:
        return read_redcap(data, progress)
    sheets = read_sheets(path, progress)
    if is_ctcae(sheets) and not path.is_dir():
        return ctcae_of(sheets, path)
    own = any(kind_named(sheet.name) for sheet in sheets)
    return _of_tables(sheets, path, progress) if own else sheets


def _of_tables(sheets: list[Sheet], path: Path, progress: Progress) -> Reading:
    beside = path if path.is_dir() else path.parent
    found = read_tables(sheets, beside, progress)
    return replace(found, left=[*found.left, *_left_in(path)])


def _left_in(path: Path) -> list[Problem]:
    """What of the file nobody looks at."""
    if path.is_dir() or not has_macros(path):
        return []
    words = _("It holds macros, which were neither run nor kept.")
    return [Problem(Place(path.name), words)]


def _no_records() -> ClinicError:
    return ClinicError(
        _("These are the terms of CTCAE, not records of patients."),
        _("Nothing was imported."),
        _("Import them where the vocabularies are."),
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
