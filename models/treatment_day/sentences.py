"""What a treatment day says of itself while it is typed, and once it is saved."""

import datetime as dt
from collections.abc import Iterator

from models.adverse_event import AdverseEvent
from models.advising import label_says, label_words
from models.base import described_fields
from models.contradictions.doses import against_the_doses
from models.explaining import explanation
from models.explaining.treatment import off_its_day
from models.explaining.words import by
from models.history import History
from models.practice import LateDose
from models.protocol import BY_LABEL, Unit
from models.treatment import (
    DOSE_TOLERANCE,
    Cycle,
    Infusion,
    InfusionStatus,
    PlannedInfusion,
    TreatmentLine,
    delay,
    moved_by,
    window_days,
)
from models.treatment_day.day import Slot, TreatmentDay, Values, slot_of
from models.treatment_day.proposing import (
    as_last_time,
    entered,
    known_weight,
    off_by,
    worked_out_dose,
)
from models.words import _, capitalised, day_words, ngettext, number_words


def title(values: Values, history: History) -> str:
    """`Mogamulizumab, cycle 3 day 15`."""
    slot = slot_of(values, history)
    return f"{capitalised(slot.line.regimen_words)}, {slot.words}" if slot else _("Treatment day")


def line_words(line: TreatmentLine) -> str:
    return _("{drugs}, since {date}").format(drugs=line.regimen_words, date=line.start.words)


def last_weight_words(values: Values, history: History) -> str:
    """`Last: 71 kg on 14 Apr 2020.`; empty where none is known."""
    date = values.get("date")
    last = known_weight(history, date) if date else None
    if last is None:
        return ""
    words = _("Last: {weight} kg on {date}.")
    return words.format(weight=number_words(last[1]), date=day_words(last[0]))


def repeated_words(values: Values, history: History) -> str:
    """`As on 14 Apr 2020: Premedication: paracetamol; Duration: 60 min; Batch: A17.`"""
    found = as_last_time(values, history)
    if found is None:
        return ""
    day, known = found
    parts = [
        f"{field.title}: {known[field.name]} {field.unit}".strip()
        for field in described_fields(TreatmentDay)
        if field.name in known
    ]
    words = _("As on {date}: {what}.")
    return words.format(date=day_words(day), what="; ".join(parts))


def what_follows(values: Values, history: History) -> list[str]:
    """Place in the calendar, dose and next day, as far as each is known."""
    slot = slot_of(values, history)
    if slot is None:
        return []
    told = [place_in_calendar(slot, values, history)]
    if values.get("status") is InfusionStatus.OMITTED:
        told += [*_weight_carried(slot, values, history)]
    else:
        told += [*dose_worked_out(slot, values, history)]
    return [*told, *next_dose(values, history)]


def beware(values: Values, history: History) -> list[str]:
    """What is to be looked at before it is saved; nothing of it is refused."""
    return [
        *_advice(values, history),
        *_weight_is_far_off(values, history),
        *another_day_is_due(values, history),
        *_contradicted(values, history),
    ]


def saved_words(day: TreatmentDay, history: History) -> str:
    """`Saved: cycle 3 day 15, 71 mg, given 30 Apr 2020.`, and below it `Next: 14 May 2020.`"""
    infusion = history.by_id.get(day.id)
    cycle = history.cycle_of(infusion) if isinstance(infusion, Infusion) else None
    if not isinstance(infusion, Infusion) or cycle is None:
        return _("Saved.")
    parts = [_("cycle {cycle} day {day}").format(cycle=cycle.number, day=infusion.day)]
    if infusion.dose_mg is not None:
        parts.append(_("{mg} mg").format(mg=number_words(infusion.dose_mg)))
    if infusion.given_on:
        on = day_words(infusion.given_on)
        parts.append(f"{_(infusion.status.value)} {on}")
    else:
        parts.append(_(infusion.status.value))
    words = _("Saved: {what}.").format(what=", ".join(parts))
    following = day.next_on or _following_of(cycle, history)
    if following is None:
        return words
    return f"{words}\n{_('Next: {date}.').format(date=day_words(following))}"


def _following_of(cycle: Cycle, history: History) -> dt.date | None:
    line = history.by_id.get(cycle.treatment_line)
    following = history.next_infusion(line) if isinstance(line, TreatmentLine) else None
    return following.on if following else None


def place_in_calendar(slot: Slot, values: Values, history: History) -> str:
    """`Infusion 33, planned for 30 Apr 2020; 4 days late, outside the window: …`."""
    words = _("Infusion {number}, planned for {date}").format(
        number=slot.planned.number, date=day_words(slot.planned.on)
    )
    off = ""
    if found := _as_planned(values, history):
        off = off_its_day(*found, slot.protocol, history)
    if not off:
        return f"{words}."
    source = f" {by(moved_by, history)}" if slot.protocol == BY_LABEL else ""
    return f"{words}; {off}.{source}"


def _as_planned(values: Values, history: History) -> tuple[Infusion, dt.date] | None:
    """This day's infusion, as far as it is known yet, with the day planned for it."""
    after = entered(values, history)
    planned = after[0].planned(after[1]) if after else None
    return (after[1], planned) if after and planned else None


def off_in_plain_words(slot: Slot, values: Values, history: History) -> tuple[str, str]:
    """`10 days late`, and what that means; both empty inside the window."""
    found = _as_planned(values, history)
    days, window = (delay(*found) or 0) if found else 0, window_days(slot.protocol)
    if abs(days) <= window:
        return "", ""
    if days < 0:
        words = ngettext("{n} day early", "{n} days early", -days).format(n=-days)
    else:
        words = ngettext("{n} day late", "{n} days late", days).format(n=days)
    meaning = [_most_allowed(window)] if window else []
    if days > 0 and history.practice.late_dose is LateDose.MOVES:
        meaning.append(_("The infusions after it are counted from the day it is given (EU label)."))
    elif days > 0:
        meaning.append(_("The infusions after it keep their planned days (US label)."))
    if slot.protocol != BY_LABEL:
        meaning.append(_("So says mogamulizumab's label; ask the doctor."))
    return words, " ".join(meaning)


