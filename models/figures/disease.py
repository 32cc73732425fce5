"""Figures of the disease: its stage, and the prognosis at diagnosis."""

from collections.abc import Iterator
from dataclasses import replace

from models.at_diagnosis import at_diagnosis
from models.figures.figure import Figure
from models.prognosis import Prognosis, group_words, possible_groups, stage_survival
from models.rules import rule_of
from models.staging import (
    StageGroup,
    Staging,
    is_sezary,
    is_stated_as,
    may_be,
    stage_group,
    taken_as,
)
from models.summary import Summary
from models.words import _, capitalised, listing


def disease_figures(summary: Summary) -> Iterator[Figure]:
    """The stage, whether a letter agrees with it, and Sézary syndrome."""
    if summary.staging is None or summary.stage is None:
        return
    yield _stage(summary, summary.staging, summary.stage)
    agrees = summary.stage.agrees_with(summary.staging.stage_stated)
    if agrees is not None:
        stated = _("stated as {stage}").format(stage=summary.staging.stage_stated)
        verdict = _("agrees") if agrees else _("does not agree")
        possible = _("possible stages: {stages}").format(
            stages=listing(list(summary.stage.possible)) or _("none")
        )
        value = f"{capitalised(verdict)}, {stated}"
        yield Figure(_("Disease"), _("Letter"), value, possible, (rule_of(is_stated_as),))
    if is_sezary(summary.staging):
        inputs = ", ".join(summary.staging.tnmb.split()[::3])
        yield Figure(
            _("Disease"), _("Sézary syndrome"), _("Criteria met"), inputs, (rule_of(is_sezary),)
        )


def _stage(summary: Summary, staging: Staging, stage: StageGroup) -> Figure:
    rules = [rule_of(stage_group)]
    if "X" in stage.inputs:
        rules += [rule_of(taken_as), rule_of(may_be)]
    classes = ", ".join(staging.tnmb.split())
    inputs = _("{classes} of {date}").format(classes=classes, date=staging.date.words)
    value = capitalised(summary.stage_words)
    return Figure(_("Disease"), _("Stage"), value, inputs, tuple(rules), stage.rule)


def prognosis_figures(summary: Summary) -> Iterator[Figure]:
    """Each index that holds at diagnosis, its factors, and the published survival of its group."""
    for found in summary.prognosis:
        figure = index_figure(found)
        remark = "; ".join(part for part in (found.survival.words, figure.remark) if part)
        yield replace(figure, rules=(*figure.rules, found.survival.rule), remark=remark)
    survival = stage_survival(summary.history)
    if survival:
        group, inputs = _("Prognosis at diagnosis"), _("stage at diagnosis")
        title = _("By stage")
        yield Figure(group, title, capitalised(survival.words), inputs, (survival.rule,))


def index_figure(found: Prognosis) -> Figure:
    """The group of an index, without what was published of it."""
    value = _("{group} ({score} points)").format(group=group_words(found), score=_score(found))
    rules = [found.rule, rule_of(at_diagnosis)]
    if found.score is None:
        rules.append(rule_of(possible_groups))
    group = _("Prognosis at diagnosis")
    return Figure(
        group, found.index, capitalised(value), _factors(found), tuple(rules), found.only_if
    )


def index_words(found: Prognosis) -> str:
    """`CLIC 2015: low to high (1 to 3 points)`, in one line."""
    groups = [_(group) for group in found.possible_groups]
    group = groups[0]
    if len(groups) > 1:
        group = _("{least} to {most}").format(least=groups[0], most=groups[-1])
    words = _("{index}: {group} ({score} points)")
    words = words.format(index=found.rule.words, group=group, score=_score(found))
    return f"{words}, {found.only_if}" if found.only_if else words


def _score(found: Prognosis) -> str:
    if found.score is not None:
        return str(found.score)
    return _("{least} to {most}").format(least=found.least, most=found.most)


def _factors(found: Prognosis) -> str:
    """`age over 60: no (57 at diagnosis); LDH raised: not known (…)`."""
    answers = {True: _("yes"), False: _("no"), None: _("not known")}
    return "; ".join(
        f"{_(factor.name)}: {answers[factor.present]}"
        + (f" ({factor.value})" if factor.value else "")
        for factor in found.factors
    )
