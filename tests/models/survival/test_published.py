"""Data sets that everybody knows, and what was published of them."""

import pandas as pd
import pytest
from lifelines import CoxTimeVaryingFitter, datasets

from models.survival.cox import hazard_ratios
from models.survival.kaplan_meier import Median, kaplan_meier
from models.survival.log_rank import log_rank
from models.survival.proportions import clopper_pearson
from models.survival.times import Times

MERCAPTOPURINE = Times.of(
    [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
    [True] * 9 + [False] * 12,
)
PLACEBO = Times.of(
    [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [True] * 21
)


def test_6_mercaptopurine_keeps_leukaemia_in_remission() -> None:
    """Freireich, Blood 1963; Gehan, Biometrika 1965: weeks in remission."""
    treated, placebo = kaplan_meier(MERCAPTOPURINE), kaplan_meier(PLACEBO)
    assert (treated.median.value, placebo.median.value) == (23, 8)
    assert placebo.median == Median(8, 4, 11)
    assert treated.survival == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )
    found = log_rank([MERCAPTOPURINE, PLACEBO])
    assert found
    assert found.degrees == 1
    assert found.chi2 == pytest.approx(16.79, abs=0.005)
    assert found.p == pytest.approx(4.17e-5, rel=1e-3)
    (ratio,) = hazard_ratios([MERCAPTOPURINE, PLACEBO])
    assert ratio
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((4.817, 2.147, 10.81), rel=5e-4)
    assert ratio.p == pytest.approx(1.38e-4, rel=5e-3)


def test_men_and_women_with_lung_cancer() -> None:
    """Loprinzi, J Clin Oncol 1994, as R's survival prints it."""
    men, women = _groups(datasets.load_lung(), "time", "status", "sex")
    assert (kaplan_meier(men).median.value, kaplan_meier(women).median.value) == (270, 426)
    found = log_rank([men, women])
    assert found
    assert (found.chi2, found.p) == pytest.approx((10.3267, 0.00131116), rel=1e-5)
    (ratio,) = hazard_ratios([men, women])
    assert ratio
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((0.588, 0.4237, 0.816), rel=1e-4)
    assert ratio.p == pytest.approx(0.00149, rel=5e-3)


def test_four_stages_of_cancer_of_the_larynx() -> None:
    """Kardaun, Stat Neerl 1983."""
    data = datasets.load_larynx()
    data["stage"] = data.Stage_II + 2 * data.Stage_III + 3 * data.Stage_IV
    found = log_rank(_groups(data, "time", "death", "stage"))
    assert found
    assert found.degrees == 3
    assert found.chi2 == pytest.approx(22.76, abs=0.005)


def test_hormones_after_node_positive_breast_cancer() -> None:
    """Schumacher, J Clin Oncol 1994."""
    without, treated = _groups(datasets.load_gbsg2(), "time", "cens", "horTh")
    assert (kaplan_meier(without).median.value, kaplan_meier(treated).median.value) == (1528, 2018)
    found = log_rank([without, treated])
    assert found
    assert found.chi2 == pytest.approx(8.56, abs=0.005)
    (ratio,) = hazard_ratios([without, treated])
    assert ratio
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((0.695, 0.544, 0.888), abs=5e-4)


def test_transplanted_hearts_have_an_immortal_time() -> None:
    """Crowley and Hu, J Am Stat Assoc 1977: whoever is transplanted has lived to see it. Counted
    as transplanted from acceptance on, patients seem to do far better; from the day on, they do
    not.
    """
    data = datasets.load_stanford_heart_transplants()
    (ratio,) = hazard_ratios(_groups(data, "stop", "event", "transplant", "start"))
    assert ratio
    fitter = CoxTimeVaryingFitter().fit(
        data[["id", "start", "stop", "event", "transplant"]],
        id_col="id",
        event_col="event",
        start_col="start",
        stop_col="stop",
        fit_options={"precision": 1e-16},
    )
    row = fitter.summary.loc["transplant"]
    theirs = row[["exp(coef)", "exp(coef) lower 95%", "exp(coef) upper 95%", "p"]]
    assert (ratio.value, ratio.low, ratio.high, ratio.p) == pytest.approx(tuple(theirs), rel=1e-6)
    assert ratio.value > 1
    ever = data.groupby("id").agg({"stop": "max", "event": "max", "transplant": "max"})
    (flattering,) = hazard_ratios(_groups(ever, "stop", "event", "transplant"))
    assert flattering
    assert flattering.high < 0.5


def test_exact_intervals() -> None:
    """Newcombe, Stat Med 1998."""
    published = {
        (81, 263): (0.2527, 0.3676),
        (15, 148): (0.0578, 0.1617),
        (0, 20): (0.0000, 0.1684),
        (1, 29): (0.0009, 0.1776),
    }
    for (k, n), limits in published.items():
        assert clopper_pearson(k, n) == pytest.approx(limits, abs=5e-5)


def _groups(
    data: pd.DataFrame, exit: str, event: str, by: str, entry: str | None = None
) -> list[Times]:
    return [
        Times.of(each[exit], each[event] == 1, each[entry] if entry else None)
        for _name, each in data.groupby(by)
    ]
