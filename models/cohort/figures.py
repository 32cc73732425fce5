"""All that is told of a population: who was counted, survival, response, safety, practice."""

from collections.abc import Collection
from dataclasses import dataclass

from models.cohort.choices import Choices
from models.cohort.counted import Group, who_was_counted
from models.cohort.figure_table import FigureTable, Who, who
from models.cohort.left_out import who_was_left_out
from models.cohort.methods import about_data, about_population, about_settings, rules_used
from models.cohort.practice import PracticeFigures, practice
from models.cohort.question import Question
from models.cohort.response import ResponseFigures, response
from models.cohort.safety import Safety, safety
from models.cohort.selection import Selection
from models.cohort.survival import survival
from models.cohort.survival_result import Survival
from models.cohort.swimmer import SwimmerFigures, swimmer
from models.practice import Practice, usual_practice
from models.progress import Progress, unseen
from models.rules import awaiting_words
from models.words import capitalised

STEPS = 5
USUAL_CHOICES = Choices()

Part = Survival | ResponseFigures | SwimmerFigures | Safety | PracticeFigures


@dataclass(frozen=True, eq=False)
class CohortFigures:
    """`confirmed`: the names of the rules that a clinician has confirmed; `settings`: by which the
    clinic counts.
    """

    selection: Selection
    question: Question
    choices: Choices
    confirmed: Collection[str]
    settings: Practice
    counted: FigureTable
    left_out: FigureTable
    survival: Survival
    response: ResponseFigures
    swimmer: SwimmerFigures
    safety: Safety
    practice: PracticeFigures

    @property
    def whose(self) -> Who:
        """The patients of whom all this is told."""
        return who(self.selection.units)

    @property
    def parts(self) -> tuple[Part, ...]:
        """In the order in which they are told; some belong to treatment lines alone."""
        if not self.selection.population.by_line:
            return self.survival, self.practice
        return self.survival, self.response, self.swimmer, self.safety, self.practice

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """How the figures came about: the population, each part, and what all of it rests on."""
        awaiting = awaiting_words(rules_used(self.selection, self.question), self.confirmed)
        set_to = about_settings(self.settings, self.selection, self.question)
        rests_on = tuple(filter(None, (set_to, awaiting, about_data(self.selection))))
        told = (part.methods for part in self.parts if part.methods)
        return ((about_population(self.selection),), *told, rests_on)

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(words for paragraph in self.paragraphs for words in paragraph)

    @property
    def tables(self) -> tuple[FigureTable, ...]:
        """Every table; no two of one key."""
        of_parts = (table for part in self.parts for table in part.tables)
        return self.counted, self.left_out, *of_parts

    @property
    def warnings(self) -> tuple[str, ...]:
        """Each once."""
        return tuple(dict.fromkeys(words for part in self.parts for words in part.warnings))


def figures_of(
    selection: Selection,
    question: Question,
    choices: Choices = USUAL_CHOICES,
    *,
    confirmed: Collection[str] = (),
    settings: Practice | None = None,
    progress: Progress = unseen,
) -> CohortFigures:
    """`settings`: the usual ones where the clinic is not known."""
    by = question.factor if choices.response_by is None else choices.response_by
    progress(0, STEPS)
    found = survival(selection, question)
    progress(1, STEPS)
    responded = response(selection, by)
    progress(2, STEPS)
    lanes = swimmer(selection, choices.lanes)
    progress(3, STEPS)
    events = safety(selection, choices.attributed_only, choices.events)
    progress(4, STEPS)
    return CohortFigures(
        selection,
        question,
        choices,
        confirmed,
        settings or usual_practice(),
        counted=who_was_counted(selection, _groups(found)),
        left_out=who_was_left_out(selection),
        survival=found,
        response=responded,
        swimmer=lanes,
        safety=events,
        practice=practice(selection),
    )


def _groups(found: Survival) -> list[Group]:
    """Those that are compared; none where there is nothing to compare."""
    if len(found.groups) < 2:
        return []
    return [(capitalised(each.name), [one.unit for one in each.subjects]) for each in found.groups]
