"""`template`, `import` and `export` on the command line; each yields the lines to be printed.

`aside`: tells on standard error what is not asked for: how far it is, and what is wrong.
"""

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.base import ClinicError
from models.exchange.arrivals import Fate, Outlook, Problem, Reading
from models.exchange.columns import KINDS
from models.exchange.ctcae_files import CtcaeFile, refused
from models.exchange.formats import FORMATS
from models.exchange.outgoing import write_into
from models.exchange.reading import read_any
from models.exchange.registry.small_cells import small_cells
from models.exchange.registry.written import consenting
from models.exchange.tables.template import template
from models.progress import Progress, unseen
from models.roles import May
from models.store.clinic import Clinic
from models.words import _, capitalised, ngettext
from ui.exporting import Wanted, export

Arguments = argparse.Namespace
Lines = Iterator[str]
Aside = Callable[[str], None]


def describe_template(made: Any) -> None:
    made.add_argument("folder", type=Path, metavar="FOLDER", help=_("a new or an empty folder"))


def describe_import(made: Any) -> None:
    what = _(
        "a folder of CSV files, one of them, a workbook, a FHIR bundle, a REDCap project,"
        " or the NCI's CTCAE workbook"
    )
    made.add_argument("path", type=Path, metavar="PATH", help=what)
    made.add_argument("--dry-run", action="store_true", help=_("say what would come in; no more"))
    made.add_argument("--json", action="store_true")


def describe_export(made: Any) -> None:
    made.add_argument("folder", type=Path, metavar="FOLDER", help=_("a new or an empty folder"))
    made.add_argument("--format", required=True, choices=[*FORMATS], help=_formats())
    nameless = _("of those who consented to a registry: study numbers, shifted dates, no free text")
    made.add_argument("--anonymous", action="store_true", help=nameless)


def write_template(asked: Arguments) -> Lines:
    write_into(asked.folder, template())
    words = _("Empty tables, explained in README.txt: {folder}")
    yield words.format(folder=asked.folder.resolve())


def export_records(asked: Arguments, clinic: Clinic, today: dt.date, aside: Aside) -> Lines:
    wanted = Wanted(
        asked.folder,
        FORMATS[asked.format],
        with_files=not asked.anonymous,
        nameless=asked.anonymous,
        nevertheless=True,
    )
    if asked.anonymous:
        _warn(clinic, today, aside)
    made = export(clinic, wanted, today, _told(_("Writing"), aside))
    words = ngettext("{n} file written: {folder}", "{n} files written: {folder}", made.files)
    yield words.format(n=made.files, folder=asked.folder.resolve())
    for each in made.lacking:
        aside(each)


def _warn(clinic: Clinic, today: dt.date, aside: Aside) -> None:
    """Who can be told apart though no name leaves."""
    clinic.sitting.require(May.EXPORT)
    found = small_cells(consenting(clinic.histories(), today).histories)
    for line in [found.sentence, *found.lines]:
        if line:
            aside(line)


def import_file(asked: Arguments, clinic: Clinic, aside: Aside) -> Lines:
    """All of it or nothing; raises `ClinicError` where something is refused, having told it all."""
    clinic.sitting.require(May.RECORD)
    found = read_any(asked.path, _told(_("Reading"), aside))
    if isinstance(found, CtcaeFile):
        yield from _import_terms(asked, clinic, found, aside)
    else:
        yield from _import_records(asked, clinic, found, aside)


def _import_records(asked: Arguments, clinic: Clinic, reading: Reading, aside: Aside) -> Lines:
    looked_at = clinic.look_through(reading.judged, _told(_("Looking through"), aside))
    problems = _in_their_order(reading, looked_at)
    comes_in = bool(looked_at) and not problems and not asked.dry_run
    if not asked.json:
        for line in _beside(reading, looked_at, problems):
            aside(line)
    if comes_in:
        clinic.take_in(reading.arrivals, looked_at, _told(_("Importing"), aside))
    if asked.json:
        yield _in_json(_fates(reading, looked_at, problems) | {"written": comes_in})
    elif not looked_at and not problems:
        yield _("{file} has no rows.").format(file=asked.path.name)
    elif not problems:
        yield from _counts(looked_at)
        yield _ending(looked_at, asked)
    if problems:
        raise _not_imported(len(problems))


