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
    """Its place in the treatment, what the label says, and the grades that its term has."""
    placed = place_onset(history, event)
    if placed.words:
        yield _("Onset: {place}.").format(place=placed.words)
    said = label_says(history, event, event.course[-1].date.last)
    if said:
        yield label_words(said)
        if said.caveat:
            yield said.caveat
    known = grades_of(event.term, event.ctcae_version)
    if known:
        yield _("{term} has the grades {grades} {source}.").format(
            term=event.term,
            grades=", ".join(str(int(grade)) for grade in known),
            source=by(grades_of, history),
        )
    else:
        words = _("{term} is not in the program's list for CTCAE {version}: any grade is taken.")
        yield words.format(term=event.term, version=event.ctcae_version.value)


def about_biopsy(biopsy: Biopsy, history: History) -> Iterator[str]:
    """Its place in the treatment, and what its findings speak for."""
    yield from about_place(biopsy, history)
    found = biopsy.findings
    for words, findings in (
        (_("For the drug: {findings}."), found.for_drug),
        (_("For the disease: {findings}."), found.for_disease),
        (_("Missing: {findings}."), found.missing),
    ):
        if findings:
            yield words.format(findings="; ".join(each.words for each in findings))


def about_place(record: PatientRecord, history: History) -> Iterator[str]:
    """`C27 day 15, day 743 on mogamulizumab, …`."""
    placed = place(history, record.when) if record.when else None
    if placed and placed.words:
        yield capitalised(placed.words) + "."
