"""Sézary cells in the blood, and the B class worked out from their count."""

import datetime as dt
from typing import ClassVar

from models.base import PatientRecord, field
from models.values import Choice
from models.words import N_

B1_FROM = 250
B2_FROM = 1000


class Clone(Choice):
    IDENTICAL = N_("identical")
    DIFFERENT = N_("different")
    NONE = N_("none")
    NOT_DONE = N_("not done")


class BloodCount(PatientRecord, table=True):
    __tablename__ = "blood_count"
    singular: ClassVar[str] = N_("blood count")
    plural: ClassVar[str] = N_("blood counts")
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {"b": (N_("B class"), str)}

    date: dt.date = field(N_("Date"))
    wbc: float | None = field(N_("Leucocytes"), None, unit=N_("cells/µL"), ge=0)
    lymphocytes: float | None = field(N_("Lymphocytes"), None, unit=N_("cells/µL"), ge=0)
    cd4_cd26_negative: float | None = field(N_("CD4+CD26−"), None, unit=N_("cells/µL"), ge=0)
    cd4_cd7_negative: float | None = field(N_("CD4+CD7−"), None, unit=N_("cells/µL"), ge=0)
    cd4_cd8_ratio: float | None = field(N_("CD4:CD8"), None, ge=0)
    clone: Clone | None = field(N_("Clone in blood"), None)
    sezary_percent: float | None = field(
        N_("Sézary cells"), None, unit=N_("% of lymphocytes"), ge=0, le=100
    )

    @property
    def neoplastic(self) -> float | None:
        """Neoplastic cells/µL: the higher of CD4+CD26− and CD4+CD7−."""
        counts = [
            count for count in (self.cd4_cd26_negative, self.cd4_cd7_negative) if count is not None
        ]
        return max(counts) if counts else None

    @property
    def b(self) -> str | None:
        """The B class of the count."""
        return None if self.neoplastic is None else b_class(self.neoplastic)


def b_class(count: float) -> str:
    """B class of an absolute CD4+CD26− or CD4+CD7− count in cells/µL.

    Under 250 B0, 250 to under 1000 B1, 1000 and over B2 (EORTC: Scarisbrick, Eur J Cancer 2018).
    That B2 also needs an identical clone: memory, unverified. Raises `ValueError` below zero.
    """
    if not count >= 0:
        raise ValueError("A count is zero or more cells/µL.")
    if count < B1_FROM:
        return "B0"
    return "B1" if count < B2_FROM else "B2"
