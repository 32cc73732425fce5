"""What every editor has: label, place for the input, note, value, problem."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.field_words import FieldWords
from models.words import _
from ui.read_line import ReadLine
from ui.theme import dress

SHORT = 90


class Editor(QWidget):
    """Edits one field. Empty is None, loading is silent, and no editor ever invents a value.

    A subclass puts its inputs in with `hold`, answers `value` and `set_value`, emits `changed` for
    what a person did and `left` when the field is left, and never raises.

    `state` tells what stands in the inputs as JSON, and `restore` puts it back as silently as
    loading. Here that is the value; where something can be typed that is no value yet, a subclass
    tells it too.
    """

    changed = Signal()
    left = Signal()
    also = Signal(object)  # values of other fields that come with what was chosen
    wide = False
    follows: tuple[str, ...] = ()  # other fields of the form that it looks at

    def __init__(self, words: FieldWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.inputs: list[QWidget] = []
        self._needed = words.required
        self._label = QLabel(self)
        dress(self._label, "label")
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(self.row)
        column.addWidget(self._note)
        self.setToolTip(words.help)
        self.set_needed(words.required)
        self.set_problem("")

    def hold(self, *inputs: QWidget) -> None:
        """Name the inputs for the keyboard and the screen reader."""
        self.inputs = list(inputs)
        self._label.setBuddy(inputs[0])
        self.setFocusProxy(inputs[0])
        for each in inputs:
            each.setAccessibleName(each.accessibleName() or self._spoken)
            each.setAccessibleDescription(self.words.help)

    def set_needed(self, needed: bool) -> None:
        """Mark the field as needed; one that always is stays so."""
        before, self._needed = self._spoken, needed or self.words.required
        self._label.setText(self.words.title + (" *" if self._needed else ""))
        for each in self.inputs:
            if each.accessibleName() == before:
                each.setAccessibleName(self._spoken)

    @property
    def _spoken(self) -> str:
        return ", ".join([self.words.heading, *([_("needed")] if self._needed else [])])

    def go_on(self) -> None:
        """The focus, behind what stands there."""
        self.setFocus()

    def value(self) -> Any:
        """The plain value; None when empty or unreadable."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def state(self) -> Any:
        """What stands in the inputs, as JSON, also where it is half typed or cannot be read."""
        return self._json.dump_python(self.value(), mode="json")

    def restore(self, state: Any) -> None:
        """Put back what `state` told; `ValueError` where it is no value of the field any more."""
        self.set_value(self._json.validate_python(state))

    def told(self) -> str:
        """The value in words, with its unit; empty where there is none."""
        from models.value_words import in_words  # noqa: PLC0415 - not to sign in

        words = in_words(self.value())
        return f"{words} {self.words.unit}".strip() if words else ""

    def follow(self, values: Mapping[str, Any]) -> None:
        """Take notice of what stands in the fields that it follows."""

    def followed_left(self, name: str) -> None:
        """A field that it follows was left."""

    def learn(self, known: Any) -> None:
        """Take what the patient's records tell about this field."""

    def unreadable(self) -> str:
        """Why what is typed is no value, in a sentence; empty where it is one."""
        return ""

    def note(self) -> str:
        """What the note says while nothing is wrong: the help, where it is short."""
        return self.words.help if len(self.words.help) <= SHORT else ""

    @property
    def problem(self) -> str:
        return self._problem

    def set_problem(self, text: str) -> None:
        """Say below the field what is wrong with it; without, its note stands there."""
        self._problem = text
        note = text or self.note()
        self._note.setText(note)
        self._note.setVisible(bool(note))
        dress(self._note, "problem" if text else "note")
        for each in self.inputs:
            self.mark(each, bool(text))
            each.setAccessibleDescription(text or self.words.help)

    def mark(self, widget: QWidget, wrong: bool) -> None:
        dress(widget, "wrong" if wrong else "")

    @property
    def _json(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.words.annotation | None)


class LineEditor(Editor):
    """One line of text that stands for a value."""

    def __init__(self, words: FieldWords, line: ReadLine, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.line = line
        self.row.addWidget(line)
        line.typed.connect(self.changed)
        line.left.connect(self.left)
        self.hold(line)

    def value(self) -> Any:
        return self.line.value()

    def set_value(self, value: Any) -> None:
        self.line.set_value(value)

    def unreadable(self) -> str:
        return self.line.unreadable()

    def state(self) -> str:
        return self.line.state()

    def restore(self, state: str) -> None:
        self.line.restore(state)


class WideLineEditor(LineEditor):
    """A line that takes the whole width of the form."""

    wide = True
