"""What is written as tables is read again as it was: every kind, every field, in every format."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.attachment import Attachment
from models.base import PatientRecord, Record, build, described_fields
from models.exchange.arrivals import Arrival
from models.exchange.columns import KINDS
from models.exchange.formats import FORMATS
from models.exchange.outgoing import write_into
from models.exchange.reading import read
from models.history import History
from models.patient import Patient
from models.progress import unseen
from tests.models import builders as a
from tests.models.exchange.records_made import content_of, histories, records_of
from tests.thorough import times


def written_and_read(history: History, name: str) -> list[Arrival]:
    """The arrivals of the history, written in a format and read again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out")
        write_into(path, FORMATS[name].files([history], content_of))
        reading = read(path if name == "csv" else path / "tables.xlsx", unseen)
    assert not [problem.words for problem in reading.problems]
    return [*reading.arrivals]


def values(record: Record) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in described_fields(type(record))}


def same(history: History, arrivals: Sequence[Arrival]) -> None:
    """Every record of the history arrived once, with every value as it was."""
    records = [history.patient, *(each for own in history.records.values() for each in own)]
    arrived = {(each.kind, each.key): each for each in arrivals}
    assert len(arrived) == len(arrivals) == len(records)
    for record in records:
        arrival = arrived[type(record), str(record.id)]
        assert arrival.mrn == history.patient.mrn
        came = dict(arrival.values)
        if isinstance(record, Attachment):
            assert arrival.content == content_of(record)
            came["sha256"] = record.sha256
        if isinstance(record, PatientRecord):
            came["patient"] = record.patient
        assert values(build(type(record), came)) == values(record)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@settings(max_examples=times(12))
@given(history=histories())
def test_a_history_comes_back_with_every_record_and_every_field(
    name: str, history: History
) -> None:
    same(history, written_and_read(history, name))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Attachment])
@settings(max_examples=times(8))
@given(data=st.data())
def test_every_kind_comes_back_as_csv(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    patient = record if isinstance(record, Patient) else a.patient(id=a.PATIENT)
    history = History.of_records(patient, [record] if isinstance(record, PatientRecord) else [])
    same(history, written_and_read(history, "csv"))
