"""What is written between the curves: the groups' names and their comparison, where it is free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.cohort.figure_words import p_words, ratio_interval_words
from models.cohort.survival_result import Group, Survival
from models.words import _, capitalised
from reports.drawing import Drawing, Measure, Text
from reports.step_curve import Frame, Numbers
from reports.style import Style

Box = tuple[float, float, float, float]
PLACES = (0.72, 0.82, 0.6, 0.9, 0.5, 0.4, 0.3, 0.2, 0.1)
MOST_RATIOS = 3


@dataclass(slots=True)
class Free:
    """Where nothing is written yet: `levels` of the curves in each column of the frame."""

    frame: Frame
    levels: Sequence[Numbers]
    style: Style
    measure: Measure
    taken: list[Box] = field(default_factory=list)

    def is_free(self, box: Box) -> bool:
        """Left, top, right and bottom, with some air around."""
        left, top, right, bottom = box
        frame, air = self.frame, self.style.gap
        if left < frame.left + air or right > frame.right or top < frame.top - self.style.small:
            return False
        if bottom > frame.bottom - air / 2 or any(_meet(box, other) for other in self.taken):
            return False
        return not any(self._crossed(level, box, air) for level in self.levels)

    def _crossed(self, level: Numbers, box: Box, air: float) -> bool:
        first = max(int(box[0] - self.frame.left - air), 0)
        among = level[first : int(box[2] - self.frame.left + air) + 2]
        among = among[np.isfinite(among)]
        if not len(among):
            return False
        highest, lowest = self.frame.y(float(among.max())), self.frame.y(float(among.min()))
        return highest < box[3] + air / 2 and lowest > box[1] - air / 2

    def width_of(self, text: str) -> float:
        return self.measure(text, self.style.small, True)


def label_curves(drawing: Drawing, shown: Sequence[Group], free: Free) -> None:
    """Each curve's name beside it; none where one has no room, as the rows below name them too."""
    if len(shown) < 2:
        return
    placed: list[Text] = []
    taken = len(free.taken)
    for group, level in zip(shown, free.levels, strict=True):
        name = capitalised(group.name)
        box = next((box for box in _beside(level, name, free) if free.is_free(box)), None)
        if box is None:
            del free.taken[taken:]
            return
        free.taken.append(box)
        colour = free.style.palette.groups[group.place]
        placed.append(
            Text(box[0], box[3] - free.style.small * 0.2, name, free.style.small, colour, True)
        )
    drawing.add(*placed)


def _beside(level: Numbers, name: str, free: Free) -> Iterator[Box]:
    """Boxes just above the curve, then just below it."""
    frame, height, air = free.frame, free.style.small * 1.1, free.style.gap
    width, last = free.width_of(name), int(np.isfinite(level).sum()) - 1
    for share in PLACES:
        x = frame.left + last * share
        among = level[int(last * share) : int(last * share + width) + 1]
        among = among[np.isfinite(among)]
        above, below = frame.y(float(among.max())), frame.y(float(among.min()))
        yield x, above - air * 1.5 - height, x + width, above - air * 1.5
        yield x, below + air * 1.5, x + width, below + air * 1.5 + height


def write_comparison(drawing: Drawing, found: Survival, shown: Sequence[Group], free: Free) -> None:
    """The log-rank test and the ratios; above the frame where it is not free within."""
    lines = comparison_lines(found, shown)
    if not lines:
        return
    frame, small = free.frame, free.style.small
    width = max(free.width_of(line) for line in lines)
    box = next((box for box in _corners(width, len(lines), free) if free.is_free(box)), None)
    if box is None:
        title = free.width_of(capitalised(found.question.words))
        line = lines[0]
        if title + free.width_of(line) + 2 * small < frame.width:
            x = frame.right - free.width_of(line)
            drawing.add(Text(x, small * 1.2, line, small, free.style.palette.text))
        return
    free.taken.append(box)
    for at, line in enumerate(lines):
        baseline = box[1] + small * (0.95 + 1.4 * at)
        drawing.add(Text(box[0], baseline, line, small, free.style.palette.text))


def _corners(width: float, lines: int, free: Free) -> Iterator[Box]:
    """Top right, then bottom left, then between."""
    frame, small, air = free.frame, free.style.small, free.style.gap * 2
    height = small * 1.4 * lines
    for x in (frame.right - width, frame.left + air, (frame.left + frame.right - width) / 2):
        yield x, frame.top, x + width, frame.top + height
        yield x, frame.bottom - air - height, x + width, frame.bottom - air


def comparison_lines(found: Survival, shown: Sequence[Group]) -> list[str]:
    """Of the groups that are shown; nothing where one that was compared is hidden."""
    if len(found.groups) < 2 or len(shown) < len(found.groups):
        return []
    lines = []
    if found.test:
        lines.append(_("Log-rank test: {p}").format(p=p_words(found.test.p)))
    ratios = [(group, group.ratio) for group in found.groups[1:] if group.ratio]
    if len(found.groups) - 1 <= MOST_RATIOS:
        for group, ratio in ratios:
            words = _("Hazard ratio, {group} against {first}: {ratio}")
            lines.append(
                words.format(
                    group=group.name,
                    first=found.groups[0].name,
                    ratio=ratio_interval_words(ratio.value, ratio.low, ratio.high),
                )
            )
    return lines


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
