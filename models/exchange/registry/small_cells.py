"""Who can be told apart: combinations of what everybody knows of a patient that few share."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.exchange.registry.figures import age_at_diagnosis, disease, stage_at_diagnosis
from models.history import History
from models.values import OLDEST_TOLD
from models.words import N_, _, capitalised, ngettext

FEWEST = 5
NOT_KNOWN = N_("not known")

Cell = tuple[str, str, str, str]
"""Sex, age group, disease and stage at diagnosis."""


@dataclass(frozen=True, slots=True)
class SmallCells:
    """The combinations that fewer than five patients share, and how many share each."""

    cells: tuple[tuple[Cell, int], ...]

    @property
    def patients(self) -> int:
        return sum(count for _cell, count in self.cells)

    @property
    def sentence(self) -> str:
        """`3 patients can be told apart by …`; empty where nobody can."""
        n = self.patients
        words = ngettext(
            "{n} patient can be told apart by sex, age group, disease and stage: fewer than"
            " {fewest} share them.",
            "{n} patients can be told apart by sex, age group, disease and stage: fewer than"
            " {fewest} share them.",
            n,
        )
        return words.format(n=n, fewest=FEWEST) if n else ""

    @property
    def lines(self) -> list[str]:
        """`Female, 50 to 59, Sézary syndrome, IVA1: 2 patients`."""
        return [
            ngettext("{cell}: {n} patient", "{cell}: {n} patients", n).format(
                cell=capitalised(", ".join(cell)), n=n
            )
            for cell, n in self.cells
        ]


def small_cells(histories: Iterable[History]) -> SmallCells:
    """The rarest first."""
    counts = Counter(cell_of(each) for each in histories)
    rare = [(cell, n) for cell, n in counts.items() if n < FEWEST]
    return SmallCells(tuple(sorted(rare, key=lambda each: (each[1], each[0]))))


def cell_of(history: History) -> Cell:
    return (
        _(history.patient.sex.value),
        _age_group(history),
        _(disease(history) or NOT_KNOWN),
        stage_at_diagnosis(history) or _("stage not known"),
    )


def _age_group(history: History) -> str:
    """Of ten years each; above 89 one."""
    age = age_at_diagnosis(history)
    if age is None:
        return _("age at diagnosis not known")
    if age > OLDEST_TOLD:
        return _("over 89")
    tens = age // 10 * 10
    return _("{least} to {most}").format(least=tens, most=tens + 9)
