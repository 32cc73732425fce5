"""Biopsies and what the pathologist concluded."""

import datetime as dt
import uuid
from typing import ClassVar

from models.base import PARTIAL_DATE, JsonColumn, PatientRecord, field
from models.blood import Clone
from models.values import Choice, PartialDate
from models.words import N_


class BiopsyKind(Choice):
    PUNCH = N_("punch")
    SHAVE = N_("shave")
    EXCISION = N_("excision")
    LYMPH_NODE = N_("lymph node")
    BONE_MARROW = N_("bone marrow")
    OTHER = N_("other")


class Side(Choice):
    LEFT = N_("left")
    RIGHT = N_("right")
    MIDLINE = N_("midline")
    BOTH = N_("both")


class Indication(Choice):
    DIAGNOSIS = N_("diagnosis")
    SUSPECTED_RELAPSE = N_("suspected relapse")
    RASH = N_("rash")
    STAGING = N_("staging")
    OTHER = N_("other")


class Pattern(Choice):
    SPONGIOTIC = N_("spongiotic")
    PSORIASIFORM = N_("psoriasiform")
    INTERFACE = N_("interface")
    GRANULOMATOUS = N_("granulomatous")
    LICHENOID = N_("lichenoid")
    EPIDERMOTROPIC = N_("epidermotropic")
    FOLLICULOTROPIC = N_("folliculotropic")
    OTHER = N_("other")


class Marker(Choice):
    KEPT = N_("kept")
    LOST = N_("lost")


class Conclusion(Choice):
    ACTIVE_DISEASE = N_("active disease")
    DRUG_RELATED = N_("drug-related")
    BOTH = N_("both")
    INDETERMINATE = N_("indeterminate")
    OTHER = N_("other")


class Biopsy(PatientRecord, table=True):
    __tablename__ = "biopsy"
    singular: ClassVar[str] = N_("biopsy")
    plural: ClassVar[str] = N_("biopsies")

    date: PartialDate = field(N_("Date"), column=PARTIAL_DATE)
    kind: BiopsyKind = field(N_("Kind"))
    body_site: str = field(N_("Body site"), max_length=200)
    side: Side | None = field(N_("Side"), None)
    indication: Indication = field(N_("Indication"))
    adverse_event: uuid.UUID | None = field(
        N_("To explain"), None, foreign_key="adverse_event", help=N_("The rash it is to explain.")
    )
    conclusion: Conclusion | None = field(
        N_("Conclusion"), None, group=N_("Result"), help=N_("Empty while the result is awaited.")
    )
    result_on: dt.date | None = field(N_("Result on"), None, group=N_("Result"))
    report_number: str | None = field(N_("Report number"), None, group=N_("Result"), max_length=60)
    pathologist: str | None = field(N_("Pathologist"), None, group=N_("Result"), max_length=200)
    patterns: list[Pattern] = field(
        N_("Patterns"), [], group=N_("Result"), column=JsonColumn(list[Pattern])
    )
    cd4_cd8_epidermis: float | None = field(
        N_("CD4:CD8 in the epidermis"), None, group=N_("Markers"), ge=0
    )
    cd7: Marker | None = field(N_("CD7"), None, group=N_("Markers"))
    cd26: Marker | None = field(N_("CD26"), None, group=N_("Markers"))
    cd30_percent: float | None = field(
        N_("CD30"), None, group=N_("Markers"), unit="%", ge=0, le=100
    )
    ccr4: str | None = field(N_("CCR4"), None, group=N_("Markers"), max_length=100)
    foxp3: str | None = field(N_("FOXP3"), None, group=N_("Markers"), max_length=100)
    large_cell_transformation: bool | None = field(
        N_("Large-cell transformation"), None, group=N_("Markers")
    )
    folliculotropism: bool | None = field(N_("Folliculotropism"), None, group=N_("Markers"))
    clone: Clone | None = field(N_("Clone against baseline"), None, group=N_("Markers"))
    report: str | None = field(
        N_("Report"), None, group=N_("Report"), multiline=True, max_length=20_000
    )

    @property
    def awaited(self) -> bool:
        return self.conclusion is None
