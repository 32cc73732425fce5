"""Undo in a text line is the line's own, as long as it has something to undo; then the window's."""

from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


def is_the_windows(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether the key is to reach the window: `undo`, `redo`: what the line itself could do."""
    if event.type() is not QEvent.Type.ShortcutOverride:
        return False
    key = cast(QKeyEvent, event)
    standard = QKeySequence.StandardKey
    own = (standard.Undo, undo), (standard.Redo, redo)
    return any(key.matches(keys) and not can for keys, can in own)
