"""What the window says and does about backups: status bar, warning, the page before closing."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.roles import May
from models.store.clinic import Clinic
from models.store.health import Health
from models.words import _
from ui.automatic_backup import AutomaticBackup, backed_up
from ui.backup_strip import BackupStrip
from ui.backup_words import in_a_sentence
from ui.backups_page import BackupsPage
from ui.closing_page import ClosingPage
from ui.status_strip import StatusStrip

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class BackingUp(QObject):
    """`strip`: in the status bar; `warning`: over the pages."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.automatic = AutomaticBackup(self)
        self.strip, self.warning = StatusStrip(window), BackupStrip(window)
        window.statusBar().addWidget(self.strip)
        window.statusBar().messageChanged.connect(self._say_saved)
        self.automatic.told.connect(self.say_health)
        self.automatic.tried.connect(self._warn)
        window.stack.currentChanged.connect(self._cover_warning)
        for asking in (self.strip, self.warning):
            asking.backups_asked.connect(self._show_backups)

    def begin(self, clinic: Clinic) -> None:
        """Somebody came in; of the demo, whose patients are made up, there are no backups."""
        self.warning.begin(may_see=clinic.may(May.ADMINISTER))
        if not clinic.demo:
            self.automatic.begin(clinic)

    def end(self) -> None:
        """Before the clinic is closed."""
        self.automatic.end()
        page = self._page()
        if page is not None:
            page.stop()
        self.warning.begin(may_see=False)
        self.strip.clear()

    def shut_down(self) -> None:
        self.automatic.shut_down()

    def tick(self, seconds_left: int) -> None:
        """Once a second; so many until the window locks."""
        if self._window.clinic is not None:
            self.strip.say_left(seconds_left)
            self.strip.say_owed(self._window.clinic.owed)
            self._say_saved()

    def keeps_open(self) -> bool:
        """Whether the window is to stay for a backup, begun here; asked again it is not."""
        clinic = self._window.clinic
        if clinic is None or clinic.demo or clinic.new_password_due:
            return False
        if isinstance(self._window.stack.currentWidget(), ClosingPage):
            return False
        page = ClosingPage(self._window)
        page.left.connect(self._window.close)
        page.again_asked.connect(partial(self._back_up, clinic, page))
        self._window.show_closing(page)
        self._back_up(clinic, page)
        return True

    def _back_up(self, clinic: Clinic, page: ClosingPage) -> None:
        page.say_waiting()
        work = self.automatic.run(partial(backed_up, clinic))
        work.advanced.connect(page.say_far)
        work.done.connect(page.say_done)
        work.failed.connect(page.say_failed)
        work.failed.connect(self.automatic.tell)
        page.stay_asked.connect(work.stop)

    def _say_saved(self) -> None:
        if self._window.clinic is not None:
            self.strip.say_saved(self._window.clinic.saved_at)

    def say_health(self, health: Health) -> None:
        if self._window.clinic is None:
            return
        may_see = self._window.clinic.may(May.ADMINISTER)
        see = _("Press to look at the backups.")
        self.strip.say_health(health, see if may_see else _tell_an_administrator())
        if not health.worrying:
            self.warning.say("")

    def _warn(self, health: Health) -> None:
        """After a try: that there is none yet, a minute after coming in, is no news."""
        page = self._page()
        if page is not None and page.isVisible():
            page.pane.read()
        if self._window.clinic is None or not health.worrying:
            return
        may_see = self._window.clinic.may(May.ADMINISTER)
        whom = "" if may_see else _tell_an_administrator()
        self.warning.say(f"{in_a_sentence(health)} {whom}".strip())

    def _cover_warning(self) -> None:
        page = self._window.stack.currentWidget()
        self.warning.cover(page is not None and page is self._page())

    def _page(self) -> BackupsPage | None:
        """The page of backups, where somebody has asked for it."""
        page = self._window.own.made.get("backups")
        return page if isinstance(page, BackupsPage) else None

    def _show_backups(self) -> None:
        clinic = self._window.clinic
        if clinic is not None and clinic.may(May.ADMINISTER):
            self._window.own.show_backups()
        else:
            self._window.tell(_tell_an_administrator())


def _tell_an_administrator() -> str:
    return _("An administrator of the clinic looks after the backups.")
