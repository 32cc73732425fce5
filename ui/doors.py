"""The pages before a clinic is open: sign in, create one, look at the demo, or wait for it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from models.errors import ClinicError
from models.store.folder import is_clinic
from models.store.places import default_folder, demo_folder
from models.words import _
from ui import theme
from ui.elsewhere_page import ElsewherePage
from ui.only_one import Holder, OnlyOne
from ui.sign_in_page import SignInPage
from ui.tasks import Tasks
from ui.wait_page import WaitPage

if TYPE_CHECKING:
    from models.store.clinic import Clinic

DEMO_PATIENTS = 30


class Doors(QObject):
    """`entered`: a clinic was opened; `page_asked`: this page is to be shown; `failed`."""

    entered = Signal(object)
    page_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self.folder = folder
        self._tasks, self._window = tasks, window
        self._unwanted = Event()
        self._only_one = OnlyOne(self)
        self._only_one.called.connect(self._come_to_front)

    def come_in(self, folder: Path) -> None:
        """A clinic is open: it is this window's."""
        self.folder = folder
        self._only_one.hold(folder)

    def let_go(self) -> None:
        self._only_one.let_go()

    def _come_to_front(self) -> None:
        """Somebody started the program again and is led here."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)

    def knock(self, locked_by: str = "") -> None:
        """Sign in where there is a clinic, else create one."""
        try:
            known = is_clinic(self.folder)
        except ClinicError as error:
            self.page_asked.emit(self._cannot_open(error))
            return
        holder = self._only_one.hold(self.folder) if known else None
        if holder is not None:
            page = self._elsewhere_page(holder)
        elif known:
            page = self._sign_in_page(locked_by)
        else:
            page = self._first_run_page(self.folder)
        self.page_asked.emit(page)

    def create_clinic(self) -> None:
        """A new clinic of one's own, beside the demo or another one."""
        self.page_asked.emit(self._first_run_page(default_folder()))

    def restore(self) -> None:
        """Put a backup in the place of the clinic, or where there is none yet."""
        from ui.restore_page import RestorePage  # noqa: PLC0415 - only where it is wanted

        page = RestorePage(self.folder, self._tasks, self._window)
        for over in (page.closed, page.restored):
            over.connect(self.knock)
        page.into_asked.connect(self._restore_into_chosen)
        self.page_asked.emit(page)

    def _restore_into(self, folder: Path) -> None:
        self.folder = folder
        self.restore()

    def _restore_into_chosen(self, chosen: Path) -> None:
        from ui.first_run_page import own_folder  # noqa: PLC0415 - it brings ReportLab along

        self._restore_into(own_folder(chosen))

    def _sign_in_page(self, locked_by: str) -> QWidget:
        page = SignInPage(self.folder, self._tasks, self._window, locked_by=locked_by)
        page.restore_asked.connect(self.restore)
        page.opened.connect(self.entered)
        page.other_folder_asked.connect(self._ask_folder)
        return page

    def _elsewhere_page(self, holder: Holder) -> QWidget:
        page = ElsewherePage(str(self.folder), holder, self._window)
        page.again_asked.connect(self.knock)
        page.here_asked.connect(self._open_here)
        page.other_folder_asked.connect(self._ask_folder)
        return page

    def _open_here(self) -> None:
        self._only_one.take_over(self.folder)
        self.knock()

    def _first_run_page(self, folder: Path) -> QWidget:
        from ui.first_run_page import FirstRunPage  # noqa: PLC0415 - it brings ReportLab along

        page = FirstRunPage(folder, self._tasks, self._window)
        page.created.connect(self.entered)
        page.demo_asked.connect(self._open_demo)
        page.clinic_found.connect(self._go_to)
        page.restore_asked.connect(self._restore_into)
        return page

    def _cannot_open(self, error: ClinicError) -> QWidget:
        label = QLabel(str(error), self._window)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMargin(4 * theme.MARGIN)
        theme.dress(label, "problems")
        return label

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, _("The clinic's folder"))
        if chosen:
            from ui.first_run_page import own_folder  # noqa: PLC0415 - it brings ReportLab along

            self._go_to(own_folder(Path(chosen)))

    def _go_to(self, folder: Path) -> None:
        self.folder = folder
        self.knock()

    # The demo

    def _open_demo(self) -> None:
        if is_clinic(demo_folder()):
            self._go_to(demo_folder())
            return
        self._unwanted = Event()
        page = WaitPage(_("Building the demo clinic …"), self._window)
        page.cancelled.connect(self._unwanted.set)
        self.page_asked.emit(page)
        told = partial(self._tasks.tell, partial(_tell, page))
        work = partial(_make_demo, demo_folder(), told, self._unwanted)
        self._tasks.run(work, self._demo_made, self._demo_failed)

    def _demo_made(self, clinic: "Clinic | None") -> None:
        if clinic is None:
            self.knock()
        else:
            self.entered.emit(clinic)

    def _demo_failed(self, error: ClinicError) -> None:
        self.knock()
        self.failed.emit(error)


class _Unwanted(Exception):
    """Nobody waits for the demo any more."""


def _make_demo(
    folder: Path, told: Callable[[tuple[int, int]], None], unwanted: Event
) -> "Clinic | None":
    """The open demo clinic; None where it was not wanted any more, and nothing is left of it."""
    from models.demo.clinic import create_demo  # noqa: PLC0415 - only where it is wanted

    def progress(done: int, whole: int) -> None:
        if unwanted.is_set():
            raise _Unwanted
        told((done, whole))

    try:
        return create_demo(folder, patients=DEMO_PATIENTS, progress=progress).clinic
    except _Unwanted:
        return None


def _tell(page: WaitPage, far: tuple[int, int]) -> None:
    page.tell_progress(*far)
