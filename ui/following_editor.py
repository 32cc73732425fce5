"""A line that follows other fields until somebody types something else."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from models.base import FieldWords
from ui.editor import LineEditor
from ui.read_line import ReadLine

Propose = Callable[[Mapping[str, Any]], Any]


class FollowingEditor(LineEditor):
    """`propose` answers the value that goes with those of the fields that it follows.

    What was typed stays, also where that is nothing; an empty line takes the next new proposal.
    """

    def __init__(
        self,
        words: FieldWords,
        line: ReadLine,
        follows: tuple[str, ...],
        propose: Propose,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, line, parent)
        self.follows = follows
        self._propose = propose
        self._proposed: Any = None

    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self._proposed = value

    def follow(self, values: Mapping[str, Any]) -> None:
        proposal = self._propose(values)
        if proposal != self._proposed and self._may_follow():
            self.set_value(proposal)
        self._proposed = proposal

    def _may_follow(self) -> bool:
        return not self.unreadable() and self.value() in {self._proposed, None}
