"""One typing error in a word: a letter too many, missing or wrong, or two swapped.

Every word of a name is kept under what its beginning is when one letter is left out, and so is
looked for what was typed: two words that are an error apart have such a key in common.
"""

from collections.abc import Iterator

SHORTEST = 4
BEGINNINGS = (SHORTEST, SHORTEST + 1)


def has_keys(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST


def may_be_wrong(typed: str) -> bool:
    """A word of letters; of three, it can be one of four that lacks a letter."""
    return typed.isalpha() and len(typed) >= SHORTEST - 1


def keys_of(word: str) -> set[str]:
    """What the word of a name is kept under."""
    whole = {word} if len(word) == SHORTEST else set()
    return whole.union(*(_lacking_one(word, n) for n in BEGINNINGS if n <= len(word)))


def keys_for(typed: str) -> set[str]:
    """What a typed word is looked for under."""
    if len(typed) < SHORTEST:
        return {typed}
    return _lacking_one(typed, min(len(typed), BEGINNINGS[-1]))


def _lacking_one(word: str, length: int) -> set[str]:
    beginning = word[:length]
    return {beginning[:at] + beginning[at + 1 :] for at in range(length)}


def beginnings(word: str, typed: str) -> set[str]:
    """The beginnings of a word which are one error away from what was typed."""
    return {word[:length] for length in _lengths(word, typed)}


def _lengths(word: str, typed: str) -> Iterator[int]:
    at = _first_difference(word, typed)
    n = len(typed)
    if at == n:  # typed as it is, so far
        return
    if word.startswith(typed[at + 1 :], at):
        yield n - 1
    if at < len(word) and word.startswith(typed[at + 1 :], at + 1):
        yield n
    if word[at : at + 2] == typed[at : at + 2][::-1] and word.startswith(typed[at + 2 :], at + 2):
        yield n
    if word.startswith(typed[at:], at + 1):
        yield n + 1


def _first_difference(word: str, typed: str) -> int:
    pairs = enumerate(zip(word, typed, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(word), len(typed)))
