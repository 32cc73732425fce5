"""What was given: the treatment of now or the last one in sentences, the earlier ones as a list."""

from collections.abc import Iterator, Sequence

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
    StopReason.TRANSPLANT: N_("It was stopped because of a stem cell transplant."),
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
    drugs = treatment_words(line.regimen)
    days = sorted(day for day, _infusion in doses_given(history, line))
    if line.end is None:
        words = _("You are being treated with {drugs}, {since}.")
        yield words.format(drugs=drugs, since=period_of(line))
    else:
        when = period(days[0], days[-1]) if days else period_of(line)
        yield _("You were treated with {drugs} {when}.").format(drugs=drugs, when=when)
    if line.trial_name:
        yield _("This was part of a study.") if line.end else _("This is part of a study.")
    yield from _how_often(history, line)
    if line.end is None and days:
        yield _("The last time was {when}.").format(when=at(days[-1]))
    if line.stop_reason in WHY_STOPPED and line.end:
        yield _(WHY_STOPPED[line.stop_reason])


def _how_often(history: History, line: TreatmentLine) -> Iterator[str]:
    """`You had 30 courses of 4 weeks.`, how many times it was given, and in which rhythm."""
    cycles, infusions = cycles_given(history, line), infusions_given(history, line)
    if cycles:
        words = ngettext("You had {n} course", "You had {n} courses", cycles)
        if line.end is None:
            words = ngettext("You have had {n} course", "You have had {n} courses", cycles)
        told = words.format(n=cycles)
        yield f"{told} {_of_length(line.protocol)}." if line.protocol else f"{told}."
    if infusions:
        words = ngettext("In all it was given {n} time", "In all it was given {n} times", infusions)
        told = words.format(n=infusions)
        yield f"{told}: {how_often(line.protocol)}." if line.protocol else f"{told}."


def _of_length(protocol: Protocol) -> str:
    return _("of {length} each").format(length=course_length(protocol))


def _in_short(line: TreatmentLine) -> str:
    """`Bexarotene (capsules), from July 2013 to March 2014`."""
    return f"{capitalised(treatment_words(line.regimen))}, {period_of(line)}"


def _easing(history: History) -> list[Passage]:
    """Supportive treatments that go on."""
    lines = [line for line in history.lines if line.category is Category.SUPPORTIVE]
    points = tuple(_in_short(line) for line in lines if line.end is None)
    title = _("To ease complaints or to prevent them you also have:")
    return [Passage(title, points)] if points else []
