"""Numbers as people type them."""

import re

from models.values import unambiguous
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
