"""What was given: the treatment of now or the last one in sentences, the earlier ones as a list."""

import datetime as dt
from collections.abc import Iterator, Sequence

from models.advising import held_by
from models.course import active_lines, cycles_given, doses_given, infusions_given
from models.history import History
from models.plain.drugs import course_length, how_often, treatment_words
from models.plain.passage import Passage, at, period, period_of
from models.protocol import Protocol
from models.therapies import Category
from models.treatment import StopReason, TreatmentLine
from models.words import N_, _, capitalised, ngettext

WHY_STOPPED = {
    StopReason.PROGRESSION: N_("It was stopped because the illness had become more active."),
    StopReason.NO_RESPONSE: N_("It was stopped because it had not helped enough."),
    StopReason.TOXICITY: N_("It was stopped because of side effects."),
    StopReason.INTOLERANCE: N_("It was stopped because it did not agree with you."),
    StopReason.COMPLETED: N_("It was ended as planned."),
    StopReason.PATIENTS_CHOICE: N_("It was stopped at your wish."),
    StopReason.TRANSPLANT: N_("It was stopped because a stem cell transplant was planned."),
}


def treatments(history: History) -> list[Passage]:
    """Those that go on, or else the last one; then those before, and what eases complaints."""
    lines = active_lines(history)
    if not lines:
        return [Passage(_("No treatment against the illness has been entered here yet."))]
    told = leading(lines)
    passages = [Passage(" ".join(_sentences(history, line))) for line in told]
    if all(line.end for line in lines):
        words = _("Since then you have had no treatment against the illness, as far as we know.")
        passages[-1] = Passage(f"{passages[-1].text} {words}")
    before = tuple(_in_short(line) for line in lines if line not in told)
    passages += [Passage(_("Before that you had:"), before)] if before else []
    return [*passages, *_easing(history)]


def leading(lines: Sequence[TreatmentLine]) -> list[TreatmentLine]:
    """Of the lines against the disease those that go on, or else the one that ended last."""
    running = [line for line in lines if line.end is None]
    ended = [(line.end, line) for line in lines if line.end]
    return running or [max(ended, key=lambda pair: pair[0])[1]]


def _sentences(history: History, line: TreatmentLine) -> Iterator[str]:
    days = sorted(day for day, _infusion in doses_given(history, line))
    yield _state(history, line, days)
    if line.trial_name:
        yield _("This was part of a study.") if line.end else _("This is part of a study.")
    yield from _how_often(history, line)
    if line.end is None and days:
        yield _("The last time was {when}.").format(when=at(days[-1]))
    of_its_own = line.category is Category.TRANSPLANT
    if line.stop_reason in WHY_STOPPED and line.end and not of_its_own:
        yield _(WHY_STOPPED[line.stop_reason])


def _state(history: History, line: TreatmentLine, days: Sequence[dt.date]) -> str:
    """Whether it goes on; of who is lost to follow-up only how it was when last seen."""
    drugs, lost = treatment_words(line.regimen), history.patient.lost_to_follow_up
    if line.category is Category.TRANSPLANT:
        when = at(line.start) if line.end is None else period_of(line)
        return _("You had {drugs} {when}.").format(drugs=drugs, when=when)
    if line.end:
        when = period(days[0], days[-1]) if days else period_of(line)
        return _("You were treated with {drugs} {when}.").format(drugs=drugs, when=when)
    if is_planned(history, line):
        words = _("You are to be treated with {drugs}. No dose has been entered here yet.")
        return words.format(drugs=drugs)
    words = _("You are being treated with {drugs}, {since}.")
    if lost:
        words = _("When we last saw you, you were being treated with {drugs}, {since}.")
    return words.format(drugs=drugs, since=period_of(line))


def is_planned(history: History, line: TreatmentLine) -> bool:
    """Whether its first dose is still to come."""
    return bool(line.protocol and line.given_here) and not doses_given(history, line)


def _how_often(history: History, line: TreatmentLine) -> Iterator[str]:
    """`You had 30 courses of 4 weeks.`, how many times it was given, and in which rhythm."""
    cycles, infusions = cycles_given(history, line), infusions_given(history, line)
    if cycles:
        told = _courses(history, line, cycles)
        yield f"{told} {_of_length(line.protocol, cycles)}." if line.protocol else f"{told}."
    if infusions:
        words = ngettext("In all it was given {n} time", "In all it was given {n} times", infusions)
        told = words.format(n=infusions)
        protocol = line.protocol
        if protocol and infusions > len(protocol.days_of(1)):
            told += f": {how_often(protocol)}"
        yield f"{told}."
        if protocol and ":" not in told and _goes_on(history, line):
            yield _("It is planned {rhythm}.").format(rhythm=how_often(protocol))


def _courses(history: History, line: TreatmentLine, cycles: int) -> str:
    """A course that was not given to its end was begun."""
    over = _is_over(history, line)
    if line.end and over:
        words = ngettext("You had {n} course", "You had {n} courses", cycles)
    elif line.end:
        words = ngettext("You began {n} course", "You began {n} courses", cycles)
    elif over:
        words = ngettext("You have had {n} course", "You have had {n} courses", cycles)
    else:
        words = ngettext("You have begun {n} course", "You have begun {n} courses", cycles)
    return words.format(n=cycles)


def _is_over(history: History, line: TreatmentLine) -> bool:
    """Whether the last course has had its last day of treatment and, while the line goes on, its
    length.
    """
    recorded, infusions, protocol = (
        history.cycles_of(line),
        history.infusions_of(line),
        line.protocol,
    )
    if not (recorded and infusions and protocol):
        return True
    last = recorded[-1]
    length = dt.timedelta(days=protocol.cycle_days)
    given = [each.day for each in infusions if each.cycle == last.id]
    whole = protocol.days_of(last.number)[-1] in given
    return whole and (line.end is not None or last.day_1 + length <= history.known_until)


def _goes_on(history: History, line: TreatmentLine) -> bool:
    lost = history.patient.lost_to_follow_up
    return line.end is None and not lost and not held_by(history, line, history.known_until)


def _of_length(protocol: Protocol, cycles: int) -> str:
    words = ngettext("of {length}", "of {length} each", cycles)
    return words.format(length=course_length(protocol))


def _in_short(line: TreatmentLine) -> str:
    """`Bexarotene (capsules), from July 2013 to March 2014`."""
    return f"{capitalised(treatment_words(line.regimen))}, {period_of(line)}"


def _easing(history: History) -> list[Passage]:
    """Supportive treatments that go on."""
    lines = [line for line in history.lines if line.category is Category.SUPPORTIVE]
    points = tuple(_in_short(line) for line in lines if line.end is None)
    title = _("To ease complaints or to prevent them you also have:")
    return [Passage(title, points)] if points else []
