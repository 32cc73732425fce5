"""Two photographs of a patient side by side, with the time between them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.attachment import Attachment, photographs, time_between
from models.base import ClinicError
from models.history import History
from models.placement import Places
from models.words import _
from ui.buttons import button
from ui.lens import Lens, LensPicture
from ui.pictures import halved, image_of, turned
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN
from ui.thumbnails import Content

MOST_PIXELS = 4096

Look = tuple[str, int]


class ComparedPhotograph(QWidget):
    """Which photograph, when in the course it was taken, and the photograph."""

    chosen = Signal()

    def __init__(
        self, title: str, lens: Lens, content: Content, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._content, self._tasks = content, tasks
        self._options: Sequence[Attachment] = ()
        self._shown: Look | None = None
        self.record: Attachment | None = None
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(title)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(16)
        self.combo.activated.connect(self._on_activated)
        self.when = label("", "quiet", self)
        self.picture = LensPicture(lens, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.combo)
        column.addWidget(self.when)
        column.addWidget(self.picture, 1)

    def show_one(self, options: Sequence[Attachment], chosen: Attachment, places: Places) -> None:
        """`options`: the photographs to choose from."""
        blocker = QSignalBlocker(self.combo)
        self._options, self.record = options, chosen
        self.combo.clear()
        self.combo.addItems([_named(each) for each in options])
        self.combo.setCurrentIndex([each.id for each in options].index(chosen.id))
        blocker.unblock()
        self.when.setText(places.place(chosen.date).brief)
        self.picture.setAccessibleName(_named(chosen))
        shown = (chosen.sha256, chosen.quarter_turns or 0)
        if shown != self._shown:
            self._shown = shown
            self.picture.show_sizes([])
            work = partial(_read, self._content, chosen)
            self._tasks.run(work, self._on_read, self._on_failed)

    def forget(self) -> None:
        """Keep nothing of a photograph in memory."""
        self._options, self._shown, self.record = (), None, None
        self.picture.show_sizes([])

    def _on_read(self, found: tuple[Look, list[QImage]]) -> None:
        shown, sizes = found
        if shown != self._shown:
            return
        self.picture.show_sizes(sizes)
        if not sizes:
            self.when.setText(_("There is no preview of this kind of file."))

    def _on_failed(self, error: ClinicError) -> None:
        if self._shown is not None:
            self.when.setText(str(error))

    def _on_activated(self, place: int) -> None:
        self.record = self._options[place]
        self.chosen.emit()


class CompareView(QWidget):
    """`closed`: the person is through with it."""

    closed = Signal()

    def __init__(self, content: Content, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: History | None = None
        self.lens = Lens(self)
        self.between = label("", "heading", self)
        names = (_("Photograph on the left"), _("Photograph on the right"))
        self.sides = [ComparedPhotograph(name, self.lens, content, tasks, self) for name in names]
        for side in self.sides:
            side.chosen.connect(self._show)
        self.buttons = [
            button(_("Zoom out"), self.lens.zoom_out, self, tip=_("Ctrl+wheel, or −")),
            button(_("Zoom in"), self.lens.zoom_in, self, tip=_("Ctrl+wheel, or +")),
            button(_("Fit"), self.lens.fit, self, tip=_("The whole photographs (0)")),
            button(_("Close"), self.closed.emit, self, tip=_("Escape")),
        ]
        self._lay_out()

    def show_pair(self, history: History, left: Attachment, right: Attachment) -> None:
        self.sides[0].record, self.sides[1].record = left, right
        self.lens.fit()
        self.set_history(history)
        self.sides[0].picture.setFocus()

    def set_history(self, history: History) -> None:
        """The same photographs as they are on file now; closed where one no longer is."""
        self._history = history
        for side in self.sides:
            found = history.by_id.get(side.record.id) if side.record else None
            side.record = found if isinstance(found, Attachment) else None
        self._show()

    def forget(self) -> None:
        self._history = None
        for side in self.sides:
            side.forget()

    def _show(self) -> None:
        left, right = (side.record for side in self.sides)
        if self._history is None or left is None or right is None:
            self.closed.emit()
            return
        places, options = Places(self._history), photographs(self._history.of(Attachment))
        self.sides[0].show_one(options, left, places)
        self.sides[1].show_one(options, right, places)
        self.between.setText(time_between(left, right))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.between, 1)
        for each in self.buttons:
            head.addWidget(each)
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setSpacing(GAP)
        grid.addLayout(head, 0, 0, 1, 2)
        for column, side in enumerate(self.sides):
            grid.addWidget(side, 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)


def _named(record: Attachment) -> str:
    return " · ".join(filter(None, (record.date.words, record.body_site, record.title)))


def _read(content: Content, record: Attachment) -> tuple[Look, list[QImage]]:
    """Runs on the worker."""
    turns = record.quarter_turns or 0
    image = turned(image_of(content(record), MOST_PIXELS), turns)
    return (record.sha256, turns), [] if image.isNull() else halved(image)
