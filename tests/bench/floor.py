"""The floor: the same strings and lines, drawn again on ReportLab's own canvas and nothing else."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from reports.fonts import register
from reports.paper_canvas import PaperCanvas

ASKED = (
    *("setFillColor", "setStrokeColor", "setLineWidth", "setDash", "setLineCap", "setLineJoin"),
    *("line", "lines", "rect", "roundRect", "circle", "ellipse", "bezier", "arc", "drawPath"),
    *("drawImage", "drawInlineImage", "clipPath", "rotate", "scale", "translate", "transform"),
    *("saveState", "restoreState", "beginForm", "endForm", "doForm", "showPage", "save"),
    *("bookmarkHorizontal", "addOutlineEntry", "linkRect", "linkAbsolute", "setPageSize"),
)
PATH = ("moveTo", "lineTo", "curveTo", "arc", "arcTo", "rect", "ellipse", "circle", "close")

Call = tuple[str, tuple[Any, ...], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step along a path."""

    name: str
    given: tuple[float, ...]


@dataclass(slots=True)
class Recording:
    """What a report asked of its canvas, in order: a method's name and its arguments.

    A path is given as its steps, a run of text as `show`.
    """

    size: tuple[float, float] = (0.0, 0.0)
    calls: list[Call] = field(default_factory=list)
    inside: int = 0

    def drawn_again(self) -> bytes:
        """The same pages on a bare canvas."""
        register()
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=self.size, invariant=1)
        for name, given, named in self.calls:
            if name == "show":
                x, y, run, size = given
                canvas.setFont(run.font, size)
                canvas.drawString(x, y, run.signs)
            elif name in {"drawPath", "clipPath"}:
                path = canvas.beginPath()
                for step in given[0]:
                    getattr(path, step.name)(*step.given)
                getattr(canvas, name)(path, *given[1:], **named)
            else:
                getattr(canvas, name)(*given, **named)
        return buffer.getvalue()


def recorded(build: Callable[[], object]) -> Recording:
    """What a report asks of ReportLab's canvas while it is built."""
    found = Recording()
    with ExitStack() as patches:
        for name in ASKED:
            patches.enter_context(_watched(Canvas, name, found))
        patches.enter_context(_watched(PaperCanvas, "show", found))
        for name in PATH:
            patches.enter_context(_watched(PDFPathObject, name, found))
        build()
    return found


@contextmanager
def _watched(owner: type, name: str, found: Recording) -> Iterator[None]:
    """What a method is called with, unless another one calls it."""
    original = getattr(owner, name)

    def watched(self: Any, *given: Any, **named: Any) -> Any:
        if not found.inside and owner is PDFPathObject:
            vars(self).setdefault("steps", []).append(Step(name, given))
        elif not found.inside:
            found.size = found.size if found.calls else self._pagesize
            steps = [vars(each)["steps"] if _is_path(each) else each for each in given]
            found.calls.append((name, tuple(steps), named))
        found.inside += 1
        try:
            return original(self, *given, **named)
        finally:
            found.inside -= 1

    with patch.object(owner, name, watched):
        yield


def _is_path(given: object) -> bool:
    return isinstance(given, PDFPathObject)
