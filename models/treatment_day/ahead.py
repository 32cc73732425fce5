"""The infusion ahead, as the sheet for its day needs it: what to prepare and what to check."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property

from models.adverse_event import AdverseEvent
from models.advising import Held, held_by, held_words
from models.base import NoPage
from models.ctcae import canonical
from models.explaining.words import by
from models.follow_up import arranged_for, known_on, next_due
from models.history import History
from models.label import ANAPHYLAXIS, REACTION, premedication_advice
from models.preparing import drawn_up, is_old, most_kg
from models.protocol import BY_LABEL, Formula, Unit, body_surface
from models.rules import rule_of
from models.treatment import (
    DILUTION_MG_PER_ML,
    Dose,
    Infusion,
    InfusionStatus,
    PlannedDose,
    TreatmentLine,
    dose,
    planned_dose,
)
from models.treatment_day.checks import Check, to_look_at
from models.treatment_day.day import Slot, Values, cycle_of, lines_to_treat, slot_of
from models.treatment_day.proposing import as_last_time, known_height, known_weight
from models.treatment_day.sentences import (
    another_day_is_due,
    next_dose,
    off_in_plain_words,
)
from models.words import _, capitalised, day_words, number_words

AROUND_KG = 3


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
        """The last weight, and when it was measured: where no dose is entered yet, also that of the
        cycle that has begun.
        """
        found, begun = known_weight(self.history, self.today), self.slot.begun
        of_cycle = (begun.day_1, begun.weight_kg) if begun else None
        known = [each for each in (found, of_cycle) if each and each[0] <= self.today]
        return max(known, key=lambda each: each[0], default=None)

    @property
    def weight_is_old(self) -> bool:
        return self.weight is not None and is_old((self.today - self.weight[0]).days)

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
        """Its number and planned day, and how many days it is off, where that matters."""
        words = _("Infusion {number}, planned for {date}").format(
            number=self.slot.planned.number, date=day_words(self.slot.planned.on)
        )
        return "; ".join(filter(None, [words, self._off[0]])) + "."

    @property
    def beside_place(self) -> list[str]:
        """What being off its day means, and what is due too by then."""
        due_too = another_day_is_due(self._values, self.history)
        return [*filter(None, [self._off[1]]), *due_too]

    @cached_property
    def _off(self) -> tuple[str, str]:
        return off_in_plain_words(self.slot, self._values, self.history)

    def dilution(self, planned: PlannedDose) -> str:
        """How the label has it diluted; empty for another protocol's dose."""
        if not isinstance(planned, Dose):
            return ""
        thinnest, strongest = DILUTION_MG_PER_ML
        words = _("Dilute to {thinnest}–{strongest} mg/mL: {least}–{most} mL in the bag {source}.")
        return words.format(
            thinnest=number_words(thinnest),
            strongest=number_words(strongest),
            least=number_words(planned.bag_ml_least),
            most=number_words(planned.bag_ml_most),
            source=by(dose, self.history),
        )

    @cached_property
    def held(self) -> list[Held]:
        return held_by(self.history, self.line, self.today)

    @property
    def warnings(self) -> list[str]:
        """What is to be weighed before anything is prepared: the label, and a limit of weight."""
        told = [capitalised(held_words(self.held)) + "."] if self.held else []
        limit = most_kg(self.line.regimen, self.slot.protocol)
        if limit and self.weight and self.weight[1] > limit:
            words = _(
                "{drugs}: by the label a weight above {kg} kg counts as {kg} kg, which makes "
                "{mg} mg; the doses below do not know this limit."
            )
            mg = self.slot.protocol.mg(limit) or 0
            words = words.format(
                drugs=self.line.regimen_words, kg=number_words(limit), mg=number_words(mg)
            )
            if rule_of(most_kg).awaits(self.history.confirmed):
                words += " " + _("(From memory: awaits confirmation by a clinician.)")
            told.append(capitalised(words))
        return told

    @property
    def lacking(self) -> str:
        """What is not on file to work the dose out; empty where nothing is missing."""
        if self.slot.protocol.unit is Unit.MG:
            return ""
        weight = self.weight is None
        height = self.slot.by_surface and self.height is None
        if weight and height:
            return _("no weight and no height on file to work it out")
        if height:
            return _("no height on file to work it out")
        return _("no weight on file to work it out") if weight else ""

    def surface(self, weight: float) -> float | None:
        """The body surface in m²; None where the dose does not go by it, or without a height."""
        formula = self.formula
        return body_surface(weight, self.height, formula) if formula and self.height else None

    @property
    def formula(self) -> Formula | None:
        return self.slot.protocol.formula

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
        if self.line.protocol != BY_LABEL or any(held.stops for held in self.held):
            return []
        events = self.history.of(AdverseEvent)
        since = [each for each in events if each.onset.last >= self.line.start.first]
        had = any(canonical(each.term) in {REACTION, ANAPHYLAXIS} for each in since)
        said = premedication_advice(first=self.last_given is None, had_reaction=had)
        return [each.words for each in said]

    @cached_property
    def doses(self) -> list[tuple[float, PlannedDose]]:
        """The dose for the last weight, and for whole kg up to 3 above and below it; empty where
        the dose goes by no weight, or no weight or height is known.
        """
        if self.weight is None or self.slot.protocol.unit is Unit.MG:
            return []
        measured = self.weight[1]
        middle = round(measured)
        weights = {*range(max(middle - AROUND_KG, 1), middle + AROUND_KG + 1), measured}
        found = [(weight, self._dose(weight)) for weight in sorted(weights)]
        return [(weight, dose) for weight, dose in found if dose]

    def drawn_up(self, planned: PlannedDose) -> PlannedDose:
        return drawn_up(self.slot.protocol, planned)

    @property
    def fixed(self) -> PlannedDose | None:
        """A dose in mg, for whatever weight."""
        return self._dose(1) if self.slot.protocol.unit is Unit.MG else None

    def _dose(self, weight: float) -> PlannedDose | None:
        measured = {"weight_kg": weight, "height_cm": self.height}
        return planned_dose(self.line, cycle_of(self.slot, self.slot.planned.on, measured))

    def left_over(self, planned: PlannedDose) -> float | None:
        """The mg that stay in the opened vials, to be discarded; None without their size."""
        vial = self.slot.protocol.vial_mg
        return round(planned.vials * vial - planned.mg, 2) if planned.vials and vial else None

    @property
    def checks(self) -> list[Check]:
        return to_look_at(self.history, self.today, self.held)


def infusion_ahead(history: History, today: dt.date, about: uuid.UUID | None = None) -> Ahead:
    """Of the line named, or else of the running one whose infusion is due first.

    Raises `NoPage` where there is none.
    """
    known = known_on(history, today)
    line = about or next((line.id for line in lines_to_treat(known)), None)
    values = {"treatment_line": line, "date": today}
    slot = slot_of(values, known) if history.patient.death_date is None else None
    if slot is None:
        raise NoPage(
            _("No infusion is ahead: no treatment that follows a protocol is running."),
            _("Nothing was printed."),
            _("Name the protocol in the treatment line, and leave its end empty."),
        )
    infusions = [due for due in next_due(history, today) if due.record.id == slot.line.id]
    arranged = (arranged_for(due, history, today) for due in infusions)
    return Ahead(known, slot, today, next(filter(None, arranged), None))
