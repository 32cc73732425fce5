"""The skin score: body surface involved by region, and the mSWAT worked out from it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.base import JsonColumn, PatientRecord, field
from models.values import Choice
from models.words import N_, _, number_words


class Region(Choice):
    """The 18 regions of the body (Olsen, Blood 2022, Table 4)."""

    HEAD = N_("head")
    NECK = N_("neck")
    ANTERIOR_TRUNK = N_("anterior trunk")
    POSTERIOR_TRUNK = N_("posterior trunk")
    BUTTOCKS = N_("buttocks")
    GENITALIA_GROIN = N_("genitalia/groin")
    LEFT_UPPER_ARM = N_("left upper arm")
    RIGHT_UPPER_ARM = N_("right upper arm")
    LEFT_FOREARM = N_("left forearm")
    RIGHT_FOREARM = N_("right forearm")
    LEFT_HAND = N_("left hand")
    RIGHT_HAND = N_("right hand")
    LEFT_THIGH = N_("left thigh")
    RIGHT_THIGH = N_("right thigh")
    LEFT_LOWER_LEG = N_("left lower leg")
    RIGHT_LOWER_LEG = N_("right lower leg")
    LEFT_FOOT = N_("left foot")
    RIGHT_FOOT = N_("right foot")

    @property
    def percent(self) -> float:
        """The region's share of the body surface, in %."""
        return PERCENT_OF_BODY[self]


PERCENT_OF_BODY: dict[Region, float] = dict(
    zip(
        Region,
        (7, 2, 13, 13, 5, 1, 4, 4, 3, 3, 2.5, 2.5, 9.5, 9.5, 7, 7, 3.5, 3.5),
        strict=True,
    )
)
WEIGHTS = {"patch": 1, "plaque": 2, "tumour": 4}


class Lesions(BaseModel):
    """Involvement of one region, each in % of the whole body's surface."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    patch: float = Field(0, ge=0)
    plaque: float = Field(0, ge=0)
    tumour: float = Field(0, ge=0)

    @property
    def involved(self) -> float:
        return self.patch + self.plaque + self.tumour


Regions = dict[Region, Lesions]


class SkinScore(PatientRecord, table=True):
    __tablename__ = "skin_score"
    singular: ClassVar[str] = N_("skin score")
    plural: ClassVar[str] = N_("skin scores")
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {
        "mswat": (N_("mSWAT"), float),
        "body_surface": (N_("Body surface, %"), float),
    }

    date: dt.date = field(N_("Date"))
    regions: Regions = field(
        N_("Regions"),
        {},
        column=JsonColumn(Regions),
        help=N_("% of the whole body's surface; the palm with fingers is about 1 %."),
    )
    total_stated: float | None = field(
        N_("mSWAT as stated"),
        None,
        ge=0,
        le=400,
        help=N_("Only where a total is known and the regions are not."),
    )

    @model_validator(mode="after")
    def _within_the_body(self) -> Self:
        for region, lesions in self.regions.items():
            if lesions.involved > region.percent + 1e-9:
                raise ValueError(
                    _(
                        "The {region} is {percent} % of the body; what is entered exceeds it."
                    ).format(region=_(region.value), percent=number_words(region.percent))
                )
        if not self.regions and self.total_stated is None:
            raise ValueError(_("Enter the regions, or the total as stated."))
        return self

    @property
    def mswat(self) -> float:
        """From the regions; the stated total only where no region was entered."""
        return mswat(self.regions) if self.regions else self.total_stated or 0.0

    @property
    def tumour(self) -> float:
        """Body surface with tumours in %."""
        return sum(lesions.tumour for lesions in self.regions.values())

    @property
    def body_surface(self) -> float | None:
        """Body surface involved in %, where the regions are known."""
        if not self.regions:
            return None
        return round(sum(lesions.involved for lesions in self.regions.values()), 6)


def mswat(regions: Mapping[Any, Any]) -> float:
    """Modified Severity Weighted Assessment Tool, 0 to 400 (Olsen, J Clin Oncol 2011).

    `regions` maps a region's name to its `Lesions` (or a mapping of patch, plaque and tumour in %
    of the body): 1 × patch + 2 × plaque or papule + 4 × tumour, summed. Raises `ValueError` naming
    the choices for an unknown region.
    """
    total = 0.0
    for region, lesions in regions.items():
        Region.named(region)
        checked = lesions if isinstance(lesions, Lesions) else Lesions.model_validate(lesions)
        total += sum(weight * getattr(checked, kind) for kind, weight in WEIGHTS.items())
    return round(total, 6)
