"""The treatment summary: for a colleague, on one page where it fits."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from reportlab.platypus import Flowable, Spacer

from models.adverse_event import Action, AdverseEvent
from models.biopsy import Biopsy
from models.blanks import not_recorded
from models.current_treatment import current_treatments, noted_plan, treatment_figures
from models.due import Due
from models.event_log import LoggedEvent, by_worst_grade, event_log
from models.figures import Figure
from models.figures.disease import disease_figures, index_figure, index_words
from models.figures.due import due_figures
from models.figures.response import response_figures
from models.history import History
from models.line_table import LINE_RULES, LineRow, line_table
from models.open_questions import open_questions
from models.response_table import CompartmentRow, response_table
from models.rules import awaiting_words
from models.summary import CareStatus, Summary, as_of
from models.visit import Visit
from models.wording import particulars, specimen
from models.words import _, capitalised, day_words, long_day_words
from reports.asked import Asked, Printing
from reports.facts import ASIDE, Beside, Fact, Facts, level, said, told
from reports.flow import Prose, opening, section
from reports.kit import Page, build
from reports.table import Cell, Column, Part, Table, Words
from reports.type import BOLD, FINE, QUIET

MOST_TOLD = 12

_facts = partial(Facts, label_width=66.0)


def build_treatment_summary(asked: Asked, printing: Printing) -> bytes:
    """The treatment summary of one patient as a PDF; a function of its arguments alone."""
    summary = as_of(asked.history, asked.today)
    what = _("Treatment summary · as of {date}").format(date=long_day_words(asked.today))
    page = Page(_("Treatment summary"), what, summary.identity)
    return build(page, printing, _story(summary, asked, personal=not printing.anonymous))


def _story(summary: Summary, asked: Asked, *, personal: bool) -> list[Flowable]:
    """In the order of reading; `personal`: it names the patient, and has its free texts."""
    blocks: dict[str, Callable[[Summary], Facts]] = {
        "disease": _disease,
        "current": _current,
        "response": _response,
        "events": _events,
        "biopsies": _biopsies,
        "plan": partial(_plan, personal=personal),
        "questions": _questions,
        "blanks": partial(_blanks, personal=personal),
    }

    def wanted(*keys: str) -> list[Flowable]:
        return [blocks[key](summary) for key in keys if asked.has(key)]

    return [
        *opening(summary.identity, summary.standing),
        *_beside(wanted("disease"), wanted("current")),
        *(_lines(summary) if asked.has("lines") else ()),
        *_beside(wanted("response", "plan"), wanted("events", "biopsies")),
        *wanted("questions", "blanks"),
        *_rules(summary),
    ]


def _beside(left: list[Flowable], right: list[Flowable]) -> list[Flowable]:
    return [Beside(left, right)] if left or right else []


def _disease(summary: Summary) -> Facts:
    found = summary.diagnosis
    diagnosed = f"{found.disease.label}, {found.date.words}" if found else ""
    kind = particulars(found, summary.history).partition(", ")[2] if found else ""
    clone = (found.tcr_clone if found else None) or ""
    prognosis = [Words(index_words(each), FINE) for each in summary.prognosis]
    facts: list[Fact] = [
        (_("Diagnosis"), _with_asides(diagnosed, (kind, clone))),
        (_("Stage"), _stage(summary)),
        (_("Prognosis"), prognosis or Words(_("not known"), ASIDE)),
    ]
    return _facts([*facts, *_background(summary)], _("Disease"))


def _stage(summary: Summary) -> Cell:
    """TNMB and stage; and quietly whether it is provisional, of when it is, what a letter says."""
    staging, stage = summary.staging, summary.stage
    if staging is None or stage is None:
        return said("")
    working = stage.working or _("no stage group")
    asides = (
        _("provisional") if stage.provisional else "",
        _("{occasion} {date}").format(occasion=_(staging.occasion.value), date=staging.date.words),
        _("stated as {stage}").format(stage=staging.stage_stated) if staging.stage_stated else "",
    )
    return _with_asides(_("{tnmb}, stage {stage}").format(tnmb=staging.tnmb, stage=working), asides)


def _with_asides(words: str, asides: Iterable[str]) -> list[Part]:
    """What else is to be said of it stands in one run."""
    return told(capitalised(words), "; ".join(each for each in asides if each))


def _background(summary: Summary) -> list[Fact]:
    """What is known of it; the rest is among what is not recorded."""
    patient = summary.history.patient
    seen = [visit for visit in summary.history.of(Visit) if visit.ecog is not None]
    ecog = f"{seen[-1].ecog}, {day_words(seen[-1].date)}" if seen else None
    told = (
        (_("ECOG"), ecog),
        (_("Allergies"), patient.allergies),
        (_("Comorbidities"), patient.comorbidities),
        (_("Practitioner"), patient.general_practitioner),
    )
    return [(label, text) for label, text in told if text]


def _current(summary: Summary) -> Facts:
    """Those that go on, or the last one; the regimen stands in the title where there is one."""
    lines = current_treatments(summary)
    facts: list[Fact] = []
    for line in lines:
        if len(lines) > 1:
            facts.append((_("Treatment"), Words(capitalised(line.regimen_words), BOLD)))
        facts += map(_of_figure, treatment_figures(summary, line))
    goes_on = not lines or summary.status is CareStatus.ON_TREATMENT
    title = _("Current treatment") if goes_on else _("Last treatment")
    if len(lines) == 1:
        title = _("{title}: {regimen}").format(title=title, regimen=lines[0].regimen_words)
    return _facts(facts or [(_("Treatment"), None)], title)


def _of_figure(figure: Figure) -> Fact:
    return figure.title, _with_asides(figure.value, (figure.inputs, figure.remark))


class _Lines(Table):
    padding = (1.2, 2.2)


def _lines(summary: Summary) -> list[Flowable]:
    columns = (
        Column("", 10),
        Column(_("Treatment"), share=1.07),
        Column(_("When, how much"), 105),
        Column(_("Best response"), 76),
        Column(_("Why it ended"), 80),
        Column(_("How long it held")),
    )
    rows, title = [*map(_line, line_table(summary))], _("Treatment lines")
    if rows:
        return [_Lines(columns, rows, title)]
    return section(title, Prose(_("None recorded."), ASIDE))


def _line(row: LineRow) -> tuple[Cell, ...]:
    amount = row.given or _("amount not known")
    if row.elsewhere:
        amount = _("elsewhere, {amount}").format(amount=amount)
    return (
        str(row.number),
        _with_asides(row.regimen, row.remarks),
        [Words(row.when), Words(amount, QUIET)],
        said(capitalised(row.best)),
        said(capitalised(row.ended)) if row.over else Words(_("goes on"), ASIDE),
        level([Words(each, FINE) for each in row.held] or Words(_("not known"), ASIDE)),
    )


def _response(summary: Summary) -> Facts:
    found = response_table(summary.history)
    title = _("Response")
    if found.assessed:
        title = _("Response, assessed {date}").format(date=day_words(found.assessed))
    later = _("Since then") if found.assessed else _("Not assessed")
    since = [(later, capitalised(found.since))] if found.since else []
    return _facts([*map(_compartment, found.rows), *since], title)


def _compartment(row: CompartmentRow) -> Fact:
    since = _("since then: {measured}").format(measured=row.since) if row.since else ""
    asides = [Words(each, QUIET) for each in (row.measured, row.why_not, since) if each]
    words = Words(capitalised(row.response)) if row.response else Words(_("not known"), ASIDE)
    return capitalised(row.name), [words, *asides]


def _events(summary: Summary) -> Facts:
    found = [_event(each) for each in by_worst_grade(event_log(summary))]
    rows = _first(found, _("see the adverse event log"))
    return _facts(rows or _none(), _("Adverse events, worst grade first"))


def _event(logged: LoggedEvent) -> Fact:
    event, cycle = logged.event, logged.place.cycle_words
    action = event.action and _("treatment {action}").format(action=_(event.action.value))
    asides = (
        _("onset {date}").format(date=event.onset.words) + (f" ({cycle})" if cycle else ""),
        logged.outcome,
        logged.attribution or _("attribution not recorded"),
        "" if event.action in {None, Action.NONE} else action or "",
    )
    return capitalised(logged.worst), _with_asides(event.label, asides)


def _biopsies(summary: Summary) -> Facts:
    """The latest first."""
    facts: list[Fact] = []
    for biopsy in reversed(summary.history.of(Biopsy)):
        event = summary.history.by_id.get(biopsy.adverse_event) if biopsy.adverse_event else None
        why = [_(biopsy.indication.value)]
        if isinstance(event, AdverseEvent):
            why.append(_("to explain: {event}").format(event=event.label))
        words = f"{specimen(biopsy)}: {biopsy.conclusion_words.casefold()}"
        facts.append((capitalised(biopsy.date.words), _with_asides(words, why)))
    rows = _first(facts, _("earlier: see the timeline"))
    return _facts(rows or _none(), _("Biopsies"))


def _first(facts: list[Fact], rest: str) -> list[Fact]:
    """The first of a long list, and how many there are besides."""
    more = len(facts) - MOST_TOLD
    if more <= 0:
        return facts
    return [*facts[:MOST_TOLD], (_("{n} more").format(n=more), Words(rest, ASIDE))]


def _none() -> list[Fact]:
    return [(_("None recorded"), " ")]


def _plan(summary: Summary, *, personal: bool) -> Facts:
    """What is due, and the plan of the newest visit."""
    due = [_due(each, summary.today) for each in summary.due]
    facts = _first(due, _("due later")) or [(_("Due next"), _("Nothing"))]
    if personal:
        facts += _noted(summary.history)
    return _facts(facts, _("Follow-up plan"))


def _noted(history: History) -> list[Fact]:
    """An older plan is no longer one."""
    noted = noted_plan(history)
    if noted is None:
        planned = any(visit.plan for visit in history.of(Visit))
        return [] if planned else [(_("Last plan"), None)]
    words = _("{plan} ({date})").format(plan=noted.plan, date=day_words(noted.date))
    return [(_("Last plan"), words)]


def _due(due: Due, today: dt.date) -> Fact:
    words = _("{what}, overdue").format(what=due.what) if due.overdue(today) else due.what
    return capitalised(day_words(due.on)), _with_asides(words, (due.why,))


def _questions(summary: Summary) -> Facts:
    found = _first([*open_questions(summary)], _("see the patient's page"))
    return _facts(found or [(_("None found"), " ")], _("Open questions"))


def _blanks(summary: Summary, *, personal: bool) -> Facts:
    names = ", ".join(not_recorded(summary.history, personal=personal))
    return _facts([(_("Not recorded"), Words(names or _("nothing is missing"), QUIET))])


def _rules(summary: Summary) -> list[Flowable]:
    """Those behind what is told, as far as no clinician has confirmed them."""
    lines = current_treatments(summary)
    figures = [
        *disease_figures(summary),
        *map(index_figure, summary.prognosis),
        *response_figures(summary),
        *(figure for line in lines for figure in treatment_figures(summary, line)),
        *due_figures(summary),
    ]
    rules = [*(rule for figure in figures for rule in figure.rules)]
    rules += LINE_RULES if lines else ()
    words = awaiting_words(rules, summary.history.confirmed)
    return [Spacer(0, 2), Prose(words, QUIET)] if words else []
