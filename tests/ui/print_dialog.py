"""Somebody before the print dialog."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)


def answer(choose: Callable[[QPrintDialog], None]) -> QTimer:
    """Choose in the print dialog once it is there, and print if it is still there; the timer runs
    until then.
    """
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QPrintDialog):
            timer.stop()
            choose(dialog)
            if dialog.isVisible():
                buttons = dialog.findChildren(QDialogButtonBox)[0]
                buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    timer.timeout.connect(look)
    timer.start(10)
    return timer


def set_up(dialog: QPrintDialog, **chosen: int | str | bool) -> None:
    """Fill in the dialog's fields, by Qt's names for them."""
    for name, value in chosen.items():
        match dialog.findChild(QWidget, name):
            case QSpinBox() as number:
                number.setValue(int(value))
            case QRadioButton() as choice:
                choice.setChecked(bool(value))
            case QComboBox() as several:
                assert several.findText(str(value)) >= 0
                several.setCurrentText(str(value))
            case QLineEdit() as line:
                line.setText(str(value))
            case _:
                pytest.fail(f"the dialog has no {name}")


def unrecorded(to: str) -> AbstractContextManager[None]:
    """Pages that tell of nobody: nothing of them is put on record."""
    return nullcontext()
