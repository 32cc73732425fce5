"""Drug or disease: what speaks for a rash from mogamulizumab, what for relapse, what is missing.

No score and no verdict is worked out: the conclusion is the pathologist's and is quoted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.adverse_event import AdverseEvent
from models.attachment import Attachment, AttachmentKind
from models.biopsy import Biopsy, Finding
from models.blood import CLASSES, BloodCount
from models.course import Status, assess, began
from models.ctcae import Soc
from models.history import History
from models.laboratory import LabResult
from models.rash import Rash
from models.response import FAILING, RESPONDING, Assessment, Response
from models.rules import Rule, Standing, rule, rule_of
from models.treatment import TreatmentLine
from models.values import Days, earliest
from models.words import N_, _, number_words

MORE_CELLS, HIGHER_SCORE = 1.5, 1.25
SKIN_WORDS = frozenset({"rash", "eruption", "dermatitis", "eczema", "skin"})
HEAD_AND_NECK = (
    *(N_("head"), N_("scalp"), N_("face"), N_("facial"), N_("forehead"), N_("temple")),
    *(N_("eyelid"), N_("eyelids"), N_("periorbital"), N_("ear"), N_("ears"), N_("nose")),
    *(N_("cheek"), N_("cheeks"), N_("cheekbone"), N_("zygomatic"), N_("lip"), N_("lips")),
    *(N_("perioral"), N_("chin"), N_("jaw"), N_("neck"), N_("nape")),
)
MAR = "Hirotsu, JAMA Dermatol 2021"


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the pathologist concluded from a biopsy, in the report's own terms."""

    biopsy: Biopsy
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a rash; `line`: the mogamulizumab it may come from.

    `onset`: days from the first dose. `days_to_resolution`: from the last dose, once stopped.
    """

    event: AdverseEvent
    line: TreatmentLine | None
    onset: Days | None
    for_drug: tuple[Finding, ...]
    for_disease: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    conclusions: tuple[Concluded, ...]
    days_to_resolution: Days | None


def told_once(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """What was found, each once, with the records that it comes from: `biopsy of Sep 2017`."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        named = found.setdefault(finding.words, [])
        record = finding.record
        if record is not None and record.when is not None:
            words = _("{record} of {date}")
            named.append(words.format(record=_(record.singular), date=record.when.words))
    return found


def card(history: History, event: AdverseEvent) -> Card | None:
    """What speaks for the drug, what for the disease, what is missing; None for no skin event."""
    rash = rash_of(history, event)
    if rash is None:
        return None
    in_biopsies = [biopsy.findings for biopsy in rash.biopsies]
    return Card(
        event=event,
        line=rash.line,
        onset=rash.onset,
        for_drug=(
            *(finding for each in in_biopsies for finding in each.for_drug),
            *onset_on_drug(rash),
            *head_and_neck(rash),
            *responding(rash),
            *disease_at_rest(rash),
            *eosinophils(rash),
        ),
        for_disease=(
            *(finding for each in in_biopsies for finding in each.for_disease),
            *onset_before_drug(rash),
            *disease_active(rash),
            *rising_cells(rash),
        ),
        missing=(
            *missing(rash),
            *(finding for each in in_biopsies for finding in each.missing),
        ),
        conclusions=tuple(_concluded(biopsy) for biopsy in rash.biopsies),
        days_to_resolution=days_to_resolution(rash),
    )


def last_concluded(history: History, event: AdverseEvent) -> Biopsy | None:
    """Of the biopsies that are to explain an event, the last one with a conclusion."""
    own = reversed(history.biopsies_of(event))
    return next((each for each in own if each.conclusion), None)


def rash_of(history: History, event: AdverseEvent) -> Rash | None:
    """The event with what belongs to it; None where it is no event of the skin."""
    biopsies = history.biopsies_of(event)
    if not is_of_skin(event, biopsies):
        return None
    return Rash(history, event, biopsies, _mogamulizumab(history, event))


@rule(N_("Which events are looked at: drug or disease"), MAR, Standing.DERIVED)
def is_of_skin(event: AdverseEvent, biopsies: Iterable[Biopsy]) -> bool:
    """An event is looked at if its term belongs to the skin and subcutaneous tissue disorders of
    CTCAE, if a biopsy was taken to explain it, or if the program does not know its term and the
    term speaks of a rash, an eruption, dermatitis, eczema or the skin.
    """
    if event.soc is None and SKIN_WORDS & _words(event.term):
        return True
    return event.soc is Soc.SKIN or any(True for _biopsy in biopsies)


def _mogamulizumab(history: History, event: AdverseEvent) -> TreatmentLine | None:
    """The line of mogamulizumab the event is attributed to, or the last one begun by its onset."""
    lines = [line for line in history.lines if line.has_mogamulizumab]
    named = [line for line in lines if line.id == event.treatment_line]
    begun = [line for line in lines if earliest(began(history, line)) <= event.onset.last]
    return next(reversed(named or begun), None)


