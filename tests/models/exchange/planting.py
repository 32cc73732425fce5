"""One patient with something planted into every field that the declarations know."""

import datetime as dt
import types
import uuid
from collections.abc import Iterator
from itertools import count
from typing import Any, Union, get_args, get_origin

from annotated_types import Ge
from pydantic.fields import FieldInfo

from models.adverse_event import GradeEpisode
from models.base import BOOKKEEPING, PatientRecord, Record, build
from models.exchange.columns import KINDS
from models.history import History
from models.imaging import Node
from models.patient import Patient, Purpose
from models.protocol import BY_LABEL, Protocol
from models.skin import Lesions, Region
from models.store.tables import METADATA
from models.values import Choice, Grade, PartialDate

WORD = "Zqxvj"
FIRST_DAY, STEP = dt.date(2015, 1, 5), 7


class Garden:
    """`words`, `days`, `ids`: whatever was planted."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.days: list[dt.date] = []
        self.ids: dict[str, uuid.UUID] = {}
        self._numbers = count(1)

    def history(self) -> History:
        patient, *records = [self.record(kind) for kind in KINDS]
        assert isinstance(patient, Patient)
        consent = {"purpose": Purpose.REGISTRY, "withdrawn": None}
        owned = [each for each in records if isinstance(each, PatientRecord)]
        for place, each in enumerate(owned):
            if each.table_name() == "consent":
                owned[place] = build(type(each), {**each.model_dump(), **consent})
        return History.of_records(patient, owned)

    def record(self, kind: type[Record]) -> Record:
        own = self.ids[kind.table_name()] = uuid.uuid4()
        fields = kind.model_fields.items()
        values = {name: self.value(kind, name, about) for name, about in fields}
        who = {"recorded_by": self.word(), "changed_by": self.word(), "removed_by": None}
        moments = {"recorded_at": self.moment(), "changed_at": self.moment(), "removed_at": None}
        beside = {"id": own, "version": 3, "removed_why": None, "merged_into": None}
        known = {**values, **who, **moments, **beside, "patient": self.ids["patient"]}
        return build(kind, {name: known[name] for name in kind.model_fields})

    def word(self) -> str:
        self.words.append(f"{WORD}{next(self._numbers):03d}")
        return self.words[-1]

    def day(self) -> dt.date:
        self.days.append(FIRST_DAY + dt.timedelta(days=STEP * len(self.days)))
        return self.days[-1]

    def moment(self) -> dt.datetime:
        return dt.datetime.combine(self.day(), dt.time(12), dt.UTC)

    def value(self, kind: type[Record], name: str, about: FieldInfo) -> Any:
        if name in BOOKKEEPING:
            return None
        held = about.annotation
        if get_origin(held) in {Union, types.UnionType}:
            held = next(part for part in get_args(held) if part is not types.NoneType)
        if held is uuid.UUID:
            return self.reference(kind, name)
        if get_origin(held) is list:
            return [self.plain(get_args(held)[0], about)]
        if get_origin(held) is dict:
            return {Region.HEAD: Lesions(patch=1, plaque=0, tumour=0)}
        return self.plain(held, about)

    def plain(self, held: Any, about: FieldInfo) -> Any:
        least: Any = next((each.ge for each in about.metadata if isinstance(each, Ge)), 0)
        made: dict[Any, Any] = {
            bool: lambda: True,
            int: lambda: max(1, least),
            float: lambda: max(1.5, least),
            str: self.word,
            dt.date: self.day,
            PartialDate: lambda: PartialDate.of(self.day()),
            GradeEpisode: lambda: GradeEpisode(
                date=PartialDate.of(self.day()), grade=Grade.MODERATE
            ),
            Node: lambda: Node(site=self.word(), long_mm=22, short_mm=14),
            Protocol: lambda: BY_LABEL,
        }
        if isinstance(held, type) and issubclass(held, Choice):
            return next(iter(held))
        return made[held]()

    def reference(self, kind: type[Record], name: str) -> uuid.UUID | None:
        """The record to which it points, where one is planted already."""
        keys = METADATA.tables[kind.table_name()].columns[name].foreign_keys
        target = next((key.column.table.name for key in keys), "visit")
        return self.ids.get(target)


def all_planted(garden: Garden) -> Iterator[str]:
    """As texts that a file may hold, in any case of letters."""
    yield WORD
    for day in garden.days:
        yield day.isoformat()
        yield f"{day:%d.%m.%Y}"
        yield f"{day:%Y%m%d}"
    for own in garden.ids.values():
        yield str(own)
        yield own.hex


def to_the_day(record: Any) -> Any:
    """With the middle of every partial date in its place."""
    changes: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, PartialDate):
            changes[name] = PartialDate.of(value.middle)
        if name == "grades":
            changes[name] = [
                GradeEpisode(date=PartialDate.of(each.date.middle), grade=each.grade)
                for each in value
            ]
    return build(type(record), {**dict(record), **changes})
