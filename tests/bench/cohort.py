"""Survival of many made-up patients, beside lifelines, and as on the page."""

import datetime as dt
import os
import warnings
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from models.cohort.factors import Factor
from models.cohort.practice import practice
from models.cohort.question import Outcome, Question
from models.cohort.response import response
from models.cohort.safety import safety
from models.cohort.selection import select
from models.cohort.survival import survival
from models.population import Origin, Population
from models.survival.cox import hazard_ratios
from models.survival.kaplan_meier import kaplan_meier
from models.survival.log_rank import log_rank
from models.survival.times import Times
from tests.bench.figures import Figure, in_turns, median
from tests.bench.made_up_members import made_up_members
from ui import theme
from ui.cohort_members import Members
from ui.cohort_page import CohortPage
from ui.survival_tab import SurvivalTab
from ui.tasks import Tasks

MEMBERS, QUICK, GROUPS = 100_000, 5_000, 4
TODAY = dt.date(2026, 11, 1)
LIFELINES, AIM = "lifelines", 2000
Told = list[float]


def figures(quick: bool) -> Iterator[Figure]:
    """Members are plain facts in memory: reading the patients comes before, once."""
    members, runs = (QUICK, 2) if quick else (MEMBERS, 5)
    yield from beside_lifelines(members, runs)
    yield from on_the_page(members, runs)


def beside_lifelines(members: int, runs: int) -> Iterator[Figure]:
    """Curves, bands, medians, log-rank test and hazard ratios, which both say alike."""
    groups = made_up_groups(members)
    frame = framed(groups)
    assert np.allclose(told(groups), told_by_lifelines(frame), rtol=1e-6)
    at = f"{members:,} members, {GROUPS} groups"
    work = {"survival": lambda: told(groups), LIFELINES: lambda: told_by_lifelines(frame)}
    taken = in_turns(work, runs, before=0)
    theirs = median(LIFELINES, at, taken[LIFELINES])
    about = {"beside": LIFELINES, "reference": theirs.value, "at_most": AIM, "times": 1}
    yield median("survival", at, taken["survival"], **about)
    yield theirs


def on_the_page(members: int, runs: int) -> Iterator[Figure]:
    """From a criterion to what is seen: the lists, the curves, the tables."""
    at = f"{members:,} members"
    everybody = tuple(made_up_members(members))
    read = Members(TODAY, None, everybody, (), ())
    population, question = Population(origin=Origin.LINE), Question(Outcome.PFS, Factor.TREATMENT)
    selection = select(everybody, population, TODAY)
    page, survived = opened(population, question)
    work = {
        "population chosen": lambda: select(everybody, population, TODAY),
        "survival worked out": lambda: survival(selection, question),
        "response by treatment": lambda: response(selection, question.factor),
        "safety": lambda: safety(selection),
        "practice": lambda: practice(selection),
        "the page, until its curves are painted": lambda: shown(page, survived, read),
    }
    for what, taken in in_turns(work, runs).items():
        yield median(what, at, taken, at_most=AIM)


def opened(population: Population, question: Question) -> tuple[CohortPage, SurvivalTab]:
    """The page of a clinic of which nobody was read yet, and its first tab."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    theme.load_fonts()
    tasks = Tasks(app)
    page = CohortPage(lambda: TODAY, tasks, tasks)
    page.population.show_population(population)
    (survived,) = (each for each in page.analyses if isinstance(each, SurvivalTab))
    survived.endpoint.setCurrentIndex(survived.endpoint.findData(question.endpoint))
    survived.factor.setCurrentIndex(survived.factor.findData(question.factor))
    page.resize(1366, 768)
    page.show()
    app.processEvents()
    return page, survived


def shown(page: CohortPage, survived: SurvivalTab, members: Members) -> QPixmap:
    page._members = None
    waiting = QEventLoop()
    survived._latest.done.connect(waiting.quit)
    page._on_read(members)
    waiting.exec()
    return page.grab()


def made_up_groups(members: int, seed: int = 1) -> list[Times]:
    """In whole days, all seen from the start: with delayed entry lifelines takes minutes."""
    dice, size = np.random.default_rng(seed), members // GROUPS
    return [
        Times.of(np.ceil(dice.exponential(900 + 180 * place, size)), dice.random(size) < 0.6)
        for place in range(GROUPS)
    ]


def framed(groups: Sequence[Times]) -> pd.DataFrame:
    """As lifelines wants it: a row for each patient, a column for each later group."""
    parts = [
        pd.DataFrame({"exit": each.exit, "event": each.event, "group": place})
        for place, each in enumerate(groups)
    ]
    frame = pd.concat(parts)
    for place in range(1, len(groups)):
        frame[f"is {place}"] = (frame.group == place).astype(float)
    return frame


def told(groups: Sequence[Times]) -> Told:
    medians = [kaplan_meier(each).median for each in groups]
    limits = [day for each in medians for day in (each.value, each.low, each.high) if day]
    test = log_rank(groups)
    ratios = [each for each in hazard_ratios(groups) if each]
    assert test
    return [*limits, test.chi2, *(each.value for each in ratios)]


def told_by_lifelines(frame: pd.DataFrame) -> Told:
    limits: Told = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _name, each in frame.groupby("group"):
            fitter = KaplanMeierFitter().fit(each.exit, each.event)
            band = fitter.confidence_interval_
            limits.append(fitter.median_survival_time_)
            limits += [median_survival_times(band[[column]]) for column in band]
        test = multivariate_logrank_test(frame.exit, frame.group, frame.event)
        cox = CoxPHFitter().fit(frame.drop(columns="group"), "exit", "event")
    return [*limits, test.test_statistic, *cox.hazard_ratios_]