def _concluded(biopsy: Biopsy) -> Concluded:
    words = biopsy.conclusion.label if biopsy.conclusion else _("not concluded yet")
    return Concluded(biopsy, words)


@rule(N_("Onset on mogamulizumab"), "MAVORIC 2018; VisualDx")
def onset_on_drug(rash: Rash) -> tuple[Finding, ...]:
    """A rash that began after the first dose of mogamulizumab can come from it, however late: in
    the MAVORIC trial the median onset was after 15 weeks and a quarter came after 31 weeks; others
    saw it from under 2 months to about 4 years, and even months after the last dose.
    """
    since = rash.onset
    if since is None or since.least < 0:
        return ()
    words = _("began {time} after the first dose").format(time=since.words)
    after = Days.between(rash.stopped, rash.event.onset) if rash.stopped else None
    if after and after.least > 0:
        words = _("{words}, {time} after the last").format(words=words, time=after.words)
    return (Finding(words, rule_of(onset_on_drug), rash.event),)


@rule(N_("Onset before mogamulizumab"), "mogamulizumab label: US PI", Standing.DERIVED)
def onset_before_drug(rash: Rash) -> tuple[Finding, ...]:
    """A rash that began before the first dose of mogamulizumab, or in a patient who had had none,
    did not begin from it.
    """
    since = rash.onset
    if since is None:
        words = _("no mogamulizumab had been given")
    elif since.most < 0:
        words = _("began before the first dose")
    else:
        return ()
    return (Finding(words, rule_of(onset_before_drug), rash.event),)


@rule(N_("Rash of the head and neck"), MAR)
def head_and_neck(rash: Rash) -> tuple[Finding, ...]:
    """Rash from mogamulizumab has a predilection for the head and neck. The body site of the event
    and of its biopsies is searched for words such as scalp, face, cheek, ear, neck.
    """
    names = {name for site in HEAD_AND_NECK for name in (site, _(site).casefold())}
    records: list[AdverseEvent | Biopsy] = [rash.event, *rash.biopsies]
    for record in records:
        if names & _words(record.body_site or ""):
            words = _("head or neck: {site}").format(site=record.body_site)
            return (Finding(words, rule_of(head_and_neck), record),)
    return ()


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


@rule(N_("Response at the time of a rash"), "VisualDx; J Dtsch Dermatol Ges 2024")
def responding(rash: Rash) -> tuple[Finding, ...]:
    """Rash from mogamulizumab goes with better response in Sézary syndrome; this was not shown in
    mycosis fungoides. It counts where the last state of the disease told at the time of the rash is
    a response, and none was progression or relapse. The time of a rash is that from 28 days before
    its onset to 28 days after the last of its onset, grades and biopsies, or to the first day on
    which it may have been resolved, where that is later.
    """
    told = rash.states
    if not told or told[-1].response not in RESPONDING or _failing(told):
        return ()
    return (_status(told[-1], rule_of(responding)),)


@rule(N_("Disease at rest during a rash"), MAR, Standing.DERIVED)
def disease_at_rest(rash: Rash) -> tuple[Finding, ...]:
    """Blood and nodes without disease while there is a rash speak for the drug: no count above B0,
    and nodes in complete or partial response or not involved in the last assessment at the time of
    the rash.
    """
    by, count, nodes = rule_of(disease_at_rest), rash.highest_count, _nodes(rash)
    found = [Finding(_blood(count), by, count)] if count and count.b == "B0" else []
    if nodes and not any(response in FAILING for _one, response in nodes):
        assessment, response = nodes[-1]
        if response in RESPONDING | {Response.NOT_INVOLVED}:
            found.append(Finding(_nodes_words(response), by, assessment))
    return tuple(found)


@rule(
    N_("Eosinophils in the blood during a rash"),
    "after Wang, Am J Surg Pathol 2020, on eosinophils in the skin",
    Standing.UNVERIFIED,
)
def eosinophils(rash: Rash) -> tuple[Finding, ...]:
    """Eosinophils in the blood above their reference during a rash speak for the drug, but are
    raised by Sézary syndrome too.
    """
    return tuple(
        Finding(
            _("eosinophils high: {value} {unit}").format(
                value=number_words(result.value), unit=result.unit
            ),
            rule_of(eosinophils),
            result,
        )
        for result in rash.at_the_time(LabResult)
        if "eosinophil" in result.analyte.casefold() and result.high
    )