def _ending(looked_at: Sequence[Outlook], asked: Arguments) -> str:
    if all(each.fate is Fate.SAME for each in looked_at):
        return _("Nothing was new.")
    return _("Nothing was written: this was a dry run.") if asked.dry_run else _("Imported.")


def _in_their_order(reading: Reading, looked_at: Sequence[Outlook]) -> list[Problem]:
    """What cannot be read and what cannot come in, row by row."""
    problems = [*reading.problems, *(found for each in looked_at for found in each.problems)]
    tables = [each.place.table for each in reading.judged]
    tables += [each.place.table for each in problems]
    order = {table: number for number, table in enumerate(dict.fromkeys(tables))}
    return sorted(problems, key=lambda each: (order[each.place.table], each.place.row or 0))


def _import_terms(asked: Arguments, clinic: Clinic, found: CtcaeFile, aside: Aside) -> Lines:
    if found.version is None and not found.problems:
        raise refused(found)
    comes_in = not found.problems and not asked.dry_run
    came = clinic.vocabularies.import_ctcae(found) if comes_in else None
    if asked.json:
        told = {"vocabulary": "CTCAE", "version": found.version, "terms": len(found.terms)}
        yield _in_json({**told, "refused": _places(found.problems), "written": comes_in})
    elif not found.problems:
        about = _("CTCAE {version}: {n} terms.").format(version=found.version, n=len(found.terms))
        yield came.words if came else about
        yield _("Imported.") if came else _("Nothing was written: this was a dry run.")
    if not asked.json:
        for each in found.problems:
            aside(each.words)
    if found.problems:
        raise _not_imported(len(found.problems))


def _counts(looked_at: Sequence[Outlook]) -> Lines:
    """`Biopsies: 3 new, 1 same as on file`."""
    counted = Counter((each.kind, each.fate) for each in looked_at)
    for kind in KINDS:
        fates = [(fate, counted[kind, fate]) for fate in Fate if counted[kind, fate]]
        told = ", ".join(f"{n} {_(fate.value)}" for fate, n in fates)
        if fates:
            yield f"{capitalised(_(kind.plural))}: {told}"


def _beside(reading: Reading, looked_at: Sequence[Outlook], problems: Sequence[Problem]) -> Lines:
    """What stays outside, what is wrong, and if nothing is, what changes and what is remarked:
    `visit.csv, row 3: changes what is on file (ecog, notes).`
    """
    yield from (each.words for each in (*reading.left, *problems))
    for each in () if problems else looked_at:
        if each.changes or (each.remarks and each.fate is not Fate.SAME):
            fields = f" ({', '.join(each.changes)})" if each.changes else ""
            yield " ".join([f"{each.place.words}: {_(each.fate.value)}{fields}.", *each.remarks])


def _fates(
    reading: Reading, looked_at: Sequence[Outlook], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Documented among the commands of README.md."""
    counted = Counter(each.fate for each in looked_at)
    return {
        "new": counted[Fate.NEW],
        "same": counted[Fate.SAME],
        "changes": [
            {**_row(each), "fields": [*each.changes], "remarks": [*each.remarks]}
            for each in looked_at
            if each.fate is Fate.CHANGES
        ],
        "comes_back": [
            {**_row(each), "remarks": [*each.remarks]}
            for each in looked_at
            if each.fate is Fate.COMES_BACK
        ],
        "refused": _places(problems),
        "left": _places(reading.left),
    }


def _row(outlook: Outlook) -> dict[str, Any]:
    kind = outlook.kind.table_name()
    return {"kind": kind, "table": outlook.place.table, "row": outlook.place.row}


def _places(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "table": each.place.table,
            "row": each.place.row,
            "column": each.place.column or None,
            "sentence": each.sentence,
        }
        for each in problems
    ]


def _in_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _told(doing: str, aside: Aside) -> Progress:
    """How far it is, for whoever waits at a terminal."""
    if not sys.stderr.isatty():
        return unseen

    tenths = -1

    def told(done: int, whole: int) -> None:
        nonlocal tenths
        if whole and 10 * done // whole > tenths:
            tenths = 10 * done // whole
            aside(f"{doing}: {10 * tenths} %")

    return told


def _formats() -> str:
    return "; ".join(f"{each.name}: {each.words}" for each in FORMATS.values())


def _not_imported(n: int) -> ClinicError:
    words = ngettext("{n} thing is wrong.", "{n} things are wrong.", n)
    return ClinicError(
        words.format(n=n),
        _("Nothing was imported."),
        _("Correct the file and import it again."),
    )
