"""What the clinic touches: the window and its pages."""

import ctypes
import sys

FOR_EVER = 1 << 40


def keep_singletons_alive() -> None:
    """Let `None`, `True` and `False` outlive the window on Python 3.11.

    PySide6 6.12.0 gives up a reference to them with every call that returns one of them. From
    Python 3.12 on they cannot die; before, the interpreter aborts after some thousand such calls,
    in the middle of the work. Here they are given references enough.
    """
    if sys.version_info >= (3, 12):
        return
    for singleton in (None, True, False):
        if sys.getrefcount(singleton) < FOR_EVER // 2:
            ctypes.c_ssize_t.from_address(id(singleton)).value += FOR_EVER


keep_singletons_alive()
