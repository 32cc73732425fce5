"""Imaging: nodes measured, viscera, conclusion."""

import datetime as dt
import re
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from models.base import JsonColumn, PatientRecord, field
from models.values import Choice
from models.words import N_, _, number_words


class Modality(Choice):
    CT = "CT"
    PET_CT = "PET-CT"
    ULTRASOUND = N_("ultrasound")
    MRI = "MRI"


class Node(BaseModel):
    """One lymph node, axes in mm."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    site: str = Field(min_length=1, max_length=100)
    long_mm: float = Field(gt=0, le=500)
    short_mm: float = Field(gt=0, le=500)

    def __str__(self) -> str:
        return f"{self.site} {number_words(self.long_mm)}x{number_words(self.short_mm)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """`left axilla 22x14`; raises `ValueError` otherwise."""
        match = re.fullmatch(r"(.+?)\s+(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)", text.strip())
        if not match:
            raise ValueError(
                _("A node is written as left axilla 22x14, long and short axis in mm.")
            )
        return cls(site=match[1], long_mm=float(match[2]), short_mm=float(match[3]))


class Imaging(PatientRecord, table=True):
    __tablename__ = "imaging"
    singular: ClassVar[str] = N_("imaging")
    plural: ClassVar[str] = N_("imaging")

    date: dt.date = field(N_("Date"))
    modality: Modality = field(N_("Modality"))
    nodes: list[Node] = field(
        N_("Nodes"),
        [],
        column=JsonColumn(list[Node]),
        help=N_("Site, long and short axis in mm, as left axilla 22x14; right groin 18x12."),
    )
    masses: list[Node] | None = field(
        N_("Visceral masses"),
        None,
        column=JsonColumn(list[Node]),
        help=N_("Organ, long and short axis in mm, as liver 42x30; spleen 150x60."),
    )
    viscera: str | None = field(N_("Viscera"), None, multiline=True, max_length=2000)
    conclusion: str | None = field(N_("Conclusion"), None, multiline=True, max_length=5000)

    @property
    def sum_of_products(self) -> float | None:
        """Sum of the products of the nodes' diameters in mm² (Olsen, J Clin Oncol 2011)."""
        if not self.nodes:
            return None
        return sum(node.long_mm * node.short_mm for node in self.nodes)
