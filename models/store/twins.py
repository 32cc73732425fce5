"""Records on file that say the same as what a file brings without a name of its own."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import InvalidRecord, PatientRecord, Record, build
from models.exchange.arrivals import Arrival
from models.patient import Patient
from models.store.rules import references
from models.store.step import plain_values


class Twins:
    """Each is for one arrival only."""

    def __init__(
        self, session: Session, patients: Iterable[uuid.UUID], arrivals: Iterable[Arrival]
    ) -> None:
        self._left: defaultdict[tuple[uuid.UUID, type[Record]], list[PatientRecord]] = defaultdict(
            list
        )
        whose = [*patients]
        for kind in {each.kind for each in arrivals if _may_have_twin(each)}:
            of_kind = cast(type[PatientRecord], kind)
            own = (col(of_kind.patient).in_(whose), col(of_kind.removed_at).is_(None))
            for row in session.scalars(select(of_kind).where(*own)):
                self._left[row.patient, kind].append(row)

    def same(self, arrival: Arrival, patient: uuid.UUID) -> uuid.UUID | None:
        """The id of the record that says the same in all of which the file tells."""
        left = self._left.get((patient, arrival.kind))
        if not left or not _may_have_twin(arrival):
            return None
        try:
            record = build(arrival.kind, {**arrival.values, "patient": patient})
        except InvalidRecord:
            return None
        values = plain_values(record)
        if arrival.told is not None:
            told = arrival.told | arrival.values.keys()
            values = {name: value for name, value in values.items() if name in told}
        same = next((row for row in left if values.items() <= plain_values(row).items()), None)
        if same is not None:
            left.remove(same)
        return same.id if same else None


def _may_have_twin(arrival: Arrival) -> bool:
    """Without a key of its own, and without one of another."""
    if arrival.kind is Patient or arrival.key:
        return False
    return not any(arrival.values.get(name) for name in references(arrival.kind))
