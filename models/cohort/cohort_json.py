"""The figures of a cohort for programs; the keys are documented in docs/cohort.md and stay."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from models.cohort.compartment_tables import facts_of
from models.cohort.factors import Factor
from models.cohort.figures import CohortFigures
from models.cohort.response import named_groups
from models.cohort.response_rules import rated
from models.cohort.selection import Unit
from models.cohort.survival_result import Group, Survival
from models.response import RESPONDING
from models.survival.kaplan_meier import Curve, Estimate, Median
from models.survival.log_rank import LogRank
from models.survival.proportions import clopper_pearson

Json = dict[str, Any]


def cohort_json(figures: CohortFigures) -> Json:
    """Days are days since time zero; null where a figure cannot be told."""
    selection, question, found = figures.selection, figures.question, figures.survival
    return {
        "population": selection.population.words,
        "as_of": selection.today.isoformat(),
        "origin": selection.population.origin.value,
        "endpoint": question.endpoint.name.lower(),
        "by": None if question.factor is Factor.NONE else question.factor.value,
        "landmark_days": question.landmark_days,
        "delayed_entry": question.delayed_entry,
        "patients": selection.patients,
        "lines": len(selection.units) if selection.population.by_line else None,
        "groups": [_group(group, found) for group in found.groups],
        "follow_up_days": _median(found.follow_up),
        "log_rank": _log_rank(found.test),
        "hazard_ratios": [_ratio(group, found.groups[0]) for group in found.groups[1:]],
        "left_out": _counted("patients", (each.why for each in selection.left_out)),
        "not_in_figure": _counted("units", (each.why for each in found.dropped)),
        "why_no_figure": found.sentence or None,
        "response": _response(figures),
        "warnings": [*figures.warnings],
        "methods": [*figures.methods],
    }


def _group(group: Group, found: Survival) -> Json:
    curve, by_line = group.curve, found.selection.population.by_line
    return {
        "name": group.name,
        "patients": len(group.who()),
        "lines": len(group.subjects) if by_line else None,
        "events": group.events,
        "median_days": _median(curve.median),
        "at": [_at(curve, day) for day in found.horizon_days],
        "steps": [_step(curve, place) for place in range(len(curve.days))],
    }


def _median(median: Median) -> Json:
    return {"value": median.value, "low": median.low, "high": median.high}


def _at(curve: Curve, day: float) -> Json:
    found = curve.at(day) or Estimate(math.nan, None, None)
    (at_risk,) = curve.number_at_risk([day])
    return {
        "days": day,
        "survival": _number(found.value),
        "low": found.low,
        "high": found.high,
        "at_risk": at_risk,
    }


def _step(curve: Curve, place: int) -> Json:
    return {
        "days": int(curve.days[place]),
        "survival": float(curve.survival[place]),
        "low": _number(curve.low[place]),
        "high": _number(curve.high[place]),
        "at_risk": int(curve.at_risk[place]),
        "events": int(curve.events[place]),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _log_rank(test: LogRank | None) -> Json | None:
    return {"chi2": test.chi2, "degrees": test.degrees, "p": test.p} if test else None


def _ratio(group: Group, first: Group) -> Json:
    ratio = group.ratio
    return {
        "group": group.name,
        "against": first.name,
        "value": ratio and ratio.value,
        "low": ratio and ratio.low,
        "high": ratio and ratio.high,
        "p": ratio and ratio.p,
    }


def _counted(what: str, reasons: Iterable[str]) -> list[Json]:
    """The commonest first."""
    counts = sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"why": why, what: n} for why, n in counts]


def _response(figures: CohortFigures) -> list[Json] | None:
    """Of all lines, and of those of each group, as its table; None from the diagnosis on."""
    selection, factor = figures.selection, figures.question.factor
    if not selection.population.by_line:
        return None
    return [_rates(name, units) for name, units in named_groups(selection.units, factor)]


def _rates(name: str, units: Sequence[Unit]) -> Json:
    best = [rated(facts_of(unit).best) for unit in units]
    confirmed = [rated(facts_of(unit).confirmed) for unit in units]
    return {
        "name": name,
        "lines": len(units),
        "best": {each.value: n for each, n in sorted(Counter(best).items())},
        "overall": _share(sum(each in RESPONDING for each in best), len(units)),
        "confirmed": _share(sum(each in RESPONDING for each in confirmed), len(units)),
    }


def _share(k: int, n: int) -> Json:
    low, high = clopper_pearson(k, n) if n else (None, None)
    return {"n": k, "low": low, "high": high}
