"""Elements of others' resources, whatever stands in their place: what does not fit is empty."""

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from models.exchange.fhir.elements import Element
from models.values import PartialDate

_DAY = re.compile(r"\d{4}(-\d{2}){0,2}(?=T|$)", re.ASCII)


def dicts(value: Any) -> list[Element]:
    """The elements of a list; one that stands alone, as other releases of FHIR have it, too."""
    each = value if isinstance(value, list) else [value]
    return [element for element in each if isinstance(element, dict)]


def inner(element: Any, *names: str) -> Element:
    """The element under these names, one in the other, the first of a list; or an empty one."""
    for name in names:
        found = dicts(element.get(name)) if isinstance(element, dict) else []
        element = found[0] if found else {}
    return element if isinstance(element, dict) else {}


def text(value: Any) -> str:
    """A text as a page can show it, without white space around it."""
    if not isinstance(value, str):
        return ""
    if value.isprintable():
        return value.strip()
    kept = (
        each if each.isprintable() or each in "\n\t" else "\N{REPLACEMENT CHARACTER}"
        for each in value.replace("\r\n", "\n")
    )
    return "".join(kept).strip()


def one_line(value: Any) -> str:
    return " ".join(text(value).split())


def texts(value: Any) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [words for one in each if (words := one_line(one))]


def codings(concept: Any) -> Iterator[tuple[str, str]]:
    """System and code."""
    for each in dicts(inner({"of": concept}, "of").get("coding")):
        if code := text(each.get("code")):
            yield text(each.get("system")), code


def codes(concept: Any, system: str) -> set[str]:
    return {code for of, code in codings(concept) if of == system}


def any_codes(concept: Any) -> set[str]:
    """Of HL7's own lists, whose codes are told apart without their system."""
    return {code for _of, code in codings(concept)}


def words_of(concept: Any) -> list[str]:
    """The text of a concept, then what its codes are called."""
    of = inner({"of": concept}, "of")
    each = [
        one_line(of.get("text")),
        *(one_line(c.get("display")) for c in dicts(of.get("coding"))),
    ]
    return [*dict.fromkeys(filter(None, each))]


def said(concept: Any) -> str:
    return next(iter(words_of(concept)), "") or next((c for _of, c in codings(concept)), "")


def day(value: Any) -> PartialDate | None:
    """The day of a date or moment, as it was where it was written."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return PartialDate.parse(found[0]) if found else None
    except ValueError:
        return None


def exact(date: PartialDate | None) -> dt.date | None:
    return date.first if date and date.exact else None


def when(resource: Mapping[str, Any], *names: str) -> PartialDate | None:
    """Of the first element with a date: `effective` is a moment, or a period with its start.

    An empty name stands for `period` itself.
    """
    for name in names:
        period = inner(resource, f"{name}Period" if name else "period")
        values = (
            resource.get(name),
            resource.get(f"{name}DateTime"),
            resource.get(f"{name}Instant"),
            period.get("start"),
        )
        for value in values:
            if found := day(value):
                return found
    return None


def number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def measured(quantity: Any) -> tuple[float, str] | None:
    """A number and its unit; None where it is only said to be above or below the number."""
    of = inner({"of": quantity}, "of")
    value = number(of.get("value"))
    if value is None or of.get("comparator"):
        return None
    return value, one_line(of.get("unit")) or one_line(of.get("code"))


def extensions(element: Mapping[str, Any], *ends: str) -> Iterator[Element]:
    """Those whose address ends so: profiles move between versions, their names stay."""
    for each in dicts(element.get("extension")):
        if text(each.get("url")).rpartition("/")[2] in ends:
            yield each
