"""TNMB classes and the stage worked out from them."""

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import ClassVar

from models.base import PARTIAL_DATE, PatientRecord, field
from models.rules import Standing, rule
from models.values import Choice, PartialDate
from models.words import N_, _, listing


class T(Choice):
    """Skin (ISCL/EORTC: Olsen, Blood 2007; T0: Olsen, Blood 2022)."""

    T0 = "T0"
    T1 = "T1"
    T1a = "T1a"
    T1b = "T1b"
    T2 = "T2"
    T2a = "T2a"
    T2b = "T2b"
    T3 = "T3"
    T4 = "T4"


class N(Choice):
    """Lymph nodes; NX: clinically abnormal, not biopsied (Olsen, Blood 2007)."""

    N0 = "N0"
    N1 = "N1"
    N1a = "N1a"
    N1b = "N1b"
    N2 = "N2"
    N2a = "N2a"
    N2b = "N2b"
    N3 = "N3"
    N3a = "N3a"
    N3b = "N3b"
    NX = "NX"


class M(Choice):
    """Viscera; M1a and M1b: see `organs`."""

    M0 = "M0"
    M1 = "M1"
    M1a = "M1a"
    M1b = "M1b"
    MX = "MX"


class B(Choice):
    """Blood; a: clone negative or equivocal, b: clone identical to skin (Olsen, Blood 2007)."""

    B0 = "B0"
    B0a = "B0a"
    B0b = "B0b"
    B1 = "B1"
    B1a = "B1a"
    B1b = "B1b"
    B2 = "B2"
    B2a = "B2a"
    B2b = "B2b"
    BX = "BX"


class Occasion(Choice):
    DIAGNOSIS = N_("diagnosis")
    REFERRAL = N_("referral")
    BASELINE = N_("baseline")
    RESTAGING = N_("restaging")
    PROGRESSION = N_("progression")


class Staging(PatientRecord, table=True):
    __tablename__ = "staging"
    singular: ClassVar[str] = N_("staging")
    plural: ClassVar[str] = N_("stagings")
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {"stage_told": (N_("Stage"), str)}

    date: PartialDate = field(N_("Date"), column=PARTIAL_DATE)
    occasion: Occasion = field(N_("Occasion"))
    t: T = field(
        N_("T"), help=N_("Skin: T1 under 10 %, T2 10 % or more, T3 tumour, T4 erythroderma.")
    )
    n: N = field(N_("N"), help=N_("Lymph nodes; NX where abnormal nodes were not biopsied."))
    m: M = field(N_("M"), help=N_("Viscera; M1a bone marrow alone, M1b other organs."))
    b: B = field(N_("B"), help=N_("Blood."))
    stage_stated: str | None = field(
        N_("Stage as stated"), None, max_length=10, help=N_("As a letter says it, e.g. IVA.")
    )
    judgement_reason: str | None = field(
        N_("Reason for the judgement"),
        None,
        max_length=1000,
        help=N_("Where a class differs from what the measurements make it."),
    )

    @property
    def tnmb(self) -> str:
        return f"{self.t} {self.n} {self.m} {self.b}"

    @property
    def stage(self) -> str | None:
        """The working stage."""
        return stage_of(self).working

    @property
    def stage_told(self) -> str | None:
        """The working stage, and that it is provisional where it is."""
        found = stage_of(self)
        if not found.working or not found.provisional:
            return found.working
        return _("{stage}, provisional").format(stage=found.working)


STAGES = ("IA", "IB", "IIA", "IIB", "III", "IIIA", "IIIB", "IVA1", "IVA2", "IVB")
SOURCE = "ISCL/EORTC: Olsen, Blood 2007"

Classes = tuple[str, ...]

