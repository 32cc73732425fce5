"""Records of every kind with any values their declarations allow, and histories of them."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from annotated_types import Ge, Gt, Le, MaxLen
from hypothesis import reject
from hypothesis import strategies as st

from models.adverse_event import GradeEpisode
from models.attachment import Attachment
from models.base import BOOKKEEPING, InvalidRecord, PatientRecord, Record, build
from models.exchange.cells import value_type
from models.history import History
from models.imaging import Node
from models.patient import Patient
from models.protocol import EXAMPLE, Protocol
from models.records import OF_A_PATIENT
from models.skin import WEIGHTS, Region
from models.values import Choice, Grade, PartialDate
from tests.models.builders import PATIENT, partial_dates

HARD = (
    *("=cmd|' /C calc'!A0", "-1+2", "+49 30", "@SUM(A1)", "'", "'=1", "none", "None", "yes", "NaN"),
    *(
        "#N/A",
        "_x0041_",
        "x005F_",
        "1.025",
        "007",
        "1e5",
        "2017",
        "14.10.2017",
        "a;b",
        'a"b',
        "a,b",
    ),
    *("a\tb", "first line\nsecond line", "Weiß-Łukasz", "日本", "🙂", "\\N", "<script>", "&amp;"),
    *("]]>", "\u2028x", "a\u00a0b", "\ufeffx", "x\ufeff", "TRUE", "#REF!"),
)
CONTENTS = {
    hashlib.sha256(content).hexdigest(): content
    for content in (b"", b"%PDF-1.7 made up", b"plain text", bytes(range(256)))
}
PROTOCOLS = ("mogamulizumab", EXAMPLE, "1.5 mg/kg on days 1, 8 of 21, first cycle 1, 8, 15")
days = st.dates(dt.date(1880, 1, 1), dt.date(2200, 12, 31))
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
_TRIES = 6


def content_of(attachment: Attachment) -> bytes:
    """The file of an attachment made here."""
    return CONTENTS[attachment.sha256]


def texts(most: int = 60) -> st.SearchStrategy[str]:
    """Not blank; what programs mistake for something else comes often."""
    free = st.text(_LETTERS, min_size=1, max_size=min(most, 12))
    hard = st.sampled_from([text for text in HARD if len(text) <= most])
    return (hard | free).filter(lambda text: text.strip())


@st.composite
def records_of(
    draw: st.DrawFn,
    kind: type[Record],
    patient: uuid.UUID = PATIENT,
    others: Mapping[str, Sequence[uuid.UUID]] | None = None,
) -> Any:
    """A record of this kind. `others`: by the name of their table the ids it may point to."""
    fields = {name: info for name, info in kind.model_fields.items() if name not in BOOKKEEPING}
    values: dict[str, Any] = {"id": draw(st.uuids(version=4))}
    if kind is not Patient:
        values["patient"] = patient
    made = {name: _values(kind, name, others) for name in fields}
    for name, info in fields.items():
        values[name] = draw(made[name] if info.is_required() else st.none() | made[name])
    for _try in range(_TRIES):
        given = {name: value for name, value in values.items() if value is not None}
        try:
            return build(kind, given)
        except InvalidRecord as error:
            for name in error.problems:
                if name not in fields:
                    reject()
                empty = values[name] is None or fields[name].is_required()
                values[name] = draw(made[name]) if empty else None
    return reject()


@st.composite
def histories(
    draw: st.DrawFn, kinds: Sequence[type[PatientRecord]] = OF_A_PATIENT, most: int = 2
) -> History:
    """A patient with up to so many records of each kind, which point to one another."""
    patient = draw(records_of(Patient))
    made: list[PatientRecord] = []
    others: dict[str, list[uuid.UUID]] = {}
    for kind in kinds:
        if any(not others.get(name) for name in _needed(kind)):
            continue
        own = draw(st.lists(records_of(kind, patient.id, others), max_size=most))
        made += own
        others[kind.table_name()] = [each.id for each in own]
    return History.of_records(patient, made)


def _values(
    kind: type[Record], name: str, others: Mapping[str, Sequence[uuid.UUID]] | None
) -> st.SearchStrategy[Any]:
    info = kind.model_fields[name]
    if value_type(info.annotation) is not uuid.UUID:
        return _of_field(kind, name)
    if others is None:
        return st.uuids(version=4)
    target = _target(info)
    ids = others.get(target, ()) if target else [each for own in others.values() for each in own]
    return st.sampled_from(ids) if ids else st.none()


def _target(info: Any) -> str:
    key = getattr(info, "foreign_key", None)
    found = key if isinstance(key, str) else ""
    return found.removesuffix(".id")


def _needed(kind: type[Record]) -> list[str]:
    infos = (info for name, info in kind.model_fields.items() if name not in BOOKKEEPING)
    return [target for info in infos if info.is_required() and (target := _target(info))]


@cache
def _of_field(kind: type[Record], name: str) -> st.SearchStrategy[Any]:
    info = kind.model_fields[name]
    if kind is Attachment and name == "sha256":
        return st.sampled_from(sorted(CONTENTS))
    if kind is Attachment and name == "media_type":
        return st.sampled_from(["application/pdf", "text/plain", "application/octet-stream"])
    return _of_type(value_type(info.annotation), info.metadata)


def _of_type(kind: Any, limits: Sequence[Any]) -> st.SearchStrategy[Any]:
    if get_origin(kind) is list:
        return st.lists(_of_type(get_args(kind)[0], ()), max_size=3)
    if get_origin(kind) is dict:
        return st.dictionaries(st.sampled_from(Region), _lesions(), max_size=4).map(_within)
    if kind in {int, float}:
        return _numbers(kind, limits)
    if isinstance(kind, type) and issubclass(kind, Choice | Grade):
        return st.sampled_from(kind)
    made: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        dt.date: days,
        PartialDate: partial_dates(),
        Protocol: st.sampled_from(PROTOCOLS).map(Protocol.parse),
        GradeEpisode: st.builds(GradeEpisode, date=partial_dates(), grade=st.sampled_from(Grade)),
        Node: st.builds(Node, site=_sites(), long_mm=_axes(), short_mm=_axes()),
    }
    if kind is str:
        return texts(next((each.max_length for each in limits if isinstance(each, MaxLen)), 60))
    return made[kind]


def _numbers(kind: type[float], limits: Sequence[Any]) -> st.SearchStrategy[float]:
    least, most = -1e12, 1e12
    above = False
    for each in limits:
        if isinstance(each, Ge | Gt):
            limit: Any = each.ge if isinstance(each, Ge) else each.gt
            least, above = float(limit), isinstance(each, Gt)
        elif isinstance(each, Le):
            limit = each.le
            most = float(limit)
    if kind is int:
        return st.integers(int(least) + above, int(most))
    return st.floats(least, most, exclude_min=above) | st.sampled_from(
        [number for number in (1.0, 1.025, 0.1 + 0.2, 70.0, 4.5e-05) if least < number <= most]
    )


def _lesions() -> st.SearchStrategy[dict[str, float]]:
    """The share of a region's surface, which `_within` makes one of the body's."""
    return st.dictionaries(st.sampled_from([*WEIGHTS]), st.floats(0, 0.33), min_size=1)


def _within(regions: Mapping[Region, Mapping[str, float]]) -> dict[Region, dict[str, float]]:
    return {
        region: {kind: share * region.percent for kind, share in lesions.items()}
        for region, lesions in regions.items()
    }


def _sites() -> st.SearchStrategy[str]:
    return texts().filter(lambda text: ";" not in text)


def _axes() -> st.SearchStrategy[float]:
    return st.floats(0.1, 500)
