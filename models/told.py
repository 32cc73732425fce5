"""What a table tells of a record beside its own fields: what only its history can work out."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from models.base import FieldWords, PatientRecord, Record
from models.course import assess
from models.history import History
from models.response import Assessment, Response
from models.treatment import Infusion, delay
from models.words import N_, _

Told = Mapping[str, Any]


def told_fields(kind: type[Record]) -> list[FieldWords]:
    """The columns that a table of this kind may show besides those of the record itself."""
    return [
        FieldWords(name, _(title), "", "", "", False, (), False, of)
        for name, (title, of) in _COLUMNS.get(kind, {}).items()
    ]


def told(history: History, kind: type[PatientRecord]) -> dict[uuid.UUID, Told]:
    """The values of these columns by record."""
    tell = _TELLING.get(kind)
    return {record.id: tell(record, history) for record in history.of(kind)} if tell else {}


def _assessment(record: Assessment, history: History) -> Told:
    found = assess(history, record)
    return {
        "global_response": found.response,
        "skin_found": found.skin,
        "nodes_found": found.nodes,
        "blood_found": found.blood,
        "viscera_found": found.viscera,
    }


def _infusion(record: Infusion, history: History) -> Told:
    """An omitted dose stands on the day it was planned for."""
    cycle, planned = history.cycle_of(record), history.planned(record)
    late = delay(record, planned) if planned and history.is_delayed(record) else None
    return {
        "cycle_number": cycle and cycle.number,
        "cycle_day": record.day,
        "on": record.given_on or planned,
        "days_late": late,
    }


_COLUMNS: dict[type[Record], dict[str, tuple[str, type]]] = {
    Assessment: {
        "global_response": (N_("Global"), Response),
        "skin_found": (N_("Skin"), Response),
        "nodes_found": (N_("Nodes"), Response),
        "blood_found": (N_("Blood"), Response),
        "viscera_found": (N_("Viscera"), Response),
    },
    Infusion: {
        "cycle_number": (N_("Cycle"), int),
        "cycle_day": (N_("Day"), int),
        "on": (N_("Date"), dt.date),
        "days_late": (N_("Days late"), int),
    },
}
_TELLING: dict[type[PatientRecord], Callable[[Any, History], Told]] = {
    Assessment: _assessment,
    Infusion: _infusion,
}
