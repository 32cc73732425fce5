"""The rule book: every clinical rule in a reader's order, and which of them are confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from models import (
    adverse_event,
    at_diagnosis,
    biopsy,
    blood,
    comparing,
    compartments,
    completeness,
    contradictions,
    course,
    ctcae,
    drug_or_disease,
    endpoints,
    follow_up,
    grade_words,
    imaging,
    intensity,
    label,
    placement,
    preparing,
    prognosis,
    protocol,
    response,
    skin,
    staging,
    treatment,
)
from models.cohort import (
    compartment_facts,
    counting,
    dose_facts,
    event_facts,
    incidence,
    member,
    practice,
    response_rules,
)
from models.plain import complaints, disease, drugs, watching, working
from models.practice import RuleConfirmation
from models.rules import RULES, Rule
from models.words import N_, _


@dataclass(frozen=True, slots=True)
class Section:
    """The rules about one noun."""

    title: str
    rules: tuple[Rule, ...]

    @property
    def words(self) -> str:
        return _(self.title)


SECTIONS: tuple[tuple[str, tuple[ModuleType, ...]], ...] = (
    (N_("Stage"), (staging,)),
    (N_("Skin"), (skin,)),
    (N_("Blood"), (blood,)),
    (N_("Nodes and organs"), (imaging, compartments)),
    (N_("Response"), (response, comparing)),
    (N_("Course"), (course,)),
    (N_("Doses and calendar"), (treatment, protocol, preparing, intensity)),
    (N_("Placing in time"), (placement,)),
    (N_("Adverse events"), (ctcae, grade_words, adverse_event)),
    (N_("What the label says"), (label,)),
    (N_("Drug or disease"), (biopsy, drug_or_disease)),
    (N_("Endpoints"), (endpoints,)),
    (N_("Prognosis"), (prognosis, at_diagnosis)),
    (N_("Follow-up"), (follow_up,)),
    (N_("Registry"), (completeness,)),
    (
        N_("Cohort"),
        (
            member,
            counting,
            compartment_facts,
            response_rules,
            event_facts,
            incidence,
            dose_facts,
            practice,
        ),
    ),
    (N_("Contradictions"), (contradictions,)),
    (N_("Said to the patient"), (disease, drugs, working, complaints, watching)),
)


def rule_book() -> list[Section]:
    """Every rule, as its module declares it; a section without rules is left out."""
    sections = [Section(title, _rules_of(modules)) for title, modules in SECTIONS]
    return [section for section in sections if section.rules]


def as_worded_now(confirmation: RuleConfirmation) -> bool:
    """Whether the rule still says what was confirmed; another wording has to be confirmed anew."""
    rule = RULES.get(confirmation.rule)
    return rule is not None and rule.statement == confirmation.statement


def confirmed(confirmations: Iterable[RuleConfirmation]) -> frozenset[str]:
    """The names of the rules that a clinician has confirmed as they are worded now."""
    return frozenset(found.rule for found in confirmations if as_worded_now(found))


def _rules_of(modules: tuple[ModuleType, ...]) -> tuple[Rule, ...]:
    places = [f"{module.__name__.removeprefix('models.')}." for module in modules]
    return tuple(rule for place in places for rule in RULES.values() if rule.name.startswith(place))
