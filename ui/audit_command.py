"""`audit` on the command line: who did what when, the newest first, or all of it into a file."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.store.changed import deed_in_words, values_in_words
from models.store.clinic import Clinic
from models.store.trail_rows import Row
from models.store.trail_search import Asked
from models.words import _, moment_words
from reports.writing import write_report
from ui.typed_passwords import number_of
from ui.users_command import named

Arguments = argparse.Namespace


def describe(made: Any, a_day: Callable[[str], Any]) -> None:
    """What can be asked; `a_day` reads one."""
    first, last = _("from this day on"), _("to the end of this day")
    made.add_argument("--from", dest="since", type=a_day, metavar="DATE", help=first)
    made.add_argument("--to", dest="until", type=a_day, metavar="DATE", help=last)
    made.add_argument("--by", default="", metavar="USER", help=_("what this user did"))
    whose = _("what was done about the patient with this number, who may be removed; - asks for it")
    made.add_argument("--patient", metavar="MRN", help=whose)
    written = _("all of it as a table (CSV); a file of this name is replaced")
    made.add_argument("-o", "--output", type=Path, help=written)
    made.add_argument("--json", action="store_true")


def audit(asked: Arguments, clinic: Clinic) -> Iterator[str]:
    """The lines to be printed."""
    patient = clinic.trail.whose(number_of(asked.patient)) if asked.patient else None
    user = named(asked.by, clinic).name if asked.by else ""
    wanted = Asked(asked.since, asked.until, user, patient)
    if asked.output:
        write_report(clinic.trail.export(wanted), asked.output)
        yield _("Saved as {path}.").format(path=asked.output.resolve())
    elif asked.json:
        listed = [_as_json(row) for row in _rows(clinic, wanted)]
        yield json.dumps(listed, ensure_ascii=False, indent=2)
    else:
        yield from map(_in_a_line, _rows(clinic, wanted))


def _rows(clinic: Clinic, wanted: Asked) -> Iterator[Row]:
    rows = clinic.trail.search(wanted).rows
    while rows:
        yield from rows
        rows = clinic.trail.search(wanted, rows[-1].sequence).rows


def _in_a_line(row: Row) -> str:
    change = row.change
    if change is None:
        return "\t".join((str(row.sequence), _("This entry cannot be read: it was edited.")))
    whose = f"{row.name} ({row.mrn})" if row.mrn else ""
    told = (deed_in_words(change), whose, values_in_words(change, row.names), change.reason or "")
    cells = (str(row.sequence), moment_words(change.at), change.user, *told)
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip()


def _as_json(row: Row) -> dict[str, Any]:
    change = row.change
    told: dict[str, Any] = {}
    if change:
        told = {
            "at": change.at.isoformat(),
            "user": change.user,
            "action": change.action.value,
            "kind": change.kind,
            "record": str(change.record_id) if change.record_id else None,
            "old": change.old,
            "new": change.new,
            "reason": change.reason,
        }
    return {"entry": row.sequence, "readable": bool(change), "mrn": row.mrn or None, **told}
