"""Biopsies side by side: what each found, and what nobody recorded of any of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.base import FieldWords, described_fields
from models.biopsy import Biopsy
from models.values import Choice
from models.words import _, day_words, number_words, within_sentence

FOUND = ("Result", "Markers", "Report")
APART = frozenset({"conclusion"})


@dataclass(frozen=True, slots=True)
class Compared:
    """`rows`: a title with a value for each biopsy, empty where it was not recorded;
    `blank`: the titles of what was recorded of none of them.
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    blank: tuple[str, ...]


def compared(biopsies: Sequence[Biopsy]) -> Compared:
    """The findings of biopsies and what the reports say, but for the conclusion."""
    fields = [each for each in described_fields(Biopsy) if each.group in map(_, FOUND)]
    rows = [
        (each.title, tuple(_told(each, getattr(biopsy, each.name)) for biopsy in biopsies))
        for each in fields
        if each.name not in APART
    ]
    return Compared(
        tuple(row for row in rows if any(row[1])),
        tuple(within_sentence(title) for title, values in rows if not any(values)),
    )


def _told(field: FieldWords, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case Choice():
            return _(value.value)
        case list():
            return ", ".join(_(each.value) for each in value)
        case dt.date():
            return day_words(value)
        case int() | float():
            unit = ":1" if field.name == "cd4_cd8_epidermis" else f" {field.unit}".rstrip()
            return f"{number_words(value)}{unit}"
    return str(value)
