"""What an assessment, a biopsy and a visit make: response, findings, place."""

from collections.abc import Iterator

from models.base import PatientRecord
from models.biopsy import Biopsy
from models.course import assess
from models.explaining.rash import about_its_rash
from models.explaining.words import by
from models.history import History
from models.placement import place
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
    of_rash = [*about_its_rash(biopsy, history)]
    if found.missing and not of_rash:
        missing = "; ".join(each.words for each in found.missing)
        yield _("Missing: {findings}.").format(findings=missing)
    yield from of_rash
    yield from about_place(biopsy, history)


def about_place(record: PatientRecord, history: History) -> Iterator[str]:
    """`C27 day 15, day 743 on mogamulizumab, …`."""
    placed = place(history, record.when) if record.when else None
    if placed and placed.words:
        yield capitalised(placed.words) + "."
