"""A new password, typed twice; what is wrong with it is said while it is typed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from models.errors import ClinicError
from models.store.passwords import SHORTEST_PASSWORD, problem_with
from models.words import _
from ui.editor import LineEditor
from ui.latest import Latest
from ui.sheet import entry
from ui.tasks import Tasks

PAUSE_MS = 300


class NewPassword(QObject):
    """`about`: names that are no good as a password: the user's and the clinic's.

    Whoever is still typing is not told that it is too short: that stands below from the start.
    """

    def __init__(self, tasks: Tasks, about: Callable[[], Sequence[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._about = about
        shortest = _("At least {n} characters; a few unrelated words are best.")
        self.first = entry(
            _("New password"), parent, help=shortest.format(n=SHORTEST_PASSWORD), secret=True
        )
        self.again = entry(_("New password again"), parent, secret=True)
        self._latest = Latest(tasks, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._latest.done.connect(self._on_looked)
        self._latest.failed.connect(self._on_failed)
        self.first.changed.connect(self._on_typed)
        self.first.left.connect(self._look)
        self.again.left.connect(self._on_left)

    @property
    def entries(self) -> tuple[LineEditor, LineEditor]:
        return self.first, self.again

    @property
    def text(self) -> str:
        return self.first.line.text()

    def is_typed(self) -> bool:
        return any(each.line.text() for each in self.entries)

    def is_good(self) -> bool:
        """Good enough and twice the same; what is not is said beside the field."""
        self._forget()
        self.first.set_problem(problem_with(self.text, self._about()))
        self.again.set_problem("" if self._same() else self._differs())
        wrong = [each for each in self.entries if each.problem]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def clear(self) -> None:
        self._forget()
        for each in self.entries:
            each.set_value(None)
            each.set_problem("")

    def _forget(self) -> None:
        self._pause.stop()
        self._latest.forget()

    def _on_typed(self) -> None:
        self._forget()
        if len(self.text) < SHORTEST_PASSWORD:
            self.first.set_problem("")
        else:
            self._pause.start()
        self._on_left()

    def _look(self) -> None:
        """Off the window's thread: words are looked up in lists that have to be loaded."""
        if self.text:
            self._latest.run(partial(problem_with, self.text, self._about()))

    def _on_looked(self, problem: str) -> None:
        self.first.set_problem(problem)

    def _on_failed(self, error: ClinicError) -> None:
        self.first.set_problem(str(error))

    def _same(self) -> bool:
        return self.text == self.again.line.text()

    def _differs(self) -> str:
        return _("The two passwords differ.")

    def _on_left(self) -> None:
        typed = self.again.line.text()
        self.again.set_problem(self._differs() if typed and not self._same() else "")
