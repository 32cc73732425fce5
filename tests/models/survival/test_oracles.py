"""Random cohorts: what we work out is what lifelines and SciPy do."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.exceptions import StatError
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times
from scipy import stats
from scipy.optimize import linprog

from models.survival.cox import hazard_ratios
from models.survival.kaplan_meier import Curve, Median, kaplan_meier, median_follow_up
from models.survival.log_rank import log_rank
from models.survival.proportions import clopper_pearson
from models.survival.times import Times
from tests.models.survival.made_up import Cohort, cohort
from tests.thorough import some, times

COHORTS = range(times(1000))
FEWER = some(COHORTS)
"""Where the oracle is slow."""
CLOSE = 1e-6


def test_curve_band_and_median_are_those_of_lifelines() -> None:
    told = 0
    for seed in COHORTS:
        each = cohort(seed)
        curve = kaplan_meier(each.all)
        fitted = _fitted(each.all)
        if fitted is None:
            assert curve.unwatched
            continue
        told += 1
        _same_curve(curve, fitted)
        assert curve.median == _median(fitted)
    assert told > 0.9 * len(COHORTS)


def test_the_curve_is_that_of_scipy() -> None:
    for seed in COHORTS:
        for group in cohort(seed).groups:
            curve = kaplan_meier(Times(0 * group.exit, group.exit, group.event))
            survival = stats.ecdf(_censored(group)).sf
            assert curve.survival == pytest.approx(survival.evaluate(curve.days), abs=1e-12)
            for day in (0, 7, 30.5):
                found = curve.at(day)
                assert (found is None) == (day > curve.last and survival.evaluate(day) > 0)
                assert not found or found.value == pytest.approx(survival.evaluate(day), abs=1e-12)


def test_median_follow_up_is_the_curve_of_censoring_in_lifelines() -> None:
    for seed in FEWER:
        every = cohort(seed).all
        before = Times(every.entry, every.exit - np.where(every.event, 1e-7, 0), ~every.event)
        if fitted := _fitted(before):
            assert median_follow_up(every) == _median(fitted)


def test_log_rank_of_two_groups_is_that_of_scipy() -> None:
    for seed in COHORTS:
        first, *others = (Times.of(each.exit, each.event) for each in cohort(seed).groups)
        for other in others:
            if found := log_rank([first, other]):
                oracle = stats.logrank(_censored(first), _censored(other))
                assert found.degrees == 1
                assert found.chi2 == pytest.approx(oracle.statistic**2, rel=CLOSE, abs=1e-9)
                assert found.p == pytest.approx(oracle.pvalue, rel=CLOSE)


def test_log_rank_of_several_groups_is_that_of_lifelines() -> None:
    told = 0
    for seed in FEWER:
        each = cohort(seed)
        found = log_rank(each.groups)
        if found and not each.delayed and found.degrees == len(each.groups) - 1:
            frame, told = each.frame, told + 1
            oracle = multivariate_logrank_test(frame.exit, frame.group, frame.event)
            assert found.chi2 == pytest.approx(oracle.test_statistic, rel=CLOSE, abs=1e-9)
            assert found.p == pytest.approx(oracle.p_value, rel=CLOSE)
    assert told > len(FEWER) / 4


def test_log_rank_with_delayed_entry_adds_up_the_tables_of_each_day() -> None:
    """On each day the events fall on groups as lots drawn from those at risk."""
    told = 0
    for seed in FEWER:
        each = cohort(seed)
        if not each.delayed:
            continue
        surplus, covariance = _drawn(each)
        rank = int(np.linalg.matrix_rank(covariance, tol=1e-9, hermitian=True))
        found = log_rank(each.groups)
        assert (found.degrees if found else 0) == rank
        if found:
            told += 1
            chi2 = surplus @ np.linalg.pinv(covariance, rcond=1e-9, hermitian=True) @ surplus
            assert found.chi2 == pytest.approx(chi2, rel=CLOSE, abs=1e-9)
            assert found.p == pytest.approx(stats.chi2.sf(chi2, rank), rel=1e-5)
    assert told > len(FEWER) / 8


def test_hazard_ratios_are_those_of_lifelines() -> None:
    told = 0
    for seed in FEWER:
        each = cohort(seed)
        found = hazard_ratios(each.groups)
        assert [ratio is not None for ratio in found] == _bounded(each)
        if any(found):
            told += 1
            _same_ratios(each, found)
    assert told > len(FEWER) / 4


def test_exact_intervals_are_those_of_scipy() -> None:
    for n in (1, 2, 7, 46, 150):
        for k in range(n + 1):
            oracle = stats.binomtest(k, n).proportion_ci(0.95, "exact")
            assert clopper_pearson(k, n) == pytest.approx((oracle.low, oracle.high), abs=1e-9)


def _fitted(every: Times) -> KaplanMeierFitter | None:
    """None where lifelines will not, as early on nobody is there."""
    fitter = KaplanMeierFitter()
    entry = every.entry if every.entry.any() else None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return fitter.fit(every.exit, every.event, entry=entry)
        except StatError:
            return None


def _same_curve(curve: Curve, fitted: KaplanMeierFitter) -> None:
    """Where nobody is left lifelines calls the band 0 to 0, R and we do not call it anything."""
    assert curve.survival == pytest.approx(_column(fitted.survival_function_, curve), abs=1e-9)
    inside = curve.survival > 0
    for place, line in enumerate((curve.low, curve.high)):
        band = _column(fitted.confidence_interval_.iloc[:, [place]], curve)
        assert line[inside] == pytest.approx(band[inside], abs=CLOSE)
        assert np.isnan(line[~inside]).all()


def _column(frame: pd.DataFrame, curve: Curve) -> Any:
    return frame.iloc[:, 0].loc[curve.days].to_numpy()


def _median(fitted: KaplanMeierFitter) -> Median:
    """As lifelines tells it of a curve that is rounded, so that one half is one half."""
    survival = fitted.survival_function_.round(10)
    inside = survival.iloc[:, 0] > 0
    band = fitted.confidence_interval_.round(10)[inside].cummin()
    limits = [_crossed(band.iloc[:, [place]]) for place in (0, 1)]
    return Median(_crossed(survival), *limits)


def _crossed(frame: pd.DataFrame) -> float | None:
    day = float(median_survival_times(frame)) if len(frame) else np.inf
    return day if np.isfinite(day) else None


def _censored(group: Times) -> stats.CensoredData:
    return stats.CensoredData.right_censored(group.exit, ~group.event)


def _drawn(each: Cohort) -> tuple[Any, Any]:
    frame = each.frame
    kinds = range(len(each.groups))
    surplus, covariance = np.zeros(len(kinds)), np.zeros((len(kinds), len(kinds)))
    for day in sorted(set(frame.exit[frame.event])):
        there = frame[(frame.entry < day) & (frame.exit >= day)]
        had = there[there.event & (there.exit == day)]
        sizes = [int((there.group == kind).sum()) for kind in kinds]
        lots = stats.multivariate_hypergeom(sizes, len(had))
        surplus += [(had.group == kind).sum() for kind in kinds] - lots.mean()
        covariance += lots.cov() if sum(sizes) > 1 else 0
    return surplus, covariance


def _bounded(each: Cohort) -> list[bool]:
    """Of each later group, whether no direction leads its ratio away without the likelihood ever
    falling: nobody's event may have a group at risk that is raised above the own one.
    """
    every, group = each.all, each.frame.group.to_numpy()
    rows = set()
    for day in np.unique(every.exit[every.event]):
        there = set(group[(every.entry < day) & (every.exit >= day)])
        had = set(group[every.event & (every.exit == day)])
        rows |= {(own, other) for own in had for other in there - {own}}
    size = len(each.groups)
    limits = np.zeros((len(rows), size))
    for row, (own, other) in enumerate(rows):
        limits[row, own], limits[row, other] = -1, 1
    return [_still(limits, group) for group in range(1, size)]


def _still(limits: Any, group: int) -> bool:
    rows, size = limits.shape
    bounds = [(0, 0)] + [(-1, 1)] * (size - 1)
    if not rows:
        return False
    found = [
        linprog(sign * np.eye(size)[group], limits, np.zeros(rows), bounds=bounds).fun
        for sign in (1, -1)
    ]
    return bool(max(map(abs, found)) < CLOSE)


def _same_ratios(each: Cohort, found: Any) -> None:
    """Lifelines sets out from near the result: from 1 it never comes to large ratios of small
    groups, as its steps are not held back.
    """
    told = {group: ratio for group, ratio in enumerate(found, start=1) if ratio}
    frame = each.frame.query("group == 0 or group in @told")
    of = pd.DataFrame({group: frame.group == group for group in told}, dtype=float)
    near = 0.9 * of.std() * np.log([ratio.value for ratio in told.values()])
    fitter = CoxPHFitter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter.fit(
            frame.drop(columns="group").join(of),
            "exit",
            "event",
            entry_col="entry",
            initial_point=near.to_numpy(),
            fit_options={"precision": 1e-16, "r_precision": 1e-16},
        )
    for group, ours in told.items():
        row = fitter.summary.loc[group]
        theirs = row[["exp(coef)", "exp(coef) lower 95%", "exp(coef) upper 95%"]]
        assert (ours.value, ours.low, ours.high) == pytest.approx(tuple(theirs), rel=CLOSE)
        assert ours.p == pytest.approx(row["p"], abs=CLOSE)