_MAIN = {
    "T": ("T1", "T2", "T3", "T4"),
    "N": ("N0", "N1", "N2", "N3"),
    "M": ("M0", "M1"),
    "B": ("B0", "B1", "B2"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of stages, with its cells as printed: `T4`, `N0–2`, `any B`."""

    stage: str
    cells: Classes

    def allows(self, *classes: str) -> bool:
        """Whether each class lies in the cell of its letter."""
        return all(value in _range(self.cells["TNMB".index(value[0])]) for value in classes)

    @property
    def words(self) -> str:
        return ", ".join(_(cell) for cell in self.cells)


def _range(cell: str) -> Classes:
    """`N0–2` is N0, N1 and N2; `any B` is B0, B1 and B2."""
    if cell.startswith("any "):
        return _MAIN[cell[-1]]
    return tuple(value for value in _MAIN[cell[0]] if cell[1] <= value[1] <= cell[-1])


TABLE = (
    Row("IA", ("T1", "N0", "M0", "B0–1")),
    Row("IB", ("T2", "N0", "M0", "B0–1")),
    Row("IIA", ("T1–2", "N1–2", "M0", "B0–1")),
    Row("IIB", ("T3", "N0–2", "M0", "B0–1")),
    Row("IIIA", ("T4", "N0–2", "M0", "B0")),
    Row("IIIB", ("T4", "N0–2", "M0", "B1")),
    Row("IVA1", (N_("any T"), "N0–2", "M0", "B2")),
    Row("IVA2", (N_("any T"), "N3", "M0", N_("any B"))),
    Row("IVB", (N_("any T"), N_("any N"), "M1", N_("any B"))),
)
NOT_SPLIT = Row("III", ("T4", "N0–2", "M0", "B0–1"))


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another stage that the unknown classes allow, and what they would have to be for it."""

    stage: str
    classes: Classes

    @property
    def words(self) -> str:
        """`IVA2 if N3`."""
        return _("{stage} if {classes}").format(stage=self.stage, classes=listing([*self.classes]))


@dataclass(frozen=True, slots=True)
class StageGroup:
    """A stage worked out from TNMB.

    `working` takes NX as N1, MX as M0 and BX as B0 or B1; `possible` lists every stage that the
    unknown classes allow; `provisional` says that they leave it open, and `alternatives` when each
    other stage would hold. `rule` is the row of the table that fits, `inputs` the classes used.
    """

    working: str | None
    possible: tuple[str, ...]
    provisional: bool
    rule: str
    inputs: str
    alternatives: tuple[Alternative, ...]

    def agrees_with(self, stated: str | None) -> bool | None:
        """Whether a letter's stage can be this one; None where it states none."""
        return any(is_stated_as(stage, stated) for stage in self.possible) if stated else None


@rule(N_("Stage group"), f"{SOURCE}, as in AJCC 8 and the NHS TNM 9 sheet")
def stage_group(t: str, n: str, m: str, b: str) -> StageGroup:
    """IA: T1 N0 M0 B0–1. IB: T2 N0 M0 B0–1. IIA: T1–2 N1–2 M0 B0–1. IIB: T3 N0–2 M0 B0–1.
    IIIA: T4 N0–2 M0 B0. IIIB: T4 N0–2 M0 B1. III: T4 N0–2 M0 where B0 and B1 are not told apart.
    IVA1: any T N0–2 M0 B2. IVA2: any T N3 M0 any B. IVB: any T any N M1 any B.
    The suffixes, which tell of plaques, of the clone and of the organs, do not change the stage.

    Raises `ValueError` naming the choices for a class that does not exist.
    """
    given = tuple(value[:2] for value in (T.named(t), N.named(n), M.named(m), B.named(b)))
    working = _working_row(given)
    rows = set(map(_row, completions(*given)))
    possible = sorted((row for row in rows if row), key=TABLE.index)
    return StageGroup(
        working=working.stage if working else None,
        possible=tuple(row.stage for row in possible),
        provisional=len(rows) > 1,
        rule=_reason(given, working),
        inputs=", ".join(given),
        alternatives=tuple(
            Alternative(row.stage, tuple(_narrowed(given, row).values()))
            for row in possible
            if row != working
        ),
    )


@cache
def _row(classes: Classes) -> Row | None:
    if classes[0] == "T0":
        return row_without_lesions(*classes[1:])
    return next(row for row in TABLE if row.allows(*classes))


def _working_row(given: Classes) -> Row | None:
    row = _row(tuple(taken_as(value) for value in given))
    return NOT_SPLIT if row and row.stage == "IIIA" and given[3] == "BX" else row


def _reason(given: Classes, row: Row | None) -> str:
    """The row, and what an unknown class was taken as where the row asks for it."""
    words = row.words if row else _("no row for T0 without N3, M1 or B2")
    taken = [
        _("{unknown} as {known}").format(unknown=unknown, known=known)
        for unknown, known in (_narrowed(given, row) if row else {}).items()
    ]
    if taken:
        words = _("{row}, taking {classes}").format(row=words, classes=listing(taken))
    return f"{words} ({SOURCE})"


def _narrowed(given: Classes, row: Row) -> dict[str, str]:
    """What the unknown classes are in a row, where they may be something else as well."""
    found = {}
    for unknown in (value for value in given if value.endswith("X")):
        left = [value for value in may_be(unknown) if row.allows(value)]
        if len(left) < len(may_be(unknown)):
            found[unknown] = left[0] if len(left) == 1 else f"{left[0]}–{left[-1][1]}"
    return found


@rule(N_("Stage without skin lesions (T0)"), "Olsen, Blood 2007 and 2022", Standing.DERIVED)
def row_without_lesions(n: str, m: str, b: str) -> Row | None:
    """T0, no clinically significant skin lesions, came in 2022 and stands in no row of the table of
    stages. With N3, M1 or B2 the rows for any T hold for T0 as well (IVA2, IVB, IVA1); without
    them T0 has no stage group.
    """
    rows = (row for row in TABLE if row.cells[0] == "any T")
    return next((row for row in rows if row.allows(n, m, b)), None)


@rule(N_("What an unknown class may be"), SOURCE, Standing.DERIVED)
def may_be(value: str) -> Classes:
    """NX may be N1, N2 or N3, and never N0, for the nodes are abnormal. MX may be M0 or M1. BX may
    be B0, B1 or B2. Every stage that these allow is possible; the stage is provisional where they
    allow more than one.
    """
    return {"NX": _MAIN["N"][1:], "MX": _MAIN["M"], "BX": _MAIN["B"]}.get(value, (value,))


def completions(t: str, n: str, m: str, b: str) -> list[Classes]:
    """Every TNMB, without suffixes, that the classes may turn out to be."""
    return list(product(*(may_be(value[:2]) for value in (t, n, m, b))))


@rule(N_("Working stage with NX, MX or BX"), "Olsen, J Clin Oncol 2011", Standing.UNVERIFIED)
def taken_as(value: str) -> str:
    """Until it is known, NX (abnormal nodes without histology) is staged as N1 and never as N0, MX
    (viscera that could not be judged) as M0, and BX (blood that could not be quantified) as B0; T4
    with BX is stage III, not split into IIIA and IIIB.
    """
    return {"NX": "N1", "MX": "M0", "BX": "B0"}.get(value, value)


ROLLED_UP = {
    "I": ("IA", "IB"),
    "II": ("IIA", "IIB"),
    "III": ("IIIA", "IIIB"),
    "IVA": ("IVA1", "IVA2"),
    "IV": ("IVA1", "IVA2", "IVB"),
}


@rule(N_("Stage as a letter states it"), "NHS TNM 9 sheet; Olsen, Blood 2007", Standing.DERIVED)
def is_stated_as(stage: str, stated: str) -> bool:
    """A letter's I may be IA or IB, its II IIA or IIB, its III IIIA or IIIB, its IVA IVA1 or IVA2,
    its IV any of these or IVB; any other stage has to be the same. A letter agrees with a staging
    where its stage may be one of those that are possible. Blanks in a stage do not count.
    """
    name = "".join(stated.upper().split()).removeprefix("STAGE")
    return stage == name or stage in ROLLED_UP.get(name, ())


@rule(N_("Early and advanced stage"), "Scarisbrick, J Clin Oncol 2015; Turk J Dermatol 2024")
def is_advanced(stage: str) -> bool:
    """IA, IB and IIA are early; IIB, III, IIIA, IIIB, IVA1, IVA2 and IVB are advanced.

    Raises `ValueError` naming the choices for a stage that does not exist.
    """
    if stage not in STAGES:
        raise ValueError(
            _("{value} is none of {choices}.").format(value=stage, choices=", ".join(STAGES))
        )
    return STAGES.index(stage) >= STAGES.index("IIB")


@rule(N_("Sézary syndrome"), SOURCE)
def is_sezary(tnmb: Staging) -> bool:
    """Sézary syndrome is erythroderma (T4) with B2 in the blood, whatever the nodes."""
    return tnmb.t == T.T4 and tnmb.b.startswith("B2")


@rule(N_("M1a and M1b"), "Olsen, Blood 2022", Standing.UNVERIFIED)
def organs(m: str) -> str:
    """M1a is involvement of the bone marrow alone; M1b is involvement of any other organ, with the
    marrow or without. Both are M1 for the stage.
    """
    return {"M1a": _("bone marrow alone"), "M1b": _("other organs")}.get(m, "")


def provisional_because(tnmb: Staging) -> str:
    """Which unknown classes make a stage provisional, in words; empty when it is not."""
    classes = (tnmb.t, tnmb.n, tnmb.m, tnmb.b)
    decisive = [value for place, value in enumerate(classes) if _decides(place, classes)]
    return listing([not_known(value) for value in decisive])


def _decides(place: int, classes: Classes) -> bool:
    """Whether what one class may be changes the stage, the other classes being the same."""
    found = completions(*classes)
    others = {known[:place] + known[place + 1 :] for known in found}
    return len({(known[:place] + known[place + 1 :], _row(known)) for known in found}) > len(others)


def not_known(value: str) -> str:
    """What is missing where a class is X; empty where it is not."""
    reasons = {
        "NX": _("nodes not biopsied"),
        "MX": _("viscera not assessed"),
        "BX": _("blood not assessed"),
    }
    return reasons.get(value, "")


def stage_of(tnmb: Staging) -> StageGroup:
    return stage_group(tnmb.t, tnmb.n, tnmb.m, tnmb.b)
