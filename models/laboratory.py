"""Laboratory values and molecular results."""

import datetime as dt
from typing import ClassVar

from models.base import PatientRecord, field
from models.words import N_

ANALYTES = (
    "LDH",
    "eosinophils",
    "haemoglobin",
    "platelets",
    "neutrophils",
    "creatinine",
    "ALT",
    "AST",
    "bilirubin",
    "TSH",
    "CK",
    "troponin",
)
TESTS = ("TCR sequencing", "CCR4 mutation", "regulatory T cells", "panel")


class LabResult(PatientRecord, table=True):
    __tablename__ = "lab_result"
    singular: ClassVar[str] = N_("laboratory value")
    plural: ClassVar[str] = N_("laboratory values")

    date: dt.date = field(N_("Date"))
    analyte: str = field(N_("Analyte"), max_length=100, suggestions=ANALYTES)
    value: float = field(N_("Value"))
    unit: str = field(N_("Unit"), max_length=40)
    reference_low: float | None = field(N_("Reference from"), None)
    reference_high: float | None = field(N_("Reference to"), None)

    @property
    def high(self) -> bool | None:
        """Above the upper limit of its reference; None where that is not known."""
        return None if self.reference_high is None else self.value > self.reference_high

    @property
    def low(self) -> bool | None:
        """Below the lower limit of its reference; None where that is not known."""
        return None if self.reference_low is None else self.value < self.reference_low

    @property
    def times_upper_limit(self) -> float | None:
        """Multiple of the upper limit of the reference."""
        return self.value / self.reference_high if self.reference_high else None


class MolecularResult(PatientRecord, table=True):
    __tablename__ = "molecular_result"
    singular: ClassVar[str] = N_("molecular result")
    plural: ClassVar[str] = N_("molecular results")

    date: dt.date = field(N_("Date"))
    specimen: str = field(N_("Specimen"), max_length=100)
    test: str = field(N_("Test"), max_length=100, suggestions=TESTS)
    result: str = field(N_("Result"), max_length=500)
    text: str | None = field(N_("Text"), None, multiline=True, max_length=20_000)
