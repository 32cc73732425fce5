"""The figures of a cohort as plain text, its tables aligned."""

from collections.abc import Iterator, Sequence

from models.cohort.figure_table import FigureTable
from models.cohort.figures import CohortFigures
from models.cohort.methods import about_data, about_population
from models.words import _

APART = "  "


def in_text(figures: CohortFigures) -> Iterator[str]:
    """Survival; of treatment lines the rates of response; who is left out; what to beware of in
    these.
    """
    yield about_population(figures.selection)
    if figures.survival.sentence:
        yield figures.survival.sentence
    for table in (*figures.survival.tables, *figures.response.tables[:1], figures.left_out):
        yield ""
        yield from _table(table)
    for words in dict.fromkeys((*figures.survival.warnings, *figures.response.warnings)):
        yield ""
        yield _("Beware: {words}").format(words=words)
    yield ""
    yield about_data(figures.selection)


def _table(table: FigureTable) -> Iterator[str]:
    yield table.title
    rows = [table.columns, *(tuple(figure.words for figure in row) for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _aligned(row, widths)
    if table.note:
        yield table.note


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """What the row is about on the left, its figures to the right."""
    figures = [word.rjust(width) for word, width in zip(row[1:], widths[1:], strict=True)]
    return APART.join([row[0].ljust(widths[0]), *figures]).rstrip()
