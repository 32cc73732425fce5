"""Which letters of a name or number are those that were typed, to show why it is found."""

import re
import unicodedata
from collections.abc import Iterable

from models.folding import folded, searched_words

Span = tuple[int, int]


def spans(text: str, begun: Iterable[str]) -> tuple[Span, ...]:
    """Where words of a text begin so (from, to), across the accents and hyphens between."""
    found = [
        (part.start() + start, part.start() + end)
        for part in re.finditer(r"\S+", text)
        for start, end in _in_part(part[0], sorted(filter(None, begun), key=len, reverse=True))
    ]
    return tuple(found)


def as_written(text: str, word: str) -> str:
    """The part of a text whose folded word this is, with its capitals and accents."""
    parts = unicodedata.normalize("NFC", text).split()
    found = (part.strip(",;.") for part in parts if word in searched_words(part))
    return next(found, word)


def _in_part(part: str, begun: list[str]) -> Iterable[Span]:
    letters = [(at, letter) for at, sign in enumerate(part) for letter in folded(sign)]
    known = [(at, letter) for at, letter in letters if letter.isalnum()]
    plain = "".join(letter for _at, letter in known)
    free = 0
    for place, (at, _letter) in enumerate(known):
        starts = at == 0 or not part[at - 1].isalnum()
        if not starts or at < free or (place and known[place - 1][0] == at):
            continue
        length = next((len(each) for each in begun if plain.startswith(each, place)), 0)
        if length:
            free = known[place + length - 1][0] + 1
            yield at, free
