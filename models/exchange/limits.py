"""How much a file may hold, so that none fills the memory; and what is said of one that does."""

import sys

from models.base import ClinicError
from models.words import _

MOST_BYTES = 200_000_000
MOST_ROWS = 300_000
MOST_CELLS = 4_000_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 100_000
MOST_TEXT = 150_000_000
KEPT_ONCE = 50_000


class Tally:
    """What was read so far of all the sheets of a file; raises `ClinicError` beyond a limit."""

    def __init__(self) -> None:
        self.rows = self.cells = self.text = 0
        self._same: dict[str, str] = {}

    def row(self, cells: list[str], where: str) -> tuple[str, ...]:
        """The row without the empty cells behind it, equal short texts kept once."""
        while cells and not cells[-1]:
            cells.pop()
        self.rows += 1
        self.cells += len(cells)
        if self.rows > MOST_ROWS:
            raise too_much(_("It has more than {n} rows.").format(n=f"{MOST_ROWS:,}"), where)
        if len(cells) > MOST_COLUMNS:
            raise too_much(_("It has more than {n} columns.").format(n=f"{MOST_COLUMNS:,}"), where)
        if self.cells > MOST_CELLS:
            raise too_much(_("It has more than {n} cells.").format(n=f"{MOST_CELLS:,}"), where)
        return tuple(self._kept(cell, where) for cell in cells)

    def _kept(self, cell: str, where: str) -> str:
        if cell in self._same:
            return self._same[cell]
        if len(cell) > MOST_CHARACTERS:
            words = _("A cell holds more than {n} characters.")
            raise too_much(words.format(n=f"{MOST_CHARACTERS:,}"), where)
        self.text += sys.getsizeof(cell)
        if self.text > MOST_TEXT:
            raise too_much(_("Its text is too much to be read at once."), where)
        if len(self._same) < KEPT_ONCE and len(cell) < 100:
            self._same[cell] = cell
        return cell


def check_size(size: int, where: str) -> None:
    if size > MOST_BYTES:
        words = _("It is larger than {n} MB.").format(n=MOST_BYTES // 1_000_000)
        raise too_much(words, where)


def too_much(what: str, where: str) -> ClinicError:
    return ClinicError(
        _("{file} is too much to be read. {what}").format(file=where, what=what),
        _("Nothing was imported."),
        _("Import it in several smaller files."),
    )


def unreadable(what: str, where: str, next_step: str = "") -> ClinicError:
    return ClinicError(
        _("{file} cannot be read. {what}").format(file=where, what=what),
        _("Nothing was imported."),
        next_step or _("Save it once more in the program that it comes from, and try again."),
    )
