"""The infusion ahead, as the sheet for its day needs it: what to prepare and what to check."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from models.adverse_event import AdverseEvent
from models.advising import label_says, label_words
from models.base import ClinicError, described_fields
from models.blood import BloodCount
from models.ctcae import canonical
from models.follow_up import arranged_for, known_on, next_due
from models.history import History
from models.label import ANAPHYLAXIS, REACTION, premedication_advice
from models.laboratory import LabResult
from models.protocol import BY_LABEL, Unit
from models.skin import SkinScore
from models.treatment import Infusion, InfusionStatus, PlannedDose, TreatmentLine, planned_dose
from models.treatment_day.day import Slot, Values, cycle_of, lines_to_treat, slot_of
from models.treatment_day.proposing import as_last_time, known_height, known_weight
from models.treatment_day.sentences import (
    another_day_is_due,
    dose_worked_out,
    next_dose,
    place_in_calendar,
)
from models.visit import Visit
from models.wording import particulars
from models.words import _, day_words, number_words

AROUND_KG = 3


@dataclass(frozen=True)
class Check:
    """Something to look at before an infusion.

    `known`: what is, each with a remark or an empty text; empty where nothing is.
    """

    what: str
    known: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ahead:
    """The next infusion of a line, by what was known on `today`.

    `day`: for which it is prepared: the day arranged for it, or else its planned day; today, where
    that has gone by.
    """

    history: History
    slot: Slot
    today: dt.date
    arranged: dt.date | None

    @property
    def line(self) -> TreatmentLine:
        return self.slot.line

    @property
    def day(self) -> dt.date:
        return max(self.today, self.arranged or self.slot.planned.on)

    @cached_property
    def weight(self) -> tuple[dt.date, float] | None:
        """The last weight, and when it was measured."""
        return known_weight(self.history, self.today)

    @cached_property
    def height(self) -> float | None:
        return known_height({"treatment_line": self.line.id}, self.history)

    @property
    def _values(self) -> Values:
        return {
            "treatment_line": self.line.id,
            "date": self.day,
            "status": InfusionStatus.GIVEN,
            "weight_kg": self.weight[1] if self.weight else None,
            "height_cm": self.height,
        }

    @property
    def place(self) -> str:
        """Its number and planned day, how late it is, and what is due too by then."""
        values = self._values
        due_too = another_day_is_due(values, self.history)
        return " ".join([place_in_calendar(self.slot, values, self.history), *due_too])

    @property
    def dose(self) -> str:
        """The dose by the last weight, with its vials and bag; empty without one to go by."""
        if self.weight is None or self.slot.protocol.unit is Unit.MG:
            return ""
        return " ".join(dose_worked_out(self.slot, self._values, self.history))

    @property
    def following(self) -> str:
        """The dose after this one, if this one is given on its day."""
        return " ".join(next_dose(self._values, self.history))

    @property
    def last_given(self) -> Infusion | None:
        given = [each for each in self.history.infusions_of(self.line) if each.given_on]
        return max(given, key=lambda each: each.given_on or dt.date.min, default=None)

    @property
    def last_premedication(self) -> tuple[dt.date, str] | None:
        day, repeated = as_last_time(self._values, self.history) or (self.today, {})
        return (day, repeated["premedication"]) if "premedication" in repeated else None

    @property
    def premedication_by_label(self) -> list[str]:
        """What the labels say of this infusion of mogamulizumab; nothing of other drugs."""
        if self.line.protocol != BY_LABEL:
            return []
        events = self.history.of(AdverseEvent)
        since = [each for each in events if each.onset.last >= self.line.start.first]
        had = any(canonical(each.term) in {REACTION, ANAPHYLAXIS} for each in since)
        said = premedication_advice(first=self.last_given is None, had_reaction=had)
        return [each.words for each in said]

    @cached_property
    def doses(self) -> list[tuple[int, PlannedDose]]:
        """The dose for whole kg up to 3 above and below the last weight; empty where the dose goes
        by no weight, or no weight or height is known.
        """
        if self.weight is None or self.slot.protocol.unit is Unit.MG:
            return []
        middle = round(self.weight[1])
        weights = range(max(middle - AROUND_KG, 1), middle + AROUND_KG + 1)
        found = [(weight, self._dose(weight)) for weight in weights]
        return [(weight, dose) for weight, dose in found if dose]

    def _dose(self, weight: float) -> PlannedDose | None:
        measured = {"weight_kg": weight, "height_cm": self.height}
        return planned_dose(self.line, cycle_of(self.slot, self.slot.planned.on, measured))

    def left_over(self, planned: PlannedDose) -> float | None:
        """The mg that stay in the opened vials, to be discarded; None without their size."""
        vial = self.slot.protocol.vial_mg
        return round(planned.vials * vial - planned.mg, 2) if planned.vials and vial else None

    @property
    def checks(self) -> list[Check]:
        history = self.history
        return [
            Check(_("Open adverse events"), tuple(_open_events(history, self.today))),
            _check(_("Blood counts"), _last_count(history)),
            _check(_("Laboratory"), _last_values(history)),
            _check(_("Skin score"), _last_score(history)),
            _check(_("General condition"), _last_condition(history)),
            _check(_("Allergies"), filter(None, [history.patient.allergies])),
        ]


def infusion_ahead(history: History, today: dt.date, about: uuid.UUID | None = None) -> Ahead:
    """Of the line named, or else of the running one whose infusion is due first.

    Raises `ClinicError` where there is none.
    """
    known = known_on(history, today)
    line = about or next((line.id for line in lines_to_treat(known)), None)
    values = {"treatment_line": line, "date": today}
    slot = slot_of(values, known) if history.patient.death_date is None else None
    if slot is None:
        raise ClinicError(
            _("No infusion is ahead: no treatment that follows a protocol is running."),
            _("Nothing was printed."),
            _("Name the protocol in the treatment line, and leave its end empty."),
        )
    infusions = [due for due in next_due(history, today) if due.record.id == slot.line.id]
    arranged = (arranged_for(due, history, today) for due in infusions)
    return Ahead(known, slot, today, next(filter(None, arranged), None))


def _check(what: str, known: Iterable[str]) -> Check:
    return Check(what, tuple((each, "") for each in known))


def _open_events(history: History, day: dt.date) -> Iterator[tuple[str, str]]:
    """Each with what the label says of it."""
    for event in history.of(AdverseEvent):
        if event.is_open(day):
            grade = int(event.grade_on(day) or event.worst_grade)
            words = _("{event}, grade {grade}, since {date}")
            told = words.format(event=event.label, grade=grade, date=event.onset.words)
            said = label_says(history, event, day)
            yield told, label_words(said) if said else ""


def _last_count(history: History) -> Iterator[str]:
    """The last one, with every figure of it."""
    for count in history.of(BloodCount)[-1:]:
        values = [(field, getattr(count, field.name)) for field in described_fields(BloodCount)]
        told = [
            f"{field.title} {number_words(value)} {field.unit}".strip()
            for field, value in values
            if isinstance(value, float)
        ]
        yield f"{day_words(count.date)}: {', '.join([*told, *filter(None, [count.b])])}"


def _last_values(history: History) -> Iterator[str]:
    """The last value of every analyte, the latest day first."""
    last = {each.analyte: each for each in history.of(LabResult)}
    for day in sorted({each.date for each in last.values()}, reverse=True):
        told = [particulars(each, history) for each in last.values() if each.date == day]
        yield f"{day_words(day)}: {'; '.join(told)}"


def _last_score(history: History) -> Iterator[str]:
    for score in history.of(SkinScore)[-1:]:
        yield f"{day_words(score.date)}: {particulars(score, history)}"


def _last_condition(history: History) -> Iterator[str]:
    """ECOG of the last visit that tells it."""
    told = [visit for visit in history.of(Visit) if visit.ecog is not None]
    for visit in told[-1:]:
        yield f"{day_words(visit.date)}: ECOG {visit.ecog}"
