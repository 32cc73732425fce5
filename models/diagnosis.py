"""The diagnosis, by WHO-EORTC name."""

from typing import ClassVar

from models.base import PARTIAL_DATE, PatientRecord, field
from models.values import Choice, PartialDate
from models.words import N_


class Disease(Choice):
    """Primary cutaneous T-cell lymphomas (WHO-EORTC classification, Willemze, Blood 2019)."""

    MYCOSIS_FUNGOIDES = N_("mycosis fungoides")
    SEZARY_SYNDROME = N_("Sézary syndrome")
    FOLLICULOTROPIC_MF = N_("folliculotropic mycosis fungoides")
    PAGETOID_RETICULOSIS = N_("pagetoid reticulosis")
    GRANULOMATOUS_SLACK_SKIN = N_("granulomatous slack skin")
    ADULT_T_CELL_LEUKAEMIA = N_("adult T-cell leukaemia/lymphoma")
    LYMPHOMATOID_PAPULOSIS = N_("lymphomatoid papulosis")
    ANAPLASTIC_LARGE_CELL = N_("primary cutaneous anaplastic large cell lymphoma")
    PANNICULITIS_LIKE = N_("subcutaneous panniculitis-like T-cell lymphoma")
    PERIPHERAL_T_CELL = N_("primary cutaneous peripheral T-cell lymphoma")
    OTHER = N_("other cutaneous T-cell lymphoma")


MYCOSIS_FUNGOIDES = frozenset(
    {
        Disease.MYCOSIS_FUNGOIDES,
        Disease.FOLLICULOTROPIC_MF,
        Disease.PAGETOID_RETICULOSIS,
        Disease.GRANULOMATOUS_SLACK_SKIN,
    }
)
STAGED_BY_TNMB = MYCOSIS_FUNGOIDES | {Disease.SEZARY_SYNDROME}


class Diagnosis(PatientRecord, table=True):
    __tablename__ = "diagnosis"
    singular: ClassVar[str] = N_("diagnosis")
    plural: ClassVar[str] = N_("diagnoses")

    date: PartialDate = field(N_("Date"), column=PARTIAL_DATE)
    disease: Disease = field(N_("Disease"))
    folliculotropism: bool | None = field(N_("Folliculotropism"), None)
    large_cell_transformation: bool | None = field(N_("Large-cell transformation"), None)
    tcr_clone: str | None = field(
        N_("T-cell clone"), None, max_length=500, help=N_("Site, and which clone.")
    )
    cd30_percent: float | None = field(N_("CD30"), None, unit="%", ge=0, le=100)
