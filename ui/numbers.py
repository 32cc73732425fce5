"""Numbers as people type them and as they are shown."""

import re

from models.values import is_ambiguous, unambiguous
from models.words import _


def read_number(text: str) -> float:
    """`17.5`, `17,5`, `-3`; raises `ValueError` in words.

    `12,500` and `1.200` are refused, because they can be read two ways.
    """
    text = unambiguous(text.strip().replace("−", "-"))
    if not re.fullmatch(r"[+-]?(\d{1,20}([.,]\d{0,25})?|[.,]\d{1,25})(e[+-]?\d{1,2})?", text, re.A):
        raise ValueError(_("Give a number."))
    return float(text.replace(",", "."))


def read_whole(text: str) -> int:
    """`12`; raises `ValueError` in words."""
    text = text.strip().replace("−", "-")
    if not re.fullmatch(r"[+-]?\d{1,15}", text, re.ASCII):
        raise ValueError(_("Give a whole number."))
    return int(text)


def number_text(value: float) -> str:
    """A number just as it was measured, without trailing zeros: `70`, `17.5`, `0.004`."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def typed_text(value: float) -> str:
    """A number so that it can be typed again: `1.0250`, as `1.025` can be read two ways."""
    text = number_text(value)
    return f"{text}0" if is_ambiguous(text) else text
