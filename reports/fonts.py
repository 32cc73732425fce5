"""Type on paper: Roboto, what stands in for the signs that it lacks, and how wide a text is."""

from reports.fallback import REGULAR, STRONG, roboto
from reports.shaping import runs

__all__ = ["REGULAR", "STRONG", "measure", "register"]


def register() -> None:
    """Roboto is read and made known to ReportLab, once."""
    for strong in (False, True):
        roboto(strong)


def measure(text: str, size: float, strong: bool = False) -> float:
    """Width in points of a line as it will be drawn."""
    return size * sum([run.width for run in runs(text, strong)])
