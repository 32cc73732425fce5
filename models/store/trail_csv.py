"""The audit trail as a table for an auditor, whose spreadsheet must take no cell for a formula."""

from collections.abc import Iterable, Iterator
from itertools import chain

from models.exchange.outgoing import csv_of
from models.store.changed import kind_in_words, values_in_words
from models.store.trail_rows import Row
from models.words import N_, _

HEADINGS = (
    N_("Entry"),
    N_("When (UTC)"),
    N_("Who"),
    N_("Did"),
    N_("Patient"),
    N_("MRN"),
    N_("What"),
    N_("Record"),
    N_("Changed"),
    N_("Reason"),
    N_("Old values"),
    N_("New values"),
    N_("Hash of the former entry"),
    N_("Hash"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table_of(rows: Iterable[Row]) -> bytes:
    """A CSV file."""
    told = ([_defused(cell) for cell in _cells(row)] for row in rows)
    return csv_of(chain([[_(heading) for heading in HEADINGS]], told))


def _cells(row: Row) -> Iterator[str]:
    change = row.change
    yield str(row.sequence)
    yield change.at.isoformat(timespec="microseconds") if change else ""
    yield change.user if change else ""
    yield change.action.label if change else _("This entry cannot be read: it was edited.")
    yield from (row.name, row.mrn)
    yield kind_in_words(change) if change else ""
    yield str(change.record_id or "") if change else ""
    yield values_in_words(change, row.names) if change else ""
    yield (change.reason or "") if change else ""
    yield from (row.old, row.new, row.previous, row.hash)


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