def _most_allowed(window: int) -> str:
    words = ngettext(
        "At most {n} day before or after the planned day is allowed.",
        "At most {n} days before or after the planned day are allowed.",
        window,
    )
    return words.format(n=window)


def _weight_carried(slot: Slot, values: Values, history: History) -> Iterator[str]:
    """An omitted day may begin a cycle without a weight of its own."""
    date = values.get("date")
    last = known_weight(history, date) if date and slot.begun is None else None
    if last and not values.get("weight_kg"):
        words = _("Cycle {number} begins with the weight of {date}, {weight} kg.")
        yield words.format(
            number=slot.planned.cycle, date=day_words(last[0]), weight=number_words(last[1])
        )


def dose_worked_out(slot: Slot, values: Values, history: History) -> Iterator[str]:
    """The dose with its vials and bag, and how far off it is what was entered."""
    fixed = 1 if slot.protocol.unit is Unit.MG else None
    weight = values.get("weight_kg") or fixed
    measured = {"weight_kg": weight, "height_cm": values.get("height_cm")}
    told = explanation(Cycle, {"treatment_line": slot.line.id, **measured}, history)
    if weight and told:
        yield told
    planned, given = worked_out_dose(values, history), values.get("dose_mg")
    if planned and given is not None and given != planned.mg:
        yield _("Worked out: {planned} mg; entered: {given} mg ({percent} %).").format(
            planned=number_words(planned.mg),
            given=number_words(given),
            percent=f"{100 * off_by(values, history):+.0f}".replace("-", "−"),
        )


def _advice(values: Values, history: History) -> Iterator[str]:
    """What the label says of the events that are open on this day."""
    date = values.get("date")
    if date is None:
        return
    for event in history.of(AdverseEvent):
        said = label_says(history, event, date) if event.is_open(date) else None
        if said:
            grade = int(event.grade_on(date) or event.worst_grade)
            words = _("Open: {event}, grade {grade}.").format(event=event.label, grade=grade)
            yield f"{words} {label_words(said)}"


def next_dose(values: Values, history: History) -> Iterator[str]:
    after, slot = entered(values, history), slot_of(values, history)
    following = after[0].next_infusion(slot.line) if after and slot else None
    if following is None or slot is None:
        return
    words = _("Next: cycle {cycle} day {day}, {date}").format(
        cycle=following.cycle, day=following.day, date=day_words(following.on)
    )
    yield f"{words}{_arranged(following, slot, values)}."


def _arranged(following: PlannedInfusion, slot: Slot, values: Values) -> str:
    """How far the next date lies from the day of the calendar."""
    next_on = values.get("next_on")
    days = (next_on - following.on).days if next_on else 0
    if not days:
        return ""
    words = ngettext("{n} day later", "{n} days later", days)
    if days < 0:
        words = ngettext("{n} day earlier", "{n} days earlier", -days)
    outside = ", " + _("outside the window") if abs(days) > window_days(slot.protocol) else ""
    return "; " + _("arranged {how}").format(how=words.format(n=abs(days))) + outside


def _weight_is_far_off(values: Values, history: History) -> Iterator[str]:
    """The weight that was known last, on file for another day."""
    date, weight = values.get("date"), values.get("weight_kg")
    last = known_weight(history, date) if date and weight else None
    if last is None or weight is None or abs(weight - last[1]) <= DOSE_TOLERANCE * last[1]:
        return
    words = _("{weight} kg is {percent} % above the {last} kg of {date}: check the weight.")
    if weight < last[1]:
        words = _("{weight} kg is {percent} % below the {last} kg of {date}: check the weight.")
    yield words.format(
        weight=number_words(weight),
        percent=round(100 * abs(weight - last[1]) / last[1]),
        last=number_words(last[1]),
        date=day_words(last[0]),
    )


def another_day_is_due(values: Values, history: History) -> Iterator[str]:
    """A day of the calendar that nobody entered may have been left out; none before the first."""
    slot, date = slot_of(values, history), values.get("date")
    if slot is None or date is None or values.get("status") is InfusionStatus.OMITTED:
        return
    now = slot.planned
    if now.number == 1:
        return
    later = next(d for d in slot.protocol.doses(now.cycle) if d > (now.cycle, now.day))
    apart = slot.protocol.offset(*later) - slot.protocol.offset(now.cycle, now.day)
    if date >= now.on + dt.timedelta(days=apart):
        yield _(
            "By now cycle {cycle} day {day} would be due too. If {this} was left out, "
            "enter it as omitted first."
        ).format(cycle=later[0], day=later[1], this=slot.words)


def _contradicted(values: Values, history: History) -> Iterator[str]:
    """What would not go together with this infusion or with the cycle that it begins. A cycle
    without a weight, or with one that is told to be doubtful, says nothing more.
    """
    after, slot = entered(values, history), slot_of(values, history)
    if after is None or slot is None:
        return
    unweighed = slot.begun is None and not values.get("weight_kg")
    doubtful = unweighed or any(_weight_is_far_off(values, history))
    new = {after[1].id, after[1].cycle} - history.by_id.keys()
    for found in against_the_doses(after[0]):
        of_a_cycle = any(isinstance(record, Cycle) for record in found.records)
        if new & {record.id for record in found.records} and not (doubtful and of_a_cycle):
            yield found.sentence
