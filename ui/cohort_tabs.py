"""The tabs of the cohort page, in the order in which they are read."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from PySide6.QtWidgets import QTabWidget

from models.cohort.choices import Choices
from models.cohort.factors import Factor
from models.words import N_, _
from ui.analysis_tab import AnalysisTab
from ui.patient_tabs import pages_of
from ui.practice_tab import PracticeTab
from ui.response_tab import ResponseTab
from ui.safety_tab import SafetyTab
from ui.survival_tab import SurvivalTab
from ui.swimmer_tab import SwimmerTab
from ui.tasks import Tasks

TABS: Sequence[tuple[str, type[AnalysisTab[Any]]]] = (
    (N_("Survival"), SurvivalTab),
    (N_("Response"), ResponseTab),
    (N_("Swimmer"), SwimmerTab),
    (N_("Safety"), SafetyTab),
    (N_("Practice"), PracticeTab),
)


def cohort_tabs(tasks: Tasks, tabs: QTabWidget) -> Sequence[AnalysisTab[Any]]:
    made = [(title, kind(tasks, pages_of(tabs))) for title, kind in TABS]
    for title, tab in made:
        tabs.addTab(tab, _(title))
    return [tab for _title, tab in made]


def choices_of(tabs: Sequence[AnalysisTab[Any]]) -> Choices:
    """As they show it now."""
    return reduce(lambda choices, tab: tab.choose(choices), tabs, Choices(Factor.NONE))
