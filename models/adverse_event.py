"""Adverse events with the course of their grades (CTCAE)."""

import datetime as dt
import uuid
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from models.base import PARTIAL_DATE, FieldProblem, JsonColumn, PatientRecord, field, revised
from models.ctcae import NAMES, CtcaeVersion, Soc, grades_of, soc_of
from models.rules import Standing, rule
from models.values import AnyDate, Choice, Grade, PartialDate, earliest, latest
from models.words import N_, _


class Seriousness(Choice):
    DEATH = N_("death")
    LIFE_THREATENING = N_("life-threatening")
    HOSPITALISATION = N_("hospitalisation")
    DISABILITY = N_("disability")
    OTHER = N_("other")


class Attribution(Choice):
    UNRELATED = N_("unrelated")
    UNLIKELY = N_("unlikely")
    POSSIBLE = N_("possible")
    PROBABLE = N_("probable")
    DEFINITE = N_("definite")


class Action(Choice):
    NONE = N_("none")
    DELAYED = N_("delayed")
    REDUCED = N_("reduced")
    INTERRUPTED = N_("interrupted")
    STOPPED = N_("stopped")


class Outcome(Choice):
    ONGOING = N_("ongoing")
    RESOLVED = N_("resolved")
    RESOLVED_WITH_SEQUELAE = N_("resolved with sequelae")
    FATAL = N_("fatal")
    UNKNOWN = N_("unknown")


