"""What a treatment line, a cycle and an infusion make: protocol, dose, planned days."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from models.base import InvalidRecord, build
from models.explaining.words import Values, by
from models.history import History
from models.protocol import Protocol
from models.treatment import (
    Cycle,
    Dose,
    Infusion,
    TreatmentLine,
    dose,
    is_delayed,
    moved_by,
    planned_dose,
    planned_on,
)
from models.words import _, day_words, ngettext, number_words


def about_line(line: TreatmentLine, history: History) -> Iterator[str]:
    protocol = line.protocol
    if protocol is None:
        return
    first = ", ".join(map(str, protocol.days_of(1)))
    later = ", ".join(map(str, protocol.days_of(2)))
    days = _("days {days}").format(days=later)
    if first != later:
        days = _("days {first} of the first cycle, then {later}").format(first=first, later=later)
    yield _("Cycles of {length} days, {days}; {dose} {unit}.").format(
        length=protocol.cycle_days,
        days=days,
        dose=number_words(protocol.dose),
        unit=protocol.unit.value,
    )


def about_cycle(values: Values, history: History) -> Iterator[str]:
    """The dose by the line's protocol, and the days it plans; as far as they can be told yet."""
    line = history.by_id.get(values.get("treatment_line") or uuid.UUID(int=0))
    if not isinstance(line, TreatmentLine) or line.protocol is None:
        return
    cycle = _cycle(values, line)
    if cycle:
        yield _dose(line, line.protocol, cycle, history)
    number, first = values.get("number"), values.get("day_1")
    if isinstance(number, int) and number > 0 and isinstance(first, dt.date):
        days = [
            _("day {day}: {date}").format(day=day, date=day_words(planned_on(first, day)))
            for day in line.protocol.days_of(number)
        ]
        yield _("Planned: {days}.").format(days=", ".join(days))


def _cycle(values: Values, line: TreatmentLine) -> Cycle | None:
    """The cycle as far as its weight tells the dose."""
    usual: dict[str, Any] = {"patient": line.patient, "treatment_line": line.id}
    known = {name: values.get(name) for name in ("weight_kg", "height_cm")}
    try:
        return build(Cycle, {**usual, "number": 1, "day_1": "2000-01-01", **known})
    except InvalidRecord:
        return None


def _dose(line: TreatmentLine, protocol: Protocol, cycle: Cycle, history: History) -> str:
    planned = planned_dose(line, cycle)
    if planned is None:
        return _("A dose in mg/m² needs the height.")
    if isinstance(planned, Dose):
        return _(
            "Mogamulizumab 1 mg/kg: {mg} mg = {ml} mL, {vials}; "
            "dilute to between {least} and {most} mL {source}."
        ).format(
            mg=number_words(planned.mg),
            ml=number_words(planned.ml),
            vials=_vials(planned.vials),
            least=number_words(planned.bag_ml_least),
            most=number_words(planned.bag_ml_most),
            source=by(dose, history),
        )
    words = _("{dose} {unit}: {mg} mg").format(
        dose=number_words(protocol.dose), unit=protocol.unit.value, mg=number_words(planned.mg)
    )
    return f"{words}, {_vials(planned.vials)}." if planned.vials else f"{words}."


def _vials(number: int | None) -> str:
    return ngettext("{n} vial", "{n} vials", number or 0).format(n=number)


def about_infusion(infusion: Infusion, history: History) -> Iterator[str]:
    """The planned day, as late doses have moved it, the dose, and what being late means."""
    cycle, planned = history.cycle_of(infusion), history.planned(infusion)
    if cycle is None or planned is None:
        return
    line = history.by_id.get(cycle.treatment_line)
    expected = planned_dose(line, cycle) if isinstance(line, TreatmentLine) else None
    words = _("Planned for {date}").format(date=day_words(planned))
    if expected:
        words += "; " + _("{mg} mg at {weight} kg").format(
            mg=number_words(expected.mg), weight=number_words(cycle.weight_kg)
        )
    yield f"{words}."
    if is_delayed(infusion, planned, history.protocol_of(cycle)):
        late = _("Given outside the window of its day: {late_dose}. {source}")
        yield late.format(
            late_dose=_(history.practice.late_dose.value), source=by(moved_by, history)
        )
