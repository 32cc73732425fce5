"""The page that tells the course: who, where things stand, the lanes, and how to read them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID

from reportlab.platypus import Flowable

from models.figures import leading_figures
from models.lanes import LaneKey
from models.rules import awaiting_words
from models.summary import Summary
from models.timeline import timeline
from models.words import _, day_words, long_day_words, ngettext, within_sentence
from reports.asked import Asked
from reports.drawing import Spot
from reports.fonts import measure
from reports.legend import draw_legend
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER
from reports.timeline_chart import View, draw_timeline, height_of
from reports.type import BODY, BODY_BOLD, BODY_QUIET, HEADLINE, QUIET, fitting, wrapped, write

FIGURES_IN_A_ROW = 5
FLAGS = 3
ABOVE_LANES, BETWEEN = 8.0, 11.0
NO_LANES = 2 * BODY.leading
LITTLE = 170.0
"""Where less than this is left below the lanes, what does not fit there begins on a new page."""

Anchors = Mapping[UUID, str]
"""Where in the file a record is told of in words."""


class TimelinePage(Flowable):
    """The course of a patient, on one page.

    `anchors`: where the marks lead to. `below`: the height of what follows, at a width; the page
    takes only what it needs where that fits under it or much room is left, else all there is.
    """

    def __init__(
        self,
        summary: Summary,
        asked: Asked,
        anchors: Anchors | None = None,
        below: Callable[[float], float] | None = None,
    ) -> None:
        super().__init__()
        self.summary, self.asked = summary, asked
        self.anchors, self.below = anchors or {}, below
        found = timeline(summary.history, asked.today, asked.since)
        self.timeline = found.only([key for key in LaneKey if asked.has(key)])
        self.recorded = not found.empty
        self.figures = summary.key_figures if asked.has("figures") else []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.standing = [
            line
            for text in (self.summary.disease, self.summary.standing)
            for line in wrapped(text, width, BODY)
        ]
        self.caveats = [line for text in self._caveats() for line in wrapped(text, width, QUIET)]
        self.legend = draw_legend(self.timeline, width, ON_PAPER, measure)
        room = height - self._head_height - self._foot_height
        view = View(width, room, grown=not self.below)
        if self.below:
            left = room - self._lanes_height(view)
            if self._follows(self.below, left):
                height -= left
            else:
                view = View(width, room)
        self.chart = draw_timeline(self.timeline, view, ON_PAPER, measure)
        self.height = height
        return width, height

    def _follows(self, below: Callable[[float], float], left: float) -> bool:
        """Whether what follows stands on the same page, of which so much would be left."""
        return left >= LITTLE or left >= below(self.width)

    def _lanes_height(self, view: View) -> float:
        if self.timeline.empty:
            return NO_LANES
        return height_of(self.timeline, view, ON_PAPER, measure)

    @property
    def _head_height(self) -> float:
        return HEADLINE.size + 4 + len(self.standing) * BODY.leading + ABOVE_LANES

    @property
    def _foot_height(self) -> float:
        """Of what stands under the lanes."""
        legend = 0.0 if self.timeline.empty else 2 * BETWEEN + self.legend.height
        figures = QUIET.leading + BODY_BOLD.leading + BETWEEN if self.figures else 0.0
        return legend + figures + len(self.caveats) * QUIET.leading

    def draw(self) -> None:
        self.canv.enter_in_outline(_("Timeline"), self.height)
        y = self._draw_head() - ABOVE_LANES
        if self.timeline.empty:
            write(self.canv, 0, y - BODY.leading, self._nothing, BODY_QUIET)
            y -= NO_LANES
        else:
            y = self._draw_lanes(y)
        y = self._draw_figures(y)
        for line in self.caveats:
            write(self.canv, 0, y - QUIET.drop, line, QUIET)
            y -= QUIET.leading

    def _draw_head(self) -> float:
        """Who, what disease, where things stand; returns the y of its foot."""
        y = self.height - HEADLINE.size
        write(self.canv, 0, y, fitting(self.summary.identity, self.width, HEADLINE), HEADLINE)
        y -= 4
        for line in self.standing:
            write(self.canv, 0, y - BODY.drop, line, BODY)
            y -= BODY.leading
        return y

    def _draw_lanes(self, y: float) -> float:
        """The lanes, and under them what their marks mean."""
        chart = self.chart
        for drawing in (chart.drawing, chart.labels, chart.head):
            PdfPainter(self.canv, 0, y).paint(drawing)
        self._link(chart.drawing.spots, y)
        y -= chart.drawing.height + BETWEEN
        PdfPainter(self.canv, 0, y).paint(self.legend)
        return y - self.legend.height - BETWEEN

    def _link(self, spots: Sequence[Spot], top: float) -> None:
        """The marks of a record lead to its line in the list."""
        boxes: dict[str, tuple[float, float, float, float]] = {}
        for spot in spots:
            anchor = self.anchors.get(spot.record)
            if anchor:
                left, high = spot.x, spot.y
                right, low = left + spot.width, high + spot.height
                known = boxes.get(anchor, (left, high, right, low))
                boxes[anchor] = (
                    min(known[0], left),
                    min(known[1], high),
                    max(known[2], right),
                    max(known[3], low),
                )
        for anchor, (left, high, right, low) in boxes.items():
            self.canv.linkRect("", anchor, (left, top - low, right, top - high))

    def _draw_figures(self, y: float) -> float:
        """The key figures in columns: the value, and under it what it is."""
        if not self.figures:
            return y
        step = self.width / max(len(self.figures), FIGURES_IN_A_ROW)
        room = step - BETWEEN
        below = y - BODY_BOLD.leading
        for place, (title, value) in enumerate(self.figures):
            x = place * step
            write(self.canv, x, y - BODY_BOLD.drop, fitting(value, room, BODY_BOLD), BODY_BOLD)
            write(self.canv, x, below - QUIET.drop, fitting(title, room, QUIET), QUIET)
        return below - QUIET.leading - BETWEEN

    @property
    def _nothing(self) -> str:
        if not self.timeline.lanes:
            return _("Every lane of the timeline was left out.")
        if self.recorded:
            return self._none_recorded
        if self.asked.since is None:
            return _("Nothing that can be drawn on a timeline has been recorded yet.")
        words = _("Nothing that can be drawn on a timeline has been recorded since {date}.")
        return words.format(date=long_day_words(self.asked.since))

    @property
    def _none_recorded(self) -> str:
        since, lanes = self.asked.since, ", ".join(map(within_sentence, self._missing))
        if since is None:
            return _("None recorded: {lanes}.").format(lanes=lanes)
        words = _("None recorded since {date}: {lanes}.")
        return words.format(date=day_words(since), lanes=lanes)

    @property
    def _missing(self) -> list[str]:
        return [lane.title for lane in self.timeline.lanes if lane.empty]

    def _caveats(self) -> Iterator[str]:
        """What is missing, what is to be checked, and the rules that await confirmation."""
        if self._missing and not self.timeline.empty:
            yield self._none_recorded
        flags = self.summary.flags
        yield from (_("To be checked: {flag}").format(flag=flag) for flag in flags[:FLAGS])
        more = len(flags) - FLAGS
        if more > 0:
            words = ngettext("{n} more to be checked.", "{n} more to be checked.", more)
            yield words.format(n=more)
        summary = self.summary
        rules = (rule for figure in leading_figures(summary) for rule in figure.rules)
        awaiting = awaiting_words(rules, summary.history.confirmed)
        if awaiting:
            yield awaiting
