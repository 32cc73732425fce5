"""The CTCAE terms that fit what a patient or a nurse said.

A convenience, not a clinical rule: it proposes, and a person decides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum, auto
from functools import cache, partial
from operator import itemgetter
from typing import NamedTuple

from models.ctcae import names_of
from models.folding import searched_words, words_of
from models.said_for import BESIDE, SAID_FOR
from models.words import _

SHORTEST_MISSPELT, SHORTEST_PLURAL, SHORTEST_ALONE = 5, 4, 4


class Level(IntEnum):
    """How well a term fits, the best first."""

    SAME = auto()
    SAME_BUT_FOR_BESIDE = auto()
    BEGINS = auto()
    HAS_EVERY_WORD = auto()
    HAS_A_PHRASE = auto()
    HAS_A_WORD = auto()


class Phrase(NamedTuple):
    """A name or what is said for it; `words`: in the singular; `found_by`: as they are found."""

    text: str
    words: tuple[str, ...]
    found_by: tuple[str, ...]


class Said(NamedTuple):
    """What was typed: all its words, and those that must be found."""

    words: tuple[str, ...]
    needed: tuple[str, ...]


class Fit(NamedTuple):
    """A term that fits, and the phrase that fits best; `words`: how many of those typed do."""

    level: Level
    words: int
    term: str
    by: str


Begins = Callable[[str, str], bool]
Way = Callable[[str, Said], Fit | None]


def proposed_terms(words: str, version: str | None) -> tuple[str, ...]:
    """The terms of a version that fit what was said, best first; all of them for no words.

    Every word must be the beginning of a word of the term or of what is said for it. Places, times
    and the like ("on both arms since yesterday") need not be, they only help to order. Case,
    accents, plural and British or American spelling do not matter. Where nothing fits, one typing
    error, but for the first letter, is forgiven in each word of five letters or more. Where still
    nothing fits, a part of the words will do, the more the better: all that is said for a term
    ("shivers and red spots"), or else any word of four letters or more.
    """
    return tuple(fit.term for fit in _fits(_said(words), names_of(version)))


def unmistakable(words: str, version: str | None) -> str | None:
    """The term where only one fits every word, or one alone is exactly what was said."""
    said = _said(words)
    fits = _fits(said, names_of(version)) if said.words else []
    if not fits or fits[0].level > Level.HAS_EVERY_WORD:
        return None
    best = fits[0]
    as_good = [fit for fit in fits if fit.level is best.level]
    exact = best.level <= Level.SAME_BUT_FOR_BESIDE
    return best.term if len(fits) == 1 or (exact and len(as_good) == 1) else None


def said_for(term: str, words: str) -> str:
    """What is said for the term and fits these words best; empty where its name does."""
    return next((fit.by for fit in _fits(_said(words), (term,)) if fit.by != term), "")


def _fits(said: Said, names: Sequence[str]) -> list[Fit]:
    as_a_whole = (partial(_fit, begins=begins) for begins in (_begins, _begins_nearly))
    ways: tuple[Way, ...] = (*as_a_whole, _fit_in_part, _fit_by_a_word)
    for way in ways:
        fits = [fit for name in names if (fit := way(name, said))]
        if fits:
            return sorted(fits, key=lambda fit: (fit.level, -fit.words))
    return []


def _fit(term: str, said: Said, begins: Begins) -> Fit | None:
    phrases = _phrases(term, _(SAID_FOR.get(term, "")))
    found = _found(phrases, said.words, begins)
    if not found.issuperset(said.needed):
        return None
    level, _missing, text = min(
        ((_level(phrase, said), _lacking(phrase, said, begins), phrase.text) for phrase in phrases),
        key=itemgetter(0, 1),
    )
    return Fit(level, len(found), term, text)


def _fit_in_part(term: str, said: Said) -> Fit | None:
    """Where all the words of a phrase are among those typed."""
    best: dict[str, int] = {}
    covered: set[str] = set()
    for phrase in _phrases(term, _(SAID_FOR.get(term, ""))):
        same = [{typed for typed in said.words if _is_nearly(typed, word)} for word in phrase.words]
        if all(same):
            best[phrase.text] = len(same)
            covered.update(*same)
    if not best:
        return None
    return Fit(Level.HAS_A_PHRASE, len(covered), term, max(best, key=best.__getitem__))


def _fit_by_a_word(term: str, said: Said) -> Fit | None:
    phrases = _phrases(term, _(SAID_FOR.get(term, "")))
    long = [typed for typed in said.needed if len(typed) >= SHORTEST_ALONE]
    found = _found(phrases, long, _begins)
    if not found:
        return None
    _missing, text = min((_lacking(each, said, _begins), each.text) for each in phrases)
    return Fit(Level.HAS_A_WORD, len(found), term, text)


def _found(phrases: Iterable[Phrase], typed: Iterable[str], begins: Begins) -> set[str]:
    """Those of the typed words with which a word of the phrases begins."""
    known = {word for phrase in phrases for word in phrase.found_by}
    return {each for each in typed if any(begins(each, word) for word in known)}


def _level(phrase: Phrase, said: Said) -> Level:
    if phrase.words == said.words:
        return Level.SAME
    if phrase.words == said.needed:
        return Level.SAME_BUT_FOR_BESIDE
    if " ".join(phrase.words).startswith(" ".join(said.needed)):
        return Level.BEGINS
    return Level.HAS_EVERY_WORD


def _lacking(phrase: Phrase, said: Said, begins: Begins) -> int:
    """How many of the words are not of this phrase."""
    return sum(not any(begins(typed, word) for word in phrase.found_by) for typed in said.needed)


def _begins(typed: str, word: str) -> bool:
    return word.startswith(typed)


def _is_nearly(typed: str, word: str) -> bool:
    return typed == word or (len(typed) >= SHORTEST_MISSPELT and _begins_nearly(typed, word))


def _begins_nearly(typed: str, word: str) -> bool:
    """But for one letter after the first: another, too many or missing, or two swapped."""
    if word.startswith(typed):
        return True
    if len(typed) < SHORTEST_MISSPELT or typed[0] != word[0]:
        return False
    pairs = enumerate(zip(typed, word, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(typed), len(word)))
    rest, other = typed[same:], word[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return other.startswith((rest[1:], rest, swapped)) or other[1:].startswith((rest[1:], rest))


def _said(words: str) -> Said:
    typed = tuple(_singular(word) for word in _spelt(words_of(words)) if not word.isdecimal())
    needed = tuple(word for word in typed if word not in _words_beside(_(BESIDE)))
    return Said(typed, needed or typed)


@cache
def _phrases(term: str, said: str) -> tuple[Phrase, ...]:
    texts = [term, *(text.strip() for text in said.split(";") if text.strip())]
    return tuple(
        Phrase(
            text,
            tuple(map(_singular, _spelt(words_of(text)))),
            tuple(_spelt(searched_words(text))),
        )
        for text in texts
    )


@cache
def _words_beside(words: str) -> frozenset[str]:
    return frozenset(map(_singular, _spelt(words_of(words))))


def _spelt(words: Iterable[str]) -> Iterator[str]:
    """British spelling as American: `anaemia`, `oedema`, `tumour`."""
    return (word.replace("ae", "e").replace("oe", "e").replace("our", "or") for word in words)


def _singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes")) else word.removesuffix("s")
