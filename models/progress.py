"""How far long work is, and that nobody wants it any more."""

from collections.abc import Callable

from models.errors import ClinicError
from models.words import _

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much; ends the work by raising `Stopped`."""


class Stopped(ClinicError):
    """Whoever asked for it does not want it any more."""

    def __init__(self) -> None:
        super().__init__(_("Stopped."), _("Nothing was changed."), "")


def unseen(done: int, whole: int) -> None:
    """Nobody looks how far it is."""
