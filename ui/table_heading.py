"""The heading of a table whose columns are declared with a title."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt

from models.words import _
from ui.record_table import aligned


class Titled(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> bool: ...


def heading(columns: Sequence[Titled], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """What a model answers for `headerData`; numbers stand on the right."""
    if orientation is not Qt.Orientation.Horizontal or section >= len(columns):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return _(columns[section].title)
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return aligned(columns[section].number)
    return None
