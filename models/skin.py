"""The skin score: body surface involved by region, and the mSWAT worked out from it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.base import (
    FieldProblem,
    JsonColumn,
    PatientRecord,
    field,
    problems_in_words,
)
from models.rules import Standing, rule
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
        return percent_of_body(self)


PERCENT_OF_BODY: dict[Region, float] = dict(
    zip(
        Region,
        (7, 2, 13, 13, 5, 1, 4, 4, 3, 3, 2.5, 2.5, 9.5, 9.5, 7, 7, 3.5, 3.5),
        strict=True,
    )
)


@rule(N_("Regions of the body"), "Olsen, Blood 2022, Table 4", Standing.IN_PART)
def percent_of_body(region: Region) -> float:
    """Share of the whole body's surface: head 7 %, neck 2, anterior trunk 13, posterior trunk 13,
    buttocks 5, genitalia and groin 1; on each side upper arm 4, forearm 3, hand 2.5, thigh 9.5,
    lower leg 7 and foot 3.5; 100 % in all. The patient's palm with the fingers is about 1 %.
    """
    return PERCENT_OF_BODY[region]


WEIGHTS = {"patch": 1, "plaque": 2, "tumour": 4}
T2_FROM, CONFLUENT_FROM = 10, 80


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
        "t": (N_("T class"), str),
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
            _check_limit(region, lesions)
        if not self.regions and self.total_stated is None:
            raise FieldProblem("regions", _("Enter the regions, or the total as stated."))
        return self

    @property
    def mswat(self) -> float:
        """From the regions; the stated total only where no region was entered."""
        return _weighted(self.regions) if self.regions else self.total_stated or 0.0

    @property
    def tumour(self) -> float:
        """Body surface with tumours in %."""
        return sum(lesions.tumour for lesions in self.regions.values())

    @property
    def body_surface(self) -> float | None:
        """Body surface involved in %, where the regions are known."""
        return _surface(self.regions) if self.regions else None

    @property
    def t(self) -> str | None:
        """The T class, or those it may be (`T2b or T4`); of a total alone only 0 tells: T0."""
        if not self.regions:
            return "T0" if self.mswat == 0 else None
        return _(" or ").join(t_class(self.regions).possible)


def _surface(regions: Regions) -> float:
    return round(sum(lesions.involved for lesions in regions.values()), 6)


def _check_limit(region: Region, lesions: Lesions) -> None:
    if lesions.involved > region.percent + 1e-9:
        words = _("The {region} is {percent} % of the body; what is entered exceeds it.")
        percent = number_words(region.percent)
        raise FieldProblem("regions", words.format(region=_(region.value), percent=percent))


def _checked(regions: Mapping[Any, Any]) -> Regions:
    """Lesions by region, from the regions' names and plain numbers too."""
    found: Regions = {}
    for name, entered in regions.items():
        region = Region.named(name)
        try:
            found[region] = Lesions.model_validate(entered)
        except ValidationError as error:
            wrong = "; ".join(f"{kind}: {why}" for kind, why in problems_in_words(error).items())
            raise ValueError(f"{region.label}: {wrong}") from None
        _check_limit(region, found[region])
    return found


@rule(N_("mSWAT"), "Olsen, J Clin Oncol 2011")
def mswat(regions: Mapping[Any, Any]) -> float:
    """Modified Severity Weighted Assessment Tool, 0 to 400: 1 × patch + 2 × plaque or papule + 4 ×
    tumour, each in % of the whole body's surface, summed over its 18 regions. In a region the three
    together do not exceed its share of the body, so that all of them do not exceed 100 %.

    Raises `ValueError` for an unknown region, naming the choices, and for lesions beyond a region.
    """
    return _weighted(_checked(regions))


def _weighted(regions: Regions) -> float:
    total = 0.0
    for lesions in regions.values():
        total += sum(weight * getattr(lesions, kind) for kind, weight in WEIGHTS.items())
    return round(total, 6)


@dataclass(frozen=True, slots=True)
class TClass:
    """The T class, or the classes that a score leaves possible, and what it cannot tell."""

    possible: tuple[str, ...]
    remark: str = ""


@rule(N_("T class from a skin score"), "ISCL/EORTC: Olsen, Blood 2007; T0: Olsen, Blood 2022")
def t_class(regions: Mapping[Any, Any]) -> TClass:
    """T0: no lesions. T3: any tumour, where what is entered as a tumour is 1 cm or more across. T1:
    patches, papules or plaques on less than 10 % of the body; T2: on 10 % or more; with suffix a
    for patches alone, b for plaques or papules with patches or without. From 80 % it is T4 if the
    erythema is confluent, which a score cannot tell, and T2 if not; with a tumour T4 or T3.

    Raises `ValueError` as mSWAT does.
    """
    found = _checked(regions)
    if not any(lesions.involved for lesions in found.values()):
        return TClass(("T0",))
    surface = _surface(found)
    if any(lesions.tumour for lesions in found.values()):
        if surface >= CONFLUENT_FROM:
            remark = _(
                "T4 if the erythema is confluent, else T3 if a tumour is 1 cm or more across"
            )
            return TClass(("T3", "T4"), remark)
        return TClass(("T3",), _("T3 if a tumour is 1 cm or more across"))
    suffix = "b" if any(lesions.plaque for lesions in found.values()) else "a"
    if surface >= CONFLUENT_FROM:
        return TClass((f"T2{suffix}", "T4"), _("T4 if the erythema is confluent"))
    return TClass((f"{'T2' if surface >= T2_FROM else 'T1'}{suffix}",))


@dataclass(frozen=True, slots=True)
class Change:
    """Change of a score in %, negative where it fell; None where there is nothing to compare."""

    from_baseline: float | None
    from_nadir: float | None


@rule(N_("Change of mSWAT"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def mswat_change(baseline: float, nadir: float, now: float) -> Change:
    """In % of the score at baseline, and in % of the lowest score so far; below zero where the
    score fell. Of a score of 0 there is no percentage.

    Raises `ValueError` for a score that is not between 0 and 400.
    """
    if not all(0 <= score <= 400 for score in (baseline, nadir, now)):
        raise ValueError(_("mSWAT lies between 0 and 400."))
    return Change(_percent(baseline, now), _percent(nadir, now))


def _percent(before: float, now: float) -> float | None:
    return round(100 * (now - before) / before, 6) if before else None
