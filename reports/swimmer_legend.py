"""The legend of a swimmer plot: only what stands on its lanes."""

from collections.abc import Callable, Iterator, Sequence

from models.cohort.swimmer import Swim
from models.lanes import Mark
from models.response import Response
from models.words import N_, _
from reports.drawing import Line, Polygon, Rect, Shape
from reports.legend import Painter
from reports.marks import draw_mark
from reports.response_fill import samples
from reports.style import Style
from reports.swimmer_marks import (
    THICK,
    THIN,
    complete,
    last_contact,
    next_line,
    progressed,
    responded,
    response_goes_on,
    treatment_goes_on,
)

ORDER = (Response.CR, Response.VGPR, Response.PR, Response.SD, Response.PD, Response.RELAPSE)
GRADES = {
    Mark.GRADE: N_("rash, with its grade"),
    Mark.OTHER_GRADE: N_("other event from grade 3, with its grade"),
}
Sample = Callable[[float, float, float, Style], Iterator[Shape]]


def legend(lanes: Sequence[Swim], style: Style) -> Iterator[tuple[Painter, str]]:
    used = {held.response for lane in lanes for held in lane.held}
    yield from samples([each for each in ORDER if each in used], style)
    for told, words, paint in (
        (True, _("thick: on treatment, thin: after it"), _thick_and_thin),
        (True, _("hollow: not assessed"), _hollow),
        (any(lane.ongoing for lane in lanes), _("treatment goes on"), _treated),
        (any(lane.holds for lane in lanes), _("response goes on"), _holding),
        (any(lane.following is not None for lane in lanes), _("next treatment"), _following),
        (any(ends_open(lane) for lane in lanes), _("last contact"), _last_seen),
        (any(lane.died for lane in lanes), _("death"), _mark(Mark.DEATH)),
        (_any_day(lanes, "responded"), _("first response"), _turn(responded)),
        (_any_day(lanes, "complete"), _("complete response"), _turn(complete)),
        (_any_day(lanes, "progressed"), _("progression"), _turn(progressed)),
    ):
        if told:
            yield _bound(paint, style), words
    marks = {each.mark for lane in lanes for each in lane.noted}
    for mark in Mark:
        if mark in marks:
            yield _bound(_mark(mark, "3"), style), _(GRADES.get(mark, mark.value))


def ends_open(lane: Swim) -> bool:
    """Whether nothing but the last contact ends a lane."""
    return not (lane.died or lane.holds or (lane.ongoing and lane.treated >= lane.last))


def _any_day(lanes: Sequence[Swim], name: str) -> bool:
    return any(getattr(lane, name) is not None for lane in lanes)


def _bound(sample: Sample, style: Style) -> Painter:
    return lambda x, y, wide: sample(x, y, wide, style)


def _thick_and_thin(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    half, fill = wide / 2, style.palette.edge
    for left, share in ((x, THICK), (x + half, THIN)):
        high = style.row * share
        yield Rect(left, y - high / 2, half, high, fill)


def _hollow(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    half, high, palette = wide / 2, style.row * THICK, style.palette
    yield Rect(x, y - high / 2, half, high, palette.ground, palette.edge, style.hairline)
    yield Line(x + half, y, x + wide, y, palette.edge, style.outline)


def _following(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    yield from next_line(x + style.gap, x + style.gap, x + wide, y, style)


def _treated(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    high = style.row * THICK
    yield Rect(x, y - high / 2, wide / 2, high, style.palette.edge)
    yield treatment_goes_on(x + wide / 2, y, style)


def _holding(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    yield Line(x, y, x + wide / 2, y, style.palette.edge, style.outline)
    yield response_goes_on(x + wide / 2, y, Response.CR, style)


def _last_seen(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    yield Line(x, y, x + wide / 2, y, style.palette.edge, style.outline)
    yield last_contact(x + wide / 2, y, style)


def _mark(mark: Mark, letters: str = "") -> Sample:
    def paint(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
        yield from draw_mark(mark, x + wide / 2, y, style, letters)

    return paint


def _turn(draw: Callable[[float, float, Style], Polygon]) -> Sample:
    def paint(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
        yield draw(x + wide / 2, y + style.mark * 0.25, style)

    return paint
