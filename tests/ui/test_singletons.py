"""The window may call Qt as often as it likes: nothing that cannot be replaced dies of it."""

import subprocess
import sys

import pytest

CALLS = """
import sys
sys.path.insert(0, {folder!r})
import ui
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
class Sender(QObject):
    sent = Signal()
sender = Sender()
for _ in range(100_000):
    sender.setObjectName("x")
    sender.sent.emit()
print("alive")
"""


def test_a_hundred_thousand_calls_leave_the_interpreter_alive(
    request: pytest.FixtureRequest,
) -> None:
    code = CALLS.format(folder=str(request.config.rootpath))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "alive"
    assert done.returncode == 0, done.stderr
