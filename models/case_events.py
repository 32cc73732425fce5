"""The adverse events that mattered under a line, in sentences as a case report tells them."""

from models.adverse_event import Action, AdverseEvent, Attribution, Outcome
from models.biopsy import Biopsy, Conclusion
from models.course import last_dose
from models.event_log import LoggedEvent, by_worst_grade, event_log
from models.history import History
from models.placement import place
from models.summary import Summary
from models.treatment import TreatmentLine
from models.values import Days, Grade
from models.words import N_, _, capitalised, listing, ngettext

MOST_TOLD = 4
_RELATED = {
    Attribution.DEFINITE: N_("was definitely related to the treatment"),
    Attribution.PROBABLE: N_("was probably related to the treatment"),
    Attribution.POSSIBLE: N_("was possibly related to the treatment"),
    Attribution.UNLIKELY: N_("was unlikely to be related to the treatment"),
    Attribution.UNRELATED: N_("was not related to the treatment"),
}
_LED_TO = {
    Action.STOPPED: N_("led to its end"),
    Action.INTERRUPTED: N_("led to its interruption"),
    Action.REDUCED: N_("led to a reduced dose"),
    Action.DELAYED: N_("led to a delay"),
}

_FOUND: dict[Conclusion | None, str] = {each: each.value for each in Conclusion}
_FOUND[Conclusion.BOTH] = N_("active disease together with a drug reaction")


def event_sentences(summary: Summary, line: TreatmentLine) -> str:
    """Events of grade 3 or more and those that changed the treatment, the worst first."""
    own = [each for each in event_log(summary) if each.event.treatment_line == line.id]
    if not own:
        return _("No adverse event attributed to the treatment was recorded.")
    telling = [each for each in by_worst_grade(own) if _matters(each.event)][:MOST_TOLD]
    told = [_sentences(summary.history, line, each) for each in telling]
    others = len(own) - len(telling)
    if others:
        words = ngettext("{n} event", "{n} events", others)
        if told:
            words = ngettext("{n} other event", "{n} other events", others)
        told.append(_("{events} attributed to it: see the table.").format(events=words))
        told[-1] = told[-1].format(n=others)
    if not any(each.event.worst_grade >= Grade.SEVERE for each in own):
        told.append(_("No attributed event was of grade 3 or more."))
    return " ".join(told)


def _matters(event: AdverseEvent) -> bool:
    return event.worst_grade >= Grade.SEVERE or event.action in _LED_TO


def _sentences(history: History, line: TreatmentLine, logged: LoggedEvent) -> str:
    event = logged.event
    site = f" ({event.body_site})" if event.body_site else ""
    onset = _("{event}{site}, worst grade {grade}, began {when}.").format(
        event=capitalised(event.label),
        site=site,
        grade=int(event.worst_grade),
        when=_onset(history, line, event),
    )
    parts = (onset, _relation(event), _biopsied(logged.biopsies), _end(history, line, logged))
    return " ".join(part for part in parts if part)


def _onset(history: History, line: TreatmentLine, event: AdverseEvent) -> str:
    """`in cycle 26 or 27, about 24 months after the first dose`."""
    found = place(history, event.onset, line)
    since = found.since_first_dose
    if since is None or since.least < 0:
        return _("before or about the first dose")
    after = _("on the day of the first dose")
    if since.most > 0:
        after = _("{time} after the first dose").format(time=since.words)
    if not 0 < len(found.cycles) < 3:
        return after
    cycles = _(" or ").join(map(str, found.cycles))
    return _("in cycle {cycles}, {after}").format(cycles=cycles, after=after)


def _relation(event: AdverseEvent) -> str:
    parts = [_(_RELATED[event.attribution])] if event.attribution else []
    parts += [_(_LED_TO[event.action])] if event.action in _LED_TO else []
    return _("It {did}.").format(did=listing(parts)) if parts else ""


def _biopsied(biopsies: tuple[Biopsy, ...]) -> str:
    if not biopsies:
        return ""
    found = dict.fromkeys(_(_FOUND.get(each.conclusion, N_("result awaited"))) for each in biopsies)
    n = len(biopsies)
    words = ngettext("A biopsy found: {found}.", "{n} biopsies found: {found}.", n)
    return words.format(n=n, found="; ".join(found))


def _end(history: History, line: TreatmentLine, logged: LoggedEvent) -> str:
    """`It resolved about 53 days after the last dose.`"""
    event, dose = logged.event, last_dose(history, line)
    if event.resolved is None or event.outcome not in {None, Outcome.RESOLVED}:
        return _("Outcome: {outcome}.").format(outcome=logged.outcome)
    after = Days.between(dose, event.resolved) if dose and line.end else None
    if after and after.least > 0:
        return _("It resolved {time} after the last dose.").format(time=after.words)
    if Days.between(event.onset, event.resolved).most <= 0:
        return _("It resolved on the same day.")
    return _("It resolved after {time}.").format(time=logged.lasted)
