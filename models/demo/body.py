"""Skin and blood of a made-up patient as the burden of disease rises and falls."""

import datetime as dt

from models.blood import B2_FROM, BloodCount, Clone
from models.demo.chance import Chance
from models.demo.draft import Draft
from models.demo.stages import Tnmb
from models.skin import Lesions, Region, SkinScore

Amounts = tuple[float, float, float]
TUMOUR_PERCENT = 0.6


class Body:
    """Which regions are affected and how many cells there are at the start; the rest follows."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.skin = _affected(draft.chance, draft.fate.origin.at_start)
        self.cells = _cells(draft.chance, draft.fate.origin.at_start.b)

    def score(self, day: dt.date) -> SkinScore:
        level = self._level(day)
        regions = {region: _lesions(region, self.skin[region], level) for region in Region}
        if self._tumour_by(day):
            regions[Region.POSTERIOR_TRUNK] = _with_tumour(regions[Region.POSTERIOR_TRUNK], level)
        return self.draft.make(SkinScore, date=day, regions=regions)

    def count(self, day: dt.date) -> BloodCount:
        """Blood clears faster than skin, and never to the last cell."""
        chance = self.draft.chance
        left = self._level(day) ** 2 if self.cells >= 250 else chance.uniform(0.6, 1.15)
        cells = round(max(self.cells * left, chance.randint(0, 40)))
        lymphocytes = cells + chance.randint(500, 1700)
        other = chance.happens(0.5)
        return self.draft.make(
            BloodCount,
            date=day,
            wbc=lymphocytes + chance.randint(2500, 6000),
            lymphocytes=lymphocytes,
            cd4_cd26_negative=cells,
            cd4_cd7_negative=round(cells * chance.uniform(0.5, 0.95)) if other else None,
            cd4_cd8_ratio=round(1.5 + cells / 200 * chance.uniform(0.7, 1.3), 1),
            clone=Clone.IDENTICAL if cells >= B2_FROM else None,
            sezary_percent=round(100 * cells / lymphocytes, 1),
        )

    def _level(self, day: dt.date) -> float:
        """The level as it is seen; nobody measures the same twice."""
        level = self.draft.fate.course.level.at(day)
        return level if day <= self.draft.fate.origin.start else level * self._accuracy()

    def _accuracy(self) -> float:
        return min(max(self.draft.chance.gauss(1, 0.03), 0.92), 1.08)

    def _tumour_by(self, day: dt.date) -> bool:
        origin, course = self.draft.fate.origin, self.draft.fate.course
        new = course.at_failure.t == "T3" and origin.at_start.t != "T3"
        return new and course.failure is not None and day >= course.failure


def _affected(chance: Chance, tnmb: Tnmb) -> dict[Region, Amounts]:
    """Patch, plaque and tumour by region, as the T class has it."""
    if tnmb.t == "T4":
        return {
            region: _split(region.percent * chance.uniform(0.84, 0.96), 0.1) for region in Region
        }
    surface = chance.uniform(3.5, 7.5) if tnmb.t.startswith("T1") else chance.uniform(11, 22)
    plaque = 0.0 if tnmb.t.endswith("a") else chance.uniform(0.2, 0.6)
    affected: dict[Region, Amounts] = dict.fromkeys(Region, (0.0, 0.0, 0.0))
    for region in chance.sample(list(Region), len(Region)):
        amount = min(region.percent * chance.uniform(0.2, 0.45), surface)
        affected[region] = _split(amount, plaque)
        surface -= amount
        if tnmb.t == "T3" and region.percent > 4 and chance.happens(0.5):
            affected[region] = (*affected[region][:2], chance.uniform(0.2, 0.9))
    if tnmb.t == "T3":
        affected[Region.LEFT_THIGH] = (*affected[Region.LEFT_THIGH][:2], 0.8)
    return affected


def _split(amount: float, plaque: float) -> Amounts:
    return amount * (1 - plaque), amount * plaque, 0.0


def _cells(chance: Chance, b: str) -> float:
    if b.startswith("B2"):
        return min(1100 + chance.expovariate(1 / 3000), 20_000)
    return chance.uniform(300, 800) if b.startswith("B1") else chance.uniform(10, 190)


def _lesions(region: Region, amounts: Amounts, level: float) -> Lesions:
    """The region at a level; where it is full, patch turns into plaque."""
    patch, plaque, tumour = (amount * level for amount in amounts)
    excess = patch + plaque + tumour - region.percent
    if excess > 0:
        thicker = min(plaque + excess, region.percent - tumour)
        patch, plaque = region.percent - tumour - thicker, thicker
    return Lesions(patch=_noted(patch), plaque=_noted(plaque), tumour=_noted(tumour))


def _with_tumour(lesions: Lesions, level: float) -> Lesions:
    room = Region.POSTERIOR_TRUNK.percent - lesions.involved
    return lesions.model_copy(update={"tumour": _noted(min(TUMOUR_PERCENT * level, room))})


def _noted(percent: float) -> float:
    """In steps of 0.05 %, never above what is there."""
    return int(percent * 20) / 20
