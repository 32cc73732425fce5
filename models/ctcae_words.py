"""The CTCAE terms that fit what a patient or a nurse said.

A convenience, not a clinical rule: it proposes, and a person decides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, auto
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from models.ctcae import names_of
from models.folding import searched_words, words_of
from models.said_for import BESIDE, SAID_FOR
from models.words import _

SHORTEST_MISSPELT, SHORTEST_PLURAL, SHORTEST_ALONE = 5, 4, 4
NO_WORDS: frozenset[str] = frozenset()


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
    found_by: frozenset[str]


class Known(NamedTuple):
    """A term with its phrases; `words`, `found_by`: all of theirs."""

    term: str
    phrases: tuple[Phrase, ...]
    words: frozenset[str]
    found_by: frozenset[str]


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
Begun = Mapping[str, frozenset[str]]
"""By each word that was typed, which of the known words it begins."""
Way = Callable[[Known], Fit | None]


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
    known = [_known(name, _(SAID_FOR.get(name, ""))) for name in names]
    for way in _ways(said, known):
        fits = [fit for each in known if (fit := way(each))]
        if fits:
            return sorted(fits, key=lambda fit: (fit.level, -fit.words))
    return []


def _ways(said: Said, known: Sequence[Known]) -> Iterator[Way]:
    """From the strictest to the most forgiving; each is made ready only when it is needed."""
    found_by = NO_WORDS.union(*(each.found_by for each in known))
    begun = _begun(said.words, found_by, _begins)
    yield partial(_fit, said=said, begun=begun)
    yield partial(_fit, said=said, begun=_begun(said.words, found_by, _begins_nearly))
    words = NO_WORDS.union(*(each.words for each in known))
    yield partial(_fit_in_part, begun=_begun(said.words, words, _is_nearly))
    yield partial(_fit_by_a_word, said=said, begun=begun)


def _begun(typed: Iterable[str], words: frozenset[str], begins: Begins) -> Begun:
    return {each: _begun_by(each, words, begins) for each in typed}


@lru_cache(maxsize=256)
def _begun_by(typed: str, words: frozenset[str], begins: Begins) -> frozenset[str]:
    """While a sentence is typed, only its last word is new."""
    return frozenset(word for word in words if begins(typed, word))


def _fit(known: Known, said: Said, begun: Begun) -> Fit | None:
    found = _found(known.found_by, said.words, begun)
    if not found.issuperset(said.needed):
        return None
    level, _missing, text = min(
        ((_level(each, said), _lacking(each, said, begun), each.text) for each in known.phrases),
        key=itemgetter(0, 1),
    )
    return Fit(level, len(found), known.term, text)


def _fit_in_part(known: Known, begun: Begun) -> Fit | None:
    """Where all the words of a phrase are among those typed."""
    typed = NO_WORDS.union(*begun.values()) & known.words
    whole = [each for each in known.phrases if each.words and typed.issuperset(each.words)]
    if not whole:
        return None
    words = {word for each in whole for word in each.words}
    covered = {each for each, begins in begun.items() if not words.isdisjoint(begins)}
    longest = max(whole, key=lambda each: len(each.words))
    return Fit(Level.HAS_A_PHRASE, len(covered), known.term, longest.text)


def _fit_by_a_word(known: Known, said: Said, begun: Begun) -> Fit | None:
    long = [typed for typed in said.needed if len(typed) >= SHORTEST_ALONE]
    found = _found(known.found_by, long, begun)
    if not found:
        return None
    _missing, text = min((_lacking(each, said, begun), each.text) for each in known.phrases)
    return Fit(Level.HAS_A_WORD, len(found), known.term, text)


def _found(words: frozenset[str], typed: Iterable[str], begun: Begun) -> set[str]:
    """Those of the typed words with which one of these begins."""
    return {each for each in typed if not words.isdisjoint(begun[each])}


def _level(phrase: Phrase, said: Said) -> Level:
    if phrase.words == said.words:
        return Level.SAME
    if phrase.words == said.needed:
        return Level.SAME_BUT_FOR_BESIDE
    if " ".join(phrase.words).startswith(" ".join(said.needed)):
        return Level.BEGINS
    return Level.HAS_EVERY_WORD


def _lacking(phrase: Phrase, said: Said, begun: Begun) -> int:
    """How many of the words are not of this phrase."""
    return sum(phrase.found_by.isdisjoint(begun[typed]) for typed in said.needed)


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
def _known(term: str, said: str) -> Known:
    texts = [term, *(text.strip() for text in said.split(";") if text.strip())]
    phrases = tuple(
        Phrase(
            text,
            tuple(map(_singular, _spelt(words_of(text)))),
            frozenset(_spelt(searched_words(text))),
        )
        for text in texts
    )
    return Known(
        term,
        phrases,
        NO_WORDS.union(*(each.words for each in phrases)),
        NO_WORDS.union(*(each.found_by for each in phrases)),
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
