"""Imports as Python does them: PySide6 would read the source of whatever is imported, too."""


def import_plainly() -> None:
    """Tell PySide6 that no module asks for its `__feature__`, which none of this program does.

    To find that out itself it reads the source of every module that is imported from then on, and
    Python keeps what was read: 30 MB for the program, and a sixth of the time that loading it
    takes. Another version of PySide6 that does not know of this looks for itself.
    """
    try:
        from shibokensupport import feature  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        return
    feature._mod_uses_pyside = lambda _module: False  # noqa: SLF001 - there is no other way
