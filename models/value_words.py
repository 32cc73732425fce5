"""Any value of a record in the words of the clinic."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from models.adverse_event import GradeEpisode
from models.imaging import Node
from models.skin import Lesions, mswat
from models.values import Choice, PartialDate, is_ambiguous
from models.words import _, day_words

Names = Mapping[uuid.UUID, str]


def in_words(value: Any, names: Names | None = None) -> str:
    """Empty for None; `names` says what a reference to another record is called."""
    match value:
        case uuid.UUID():
            return (names or {}).get(value, "")
        case list():
            return "; ".join(in_words(item, names) for item in value)
        case dict():
            return skin_words(value)
    return _one_in_words(value)


def _one_in_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case Choice():
            return value.label
        case PartialDate():
            return value.words
        case dt.date():
            return day_words(value)
        case GradeEpisode(date=date, grade=grade):
            return _("grade {grade} from {date}").format(grade=int(grade), date=date.words)
        case Node():
            return node_text(value, "×")
        case int() | float():
            return number_text(value)
    return str(value)


def skin_words(regions: Mapping[Any, Lesions]) -> str:
    """`mSWAT 35 · 28 % of the body`; empty without regions."""
    if not regions:
        return ""
    involved = sum(lesions.involved for lesions in regions.values())
    return _("mSWAT {mswat} · {percent} % of the body").format(
        mswat=number_text(mswat(regions)), percent=number_text(round(involved, 2))
    )


def node_text(node: Node, by: str = "x") -> str:
    """`left axilla 22x14`, as it is typed."""
    return f"{node.site} {typed_text(node.long_mm)}{by}{typed_text(node.short_mm)}"


def number_text(value: float) -> str:
    """A number just as it was measured, without trailing zeros: `70`, `17.5`, `0.004`."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def typed_text(value: float) -> str:
    """A number so that it can be typed again: `1.0250`, as `1.025` can be read two ways."""
    text = number_text(value)
    return f"{text}0" if is_ambiguous(text) else text
