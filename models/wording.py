"""Every record in words: what happened, and the particulars, for hover, lists and pages."""

from functools import singledispatch

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount, b_class
from models.course import assess
from models.diagnosis import Diagnosis
from models.history import History, once
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.patient import Consent
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging, provisional_because, stage_of
from models.treatment import Cycle, Infusion, TreatmentLine
from models.visit import Visit
from models.words import _, capitalised, day_words, ngettext, number_words


def what(record: PatientRecord) -> str:
    """The kind of record, capitalised: `Infusion`."""
    return capitalised(_(record.singular))


def in_words(record: PatientRecord, history: History) -> str:
    """Kind, date and particulars: `Infusion, 20 Jul 2015: cycle 1 day 1, given, 71 mg`."""
    date = record.when.words if record.when else _("no date")
    return f"{what(record)}, {date}: {particulars(record, history)}"


def particulars(record: PatientRecord, history: History) -> str:
    """What a record says, in one line; of a history put into words once."""
    return _once_worded(history, record)


@once
def _once_worded(history: History, record: PatientRecord) -> str:
    return worded(record, history)


@singledispatch
def worded(record: PatientRecord, history: History) -> str:
    """The particulars, put into words anew."""
    return record.notes or ""


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


@worded.register
def _consent(record: Consent, history: History) -> str:
    withdrawn = record.withdrawn
    return _joined(
        _(record.purpose.value),
        _("withdrawn {date}").format(date=day_words(withdrawn)) if withdrawn else "",
    )


@worded.register
def _diagnosis(record: Diagnosis, history: History) -> str:
    return _joined(
        _(record.disease.value),
        _("folliculotropic") if record.folliculotropism else "",
        _("large-cell transformation") if record.large_cell_transformation else "",
    )


@worded.register
def _staging(record: Staging, history: History) -> str:
    worked_out = stage_of(record)
    because = provisional_because(record)
    return _joined(
        record.tnmb,
        _("stage {stage}").format(stage=worked_out.working)
        if worked_out.working
        else _("no stage"),
        _("provisional: {because}").format(because=because) if because else "",
        _(record.occasion.value),
    )


@worded.register
def _treatment_line(record: TreatmentLine, history: History) -> str:
    until = record.end.words if record.end else _("ongoing")
    cycles = record.cycles_stated
    return _joined(
        record.regimen_words,
        f"{record.start.words} – {until}" if until != record.start.words else until,
        ngettext("{n} cycle", "{n} cycles", cycles).format(n=cycles) if cycles else "",
        record.dose_text,
        record.stop_reason and _("stopped: {reason}").format(reason=_(record.stop_reason.value)),
    )


@worded.register
def _cycle(record: Cycle, history: History) -> str:
    return _("cycle {number}, {weight} kg").format(
        number=record.number, weight=number_words(record.weight_kg)
    )


@worded.register
def _infusion(record: Infusion, history: History) -> str:
    cycle = history.cycle_of(record)
    if cycle is None:
        return _(record.status.value)
    planned = history.planned(record)
    late = history.is_delayed(record)
    return _joined(
        _("cycle {cycle} day {day}").format(cycle=cycle.number, day=record.day),
        _(record.status.value),
        f"{number_words(record.dose_mg)} mg" if record.dose_mg is not None else "",
        _("planned {date}").format(date=day_words(planned)) if planned and late else "",
        record.reason,
    )


@worded.register
def _skin_score(record: SkinScore, history: History) -> str:
    surface = record.body_surface
    return _joined(
        f"mSWAT {number_words(record.mswat)}",
        _("{percent} % of the body").format(percent=number_words(surface))
        if surface is not None
        else _("as stated"),
    )


@worded.register
def _blood_count(record: BloodCount, history: History) -> str:
    cells = record.neoplastic
    if cells is None:
        return _("no count of neoplastic cells")
    return _("{cells} neoplastic cells/µL, {b}").format(cells=number_words(cells), b=b_class(cells))


@worded.register
def _lab_result(record: LabResult, history: History) -> str:
    mark = _("high") if record.high else _("low") if record.low else ""
    return _joined(f"{record.analyte} {number_words(record.value)} {record.unit}", mark)


@worded.register
def _molecular_result(record: MolecularResult, history: History) -> str:
    return f"{record.test} ({record.specimen}): {record.result}"


@worded.register
def _imaging(record: Imaging, history: History) -> str:
    return _joined(
        record.modality.label,
        "; ".join(map(str, record.nodes)),
        "; ".join(map(str, record.masses or ())),
        _("no visceral masses") if record.masses == [] else "",
        record.conclusion,
    )


@worded.register
def _assessment(record: Assessment, history: History) -> str:
    found = assess(history, record)
    if found.response is None:
        return _("cannot be worked out yet: a compartment is missing")
    if not found.judgement:
        return f"{found.response.words} ({found.how})"
    worked_out = _("cannot be worked out")
    if found.worked_out:
        worked_out = _("worked out: {response}").format(response=found.worked_out.words)
    return f"{found.response.words} ({found.how}: {found.judgement_reason}; {worked_out})"


@worded.register
def _adverse_event(record: AdverseEvent, history: History) -> str:
    until = (
        _("resolved {date}").format(date=record.resolved.words)
        if record.resolved
        else record.outcome and _(record.outcome.value)
    )
    return _joined(
        record.verbatim,
        _("worst grade {grade}").format(grade=int(record.worst_grade)),
        _("serious") if record.serious else "",
        record.attribution
        and _("{attribution} relation to treatment").format(
            attribution=_(record.attribution.value)
        ),
        until,
    )


@worded.register
def _biopsy(record: Biopsy, history: History) -> str:
    awaited = _("result awaited")
    return _joined(specimen(record), _(record.conclusion.value) if record.conclusion else awaited)


def specimen(biopsy: Biopsy) -> str:
    """`punch of the left cheek`, `excision of the axilla, right`."""
    kind = _("{kind} of the {site}").format(kind=_(biopsy.kind.value), site=biopsy.body_site)
    return _joined(kind, _side_words(biopsy))


def site_words(biopsy: Biopsy) -> str:
    """`left cheek`, `axilla, right`."""
    return _joined(biopsy.body_site, _side_words(biopsy))


def _side_words(biopsy: Biopsy) -> str:
    """Empty where the site tells it already: `left cheek`."""
    side = _(biopsy.side.value) if biopsy.side else ""
    return "" if side in biopsy.body_site.casefold().split() else side


@worded.register
def _visit(record: Visit, history: History) -> str:
    return _joined(
        _("{kind} visit").format(kind=_(record.kind.value)),
        _(record.status.value),
        record.disease_status.words if record.disease_status else "",
        f"ECOG {record.ecog}" if record.ecog is not None else "",
        record.symptoms,
    )


@worded.register
def _attachment(record: Attachment, history: History) -> str:
    return _joined(_(record.kind.value), record.title)
