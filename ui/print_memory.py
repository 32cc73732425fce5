"""What is remembered of how pages were printed: nothing of whom they told."""

from PySide6.QtCore import QSettings

from reports.asked import PAPERS


def paper() -> str:
    """What was chosen last."""
    kept = str(QSettings().value("paper"))
    return kept if kept in PAPERS else next(iter(PAPERS))


def remember_paper(chosen: str) -> None:
    QSettings().setValue("paper", chosen)
