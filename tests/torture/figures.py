"""What one part of the torture counted."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """`faults`: sentences about what is not as promised; there must be none.

    `counts`: what happened how often, by what it is called in the table.
    """

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __add__(self, other: "Figures") -> "Figures":
        counts = Counter(self.counts)
        counts.update(other.counts)  # a sum of counters would leave out what is none
        return Figures(counts, self.faults + other.faults)

    def count(self, what: str, n: int = 1) -> None:
        """What was counted shows in the table, none included."""
        self.counts[what] += n

    @property
    def words(self) -> str:
        return ", ".join(f"{what} {n:,}" for what, n in self.counts.items())