class GradeEpisode(BaseModel):
    """From this date on the event had this grade."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    date: PartialDate
    grade: Grade

    def __str__(self) -> str:
        return f"{self.date}:{int(self.grade)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """`2017-07:2`; raises `ValueError` otherwise."""
        date, colon, grade = text.strip().rpartition(":")
        if not colon or grade.strip() not in {"1", "2", "3", "4", "5"}:
            raise ValueError(_("A grade is written as 2017-07:2, a date and 1 to 5."))
        return cls(date=PartialDate.parse(date), grade=Grade(int(grade)))


class AdverseEvent(PatientRecord, table=True):
    __tablename__ = "adverse_event"
    singular: ClassVar[str] = N_("adverse event")
    plural: ClassVar[str] = N_("adverse events")
    dated_by: ClassVar[str] = "onset"
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {
        "grade_words": (N_("Grade"), str),
        "worst_grade": (N_("Worst grade"), int),
        "soc": (N_("System organ class"), Soc),
    }

    verbatim: str = field(N_("In the patient's words"), max_length=1000)
    term: str = field(N_("CTCAE term"), max_length=200, suggestions=NAMES)
    onset: PartialDate = field(N_("Onset"), column=PARTIAL_DATE)
    grades: list[GradeEpisode] = field(
        N_("Grades"),
        column=JsonColumn(list[GradeEpisode]),
        help=N_("From which date the event had which grade."),
    )
    body_site: str | None = field(N_("Body site"), None, max_length=200)
    ctcae_version: CtcaeVersion = field(N_("CTCAE version"))
    resolved: PartialDate | None = field(N_("Resolved"), None, column=PARTIAL_DATE)
    outcome: Outcome | None = field(N_("Outcome"), None)
    serious: bool | None = field(N_("Serious"), None, group=N_("Seriousness"))
    seriousness: Seriousness | None = field(N_("Because of"), None, group=N_("Seriousness"))
    attribution: Attribution | None = field(N_("Attribution"), None, group=N_("Treatment"))
    treatment_line: uuid.UUID | None = field(
        N_("To treatment line"), None, group=N_("Treatment"), foreign_key="treatment_line"
    )
    action: Action | None = field(N_("Action taken"), None, group=N_("Treatment"))
    treatment_given: str | None = field(
        N_("Treatment of the event"), None, group=N_("Treatment"), max_length=500
    )

    @model_validator(mode="after")
    def _has_grades_and_runs_forward(self) -> Self:
        if not self.grades:
            raise FieldProblem("grades", _("Enter at least one grade."))
        if self.resolved and self.resolved.last < self.onset.first:
            raise FieldProblem("resolved", _("It was resolved before its onset."))
        return self

    @property
    def label(self) -> str:
        """The term; for an "Other, specify" term what the patient said."""
        return self.verbatim if "- Other" in self.term else self.term

    @property
    def course(self) -> list[GradeEpisode]:
        """The grades in the order of time."""
        return sorted(self.grades, key=lambda episode: episode.date)

    @property
    def soc(self) -> Soc | None:
        """The system organ class of the term in its version; None where it is not known."""
        return soc_of(self.term, self.ctcae_version)

    @property
    def last_grade(self) -> Grade:
        return self.course[-1].grade

    @property
    def grade_words(self) -> str:
        """The last grade, and the worst where that is another: `2, worst 3`."""
        last, worst = int(self.last_grade), int(self.worst_grade)
        if last == worst:
            return str(last)
        return _("{last}, worst {worst}").format(last=last, worst=worst)

    @property
    @rule(N_("Worst grade"), "NCI, CTCAE 5.0 (2017)", Standing.DERIVED)
    def worst_grade(self) -> Grade:
        """The worst grade of an event is the highest of the grades recorded for it, whenever it had
        them. Grades given in different versions of CTCAE are not converted.
        """
        return max(episode.grade for episode in self.grades)

    @rule(N_("Grade on a day"), "NCI, CTCAE 5.0 (2017)", Standing.DERIVED)
    def grade_on(self, day: dt.date) -> Grade | None:
        """The grade on a day is that of the last change up to that day, also where the grades were
        entered in another order. A change of which only the month or year is known counts from its
        first day, a resolution from its last. Before the first grade and after the resolution
        there is none; an event whose end is not dated keeps its last grade.
        """
        if self.resolved and self.resolved.last < day:
            return None
        begun = [episode.grade for episode in self.course if episode.date.first <= day]
        return begun[-1] if begun else None

    def is_open(self, day: dt.date) -> bool:
        """Begun and not known to be over by `day`."""
        over = self.resolved is not None and self.resolved.first <= day
        closed = self.outcome in {Outcome.RESOLVED, Outcome.RESOLVED_WITH_SEQUELAE, Outcome.FATAL}
        return self.onset.first <= day and not over and not (closed and self.resolved is None)


def regraded(event: AdverseEvent, grade: Grade, today: dt.date) -> AdverseEvent:
    """The event with this grade from today on, in place of what was entered for today before.

    Grade 5 is a fatal outcome. Raises `ValueError` in a sentence where the term lacks the grade,
    the event has it already or does not go on today.
    """
    _check_that_it_goes_on(event, today)
    known = grades_of(event.term, event.ctcae_version)
    if known and grade not in known:
        raise ValueError(
            _("{term} has no grade {grades} in CTCAE {version}.").format(
                term=event.term, grades=int(grade), version=event.ctcae_version.value
            )
        )
    if grade is event.last_grade:
        raise ValueError(
            _("{event} has grade {grade} already.").format(event=event.label, grade=int(grade))
        )
    day = PartialDate.of(today)
    course = [episode for episode in event.course if episode.date != day]
    if not course or course[-1].grade is not grade:
        course.append(GradeEpisode(date=day, grade=grade))
    outcome = Outcome.FATAL if grade is Grade.DEATH else event.outcome
    return revised(event, grades=course, outcome=outcome)


def resolved(event: AdverseEvent, today: dt.date) -> AdverseEvent:
    """The event, over today; raises `ValueError` in a sentence where it does not go on today."""
    _check_that_it_goes_on(event, today)
    return revised(event, resolved=PartialDate.of(today), outcome=Outcome.RESOLVED)


def _check_that_it_goes_on(event: AdverseEvent, today: dt.date) -> None:
    last = event.course[-1].date
    if event.onset.first > today:
        words = _("{event} begins only on {date}.").format(
            event=event.label, date=event.onset.words
        )
    elif not event.is_open(today) or event.last_grade is Grade.DEATH:
        words = _("{event} is over: correct it in the form.").format(event=event.label)
    elif last.first >= today and last != PartialDate.of(today):
        words = _("The last grade of {event} is of {date}: correct it in the form.").format(
            event=event.label, date=last.words
        )
    else:
        return
    raise ValueError(words)


def missing_grades(event: AdverseEvent) -> tuple[Grade, ...]:
    """Grades that the event has and its term lacks in its version; none where that is not known."""
    known = grades_of(event.term, event.ctcae_version)
    given = {episode.grade for episode in event.grades}
    return tuple(sorted(given.difference(known))) if known else ()


class Emergent(Choice):
    """Whether an event came or worsened under treatment."""

    YES = N_("yes")
    POSSIBLE = N_("possible")
    NO = N_("no")


@rule(N_("Treatment-emergent"), "ICH E9; the 90 days: MAVORIC", Standing.UNVERIFIED)
def emergent(
    event: AdverseEvent, first_dose: AnyDate, last_dose: AnyDate | None, within_days: int
) -> Emergent:
    """An event is treatment-emergent if, from the day of the first dose on, it began or had a
    higher grade than the last one before that day, and this no later than so many days after the
    last dose as the clinic's settings say, 90 unless changed. While the line runs, that time is
    not over. The first grade is taken to hold from the onset. Where dates known only by month or
    year allow both answers, it is possible.
    """
    answers = {answer for _e, answer in emerging(event, first_dose, last_dose, within_days)}
    return next((answer for answer in Emergent if answer in answers), Emergent.NO)


def emerging(
    event: AdverseEvent, first_dose: AnyDate, last_dose: AnyDate | None, within_days: int
) -> list[tuple[GradeEpisode, Emergent]]:
    """The grades with which an event came or worsened under treatment, surely or possibly; the
    first grade is dated by the onset.
    """
    course = _course_from_onset(event)
    before = _may_be_before(course, first_dose)
    answers = [
        _worsened(episode, before, _inside(episode.date, first_dose, last_dose, within_days))
        for episode in course
    ]
    pairs = zip(course, answers, strict=True)
    return [(episode, answer) for episode, answer in pairs if answer is not Emergent.NO]


def _course_from_onset(event: AdverseEvent) -> list[GradeEpisode]:
    """The course with its first episode, or each that may be the first, from the onset on."""
    course = event.course
    first = [
        episode
        for episode in course
        if not any(other.date.last < episode.date.first for other in course)
    ]
    begun = [episode.model_copy(update={"date": event.onset}) for episode in first]
    return begun + (course if len(first) > 1 else course[1:])


def _inside(
    date: PartialDate, first_dose: AnyDate, last_dose: AnyDate | None, within_days: int
) -> Emergent:
    """Whether a date lies from the first dose to the end of the time after the last one."""
    ends = dt.timedelta(days=within_days)
    if date.last < earliest(first_dose) or (last_dose and date.first > latest(last_dose) + ends):
        return Emergent.NO
    if date.first < latest(first_dose) or (last_dose and date.last > earliest(last_dose) + ends):
        return Emergent.POSSIBLE
    return Emergent.YES


def _may_be_before(course: list[GradeEpisode], first_dose: AnyDate) -> list[GradeEpisode | None]:
    """What may be the last episode before the first dose; None where there may be none."""
    surely = [episode for episode in course if episode.date.last < earliest(first_dose)]
    found = [
        episode
        for episode in course
        if episode.date.first < latest(first_dose)
        and not any(other.date.first > episode.date.last for other in surely)
    ]
    return [*found] if surely else [None, *found]


def _worsened(
    episode: GradeEpisode, before: list[GradeEpisode | None], inside: Emergent
) -> Emergent:
    """Whether an episode lies inside and has a higher grade than there was before."""
    higher = {
        other is None or episode.grade > other.grade for other in before if other is not episode
    }
    if inside is Emergent.NO or True not in higher:
        return Emergent.NO
    return Emergent.POSSIBLE if False in higher else inside
