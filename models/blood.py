"""Sézary cells in the blood, and the B class worked out from them in the two published ways."""

import datetime as dt
from typing import ClassVar

from models.base import PatientRecord, field
from models.rules import Standing, rule
from models.values import Choice
from models.words import N_, _

B1_FROM = 250
B2_FROM = 1000
CLASSES = ("B0", "B1", "B2")


class Clone(Choice):
    IDENTICAL = N_("identical")
    DIFFERENT = N_("different")
    NONE = N_("none")
    NOT_DONE = N_("not done")


class BloodCount(PatientRecord, table=True):
    __tablename__ = "blood_count"
    singular: ClassVar[str] = N_("blood count")
    plural: ClassVar[str] = N_("blood counts")
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {
        "b": (N_("B class"), str),
        "b_suffixed": (N_("B class with clone"), str),
        "b_2007": (N_("B class of 2007"), str),
    }

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

    @property
    def b_suffixed(self) -> str | None:
        """The B class of the count with the clone's suffix, where that is known: `B2b`."""
        return self.b and self.b + clone_suffix(self.clone)

    @property
    def b_2007(self) -> str | None:
        """The B class of 2007, or those it may be (`B1 or B2`); None where it may be any."""
        possible = self.possible_b_2007
        return None if possible == CLASSES else _(" or ").join(possible)

    @property
    def possible_b_2007(self) -> tuple[str, ...]:
        sezary, lymphocytes = self.sezary_percent, self.lymphocytes
        cells = None if sezary is None or lymphocytes is None else sezary * lymphocytes / 100
        many = has_many_cells(
            self.cd4_cd8_ratio,
            self._percent(self.cd4_cd7_negative),
            self._percent(self.cd4_cd26_negative),
        )
        return b_classes_2007(sezary, cells, many, self.clone)

    def _percent(self, cells: float | None) -> float | None:
        """The share of the lymphocytes in %, where both are counted."""
        return None if cells is None or not self.lymphocytes else 100 * cells / self.lymphocytes


@rule(
    N_("B class by count (2018)"), "EORTC: Scarisbrick, Eur J Cancer 2018;93:47", Standing.IN_PART
)
def b_class(count: float) -> str:
    """By the absolute count of CD4+CD26− or CD4+CD7− cells, whichever is higher: B0 under 250/µL,
    B1 from 250 to under 1000/µL, B2 from 1000/µL.

    Raises `ValueError` below zero.
    """
    if not count >= 0:
        raise ValueError(_("A count is zero or more cells/µL."))
    if count < B1_FROM:
        return "B0"
    return "B1" if count < B2_FROM else "B2"


@rule(N_("B class by Sézary cells (2007)"), "ISCL/EORTC: Olsen, Blood 2007")
def b_classes_2007(
    sezary_percent: float | None,
    sezary_cells: float | None,
    many_by_markers: bool | None,
    clone: Clone | None,
) -> tuple[str, ...]:
    """B2: 1000 Sézary cells/µL or more, or as many by their markers, with a clone identical to the
    skin's. B1: not B2, and more than 5 % of the lymphocytes are Sézary cells. B0: not B2, and 5 %
    or less. Sézary cells/µL are their share of the lymphocytes; cells counted by flow cytometry are
    not taken for Sézary cells. Where something is not known, every class that it leaves is given.
    """
    enough = None if sezary_cells is None else sezary_cells >= B2_FROM
    b2 = _both(_either(enough, many_by_markers), _identical(clone))
    over_5 = None if sezary_percent is None else sezary_percent > 5
    possible = {
        "B0": b2 is not True and over_5 is not True,
        "B1": b2 is not True and over_5 is not False,
        "B2": b2 is not False,
    }
    return tuple(name for name in CLASSES if possible[name])


@rule(N_("B2 by markers (2007)"), "ISCL/EORTC: Olsen, Blood 2007", Standing.UNVERIFIED)
def has_many_cells(
    cd4_cd8_ratio: float | None,
    cd4_cd7_negative_percent: float | None,
    cd4_cd26_negative_percent: float | None,
) -> bool | None:
    """Any one of these counts like 1000 Sézary cells/µL, where the clone is identical: CD4:CD8 of
    10 or more, CD4+CD7− of 40 % or more of the lymphocytes, CD4+CD26− of 30 % or more. It is not
    known where one was not measured and none of the others is reached.
    """
    ratio, cd7, cd26 = cd4_cd8_ratio, cd4_cd7_negative_percent, cd4_cd26_negative_percent
    reached = (
        None if measured is None else measured >= limit
        for measured, limit in ((ratio, 10), (cd7, 40), (cd26, 30))
    )
    return _either(*reached)


def _either(*answers: bool | None) -> bool | None:
    if True in (known := set(answers)):
        return True
    return None if None in known else False


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _identical(clone: Clone | None) -> bool | None:
    return None if clone in {None, Clone.NOT_DONE} else clone is Clone.IDENTICAL


@rule(N_("Suffix of the B class"), "ISCL/EORTC: Olsen, Blood 2007 and 2022")
def clone_suffix(clone: Clone | None) -> str:
    """b: the clone in the blood is identical to the skin's. a: no clone was found. No suffix where
    it was not looked for, or where another clone than the skin's was found, which neither letter
    describes.
    """
    return {Clone.IDENTICAL: "b", Clone.NONE: "a"}.get(clone, "") if clone else ""


@rule(
    N_("B2 and the clone (2018)"),
    "EORTC: Scarisbrick, Eur J Cancer 2018;93:47",
    Standing.UNVERIFIED,
)
def clone_remark(b: str, clone: Clone | None) -> str:
    """B2 by count also wants a clone in the blood that is identical to the skin's. Where it is not
    shown, this is remarked and the class stays: the stage group does not need it (NHS TNM 9 sheet).
    """
    if b != "B2" or clone is Clone.IDENTICAL:
        return ""
    return _("B2 also wants a clone identical to the skin's: {clone}.").format(
        clone=_(clone.value) if clone else _("not recorded")
    )


@rule(N_("What B1 by count means"), "Lyapichev 2021")
def b_words(b: str) -> str:
    """B1 by count is a class and does not prove lymphoma in the blood: among 309 patients, 61 % of
    those in B1 were negative when the cells with an aberrant phenotype were counted.
    """
    words = {
        "B0": _("B0: under 250 cells/µL"),
        "B1": _(
            "B1: 250 to under 1000 cells/µL; a class and no proof of lymphoma, "
            "for 61 % of such counts were negative by aberrant cells"
        ),
        "B2": _("B2: 1000 cells/µL or more"),
    }
    return words[b]
