"""What of others' resources stays outside, and why; what is many is told as one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.exchange.arrivals import Place, Problem
from models.exchange.fhir.entries import Entry, shown
from models.words import _

FEW = 5
MOST_NAMED = 12


@dataclass
class Outside:
    """`file`: what is told of many at once has no other place."""

    file: str
    _told: defaultdict[tuple[str, str], list[tuple[Entry, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _of_the_file: list[str] = field(default_factory=list)

    def add(self, entry: Entry, why: str, what: str = "") -> None:
        """`why`: one sentence; `what`: the words of the file that it is about."""
        self._told[entry.kind, why].append((entry, shown(what)))

    def add_once(self, sentence: str) -> None:
        if sentence not in self._of_the_file:
            self._of_the_file.append(sentence)

    @property
    def problems(self) -> Iterator[Problem]:
        for sentence in self._of_the_file:
            yield Problem(Place(self.file), sentence)
        for (kind, why), told in self._told.items():
            if len(told) > FEW:
                yield Problem(Place(self.file), _of_many(kind, why, told))
                continue
            for entry, what in told:
                yield Problem(entry.place, _of_one(entry, why, what))


def _of_one(entry: Entry, why: str, what: str) -> str:
    """`Observation body-1 (Body temperature): why.`"""
    found = entry.resource.get("id")
    called = f"{entry.kind} {shown(found)}" if isinstance(found, str) else entry.kind
    return f"{called or _('A resource')}{f' ({what})' if what else ''}: {why}"


def _of_many(kind: str, why: str, told: list[tuple[Entry, str]]) -> str:
    """`312 × Observation of 14 kinds (Body temperature 20, …): why.`"""
    kinds = Counter(what for _entry, what in told if what)
    if not kinds:
        return f"{len(told)} × {kind}: {why}"
    named = ", ".join(
        what if n == 1 else f"{what} {n}" for what, n in kinds.most_common(MOST_NAMED)
    )
    more = ", …" if len(kinds) > MOST_NAMED else ""
    words = _("{n} × {kind} of {kinds} kinds ({named}): {why}")
    if len(kinds) == 1:
        words = _("{n} × {kind} ({named}): {why}")
        named = next(iter(kinds))
    return words.format(n=len(told), kind=kind, kinds=len(kinds), named=named + more, why=why)
