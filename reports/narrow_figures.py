"""Figures in narrow columns, as journals set them: `17 (37 %)` and below it `23 to 52`."""

from collections.abc import Sequence
from dataclasses import replace

from models.cohort.figure_table import Bounds, Figure, FigureTable, Numbers
from models.cohort.figure_words import percent_words
from models.words import _
from reports.type import PLAIN, QUIET, width_of, wrapped


def narrowed(table: FigureTable) -> FigureTable:
    """With line breaks in its figures and headings; of how many stands at the head of a column
    where it is the same in all its rows.
    """
    columns = [
        _column(title, [row[place] for row in table.rows])
        for place, title in enumerate(table.columns[1:], start=1)
    ]
    titles, figures = zip(*columns, strict=True)
    rows = tuple(
        (row[0], *told) for row, told in zip(table.rows, zip(*figures, strict=True), strict=True)
    )
    note = " ".join(filter(None, (_reading(table), table.note)))
    return replace(table, columns=(table.columns[0], *titles), rows=rows, note=note)


def widest(words: str) -> float:
    """Of its lines."""
    return max(width_of(line, PLAIN) for line in words.split("\n"))


def _column(title: str, figures: Sequence[Figure]) -> tuple[str, list[Figure]]:
    every = {n for figure in figures if (n := _of(figure.numbers)) is not None}
    alike = len(every) == 1
    told = [replace(each, words=_narrow(each, alike=alike)) for each in figures]
    room = max(
        *(widest(each.words) for each in told), *(width_of(word, QUIET) for word in title.split())
    )
    lines = wrapped(title, room, QUIET)
    if alike:
        lines.append(_("n = {n}").format(n=every.pop()))
    return "\n".join(lines), told


def _of(numbers: Numbers | None) -> int | None:
    """Of how many a share is one."""
    return numbers.n if numbers and numbers.k is not None else None


def _narrow(figure: Figure, *, alike: bool) -> str:
    numbers, n = figure.numbers, _of(figure.numbers)
    if numbers is None or n is None or numbers.value is None:
        return figure.words.replace(" (", "\n(", 1)
    count = str(numbers.k) if alike else _("{k}/{n}").format(k=numbers.k, n=n)
    words = _("{count} ({percent} %)").format(count=count, percent=percent_words(numbers.value))
    if numbers.low is None or numbers.high is None:
        return words
    low, high = percent_words(numbers.low), percent_words(numbers.high)
    return f"{words}\n" + _("{least} to {most}").format(least=low, most=high)


def _reading(table: FigureTable) -> str:
    told = [figure.numbers for row in table.rows for figure in row[1:] if figure.numbers]
    if any(each.bounds is Bounds.CONFIDENCE and each.k is not None for each in told):
        return _("Below each share: its 95 % confidence interval in %.")
    return ""
