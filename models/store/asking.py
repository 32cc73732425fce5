"""What was typed into a search, as questions to the full-text index, from narrow to wide."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.folding import words_of
from models.store.birth_dates import date_among, number_readings

MOST_CHARACTERS = 200
MOST_WORDS = 12

Likenesses = Mapping[str, "Alike"]


@dataclass(frozen=True)
class Alike:
    """Words on file that are one typing error from a typed one, and beginnings that are."""

    whole: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """The typed words, and the beginnings of dates that some of them, or one alone, may mean."""

    words: tuple[str, ...]
    dated: tuple[int, int]
    dates: frozenset[str]
    today: dt.date

    @classmethod
    def of(cls, typed: str, today: dt.date) -> "Asked":
        """Absurd input is cut short."""
        words = tuple(words_of(typed[:MOST_CHARACTERS])[:MOST_WORDS])
        start, end, dates = date_among(words, today) or (0, 0, set())
        return cls(words, (start, end), frozenset(dates), today)

    @property
    def undated(self) -> tuple[str, ...]:
        """The words that are part of no date."""
        start, end = self.dated
        return (*self.words[:start], *self.words[end:])

    @property
    def all_dates(self) -> frozenset[str]:
        return self.dates.union(*(self._as_dates(word) for word in self.words))

    def questions(self, alike: Likenesses | None = None) -> list[str]:
        """Whole words; whole words and the last one begun; words begun; numbers that are dates.

        `alike`: what else the words may have been meant for.
        """
        alike = alike or {}
        whole = [_named(word, alike.get(word), begun=False) for word in self.undated]
        begun = [_named(word, alike.get(word), begun=True) for word in self.undated]
        wide = [self._wide(word, alike.get(word)) for word in self.undated]
        mixed = [*whole[:-1], *begun[-1:]]
        date = self._date()
        return [*dict.fromkeys(_all([*each, *date]) for each in (whole, mixed, begun, wide))]

    def _date(self) -> list[str]:
        """The date, or else its words as they stand: the MRN `12-3`, or Mar(ia) and 1958."""
        if not self.dates:
            return []
        start, end = self.dated
        words = self.words[start:end]
        if all(word.isdecimal() for word in words):
            as_it_stands = f'mrn : "{" ".join(words)}" *'
        else:
            as_it_stands = _all([self._wide(word, None) for word in words])
        return [_any([_born(self.dates), as_it_stands])]

    def _wide(self, word: str, alike: Alike | None) -> str:
        named, dates = _named(word, alike, begun=True), self._as_dates(word)
        return _any([named, _born(dates)]) if dates else named

    def _as_dates(self, word: str) -> set[str]:
        if not word.isdecimal():
            return set()
        return number_readings(word, self.today, alone=len(self.words) == 1)


def _named(word: str, alike: Alike | None, *, begun: bool) -> str:
    own = f'{{name mrn}} : "{word}"' + ("*" if begun else "")
    if alike is None:
        return own
    others = [f'"{each}"' for each in sorted(alike.whole)]
    others += [f'"{each}"*' for each in sorted(alike.begun)] if begun else []
    return _any([own, f"name : {_any(others)}"]) if others else own


def _born(dates: Iterable[str]) -> str:
    beginnings = [f'"{date}"*' for date in sorted(dates)]
    return f"birth_date : {_any(beginnings)}"


def _all(parts: Sequence[str]) -> str:
    return f"({' AND '.join(parts)})"


def _any(parts: Sequence[str]) -> str:
    return f"({' OR '.join(parts)})"
