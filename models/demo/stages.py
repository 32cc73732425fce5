"""Stages for made-up patients: TNMB classes that go with a disease, and how they become worse."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from models.demo.chance import Chance
from models.diagnosis import Disease
from models.staging import stage_group


class Tnmb(NamedTuple):
    t: str
    n: str
    m: str
    b: str

    @classmethod
    def of(cls, words: str) -> Self:
        return cls(*words.split())

    @property
    def stage(self) -> str:
        return stage_group(*self).working or ""

    @property
    def early(self) -> bool:
        return self.stage in {"IA", "IB", "IIA"}

    @property
    def worse(self) -> Self:
        """One step on: more skin, then tumours, then nodes, then viscera."""
        if self.t.startswith("T1"):
            return self._replace(t="T2b")
        if self.t.startswith("T2"):
            return self._replace(t="T3")
        if not self.n.startswith("N3"):
            return self._replace(n="N1" if self.n == "N0" else "N3")
        return self._replace(m="M1b")


SEZARY = {
    "T4 N0 M0 B2": 10,
    "T4 NX M0 B2": 18,
    "T4 NX M0 B2b": 20,
    "T4 N1a M0 B2b": 12,
    "T4 N1b M0 B2b": 12,
    "T4 N2b M0 B2b": 8,
    "T4 N3 M0 B2b": 12,
    "T4 N3 M1a B2b": 5,
    "T4 NX MX B2b": 3,
}
EARLY = {
    "T1a N0 M0 B0": 14,
    "T1b N0 M0 B0a": 10,
    "T2a N0 M0 B0a": 16,
    "T2b N0 M0 B0": 20,
    "T2b N0 M0 B1a": 5,
    "T2 N0 M0 BX": 3,
    "T1b N1 M0 B0": 2,
    "T2b NX M0 B0": 6,
    "T2b N1a M0 B0a": 5,
}
ADVANCED = {
    "T3 N0 M0 B0": 16,
    "T3 NX M0 B0a": 10,
    "T3 N1a M0 B1a": 5,
    "T4 N0 M0 B0": 5,
    "T4 NX M0 B0b": 5,
    "T4 N1a M0 B1b": 6,
    "T3 N1b M0 B2b": 2,
    "T3 N3 M0 B0": 5,
    "T2b N3 M0 B0a": 3,
    "T3 N3 M1b B0": 4,
}


def classes_at_diagnosis(chance: Chance, disease: Disease, advanced_share: float) -> Tnmb:
    """Sézary syndrome is T4 B2; mycosis fungoides may be anything but erythroderma with B2."""
    table: Mapping[str, float] = SEZARY
    if disease is not Disease.SEZARY_SYNDROME:
        table = ADVANCED if chance.happens(advanced_share) else EARLY
    return Tnmb.of(chance.pick(table))
