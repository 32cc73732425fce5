"""Figures of the response: by compartment at the last assessment, and how long it has held."""

from collections.abc import Iterator

from models.comparing import Compared, Span
from models.compartments import skin_compartment
from models.course import Assessed, assess, began, current_response, line_on
from models.endpoints import off_treatment
from models.figures.figure import Figure, lasting, resting_on
from models.imaging import node_response, nodes_relapsed
from models.response import Assessment, Response, best_confirmed
from models.rules import Rule, rule_of
from models.skin import SkinScore, mswat, mswat_change
from models.summary import Summary
from models.words import _, capitalised, day_words, number_words


def response_figures(summary: Summary) -> Iterator[Figure]:
    """The current response, the skin score, off treatment, the last assessment by compartment."""
    group = _("Response")
    if summary.response:
        response, since = summary.response
        value = _("{response} since {date}").format(
            response=capitalised(response.words), date=day_words(since)
        )
        inputs = _("the last unbroken run of assessments and visits")
        told = summary.history.of(Assessment)[-1:]
        rules = (rule_of(current_response), *resting_on(summary.history, *told))
        yield Figure(group, _("Current"), value, inputs, rules)
    yield from _skin(summary)
    off = summary.endpoints.off_treatment
    if off:
        yield lasting(group, _("Off treatment"), off, summary.history, rule_of(off_treatment))
    last = next(reversed(summary.history.of(Assessment)), None)
    if last:
        yield from _assessment(last, assess(summary.history, last))
        yield from _confirmation(summary, last)


def _assessment(last: Assessment, found: Assessed) -> Iterator[Figure]:
    group = _("Response on {date}").format(date=day_words(last.date))
    for compartment in found.compartments:
        value = compartment.response.words if compartment.response else _("not known")
        rules: tuple[Rule, ...] = (compartment.rule,) if compartment.rule else ()
        if rules == (rule_of(node_response),) and compartment.response is Response.RELAPSE:
            rules += (rule_of(nodes_relapsed),)
        lost = _("a response was lost") if compartment.lost else ""
        title = capitalised(_(compartment.name))
        yield Figure(group, title, capitalised(value), compartment.how, rules, lost)
    worked_out = found.worked_out.words if found.worked_out else _("cannot be worked out")
    value = found.response.words if found.response else worked_out
    remark = ""
    if found.judgement:
        remark = _("the clinician's judgement: {reason}; worked out: {response}").format(
            reason=found.judgement_reason, response=worked_out
        )
    inputs = ", ".join(
        f"{_(each.name)} {each.response.words if each.response else _('not known')}"
        for each in found.compartments
    )
    rules = tuple(found.global_rules)
    yield Figure(group, _("Global"), capitalised(value), inputs, rules, remark)


def _confirmation(summary: Summary, last: Assessment) -> Iterator[Figure]:
    """Whether the response told last was confirmed, where it is one."""
    seen_under = [found.seen for found in summary.endpoints.lines if found.seen]
    answers = [
        seen.confirmed(status)
        for seen in seen_under
        for status in seen.statuses
        if status.record is last
    ]
    group = _("Response on {date}").format(date=day_words(last.date))
    inputs = _("confirmed where it is seen again {n} days later or more").format(
        n=summary.history.practice.confirmed_after_days
    )
    for answer in answers[-1:]:
        if answer is not None:
            value = _("Yes") if answer else _("Not yet")
            yield Figure(group, _("Confirmed"), value, inputs, (rule_of(best_confirmed),))


def _skin(summary: Summary) -> Iterator[Figure]:
    """The last score, against that before the line of its time and the lowest since."""
    last = next(reversed(summary.history.of(SkinScore)), None)
    if last is None:
        return
    value, inputs = f"mSWAT {number_words(last.mswat)}", day_words(last.date)
    rules = [rule_of(mswat)] if last.regions else []
    line = line_on(summary.history, last.date)
    since = began(summary.history, line) if line else None
    skin = skin_compartment(Span(summary.history, since, last.date))
    if skin.compared:
        change = _change(skin.compared)
        value += f" ({change})" if change else ""
        inputs = skin.compared.words
        rules.append(rule_of(mswat_change))
    remark = "" if last.regions else _("the total as stated")
    yield Figure(_("Response"), _("Skin score"), value, inputs, tuple(rules), remark)


def _change(compared: Compared) -> str:
    """`−66.3 % from baseline, +55 % from nadir`; a nadir that is the baseline is told once."""
    found = mswat_change(
        *(item.value or 0.0 for item in (compared.baseline, compared.nadir, compared.now))
    )
    parts = []
    if found.from_baseline is not None:
        parts.append(_("{percent} % from baseline").format(percent=_signed(found.from_baseline)))
    if found.from_nadir is not None and compared.nadir.record is not compared.baseline.record:
        parts.append(_("{percent} % from nadir").format(percent=_signed(found.from_nadir)))
    return ", ".join(parts)


def _signed(percent: float) -> str:
    sign = {True: "−", False: "+"}[percent < 0] if percent else ""
    return sign + number_words(round(abs(percent), 1))
