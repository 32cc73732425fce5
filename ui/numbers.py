"""Numbers as people type them and as they are shown."""

import re

from models.words import _


def read_number(text: str) -> float:
    """`17.5`, `17,5`, `-3`; raises `ValueError` in words.

    `12,500` is refused, because it can be read two ways.
    """
    text = text.strip().replace("−", "-")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
        raise ValueError(
            _("{text} can be read two ways: type {many} or {few}.").format(
                text=text, many=text.replace(",", ""), few=text.replace(",", ".")
            )
        )
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