@rule(N_("Disease active during a rash"), MAR, Standing.DERIVED)
def disease_active(rash: Rash) -> tuple[Finding, ...]:
    """These speak for the disease at the time of the rash: progression or relapse told for the
    patient or for the nodes, a B class higher than in the last count before, tumours where there
    were none, and an mSWAT higher by a quarter or more than the last one before the onset, as for
    progression, or above zero after zero; the rash itself may have added to it. A smaller rise may
    be one of measurement.
    """
    by = rule_of(disease_active)
    found = [_status(status, by) for status in _failing(rash.states)[:1]]
    found += [
        Finding(_nodes_words(response), by, assessment)
        for assessment, response in _nodes(rash)
        if response in FAILING
    ][:1]
    return (*found, *_higher_class(rash, by), *_rising_skin(rash, by))


@rule(
    N_("Neoplastic cells rising during a rash"),
    "after Olsen, J Clin Oncol 2011, on the blood",
    Standing.UNVERIFIED,
)
def rising_cells(rash: Rash) -> tuple[Finding, ...]:
    """A count of neoplastic cells of B1 or B2 that is more than half above the last one before
    speaks for the disease, within one B class too. Progression in the blood needs 5000 cells/µL
    besides; what speaks for it does not.
    """
    now, past = rash.highest_count, rash.count_before
    if now is None or past is None or now.b == "B0" or _is_higher(now, past):
        return ()
    if (now.neoplastic or 0) <= MORE_CELLS * (past.neoplastic or 0):
        return ()
    words = _("{now}, before {before}").format(
        now=_blood(now), before=number_words(past.neoplastic or 0)
    )
    return (Finding(words, rule_of(rising_cells), now),)


@rule(N_("What is missing about a rash"), MAR, Standing.DERIVED)
def missing(rash: Rash) -> tuple[Finding, ...]:
    """To tell drug from disease it takes a biopsy, a blood count from the time of the rash, a
    photograph from that time or up to 28 days after its resolution, and an onset known well enough
    to lie before or after the first dose.
    """
    photographs = [
        attachment
        for attachment in rash.history.of(Attachment)
        if attachment.kind is AttachmentKind.PHOTOGRAPH and rash.near_or_after(attachment.date)
    ]
    since = rash.onset
    lacking = (
        (not rash.biopsies, _("no biopsy")),
        (rash.highest_count is None, _("blood not counted within 28 days")),
        (not photographs, _("no photograph")),
        (
            since is not None and since.least < 0 <= since.most,
            _("whether it began before the first dose"),
        ),
    )
    return tuple(Finding(words, rule_of(missing), None) for lacks, words in lacking if lacks)


@rule(N_("Days from the last dose to resolution"), MAR, Standing.DERIVED)
def days_to_resolution(rash: Rash) -> Days | None:
    """Counted from the last dose of mogamulizumab, once its line has ended, to the day on which the
    rash was resolved; a range where either is known by month or year. There are none while the line
    runs, before the rash is resolved, and where it was resolved before the last dose.
    """
    resolved, stopped = rash.event.resolved, rash.stopped
    if resolved is None or stopped is None or resolved.last < earliest(stopped):
        return None
    return Days.between(stopped, resolved)


def _failing(told: list[Status]) -> list[Status]:
    return [status for status in told if status.response in FAILING]


def _status(status: Status, by: Rule) -> Finding:
    return Finding(status.response.words, by, status.record)


def _nodes(rash: Rash) -> list[tuple[Assessment, Response]]:
    """The nodes' response in each assessment of the time."""
    near = rash.at_the_time(Assessment)
    return [(each, nodes) for each in near if (nodes := assess(rash.history, each).nodes)]


def _nodes_words(response: Response) -> str:
    return _("nodes: {response}").format(response=response.words)


def _blood(count: BloodCount) -> str:
    return _("blood {b}: {cells} neoplastic cells/µL").format(
        b=count.b, cells=number_words(count.neoplastic or 0)
    )


def _is_higher(now: BloodCount, past: BloodCount) -> bool:
    return CLASSES.index(now.b or "B0") > CLASSES.index(past.b or "B0")


def _higher_class(rash: Rash, by: Rule) -> list[Finding]:
    now, past = rash.highest_count, rash.count_before
    if now is None or past is None or not _is_higher(now, past):
        return []
    words = _("{now}, before {before}").format(now=_blood(now), before=past.b)
    return [Finding(words, by, now)]


def _rising_skin(rash: Rash, by: Rule) -> list[Finding]:
    past, worst, found = rash.score_before, rash.highest_score, []
    if past and worst:
        if worst.mswat > past.mswat and worst.mswat >= HIGHER_SCORE * past.mswat:
            words = _("mSWAT {now}, before {before}").format(
                now=number_words(worst.mswat), before=number_words(past.mswat)
            )
            found.append(Finding(words, by, worst))
        tumours = [score for score in rash.scores if score.tumour > 0]
        if tumours and past.regions and past.tumour == 0:
            found.append(Finding(_("tumours, where there were none"), by, tumours[0]))
    return found
