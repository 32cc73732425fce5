"""A record's fields as they were entered, in one extension of its main resource, and back."""

import contextlib
from collections.abc import Mapping
from typing import Any

from models.base import Record
from models.exchange.columns import FILE, KINDS, columns_of, row_of
from models.exchange.fhir.elements import Element, structure
from models.exchange.fhir.entries import shown
from models.words import _

KIND_OF = {structure(kind.table_name()): kind for kind in KINDS}


def entered(record: Record, mrn: str) -> Element:
    """One part for each field that is not empty, named and written as in the tables."""
    cells = zip(columns_of(type(record)), row_of(record, mrn), strict=True)
    parts = [{"url": column.name, "valueString": cell} for column, cell in cells if cell]
    return {"url": structure(record.table_name()), "extension": parts}


def kind_of(resource: Mapping[str, Any]) -> tuple[type[Record], Any] | None:
    """The kind of record that a resource holds, and its extension; None where it holds none."""
    found = resource.get("extension")
    for each in found if isinstance(found, list) else ():
        url = each.get("url") if isinstance(each, dict) else None
        if isinstance(url, str) and url in KIND_OF:
            return KIND_OF[url], each
    return None


def cells_of(kind: type[Record], extension: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The cells by column, and what cannot be read of them, in sentences."""
    cells: dict[str, str] = {}
    wrong = []
    known = {column.name for column in columns_of(kind) if column.name != FILE}
    parts = extension.get("extension")
    for part in parts if isinstance(parts, list) else ():
        name, text = _part(part)
        if name is None or text is None:
            wrong.append(_("A field of this record has no name or no text."))
        elif name not in known:
            wrong.append(_("This version knows no field {name}.").format(name=shown(name)))
        elif name in cells:
            wrong.append(_("The field {name} stands twice.").format(name=name))
        else:
            cells[name] = text
    return cells, wrong


def _part(part: Any) -> tuple[str | None, str | None]:
    if not isinstance(part, dict):
        return None, None
    return _text(part.get("url")), _text(part.get("valueString"))


def _text(value: Any) -> str | None:
    """JSON can hold half of a character, which is no text."""
    if isinstance(value, str):
        with contextlib.suppress(UnicodeEncodeError):
            return value.encode().decode()
    return None
