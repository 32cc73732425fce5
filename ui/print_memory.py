"""What is remembered of how pages were printed: nothing of whom they told."""

from collections.abc import Iterable

from PySide6.QtCore import QSettings

PAPERS = {"a4": "A4", "letter": "Letter"}


def paper() -> str:
    """What was chosen last."""
    kept = str(QSettings().value("paper"))
    return kept if kept in PAPERS else next(iter(PAPERS))


def remember_paper(chosen: str) -> None:
    QSettings().setValue("paper", chosen)


def left_out(kind: str) -> frozenset[str]:
    """The sections that were left out of this kind of report the last time."""
    kept = str(QSettings().value(f"left_out/{kind}", ""))
    return frozenset(key for key in kept.split(",") if key)


def remember_left_out(kind: str, sections: Iterable[str]) -> None:
    QSettings().setValue(f"left_out/{kind}", ",".join(sorted(sections)))
