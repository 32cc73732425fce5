"""Photographs in rows, each with its words below it; a row is never torn, the title is repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.attachment import Attachment
from models.placement import Places
from reports.picture_cell import Shown
from reports.pictures import HIGHEST, Picture
from reports.table import Cell, Column, Table, Words
from reports.type import PLAIN, QUIET
from reports.white import White

BELOW = 6.0


@dataclass(frozen=True, slots=True)
class Captioned:
    """A photograph, or None where it cannot be shown, and what is said below it."""

    picture: Picture | None
    words: tuple[Words, ...]


def captioned(
    record: Attachment, picture: Picture | None, places: Places, title: str = "", note: str = ""
) -> Captioned:
    """With its date and place in the treatment, a title, and a note."""
    when = " · ".join(filter(None, (record.date.words, places.place(record.date).brief)))
    told = [Words(each, QUIET) for each in (title, note) if each]
    return Captioned(picture, (Words(when, PLAIN), *told))


class PictureGrid(Table):
    """`across`: how many stand in a row; `highest`: the height of a row of pictures, in points."""

    ruled = False

    def __init__(
        self,
        shown: Sequence[Captioned],
        title: str = "",
        across: int = 2,
        highest: float = HIGHEST,
    ) -> None:
        rows = [shown[begin : begin + across] for begin in range(0, len(shown), across)]
        cells = [_row(row, highest) + ("",) * (across - len(row)) for row in rows]
        super().__init__((Column(),) * across, cells, title)


def _row(row: Sequence[Captioned], highest: float) -> tuple[Cell, ...]:
    pictures = Shown.side_by_side([each.picture for each in row], highest)
    pairs = zip(pictures, row, strict=True)
    return tuple([picture, *each.words, White(BELOW)] for picture, each in pairs)
