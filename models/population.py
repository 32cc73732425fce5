"""A population: the patients, or the treatment lines of patients, of which figures are told."""

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.base import JsonColumn, Record, field
from models.biopsy import Conclusion
from models.diagnosis import Disease
from models.patient import Sex
from models.response import Response
from models.staging import STAGES
from models.therapies import Category
from models.values import Choice, Grade
from models.words import N_, _, day_words, listing

OLDEST = 120
_KEPT_LATER = {"origin", "which", "sexes", "age_from", "since", "number_from"}
"""What a later line of the same patient fulfils wherever an earlier one does."""


class Origin(Choice):
    """From when on time counts, and at which time age and stage are told."""

    DIAGNOSIS = N_("diagnosis")
    LINE = N_("start of a treatment line")


class Which(Choice):
    """Which of a patient's lines count where several fit."""

    FIRST = N_("the first that fits")
    LAST = N_("the last that fits")
    EVERY = N_("every one that fits")


class Population(BaseModel):
    """Criteria; one that is empty leaves nobody out.

    Stage, age and dates are those at the origin. `treatments`: drugs, one of which the line's
    regimen names; from the diagnosis on: one of which was ever given. `number_from`, `number_to`:
    the place among the lines against the disease. Responses, events and biopsies come after the
    origin: whoever is chosen by them has lived to see them.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    origin: Origin = Origin.DIAGNOSIS
    which: Which = Which.FIRST
    diseases: tuple[Disease, ...] = ()
    stages: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = ()
    age_from: int | None = Field(default=None, ge=0, le=OLDEST)
    age_to: int | None = Field(default=None, ge=0, le=OLDEST)
    since: dt.date | None = None
    until: dt.date | None = None
    treatments: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    number_from: int | None = Field(default=None, ge=1, le=99)
    number_to: int | None = Field(default=None, ge=1, le=99)
    given_here: bool = False
    responses: tuple[Response, ...] = ()
    events: tuple[str, ...] = ()
    grade_from: Grade | None = None
    conclusions: tuple[Conclusion, ...] = ()

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if unknown := [stage for stage in self.stages if stage not in STAGES]:
            raise ValueError(_("{stages} is no stage.").format(stages=listing(unknown)))
        pairs = (
            (self.age_from, self.age_to, _("The lowest age is above the highest.")),
            (self.since, self.until, _("The first day lies after the last.")),
            (self.number_from, self.number_to, _("The first line lies after the last.")),
        )
        for least, most, sentence in pairs:
            if least is not None and most is not None and least > most:  # type: ignore[operator]
                raise ValueError(sentence)
        return self

    @property
    def by_line(self) -> bool:
        return self.origin is Origin.LINE

    @property
    def looks_ahead(self) -> bool:
        """Whether patients are chosen by what is known only some time after the origin."""
        ever = not self.by_line and (self.treatments or self.categories or self.given_here)
        late = self.responses or self.events or self.grade_from or self.conclusions
        return bool(ever or late)

    @property
    def last_of_all(self) -> bool:
        """Whether no line comes after one that counts: the last, of all that a patient had."""
        asked = self.model_dump(exclude=_KEPT_LATER)
        nothing = asked == Population().model_dump(exclude=_KEPT_LATER)
        return self.by_line and self.which is Which.LAST and nothing

    @property
    def words(self) -> str:
        """`from the start of a treatment line; Sézary syndrome; mogamulizumab`."""
        return "; ".join([*self._counted(), *self._at_origin(), *self._later()])

    def __str__(self) -> str:
        return self.words

    def _counted(self) -> Iterator[str]:
        if not self.by_line:
            yield _("from the diagnosis")
            return
        yield _("from the start of a treatment line, {which}").format(which=_(self.which.value))

    def _at_origin(self) -> Iterator[str]:
        yield from filter(None, [_any_of([_(each.value) for each in self.diseases])])
        if self.stages:
            yield _("stage {stages}").format(stages=_any_of(self.stages))
        yield from filter(None, [_any_of([_(each.value) for each in self.sexes])])
        yield from _span(self.age_from, self.age_to, _("age"))
        yield from _span(
            self.since and day_words(self.since), self.until and day_words(self.until), _("begun")
        )

    def _later(self) -> Iterator[str]:
        yield from filter(None, [_any_of([_(each) for each in self.treatments])])
        yield from filter(None, [_any_of([_(each.value) for each in self.categories])])
        if self.by_line:
            yield from _span(self.number_from, self.number_to, _("line"))
        if self.given_here:
            yield _("given in our clinic")
        if self.responses:
            best = _any_of([each.words for each in self.responses])
            yield _("best response {responses}").format(responses=best)
        if self.events or self.grade_from:
            terms = _any_of([_(each) for each in self.events]) or _("any adverse event")
            least = int(self.grade_from or Grade.MILD)
            yield _("{terms} of grade {grade} or more").format(terms=terms, grade=least)
        if self.conclusions:
            found = _any_of([_(each.value) for each in self.conclusions])
            yield _("biopsy: {conclusions}").format(conclusions=found)


def _any_of(names: tuple[str, ...] | list[str]) -> str:
    return _(" or ").join(names)


def _span(least: object, most: object, what: str) -> Iterator[str]:
    if least is not None and least == most:
        yield _("{what} {n}").format(what=what, n=least)
    elif least is not None and most is not None:
        yield _("{what} {least} to {most}").format(what=what, least=least, most=most)
    elif least is not None:
        yield _("{what} from {least}").format(what=what, least=least)
    elif most is not None:
        yield _("{what} up to {most}").format(what=what, most=most)


def can_be_read(criteria: object) -> bool:
    """A later version of the program may have written more than this one knows."""
    try:
        Population.model_validate(criteria)
    except ValidationError:
        return False
    return True


class SavedPopulation(Record, table=True):
    """A population under a name, for whoever asks again."""

    __tablename__ = "population"
    singular: ClassVar[str] = N_("saved population")
    plural: ClassVar[str] = N_("saved populations")

    name: str = field(N_("Name"), unique=True, max_length=100)
    criteria: Population = field(N_("Criteria"), column=JsonColumn(Population))
