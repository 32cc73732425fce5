"""The kinds of criteria: any of some values, a range, events with their grade."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from models.base import problems_in_words
from models.population import Population
from models.staging import STAGES, is_advanced
from models.values import Grade, PartialDate, earliest, latest
from models.words import _, day_words
from ui.buttons import button
from ui.choice_editor import Combo
from ui.criterion import Criterion
from ui.date_editor import Today, date_line, how_to_type
from ui.numbers import read_whole
from ui.read_line import ReadLine
from ui.sheet import label, row_of
from ui.theme import GAP, MARGIN, dress

MOST_SEEN, LINE = 10, 24
BESIDE_THE_WORDS = 30


@dataclass(frozen=True)
class Option:
    """`count`: what stands after the words and is never cut off."""

    value: Any
    words: str
    count: str = ""


class Checks(Criterion):
    """Any of some values; `name`: the field of the population."""

    def __init__(self, title: str, name: str, options: Sequence[Option], parent: QWidget) -> None:
        super().__init__(title, parent)
        self.name = name
        self.boxes: dict[Any, Box] = {}
        self._options: list[Option] = []
        self._list = _List(self)
        self.inside.addWidget(self._list)
        self.offer(options)

    def offer(self, options: Sequence[Option]) -> None:
        """These from now on; what is ticked stays."""
        ticked = self.ticked
        known = {each.value for each in options}
        options = [*options, *(Option(each, each) for each in ticked if each not in known)]
        if options == self._options:
            return
        self._options = options
        self.boxes = {each.value: Box(each.words, self, each.count) for each in options}
        for value, box in self.boxes.items():
            box.setChecked(value in ticked)
            box.setAccessibleName(f"{self.title}: {box.words}")
            box.clicked.connect(self._on_clicked)
        self._list.show_boxes([*self.boxes.values()])

    @property
    def ticked(self) -> tuple[Any, ...]:
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def tick(self, values: Sequence[Any]) -> None:
        """Silently; a value that is not offered is offered from now on."""
        unknown = [each for each in values if each not in self.boxes]
        if unknown:
            self.offer([*self._options, *(Option(each, str(each)) for each in unknown)])
        for value, box in self.boxes.items():
            box.setChecked(value in values)

    def values(self) -> dict[str, Any]:
        return {self.name: self.ticked} if self.ticked else {}

    def show_values(self, asked: Population) -> None:
        self.tick(getattr(asked, self.name))
        self.say()

    def told(self) -> str:
        return _(" or ").join(self.boxes[each].plain for each in self.ticked)

    def _on_clicked(self) -> None:
        self.changed.emit()


class Flag(Checks):
    """One that holds or does not."""

    def values(self) -> dict[str, Any]:
        return {self.name: True} if self.ticked else {}

    def show_values(self, asked: Population) -> None:
        self.tick((True,) if getattr(asked, self.name) else ())
        self.say()


class Stages(Checks):
    """With a click for the early and one for the advanced ones."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Stage"), "stages", [Option(each, each) for each in STAGES], parent)
        self.shortcuts = {
            _("Early"): tuple(each for each in STAGES if not is_advanced(each)),
            _("Advanced"): tuple(each for each in STAGES if is_advanced(each)),
        }
        ways = [self._way(words, stages) for words, stages in self.shortcuts.items()]
        self.inside.insertLayout(0, row_of(*ways, gap=MARGIN))

    def told(self) -> str:
        told = (words for words, stages in self.shortcuts.items() if self.ticked == stages)
        return next(told, super().told())

    def _way(self, words: str, stages: Sequence[str]) -> QPushButton:
        tip = _("{first} to {last}").format(first=stages[0], last=stages[-1])
        return button(words, partial(self._take, stages), self, "link", tip)

    def _take(self, stages: Sequence[str]) -> None:
        self.tick(stages)
        self.changed.emit()


