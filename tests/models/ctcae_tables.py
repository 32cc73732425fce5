"""Made-up tables as large as the NCI's, and as they are laid out."""

import csv
from collections.abc import Sequence
from pathlib import Path

from models.ctcae import CtcaeVersion, Soc
from models.exchange.ctcae_files import PUBLISHED, CtcaeFile, read_ctcae

HEADINGS = ["meddra_llt_code", "ncit_code", "soc", "term"]
HEADINGS += [*(f"grade_{n}" for n in range(1, 6)), "definition"]
RASH = "Rash maculo-papular"


def unseen(done: int, whole: int) -> None:
    """Nobody looks how far it is."""


def made_up_rows(version: CtcaeVersion, *names: str) -> list[list[str]]:
    """As many rows as the version has terms; these names first, all with grades 1, 2 and 4."""
    names = (RASH, *names)
    rows = []
    for n in range(PUBLISHED[version]):
        soc = Soc.SKIN if n < len(names) else [*Soc][n % 26]
        name = names[n] if n < len(names) else f"Made-up disorder {version} {n}"
        words = [f"Mild <{n}", f"Moderate; in {version}", "", "-", ""]
        words[3] = "Life-threatening"
        rows.append([str(10_000_000 + n), f"C{n}", soc.value, name, *words, "Made up."])
    return rows


def write_rows(path: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = ()) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings or HEADINGS, *rows])
    return path


def made_up_file(folder: Path, version: CtcaeVersion, *names: str) -> CtcaeFile:
    path = folder / f"ctcae-v{version}.csv"
    return read_ctcae(write_rows(path, made_up_rows(version, *names)), unseen)
