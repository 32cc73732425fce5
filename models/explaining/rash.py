"""The drug-or-disease card of a rash, a line for each of its sides."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy, Finding
from models.drug_or_disease import card
from models.history import History
from models.words import _, capitalised


def about_rash(event: AdverseEvent, history: History) -> Iterator[str]:
    """What speaks for the drug, for the disease, what is missing; only for an event of the skin."""
    found = card(history, event)
    if found is None:
        return
    nothing = _("nothing so far")
    yield _("Speaks for the drug: {findings}.").format(findings=_told(found.for_drug) or nothing)
    words = _("Speaks for the disease: {findings}.")
    yield words.format(findings=_told(found.for_disease) or nothing)
    if found.missing:
        yield _("Still missing: {findings}.").format(findings=_told(found.missing))


def about_its_rash(biopsy: Biopsy, history: History) -> Iterator[str]:
    """The card of the rash that a biopsy is to explain, with the biopsy as it is being typed."""
    event = history.by_id.get(biopsy.adverse_event) if biopsy.adverse_event else None
    if isinstance(event, AdverseEvent):
        others = [each for each in history.of(Biopsy) if each.id != biopsy.id]
        records = {**history.records, Biopsy: (*others, biopsy)}
        said = [*about_rash(event, replace(history, records=records))]
        if said:
            rash = _("{event}, {onset}").format(event=event.label, onset=event.onset.words)
            yield _("{rash}: drug or disease? The conclusion is the pathologist's.").format(
                rash=capitalised(rash)
            )
            yield from said


def _told(findings: Iterable[Finding]) -> str:
    return "; ".join(dict.fromkeys(finding.words for finding in findings))
