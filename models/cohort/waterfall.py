"""The waterfall: how deep the skin score fell under each line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.cohort.compartment_tables import facts_of
from models.cohort.figure_table import Who
from models.cohort.response_facts import ResponseFacts, SkinChange
from models.cohort.response_rules import rated
from models.cohort.response_tables import label_of
from models.cohort.selection import Selection
from models.response import Response
from models.words import N_, _, number_words

NO_BASELINE = N_("no skin score before the start: {n}")
CLEAR = N_("skin clear before the start: {n}")
NO_LATER = N_("no skin score under the line: {n}")


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar: the best change of a line's mSWAT, and its best response overall."""

    label: str
    skin: SkinChange
    best: Response
    who: Who

    @property
    def change(self) -> float:
        """In per cent."""
        return self.skin.change

    @property
    def words(self) -> str:
        return _words(self.skin, self.best)


@dataclass(frozen=True)
class Waterfall:
    """The highest bar first; `without`: whom it cannot show, in words."""

    falls: tuple[Fall, ...] = ()
    without: str = ""

    def numbered(self) -> "Waterfall":
        """For others' eyes: numbers instead of MRNs."""
        named = tuple(replace(each, label=str(n)) for n, each in enumerate(self.falls, start=1))
        return replace(self, falls=named)


def waterfall(selection: Selection) -> Waterfall:
    """Of the lines with a score before the start, of disease, and one under the line."""
    falls, without = [], Counter[str]()
    for unit in selection.units:
        facts = facts_of(unit)
        if facts.skin:
            label = label_of(unit, selection.population)
            falls.append(Fall(label, facts.skin, rated(facts.best), (unit.patient,)))
        else:
            without[_why(facts)] += 1
    falls.sort(key=lambda fall: -fall.change)
    return Waterfall(tuple(falls), "; ".join(_without(without)))


def _why(facts: ResponseFacts) -> str:
    if facts.skin_baseline is None:
        return NO_BASELINE
    return NO_LATER if facts.skin_baseline else CLEAR


def _without(counted: Counter[str]) -> Iterator[str]:
    for why in (NO_BASELINE, CLEAR, NO_LATER):
        if counted[why]:
            yield _(why).format(n=counted[why])


def _words(skin: SkinChange, best: Response) -> str:
    change = f"{skin.change:+.0f} %".replace("-", "−") if round(skin.change) else _("no change")
    words = _("mSWAT {before} to {lowest} on day {day}: {change}; best response {best}")
    return words.format(
        before=number_words(skin.baseline),
        lowest=number_words(skin.lowest),
        day=skin.day,
        change=change,
        best=best.words,
    )
