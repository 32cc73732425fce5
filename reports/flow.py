"""What a page is made of from the top down: prose, and headings that lead to the file's outline."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable

from reports.type import BODY, BODY_BOLD, HEADLINE, PLAIN, Look, printable, width_of, wrapped, write

ABOVE_HEADING, BELOW_HEADING = 14.0, 4.0
WITH_HEADING = 60.0
DOT, NO_BREAK = " · ", "\N{NO-BREAK SPACE}"


class Prose(Flowable):
    """Text in lines, left aligned; nothing in it is taken for mark-up."""

    def __init__(self, text: str, look: Look = PLAIN, below: float = 0.0) -> None:
        super().__init__()
        self.text, self.look, self.below = text, look, below
        self.lines: Sequence[str] = ()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.lines = self.lines or wrapped(self.text, width, self.look)
        self.height = len(self.lines) * self.look.leading
        return width, self.height

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.below

    def split(self, width: float, height: float) -> list[Flowable]:
        """At least two lines stay, and two go over."""
        self.wrap(width, height)
        stay = min(int(height / self.look.leading), len(self.lines) - 2)
        if stay < 2:
            return []
        above, below = Prose("", self.look), Prose("", self.look, self.below)
        above.lines, below.lines = self.lines[:stay], self.lines[stay:]
        return [above, below]

    def draw(self) -> None:
        y = self.height - self.look.drop
        for line in self.lines:
            write(self.canv, 0, y, line, self.look)
            y -= self.look.leading


class Headline(Prose):
    """A text in large type; where it takes several lines, they end between its parts."""

    def __init__(self, text: str) -> None:
        super().__init__(text, HEADLINE, 3)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if not self.lines and width_of(printable(self.text), HEADLINE) > width:
            first, *others = self.text.split(DOT)
            self.text = DOT.join((first, *(each.replace(" ", NO_BREAK) for each in others)))
        return super().wrap(width, height)


class Heading(Prose):
    """A heading, and its entry in the outline of the file."""

    def __init__(self, text: str) -> None:
        super().__init__(text, BODY_BOLD, BELOW_HEADING)

    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE_HEADING

    def split(self, width: float, height: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        super().draw()
        self.canv.enter_in_outline(self.text, self.height)


def opening(headline: str, *lines: str) -> list[Flowable]:
    """What a report is about, in large type, and a few lines under it."""
    return [Headline(headline), *(Prose(line, BODY, 1) for line in lines if line)]


def section(title: str, *parts: Flowable) -> list[Flowable]:
    """A heading and what stands under it; it goes to the next page where the foot is near."""
    return [CondPageBreak(WITH_HEADING), Heading(title), *parts]
