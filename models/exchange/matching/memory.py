"""What is remembered of a matching for the next sheet of that form: no cell of a patient.

Headings are kept as their digests, for a sheet that is turned on its side has patients' names for
headings. Of words only short ones are kept that at least two patients share, or that stand in a
column of few words; of what holds for all rows only the program's own words, and nothing that was
said for the rows of this sheet that lack it.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.exchange.cells import value_type
from models.exchange.matching.fills import is_gap
from models.exchange.matching.targets import (
    Fill,
    Matching,
    Target,
    cell_of,
    headings_above,
    values_in,
)
from models.exchange.matching.words import plain
from models.exchange.tables.sheets import Sheet
from models.values import Choice

Remembered = Mapping[str, Any]
"""As JSON, the latest first."""
MOST = 20
SHARED_BY = 2
_WORD = re.compile(r"[^\W\d_+.,;]{1,16}([ -][^\W\d_]{1,16})?|[+xX]")


@dataclass(frozen=True)
class Recalled:
    """`columns`: what is remembered of them, None for one left out; `whole`: of the whole form."""

    columns: Mapping[int, Target | None] = field(default_factory=dict)
    whole: Remembered | None = None

    def applied(self, matching: Matching) -> Matching:
        if self.whole is None:
            return matching
        fills = {_target(each): Fill(text) for each, text in self.whole["fills"]}
        told = matching.month_first
        return replace(
            matching,
            by_visit=self.whole["by_visit"],
            month_first=self.whole["month_first"] if told is False else told,
            nothing=frozenset(self.whole["nothing"]),
            words={(kind, name): words for kind, name, words in self.whole["words"]},
            fills={**matching.fills, **fills},
        )


def recalled(remembered: Sequence[Remembered], headings: Sequence[str]) -> Recalled:
    """All of a sheet with the same headings; of any other, the columns whose headings are known."""
    digests = [digest(heading) for heading in headings]
    same = next((each for each in remembered if each["headings"] == digests), None)
    known: dict[str, Any] = {}
    for each in remembered:
        for mark, told in zip(each["headings"], each["columns"], strict=True):
            alone = each["headings"].count(mark) == digests.count(mark) == 1
            if told and mark and alone:
                known.setdefault(mark, told)
    found = {at: known[mark] for at, mark in enumerate(digests) if mark in known}
    if same:
        found = dict(enumerate(same["columns"]))
    return Recalled({at: _target(told) if told else None for at, told in found.items()}, same)


def to_remember(sheet: Sheet, matching: Matching) -> dict[str, Any]:
    """What may be kept of a matching, as JSON."""
    every = [at for at, _target in matching.matched]

    def is_kept(kind: str, name: str, word: str) -> bool:
        own = [at for at, each in matching.matched if (each.kind, each.field) == (kind, name)]
        return _is_shared(sheet, matching, own, word) or _is_of_few(sheet, matching, own, word)

    return {
        "headings": digests(sheet, matching),
        "columns": [_told(target) if target else None for target in matching.columns],
        "by_visit": matching.by_visit,
        "month_first": matching.month_first,
        "nothing": sorted(
            word for word in matching.nothing if _is_shared(sheet, matching, every, word)
        ),
        "words": [
            [kind, name, shared]
            for (kind, name), words in matching.words.items()
            if (shared := {w: m for w, m in words.items() if is_kept(kind, name, w)})
        ],
        "fills": [
            [_told(target), fill.text]
            for target, fill in matching.fills.items()
            if fill.column is None
            and not is_gap(matching, target)
            and _is_the_programs(target, fill.text)
        ],
    }


def merged(remembered: Sequence[Remembered], latest: Remembered) -> list[Remembered]:
    others = [each for each in remembered if each["headings"] != latest["headings"]]
    return [latest, *others][:MOST]


def digests(sheet: Sheet, matching: Matching) -> list[str]:
    """Of the headings over each column."""
    return [digest(" · ".join(each)) for each in headings_above(sheet, matching)]


def digest(heading: str) -> str:
    """Empty for a column without a heading."""
    words = plain(heading)
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def _is_shared(sheet: Sheet, matching: Matching, columns: Sequence[int], word: str) -> bool:
    """Whether a short word stands with several patients: it tells of none of them."""
    if not _WORD.fullmatch(word):
        return False
    number = matching.column_of(Target("patient", "mrn"))
    with_it: set[str] = set()
    for row in sheet.rows[matching.first - 1 : matching.last]:
        if any(plain(cell_of(row, at)) == word for at in columns):
            with_it.add(cell_of(row, number))
            if len(with_it - {""}) >= SHARED_BY:
                return True
    return False


def _is_of_few(sheet: Sheet, matching: Matching, columns: Sequence[int], word: str) -> bool:
    """Whether a short word is one of a list: of those in its column most stand there again."""
    told = Counter(plain(text) for at in columns for text in values_in(sheet, matching, at))
    return (
        _WORD.fullmatch(word) is not None and word in told and len(told) * SHARED_BY <= told.total()
    )


def _is_the_programs(target: Target, text: str) -> bool:
    """A choice, an answer, or a word that the program itself offers."""
    kind = value_type(target.annotation)
    extra = target.type.model_fields[target.field].json_schema_extra
    offered = extra.get("suggestions", ()) if isinstance(extra, dict) else ()
    is_choice = isinstance(kind, type) and issubclass(kind, Choice | bool)
    return is_choice or text in tuple(str(each) for each in offered or ())  # type: ignore[union-attr]


def _told(target: Target) -> list[Any]:
    return [target.kind, target.field, target.number]


def _target(told: Sequence[Any]) -> Target:
    return Target(*told)
