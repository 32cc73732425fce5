"""One rule to be read: what it says, its source, how well it is known, who stands for it."""

from collections.abc import Iterator, Sequence

from models.practice import RuleConfirmation
from models.rule_book import as_worded_now
from models.rules import Rule, Standing
from models.words import N_, _, day_words
from ui.facts_reader import Fact, FactsReader

MEANING = {
    Standing.PUBLISHED: N_("Published; its text was read at the source."),
    Standing.IN_PART: N_("Published; its text was read in part, the rest is from memory."),
    Standing.DERIVED: N_("Derived; it follows from published rules."),
    Standing.UNVERIFIED: N_("Memory, unverified; it was written without the source at hand."),
}


class RuleReader(FactsReader):
    def show_rule(self, rule: Rule, confirmations: Sequence[RuleConfirmation]) -> None:
        """`confirmations` of this rule, those of former wordings included, oldest first."""
        self.show_facts(rule.words, [_(rule.statement)], _facts(rule, confirmations))


def _facts(rule: Rule, confirmations: Sequence[RuleConfirmation]) -> Iterator[Fact]:
    yield _("Source"), rule.source, ""
    yield _("Standing"), _(MEANING[rule.standing]), ""
    if rule.standing is Standing.UNVERIFIED:
        yield from _confirmed(confirmations)


def _confirmed(confirmations: Sequence[RuleConfirmation]) -> Iterator[Fact]:
    """Who stands for the rule as it is worded now, or who stood for its former wording."""
    standing = [each for each in confirmations if as_worded_now(each)]
    for each in standing:
        yield _("Confirmed"), _who_and_when(each), ""
    if standing:
        return
    if not confirmations:
        yield _("Confirmed"), _("Not yet; it awaits confirmation by a clinician."), "awaits"
        return
    former = confirmations[-1]
    changed = _("Its wording has changed since, so it awaits confirmation again.")
    yield _("Confirmed"), f"{_who_and_when(former)}\n{changed}", "awaits"
    yield _("Former wording"), _(former.statement), ""


def _who_and_when(confirmation: RuleConfirmation) -> str:
    words = _("By {clinician} on {day}, entered by {user}.").format(
        clinician=confirmation.confirmed_by,
        day=day_words(confirmation.confirmed_on),
        user=confirmation.recorded_by,
    )
    return f"{words}\n{confirmation.notes}" if confirmation.notes else words
