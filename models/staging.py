"""TNMB classes and the stage worked out from them."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from models.base import PARTIAL_DATE, PatientRecord, field
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
    """Viscera; M1a marrow alone, M1b other organs (Olsen, Blood 2022; memory, unverified)."""

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
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {"stage": (N_("Stage"), str)}

    date: PartialDate = field(N_("Date"), column=PARTIAL_DATE)
    occasion: Occasion = field(N_("Occasion"))
    t: T = field(
        N_("T"), help=N_("Skin: T1 under 10 %, T2 10 % or more, T3 tumour, T4 erythroderma.")
    )
    n: N = field(N_("N"), help=N_("Lymph nodes; NX where abnormal nodes were not biopsied."))
    m: M = field(N_("M"), help=N_("Viscera."))
    b: B = field(N_("B"), help=N_("Blood."))
    stage_stated: str | None = field(
        N_("Stage as stated"), None, max_length=10, help=N_("As a letter says it, e.g. IVA.")
    )

    @property
    def tnmb(self) -> str:
        return f"{self.t} {self.n} {self.m} {self.b}"

    @property
    def stage(self) -> str | None:
        """The working stage."""
        return stage_of(self).working


STAGES = ("IA", "IB", "IIA", "IIB", "III", "IIIA", "IIIB", "IVA1", "IVA2", "IVB")
SOURCE = "ISCL/EORTC: Olsen, Blood 2007"


@dataclass(frozen=True, slots=True)
class StageGroup:
    """A stage worked out from TNMB.

    `working` takes NX as N1, MX as M0 and BX as B0 or B1; `possible` lists every stage that the
    unknown classes allow; `provisional` says that they allow more than one.
    """

    working: str | None
    possible: tuple[str, ...]
    provisional: bool
    rule: str

    def agrees_with(self, stated: str | None) -> bool | None:
        """Whether a letter's stage can be this one; `IVA` is IVA1 or IVA2, `IV` any of them."""
        if not stated:
            return None
        name = stated.upper().removeprefix("STAGE").strip()
        return any(_same_group(stage, name) for stage in self.possible)


def _same_group(stage: str, stated: str) -> bool:
    return stage == stated or (stated in {"III", "IV", "IVA"} and stage.startswith(stated))


def stage_group(t: str, n: str, m: str, b: str) -> StageGroup:
    """The ISCL/EORTC stage of a TNMB, for any of the classes with their suffixes and X.

    Table: Olsen, Blood 2007, as in AJCC 8 and the NHS TNM 9 sheet. NX is staged as N1 and never as
    N0 (Olsen, J Clin Oncol 2011; memory, unverified). T0 without nodes, viscera or B2 has no stage.
    Raises `ValueError` naming the choices for an unknown class.
    """
    classes = [T.named(t), N.named(n), M.named(m), B.named(b)]
    main = [value[:2] for value in classes]
    alternatives = [_EXPANDED.get(value, (value,)) for value in main]
    possible = {_stage_of(*combination) for combination in product(*alternatives)}
    working = _working_stage(*main)
    return StageGroup(
        working=working,
        possible=tuple(stage for stage in STAGES if stage in possible),
        provisional=len(possible) > 1,
        rule=_rule(main, working),
    )


_EXPANDED = {"NX": ("N1", "N2", "N3"), "MX": ("M0", "M1"), "BX": ("B0", "B1", "B2")}


def _working_stage(t: str, n: str, m: str, b: str) -> str | None:
    """As `_stage_of`, with NX as N1 and MX as M0; T4 with BX is III, not split."""
    n, m = n.replace("X", "1"), m.replace("X", "0")
    stage = _stage_of(t, n, m, b.replace("X", "0"))
    return "III" if b == "BX" and stage == "IIIA" else stage


def _stage_of(t: str, n: str, m: str, b: str) -> str | None:
    if m == "M1":
        return "IVB"
    if n == "N3":
        return "IVA2"
    if b == "B2":
        return "IVA1"
    if t == "T4":
        return "IIIB" if b == "B1" else "IIIA"
    if t == "T3":
        return "IIB"
    if t == "T0":
        return None
    if n != "N0":
        return "IIA"
    return {"T1": "IA", "T2": "IB"}[t]


def _rule(main: list[str], working: str | None) -> str:
    decisive = {
        "IVB": ["M"],
        "IVA2": ["N"],
        "IVA1": ["T", "B"],
        "IIIB": ["T", "B"],
        "IIIA": ["T", "B"],
        "III": ["T"],
        "IIB": ["T"],
        "IIA": ["T", "N"],
    }.get(working or "", ["T", "N", "M", "B"])
    named = [value for value in main if value[0] in decisive]
    return f"{', '.join(named)} ({SOURCE})"


def provisional_because(tnmb: Staging) -> str:
    """Why a stage is provisional, in words; empty when it is not."""
    if not stage_of(tnmb).provisional:
        return ""
    reasons = {
        "NX": _("nodes not biopsied"),
        "MX": _("viscera not assessed"),
        "BX": _("blood not assessed"),
    }
    return listing([reasons[value] for value in (tnmb.n, tnmb.m, tnmb.b) if value in reasons])


def stage_of(tnmb: Staging) -> StageGroup:
    return stage_group(tnmb.t, tnmb.n, tnmb.m, tnmb.b)


def is_sezary(tnmb: Staging) -> bool:
    """Sézary syndrome: T4 with B2 (Olsen, Blood 2007)."""
    return tnmb.t == T.T4 and tnmb.b.startswith("B2")
