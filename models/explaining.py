"""What is worked out from the values of a form while they are typed, in words."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from models.base import InvalidRecord, PatientRecord, build
from models.blood import BloodCount, b_class
from models.course import Assessed, assess
from models.history import History
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging, provisional_because, stage_of
from models.treatment import Cycle, Infusion, cycle_days, dose, planned_on
from models.words import _, day_words, listing, number_words

Values = Mapping[str, Any]


def explanation(kind: type[PatientRecord], values: Values, history: History) -> str:
    """A sentence with its rule, or nothing where nothing can be worked out yet."""
    explain = _EXPLAINED.get(kind)
    return explain(values, history) if explain else ""


def _record(kind: type[PatientRecord], values: Values, history: History) -> Any:
    """The record that the values make, or None while they make none."""
    try:
        return build(kind, {"patient": history.patient.id, **values})
    except InvalidRecord:
        return None


def _staging(values: Values, history: History) -> str:
    staging = _record(Staging, {"date": "2000", "occasion": "diagnosis", **_given(values)}, history)
    if staging is None:
        return ""
    group = stage_of(staging)
    if group.working is None:
        return _("No stage group for {tnmb}.").format(tnmb=staging.tnmb)
    words = _("Stage {stage}: {rule}.").format(stage=group.working, rule=group.rule)
    because = provisional_because(staging)
    if because:
        words += " " + _("Provisional, {because}: {stages} possible.").format(
            because=because, stages=listing(list(group.possible))
        )
    agrees = group.agrees_with(staging.stage_stated)
    if agrees is None:
        return words
    verdict = _("Agrees with {stated}.") if agrees else _("Does not agree with {stated}.")
    return f"{words} {verdict.format(stated=staging.stage_stated)}"


def _given(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _cycle(values: Values, history: History) -> str:
    weight = values.get("weight_kg")
    if not isinstance(weight, int | float) or not 0 < weight <= 400:
        return ""
    found = dose(weight)
    words = _(
        "Mogamulizumab 1 mg/kg: {mg} mg = {ml} mL, {vials} vials; "
        "dilute to between {least} and {most} mL (label)."
    ).format(
        mg=number_words(found.mg),
        ml=number_words(found.ml),
        vials=found.vials,
        least=number_words(found.bag_ml_least),
        most=number_words(found.bag_ml_most),
    )
    return words + _planned_days(values)


def _planned_days(values: Values) -> str:
    number, first = values.get("number"), values.get("day_1")
    if not isinstance(number, int) or not isinstance(first, dt.date):
        return ""
    days = [
        _("day {day}: {date}").format(day=day, date=day_words(planned_on(first, day)))
        for day in cycle_days(number)
    ]
    return " " + _("Planned: {days}.").format(days=", ".join(days))


def _infusion(values: Values, history: History) -> str:
    cycle = history.by_id.get(values["cycle"]) if values.get("cycle") else None
    day = values.get("day")
    if not isinstance(cycle, Cycle) or not isinstance(day, int) or not 1 <= day <= 366:
        return ""
    return _("Planned for {date}; {mg} mg at {weight} kg.").format(
        date=day_words(planned_on(cycle.day_1, day)),
        mg=number_words(dose(cycle.weight_kg).mg),
        weight=number_words(cycle.weight_kg),
    )


def _blood(values: Values, history: History) -> str:
    count = _record(BloodCount, {**values, "date": values.get("date") or "2000-01-01"}, history)
    if count is None or count.neoplastic is None:
        return ""
    return _("{b} (EORTC: Scarisbrick, Eur J Cancer 2018).").format(b=b_class(count.neoplastic))


def _skin(values: Values, history: History) -> str:
    score = _record(SkinScore, {**values, "date": values.get("date") or "2000-01-01"}, history)
    if score is None:
        return ""
    return _("mSWAT {score} (Olsen, J Clin Oncol 2011).").format(score=number_words(score.mswat))


def _assessment(values: Values, history: History) -> str:
    assessment = _record(Assessment, values, history)
    if assessment is None:
        return ""
    found: Assessed = assess(history, assessment)
    parts = {
        _("skin"): found.skin,
        _("nodes"): found.nodes,
        _("blood"): found.blood,
        _("viscera"): found.viscera,
    }
    compartments = ", ".join(
        f"{name} {value.words if value else _('not known')}" for name, value in parts.items()
    )
    result = found.worked_out.words if found.worked_out else _("cannot be worked out yet")
    return _(
        "Global response {result}: {compartments}. Rule: Olsen, J Clin Oncol 2011; "
        "awaits confirmation by a clinician."
    ).format(result=result, compartments=compartments)


_EXPLAINED: dict[type[PatientRecord], Callable[[Values, History], str]] = {
    Staging: _staging,
    Cycle: _cycle,
    Infusion: _infusion,
    BloodCount: _blood,
    SkinScore: _skin,
    Assessment: _assessment,
}
