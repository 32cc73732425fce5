"""Words as they are searched: without case, accents or punctuation."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def folded(text: str) -> str:
    """`Müller-Łukasz` as `muller-lukasz`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return re.findall(r"[^\W_]+", folded(text))


def searched_words(text: str) -> list[str]:
    """The words a name is found by: each one, and a compound also as one (`o brien obrien`)."""
    words = []
    for part in text.split():
        pieces = words_of(part)
        words += pieces if len(pieces) < 2 else [*pieces, "".join(pieces)]
    return words
