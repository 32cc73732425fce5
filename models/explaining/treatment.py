"""What a treatment line, a cycle and an infusion make: protocol, dose, planned days."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from models.base import InvalidRecord, build
from models.explaining.words import Values, by
from models.history import History
from models.protocol import BY_LABEL, Protocol, Unit, body_surface
from models.treatment import (
    DOSE_TOLERANCE,
    Cycle,
    Dose,
    Infusion,
    TreatmentLine,
    delay,
    dose,
    is_delayed,
    moved_by,
    planned_dose,
    planned_on,
    window_days,
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
    if planned.vials:
        words += f", {_vials(planned.vials)}"
    if protocol.unit is Unit.MG_PER_M2:
        words += f" {by(body_surface, history)}"
    return words + "."


def _vials(number: int | None) -> str:
    return ngettext("{n} vial", "{n} vials", number or 0).format(n=number)


def about_infusion(infusion: Infusion, history: History) -> Iterator[str]:
    """The planned day, as late doses have moved it, the dose, and how far off it was given."""
    cycle, planned = history.cycle_of(infusion), history.planned(infusion)
    if cycle is None or planned is None:
        return
    line, protocol = history.by_id.get(cycle.treatment_line), history.protocol_of(cycle)
    expected = planned_dose(line, cycle) if isinstance(line, TreatmentLine) else None
    parts = [_("Planned for {date}").format(date=day_words(planned))]
    if expected:
        parts.append(
            _("{mg} mg at {weight} kg").format(
                mg=number_words(expected.mg), weight=number_words(cycle.weight_kg)
            )
        )
    off_day = off_its_day(infusion, planned, protocol, history)
    parts += [off_day, _off_dose(infusion, expected.mg) if expected else ""]
    source = f" {by(moved_by, history)}" if off_day and protocol == BY_LABEL else ""
    yield "; ".join(part for part in parts if part) + "." + source


def off_its_day(
    infusion: Infusion, planned: dt.date, protocol: Protocol | None, history: History
) -> str:
    """How far outside the window it was given, and what being late means."""
    days = delay(infusion, planned) or 0
    if is_delayed(infusion, planned, protocol):
        words = ngettext(
            "{n} day late, outside the window", "{n} days late, outside the window", days
        )
        words = words.format(n=days) + f": {_(history.practice.late_dose.value)}"
    elif days < -window_days(protocol):
        words = ngettext(
            "{n} day early, outside the window", "{n} days early, outside the window", -days
        ).format(n=-days)
    else:
        return ""
    if protocol == BY_LABEL:
        return words
    return _("{remark}, as mogamulizumab's label has it").format(remark=words)


def _off_dose(infusion: Infusion, planned_mg: float) -> str:
    """How far the dose that was given is off the planned one, where that is more than 10 %."""
    given = infusion.dose_mg if infusion.administered else None
    if given is None or not planned_mg or abs(given - planned_mg) <= DOSE_TOLERANCE * planned_mg:
        return ""
    words = _("{percent} % above the planned dose")
    if given < planned_mg:
        words = _("{percent} % below the planned dose")
    return words.format(percent=round(100 * abs(given - planned_mg) / planned_mg))
