"""What an assessment, an adverse event, a biopsy and a visit make: response, place, advice."""

from collections.abc import Iterator

from models.adverse_event import AdverseEvent
from models.advising import label_says, label_words
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.course import assess
from models.ctcae import grades_of
from models.explaining.words import by
from models.history import History
from models.placement import place, place_onset
from models.response import Assessment, global_response
from models.words import _, capitalised


def about_assessment(assessment: Assessment, history: History) -> Iterator[str]:
    """The global response, and each compartment with what it was worked out from."""
    found = assess(history, assessment)
    result = found.worked_out.words if found.worked_out else _("cannot be worked out yet")
    words = _("Global response: {result} {source}.").format(
        result=result, source=by(global_response, history)
    )
    yield words + (" " + _("A response was lost.") if found.lost else "")
    for compartment in found.compartments:
        response = compartment.response.words if compartment.response else _("not known")
        yield f"{capitalised(_(compartment.name))}: {response}, {compartment.how}."


def about_event(event: AdverseEvent, history: History) -> Iterator[str]:
    """What the label says, its place in the treatment, and the grades that its term has."""
    said = label_says(history, event, event.course[-1].date.last)
    if said:
        yield " ".join((label_words(said), said.caveat)).strip()
    placed = place_onset(history, event)
    if placed.words:
        yield _("Onset: {place}.").format(place=placed.words)
    known = grades_of(event.term, event.ctcae_version)
    words = (
        _("{term} has the grades {grades} in CTCAE {version}.")
        if known
        else _("{term} is not in the program's list for CTCAE {version}: any grade is taken.")
    )
    yield words.format(
        term=event.term,
        version=event.ctcae_version.value,
        grades=", ".join(str(int(grade)) for grade in known or ()),
    )


def about_biopsy(biopsy: Biopsy, history: History) -> Iterator[str]:
    """What its findings speak for, what is missing, and its place in the treatment."""
    found = biopsy.findings
    spoken = [
        words.format(findings="; ".join(each.words for each in findings))
        for words, findings in (
            (_("For the drug: {findings}."), found.for_drug),
            (_("For the disease: {findings}."), found.for_disease),
        )
        if findings
    ]
    if spoken:
        yield " ".join(spoken)
    if found.missing:
        missing = "; ".join(each.words for each in found.missing)
        yield _("Missing: {findings}.").format(findings=missing)
    yield from about_place(biopsy, history)


def about_place(record: PatientRecord, history: History) -> Iterator[str]:
    """`C27 day 15, day 743 on mogamulizumab, …`."""
    placed = place(history, record.when) if record.when else None
    if placed and placed.words:
        yield capitalised(placed.words) + "."