class Events(Checks):
    """Terms, and from which grade on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Adverse event"), "events", [], parent)
        self.grade = Combo(self)
        self.grade.setAccessibleName(_("Least grade"))
        self.grade.addItem(_("of any grade"), None)
        for grade in [*Grade][1:]:
            self.grade.addItem(_("of grade {n} or more").format(n=int(grade)), grade)
        self.grade.activated.connect(self._on_clicked)
        self.inside.addWidget(self.grade)

    def values(self) -> dict[str, Any]:
        least = self.grade.currentData()
        return super().values() | ({"grade_from": least} if least else {})

    def show_values(self, asked: Population) -> None:
        self.grade.setCurrentIndex(max(self.grade.findData(asked.grade_from), 0))
        super().show_values(asked)

    def told(self) -> str:
        terms, least = super().told(), self.grade.currentText()
        if not self.grade.currentData():
            return terms
        return f"{terms or _('any event')}, {least}"


class Range(Criterion):
    """From and to; `names`: the two fields; `ends`: what the two that were read stand for."""

    def __init__(
        self,
        title: str,
        names: tuple[str, str],
        make: Callable[[], ReadLine],
        parent: QWidget,
        *,
        ends: tuple[Callable[[Any], Any], Callable[[Any], Any]] = (lambda v: v, lambda v: v),
        tip: str = "",
    ) -> None:
        super().__init__(title, parent)
        self.names, self._ends = names, ends
        self.lines = (make(), make())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        words = (_("from"), _("to"))
        for line, word in zip(self.lines, words, strict=True):
            line.setAccessibleName(f"{title}, {word}")
            line.setToolTip(tip)
            row.addWidget(label(word, "quiet", self))
            row.addWidget(line, 1)
            line.left.connect(self._on_left)
        for each in self.findChildren(QLabel):
            each.setWordWrap(False)
        self.inside.addLayout(row)

    def select_while_typing(self) -> None:
        for line in self.lines:
            line.typed.connect(self._on_typed)

    def values(self) -> dict[str, Any]:
        """Unchecked."""
        found = zip(self.names, self._ends, self.lines, strict=True)
        read = {name: (end, line.value()) for name, end, line in found}
        return {name: end(value) for name, (end, value) in read.items() if value is not None}

    def show_values(self, asked: Population) -> None:
        for name, line in zip(self.names, self.lines, strict=True):
            value = getattr(asked, name)
            line.set_value(PartialDate.of(value) if isinstance(value, dt.date) else value)
        self.set_problem("")
        self.say()

    def told(self) -> str:
        least, most = (self.values().get(name) for name in self.names)
        if least is None:
            return "" if most is None else _("up to {most}").format(most=_words(most))
        if most is None:
            return _("from {least}").format(least=_words(least))
        if least == most:
            return _words(least)
        return _("{least} to {most}").format(least=_words(least), most=_words(most))

    def set_problem(self, text: str) -> None:
        super().set_problem(text)
        for line in self.lines:
            dress(line, "wrong" if text else "")

    def _wrong(self) -> str:
        """Why what is typed is no range; empty where it is one."""
        unread = next(filter(None, (line.unreadable() for line in self.lines)), "")
        if unread:
            return unread
        try:
            Population(**self.values())
        except ValidationError as error:
            return " ".join(problems_in_words(error).values())
        return ""

    def _on_left(self) -> None:
        self.set_problem(self._wrong())
        self.changed.emit()

    def _on_typed(self) -> None:
        if not self._wrong():
            self.set_problem("")
            self.changed.emit()


def whole_numbers(title: str, names: tuple[str, str], parent: QWidget) -> Range:
    made = Range(title, names, lambda: ReadLine(read_whole, str), parent)
    made.select_while_typing()
    return made


def days(title: str, names: tuple[str, str], today: Today, parent: QWidget) -> Range:
    tip, ends = how_to_type(vague=True), (earliest, latest)
    make = partial(date_line, today, vague=True)
    return Range(title, names, make, parent, ends=ends, tip=tip)


def _words(value: Any) -> str:
    return day_words(value) if isinstance(value, dt.date) else str(value)


class Box(QCheckBox):
    """Words that are too long end in dots; `plain`: without the count, which stays after them."""

    def __init__(self, words: str, parent: QWidget, count: str = "") -> None:
        self.plain, self._after = words, f" {count}" if count else ""
        self.words = self.plain + self._after
        super().__init__(self.words, parent)
        self.setToolTip(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        letters = self.fontMetrics()
        room = self.width() - BESIDE_THE_WORDS - letters.horizontalAdvance(self._after)
        words = letters.elidedText(self.plain, Qt.TextElideMode.ElideRight, room)
        option.text = words + self._after

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())


class _List(QScrollArea):
    """As high as its boxes, or as ten of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_boxes(self, boxes: Sequence[QCheckBox]) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in boxes:
            box.setFixedHeight(LINE)
            column.addWidget(box)
        self.setWidget(inside)
        self.setFixedHeight(min(len(boxes), MOST_SEEN) * LINE)
        self.setVisible(bool(boxes))
