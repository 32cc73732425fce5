"""Which lanes of the timeline are folded, remembered from patient to patient and day to day."""

from PySide6.QtCore import QSettings

from models.lanes import LaneKey

REMEMBERED = "folded_lanes"


def folded_lanes() -> frozenset[LaneKey]:
    """The lanes somebody folded; a name that is no lane any more is passed over."""
    names = str(QSettings().value(REMEMBERED, "")).split(",")
    return frozenset(key for key in LaneKey if key.value in names)


def remember(folded: frozenset[LaneKey]) -> None:
    QSettings().setValue(REMEMBERED, ",".join(key.value for key in LaneKey if key in folded))
