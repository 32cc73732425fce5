"""Figures of adverse events: grades, place in the treatment, the label, drug or disease."""

from collections.abc import Iterable, Iterator

from models.adverse_event import AdverseEvent, emergent
from models.advising import label_says
from models.biopsy import Finding
from models.ctcae import grades_of
from models.drug_or_disease import Card, card, days_to_resolution, is_of_skin, told_once
from models.figures.figure import Figure
from models.label import Advice, advice
from models.placement import emergent_under, place, place_onset
from models.rules import rule_of
from models.summary import Summary
from models.words import _, capitalised


def event_figures(summary: Summary) -> Iterator[Figure]:
    for event in summary.history.of(AdverseEvent):
        yield from _event(summary, event)


def _event(summary: Summary, event: AdverseEvent) -> Iterator[Figure]:
    group = _("{event}, {onset}").format(event=event.label, onset=event.onset.words)
    yield _grade(group, summary, event)
    placed = place_onset(summary.history, event)
    if placed.words:
        onset = capitalised(placed.words)
        yield Figure(group, _("Onset"), onset, event.onset.words, (rule_of(place),))
    answer = emergent_under(summary.history, event)
    if answer:
        inputs = _(
            "begun or worse from the first dose to {n} days after the last; a line that goes on "
            "has no last dose yet"
        ).format(n=summary.history.practice.emergent_days)
        rules = (rule_of(emergent),)
        yield Figure(group, _("Treatment-emergent"), capitalised(_(answer.value)), inputs, rules)
    said = label_says(summary.history, event, summary.today)
    if said:
        yield _label(group, event, said)
    found = card(summary.history, event)
    if found:
        yield from _drug_or_disease(group, found)


def _grade(group: str, summary: Summary, event: AdverseEvent) -> Figure:
    """Worst and current grade, and the course they come from."""
    value = _("worst {worst}").format(worst=int(event.worst_grade))
    current = event.grade_on(summary.today)
    if event.is_open(summary.today) and current:
        value = _("now {current}, worst {worst}").format(
            current=int(current), worst=int(event.worst_grade)
        )
    inputs = ", ".join(
        _("grade {grade} from {date}").format(grade=int(each.grade), date=each.date.words)
        for each in event.course
    )
    known = grades_of(event.term, event.ctcae_version)
    inputs += "; " + _("CTCAE {version}").format(version=event.ctcae_version.value)
    remark = "" if known else _("term not in the program's list: any grade is taken")
    return Figure(group, _("Grade"), capitalised(value), inputs, (rule_of(grades_of),), remark)


def _label(group: str, event: AdverseEvent, said: Advice) -> Figure:
    inputs = _("{term}: information, not an order").format(term=event.term)
    title = _("What the label says")
    return Figure(group, title, said.words, inputs, (rule_of(advice),), said.caveat)


def _drug_or_disease(group: str, found: Card) -> Iterator[Figure]:
    """What speaks for the one and the other, and what the pathologist concluded; no verdict."""
    for title, findings in (
        (_("Speaks for the drug"), found.for_drug),
        (_("Speaks for the disease"), found.for_disease),
        (_("Still missing"), found.missing),
    ):
        if findings:
            rules = tuple(dict.fromkeys(finding.rule for finding in findings))
            yield Figure(group, title, _in_words(findings), "", rules)
    concluded = "; ".join(
        _("{conclusion} (biopsy of {date})").format(
            conclusion=each.words, date=each.biopsy.date.words
        )
        for each in found.conclusions
    )
    value = capitalised(concluded) or _("Not concluded: no biopsy")
    yield Figure(group, _("Pathologist's conclusion"), value, "", (rule_of(is_of_skin),))
    if found.days_to_resolution:
        words = capitalised(found.days_to_resolution.words)
        inputs = _("from the last dose to the resolution")
        rules = (rule_of(days_to_resolution),)
        yield Figure(group, _("To resolution"), words, inputs, rules)


def _in_words(findings: Iterable[Finding]) -> str:
    """`CD7 kept (biopsy of Sep 2017, biopsy of Oct 2017); …`: what is said twice stands once."""
    found = told_once(findings).items()
    parts = (f"{words} ({', '.join(named)})" if named else words for words, named in found)
    return capitalised("; ".join(parts))
