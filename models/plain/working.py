"""How the treatment worked, as it was recorded; what was not is left to the doctor to tell."""

from collections.abc import Sequence

from models.course import Status, active_lines, statuses, under
from models.history import History
from models.plain.course import leading
from models.plain.passage import Passage, ask_your_doctor, at
from models.response import FAILING, RANK, RESPONDING, Response
from models.rules import Standing, rule
from models.treatment import TreatmentLine
from models.values import PartialDate
from models.words import N_, _

PLAIN_RESPONSES = {
    Response.CR: N_("no sign of the illness could be found"),
    Response.VGPR: N_("almost all signs of the illness had gone"),
    Response.PR: N_("there was clearly less of the illness in the skin, by half or more"),
    Response.SD: N_("the illness had changed little"),
    Response.PD: N_("the illness had become more active"),
    Response.RELAPSE: N_("the illness had come back"),
}


def how_it_worked(history: History) -> list[Passage]:
    """What the last check told, since when it is so, and what the treatment had brought before.

    Of a treatment not checked yet: how the illness was at the last check before it.
    """
    lines = active_lines(history)
    found: Sequence[Status] = statuses(history)
    if lines and leading(lines)[-1].end is None:
        begun = leading(lines)[-1].start
        before, found = found, [status for status in found if status.date > begun.first]
        if before and not found:
            return [Passage(" ".join([_before(before[-1]), _unknown(lines), ask_your_doctor()]))]
    if not found:
        return [Passage(" ".join(_as_stated(lines) or [_unknown(lines), ask_your_doctor()]))]
    last = found[-1]
    told = [_sentence(last)]
    told += _since(found)
    told += _earlier(history, found)
    told += _what_that_means(last.response)
    return [Passage(" ".join(told))]


def _before(status: Status) -> str:
    words = _("Before this treatment, {when}, {found}.")
    return words.format(when=at(status.date), found=response_words(status.response))


def _unknown(lines: Sequence[TreatmentLine]) -> str:
    if not lines:
        return _("Nothing has been entered here about this yet.")
    if leading(lines)[-1].end:
        return _("How well the treatment worked has not been entered here.")
    return _("How well the treatment works has not been entered here yet.")


def _as_stated(lines: Sequence[TreatmentLine]) -> list[str]:
    """The best response as a letter tells it."""
    best = leading(lines)[-1].best_response_stated if lines else None
    if best not in RANK:
        return []
    words = _("At best, as we were told, {found}.")
    return [words.format(found=response_words(Response(best)))]


@rule(
    N_("Response in plain words"),
    "Olsen, J Clin Oncol 2011; Olsen, Blood 2022",
    Standing.DERIVED,
)
def response_words(response: Response) -> str:
    """A patient reads of CR: no sign of the illness could be found; VGPR: almost all signs of it
    had gone; PR: there was clearly less of it in the skin, by half or more; SD: it had changed
    little; PD: it had become more active; relapse: it had come back. A CR is never called a cure.
    """
    return _(PLAIN_RESPONSES[response])


def _sentence(status: Status) -> str:
    words = _("At the last check, {when}, {found}.")
    return words.format(when=at(status.date), found=response_words(status.response))


def _since(found: Sequence[Status]) -> list[str]:
    """From when on every check told the same, where that is good."""
    last = found[-1]
    since = last
    for status in reversed(found):
        if status.response is not last.response:
            break
        since = status
    if since is last or last.response not in RESPONDING:
        return []
    return [_("It was so for the first time {when}.").format(when=at(since.date))]


def _earlier(history: History, found: Sequence[Status]) -> list[str]:
    """A better response under the treatment that was lost again."""
    lines = active_lines(history)
    if not lines:
        return []
    seen = under(history, leading(lines)[-1], found).until_failed
    best = min(seen, key=lambda status: RANK[status.response], default=found[-1])
    if best.response not in RESPONDING or RANK[best.response] >= RANK[found[-1].response]:
        return []
    words = _("Before that the treatment had helped: {when}, {found}.")
    return [words.format(when=at(PartialDate.of(best.date)), found=response_words(best.response))]


def _what_that_means(response: Response) -> list[str]:
    if response in FAILING:
        return [_("Your doctor will talk with you about what can be done.")]
    if response is Response.CR:
        return [_("The check-ups go on, so that any change is seen early.")]
    return []
