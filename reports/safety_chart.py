"""The most frequent adverse events of a cohort: a bar for each term, stacked by worst grade."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from models.cohort.figure_table import who
from models.cohort.figure_words import count_words, share_words
from models.cohort.incidence import Event, Incidence
from models.cohort.selection import Unit
from models.values import Grade
from models.words import _, ngettext
from reports.drawing import Anchor, Area, Drawing, Line, Measure, Rect, Shape, Text
from reports.layout import shortened
from reports.legend import Painter, flowing
from reports.palette import on
from reports.style import Style

MOST = 20
LONGEST_NAME = 0.4
"""No name takes more of the width than this."""
STEPS = (1, 2, 5, 10, 20)
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the bars stand; `most`: the per cent at the right edge, `step` of them to a tick."""

    drawing: Drawing
    style: Style
    measure: Measure
    exposed: int
    left: float
    right: float
    head: float
    most: int
    step: int
    pitch: float

    def x(self, lines: float) -> float:
        share = 100 * lines / self.exposed / self.most
        return self.left + share * (self.right - self.left)


def draw_safety(
    found: Incidence, style: Style, width: float, height: float, measure: Measure
) -> Drawing:
    """As many terms as the height has room for, the first one above."""
    drawing = flowing(_legend(found, style), width, style, measure)
    pitch, head = style.row * 1.4, drawing.height + style.small * 2.4
    room = int((height - head - style.small * 3.4) / pitch)
    terms = found.terms[: max(min(MOST, room), 1)]
    names = [measure(term.name, style.text, False) for term in terms]
    left = min(max(names, default=0.0), width * LONGEST_NAME) + style.gap * 2
    counts, beside = _counts(terms, found.units, style, measure, room=(width - left) / 2)
    most = max((100 * len(term.had) / len(found.units) for term in terms), default=0.0)
    step = next(step for step in STEPS if most / step <= MOST_TICKS)
    plot = _Plot(
        drawing,
        style,
        measure,
        len(found.units),
        left=left,
        right=width - beside - style.gap * 2,
        head=head,
        most=max(ceil(most / step) * step, step),
        step=step,
        pitch=pitch,
    )
    foot = head + len(terms) * pitch
    _draw_scale(plot, foot)
    for place, (term, words) in enumerate(zip(terms, counts, strict=True)):
        _draw_bar(term, words, head + (place + 0.5) * pitch, plot)
    drawing.height = foot + style.small * 1.6
    if len(found.terms) > len(terms):
        drawing.height += style.small * 1.6
        _write_rest(len(found.terms) - len(terms), plot)
    return drawing


def _legend(found: Incidence, style: Style) -> Iterator[tuple[Painter, str]]:
    for grade in Grade:
        if any(each.worst is grade for term in found.terms for each in term.had):
            yield _sample(grade, style), _("worst grade {n}").format(n=int(grade))


def _sample(grade: Grade, style: Style) -> Painter:
    def paint(x: float, y: float, wide: float) -> Iterator[Shape]:
        return _segment(Rect(x, y - style.row * 0.36, wide, style.row * 0.72), grade, style)

    return paint


def _segment(box: Rect, grade: Grade, style: Style) -> Iterator[Shape]:
    """With its digit where there is room for it."""
    colour = style.palette.grades[grade]
    yield Rect(box.x, box.y, box.width, box.height, colour, style.palette.ground, style.hairline)
    if box.width > style.small * 0.9:
        middle, baseline = box.x + box.width / 2, box.y + box.height / 2 + style.small * 0.36
        ink = on(colour)
        yield Text(middle, baseline, str(int(grade)), style.small, ink, True, Anchor.MIDDLE)


def _draw_scale(plot: _Plot, foot: float) -> None:
    style, palette = plot.style, plot.style.palette
    title = ngettext(
        "Per cent of {n} line exposed", "Per cent of {n} lines exposed", plot.exposed
    ).format(n=plot.exposed)
    plot.drawing.add(
        Text(plot.left, plot.head - style.small * 0.8, title, style.small, palette.quiet)
    )
    for percent in range(0, plot.most + 1, plot.step):
        x = plot.x(percent * plot.exposed / 100)
        ink = palette.line if percent else palette.edge
        plot.drawing.add(
            Line(x, plot.head, x, foot, ink, style.hairline),
            Text(
                x,
                foot + style.small * 1.2,
                str(percent),
                style.small,
                palette.quiet,
                anchor=Anchor.MIDDLE,
            ),
        )


def _draw_bar(term: Event, words: str, middle: float, plot: _Plot) -> None:
    style, palette, height = plot.style, plot.style.palette, plot.style.row
    name = shortened(term.name, plot.left - style.gap * 2, style.text, plot.measure)
    baseline, top = middle + style.text * 0.36, middle - height / 2
    plot.drawing.add(Text(0, baseline, name, style.text, palette.text))
    every = share_words(len(term.had), plot.exposed)
    row, label = middle - plot.pitch / 2, plot.left - style.gap
    plot.drawing.areas.append(
        Area(0, row, label, plot.pitch, who(term.units), f"{term.name}: {every}")
    )
    before = 0
    for grade in Grade:
        units = term.of([grade])
        if units:
            x, after = plot.x(before), plot.x(before + len(units))
            plot.drawing.add(*_segment(Rect(x, top, after - x, height), grade, style))
            said = _("{term}, worst grade {n}: {share}").format(
                term=term.name, n=int(grade), share=share_words(len(units), plot.exposed)
            )
            area = Area(x, row, after - x, plot.pitch, who(units), said)
            plot.drawing.areas.append(area)
            before += len(units)
    x, baseline = plot.x(before) + style.gap, middle + style.small * 0.36
    wide = plot.measure(words, style.small, False)
    plot.drawing.add(
        Rect(x, middle - style.small * 0.6, wide, style.small * 1.2, palette.ground),
        Text(x, baseline, words, style.small, palette.text),
    )


def _counts(
    terms: Sequence[Event], units: Sequence[Unit], style: Style, measure: Measure, room: float
) -> tuple[list[str], float]:
    """What is written beside each bar, and how wide it is; short where it would take the room."""
    for told in (_count_words, _share_words):
        counts = [told(term, units) for term in terms]
        widest = max((measure(words, style.small, False) for words in counts), default=0.0)
        if widest <= room:
            break
    return counts, widest


def _share_words(term: Event, units: Sequence[Unit]) -> str:
    """`46 (21 %)`."""
    k = len(term.had)
    return count_words(k, len(units))


def _count_words(term: Event, units: Sequence[Unit]) -> str:
    """`46 (21 %), 4 of grade ≥ 3`."""
    words, severe = _share_words(term, units), len(term.of([g for g in Grade if g >= Grade.SEVERE]))
    if not severe:
        return words
    return _("{words}, {n} of grade ≥ 3").format(words=words, n=severe)


def _write_rest(n: int, plot: _Plot) -> None:
    words = ngettext(
        "{n} further term stands in the table.", "{n} further terms stand in the table.", n
    ).format(n=n)
    style = plot.style
    baseline = plot.drawing.height - style.small * 0.4
    plot.drawing.add(Text(0, baseline, words, style.small, style.palette.quiet))
