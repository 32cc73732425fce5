"""Adverse events with their CTCAE grade and the treatment that is suspected."""

from collections.abc import Iterator

from models.adverse_event import AdverseEvent
from models.ctcae import CtcaeVersion, term_of
from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import CAUSALITY, EVENTS_V5, GRADE, OUTCOME, SERIOUS_FOR
from models.exchange.fhir.elements import (
    AE_RESEARCH,
    MEDDRA,
    NCIT,
    Element,
    Resource,
    choice,
    coding,
    concept,
    day,
    extension,
    hl7,
)


def event(case: Case, record: AdverseEvent) -> Iterator[Resource]:
    """With extensions of the backport for clinical research, whose profile asks for a study and is
    not claimed. The grade is the worst; its course stands among the entered fields.
    """
    outcome = OUTCOME[record.outcome] if record.outcome else None
    elements = {
        "extension": [
            extension(AE_RESEARCH + "ae-grade", valueCodeableConcept=_grade(record)),
            extension(AE_RESEARCH + "resolve-date", valueDateTime=day(record.resolved))
            if record.resolved
            else None,
            _serious_for(record),
        ],
        "actuality": "actual",
        "event": concept(f"{record.term}: {record.verbatim}", *_codings(record)),
        "date": day(record.onset),
        "seriousness": _seriousness(record),
        "outcome": hl7("adverse-event-outcome", outcome) if outcome else None,
        "suspectEntity": _suspected(case, record),
    }
    yield case.main("AdverseEvent", record, elements)


def _grade(record: AdverseEvent) -> Element:
    grade = record.worst_grade
    return concept(f"Grade {int(grade)} (CTCAE {record.ctcae_version.value})", GRADE[grade])


def _codings(record: AdverseEvent) -> list[Element]:
    """As the clinic's table of CTCAE has them; without one what is known of version 5.0."""
    term = term_of(record.term, record.ctcae_version)
    usual = EVENTS_V5.get(record.term, "") if record.ctcae_version is CtcaeVersion.V5_0 else ""
    codes = {MEDDRA: term.meddra_code, NCIT: term.ncit_code or usual} if term else {NCIT: usual}
    return [coding(system, code, record.term) for system, code in codes.items() if code]


def _seriousness(record: AdverseEvent) -> Element | None:
    if record.serious is None:
        return None
    return hl7("adverse-event-seriousness", "serious" if record.serious else "non-serious")


def _serious_for(record: AdverseEvent) -> Element | None:
    if record.seriousness is None:
        return None
    why = choice(AdverseEvent, "seriousness", record.seriousness, SERIOUS_FOR[record.seriousness])
    return {
        "url": AE_RESEARCH + "seriousness-criteria",
        "extension": [
            extension("criterionCode", valueCodeableConcept=why),
            extension("criterionPresent", valueBoolean=True),
        ],
    }


def _suspected(case: Case, record: AdverseEvent) -> list[Element]:
    """The line to which the event is attributed, and how likely it is the cause."""
    treated = case.to(record.treatment_line)
    if treated is None:
        return []
    if record.attribution is None:
        return [{"instance": treated}]
    assessment = choice(
        AdverseEvent, "attribution", record.attribution, CAUSALITY[record.attribution]
    )
    return [{"instance": treated, "causality": [{"assessment": assessment}]}]
