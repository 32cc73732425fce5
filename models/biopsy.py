"""Biopsies, what speaks in them for the drug or the disease, and what the pathologist concluded."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from models.base import PARTIAL_DATE, JsonColumn, PatientRecord, field
from models.blood import Clone
from models.rules import Rule, Standing, rule, rule_of
from models.values import Choice, Days, PartialDate
from models.words import N_, _, number_words


class BiopsyKind(Choice):
    PUNCH = N_("punch")
    SHAVE = N_("shave")
    EXCISION = N_("excision")
    LYMPH_NODE = N_("lymph node")
    BONE_MARROW = N_("bone marrow")
    OTHER = N_("other")


class Side(Choice):
    LEFT = N_("left")
    RIGHT = N_("right")
    MIDLINE = N_("midline")
    BOTH = N_("both")


class Indication(Choice):
    DIAGNOSIS = N_("diagnosis")
    SUSPECTED_RELAPSE = N_("suspected relapse")
    RASH = N_("rash")
    STAGING = N_("staging")
    OTHER = N_("other")


class Pattern(Choice):
    SPONGIOTIC = N_("spongiotic")
    PSORIASIFORM = N_("psoriasiform")
    INTERFACE = N_("interface")
    GRANULOMATOUS = N_("granulomatous")
    LICHENOID = N_("lichenoid")
    EPIDERMOTROPIC = N_("epidermotropic")
    FOLLICULOTROPIC = N_("folliculotropic")
    OTHER = N_("other")


class Marker(Choice):
    KEPT = N_("kept")
    LOST = N_("lost")


class Conclusion(Choice):
    ACTIVE_DISEASE = N_("active disease")
    DRUG_RELATED = N_("drug-related")
    BOTH = N_("both")
    INDETERMINATE = N_("indeterminate")
    OTHER = N_("other")


class Biopsy(PatientRecord, table=True):
    __tablename__ = "biopsy"
    singular: ClassVar[str] = N_("biopsy")
    plural: ClassVar[str] = N_("biopsies")

    worked_out: ClassVar[dict[str, tuple[str, type]]] = {
        "conclusion_words": (N_("Conclusion"), str)
    }

    date: PartialDate = field(N_("Date"), column=PARTIAL_DATE)
    kind: BiopsyKind = field(N_("Kind"))
    body_site: str = field(N_("Body site"), max_length=200)
    side: Side | None = field(N_("Side"), None)
    indication: Indication = field(N_("Indication"))
    adverse_event: uuid.UUID | None = field(
        N_("To explain"), None, foreign_key="adverse_event", help=N_("The rash it is to explain.")
    )
    conclusion: Conclusion | None = field(
        N_("Conclusion"), None, group=N_("Result"), help=N_("Empty while the result is awaited.")
    )
    result_on: dt.date | None = field(N_("Result on"), None, group=N_("Result"))
    report_number: str | None = field(N_("Report number"), None, group=N_("Result"), max_length=60)
    pathologist: str | None = field(N_("Pathologist"), None, group=N_("Result"), max_length=200)
    patterns: list[Pattern] = field(
        N_("Patterns"), [], group=N_("Result"), column=JsonColumn(list[Pattern])
    )
    cd4_cd8_epidermis: float | None = field(
        N_("CD4:CD8 in the epidermis"), None, group=N_("Markers"), ge=0
    )
    cd7: Marker | None = field(N_("CD7"), None, group=N_("Markers"))
    cd26: Marker | None = field(N_("CD26"), None, group=N_("Markers"))
    cd30_percent: float | None = field(
        N_("CD30"), None, group=N_("Markers"), unit="%", ge=0, le=100
    )
    ki67_percent: float | None = field(
        N_("Ki-67"), None, group=N_("Markers"), unit="%", ge=0, le=100
    )
    ccr4: str | None = field(N_("CCR4"), None, group=N_("Markers"), max_length=100)
    foxp3: str | None = field(N_("FOXP3"), None, group=N_("Markers"), max_length=100)
    large_cell_transformation: bool | None = field(
        N_("Large-cell transformation"), None, group=N_("Markers")
    )
    folliculotropism: bool | None = field(N_("Folliculotropism"), None, group=N_("Markers"))
    clone: Clone | None = field(N_("Clone against baseline"), None, group=N_("Markers"))
    report: str | None = field(
        N_("Report"), None, group=N_("Report"), multiline=True, max_length=20_000
    )

    @property
    def awaited(self) -> bool:
        return self.conclusion is None

    @property
    def conclusion_words(self) -> str:
        return self.conclusion.label if self.conclusion else _("awaited")

    @property
    def findings(self) -> "Findings":
        """What speaks in a skin biopsy for the drug and for the disease, and what is missing."""
        return Findings(
            for_drug=(*for_drug(self), *lichenoid(self)),
            for_disease=for_disease(self),
            missing=missing(self),
        )


def awaited_in_words(biopsy: Biopsy, today: dt.date) -> str:
    """`result awaited for 12 days`; empty once there is a conclusion."""
    if not biopsy.awaited:
        return ""
    waited = Days.between(biopsy.date, today)
    if waited.most <= 0:
        return _("result awaited")
    return _("result awaited for {time}").format(time=waited.words)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found or is missing, the rule that counts it, and the record it comes from."""

    words: str
    rule: Rule
    record: PatientRecord | None


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings for the drug, for the disease and missing; they are not added up."""

    for_drug: tuple[Finding, ...]
    for_disease: tuple[Finding, ...]
    missing: tuple[Finding, ...]


NOT_OF_SKIN = frozenset({BiopsyKind.LYMPH_NODE, BiopsyKind.BONE_MARROW})
DRUG_PATTERNS = (
    Pattern.SPONGIOTIC,
    Pattern.PSORIASIFORM,
    Pattern.INTERFACE,
    Pattern.GRANULOMATOUS,
)


def _found(biopsy: Biopsy, by: Rule, words: Iterable[str]) -> tuple[Finding, ...]:
    """Findings of a biopsy of the skin; the rules say nothing about other tissue."""
    if biopsy.kind in NOT_OF_SKIN:
        return ()
    return tuple(Finding(each, by, biopsy) for each in words)


@rule(
    N_("In a skin biopsy, for mogamulizumab"),
    "Wang, Am J Surg Pathol 2020; Hirotsu, JAMA Dermatol 2021",
)
def for_drug(biopsy: Biopsy) -> tuple[Finding, ...]:
    """These speak for a rash from mogamulizumab: a spongiotic or psoriasiform (33 of 52 biopsies),
    interface (11) or granulomatous pattern (8); CD4:CD8 in the epidermis of 1:1 or less (38 of 43);
    CD7 kept; the clone of the disease absent, or another clone. Exocytosis of CD8+ cells speaks for
    the drug as well, but has no field and stands in the report.
    """
    ratio, words = biopsy.cd4_cd8_epidermis, []
    words += [_pattern(pattern) for pattern in biopsy.patterns if pattern in DRUG_PATTERNS]
    if ratio is not None and ratio <= 1:
        words.append(_ratio(ratio))
    if biopsy.cd7 is Marker.KEPT:
        words.append(_("CD7 kept"))
    if biopsy.clone is Clone.NONE:
        words.append(_("no clone"))
    if biopsy.clone is Clone.DIFFERENT:
        words.append(_("another clone than the disease's"))
    return _found(biopsy, rule_of(for_drug), words)


@rule(N_("In a skin biopsy, lichenoid pattern"), "Hirotsu, JAMA Dermatol 2021", Standing.UNVERIFIED)
def lichenoid(biopsy: Biopsy) -> tuple[Finding, ...]:
    """A lichenoid pattern speaks for a rash from mogamulizumab, as an interface pattern does."""
    words = [_pattern(pattern) for pattern in biopsy.patterns if pattern is Pattern.LICHENOID]
    return _found(biopsy, rule_of(lichenoid), words)


@rule(
    N_("In a skin biopsy, for the disease"),
    "Wang, Am J Surg Pathol 2020; Hirotsu, JAMA Dermatol 2021",
    Standing.DERIVED,
)
def for_disease(biopsy: Biopsy) -> tuple[Finding, ...]:
    """These speak for the disease: CD4:CD8 in the epidermis above 1:1, the more the higher it is;
    CD7 lost; a clone identical to the disease's; an epidermotropic pattern; large-cell
    transformation. No ratio is published above which it would be certain. A low share of the
    identical clone was found in 20 of 46 biopsies of rash from the drug, so that its share in the
    report counts; some exocytosis is common in such a rash too.
    """
    ratio, words = biopsy.cd4_cd8_epidermis, []
    if ratio is not None and ratio > 1:
        words.append(_ratio(ratio))
    if biopsy.cd7 is Marker.LOST:
        words.append(_("CD7 lost"))
    if biopsy.clone is Clone.IDENTICAL:
        words.append(_("clone identical to the disease's"))
    if Pattern.EPIDERMOTROPIC in biopsy.patterns:
        words.append(_pattern(Pattern.EPIDERMOTROPIC))
    if biopsy.large_cell_transformation:
        words.append(_("large-cell transformation"))
    return _found(biopsy, rule_of(for_disease), words)


@rule(
    N_("In a skin biopsy, what is missing"),
    "Wang, Am J Surg Pathol 2020; Hirotsu, JAMA Dermatol 2021",
    Standing.DERIVED,
)
def missing(biopsy: Biopsy) -> tuple[Finding, ...]:
    """While the conclusion is awaited, the result is missing. Afterwards the pattern, CD4:CD8 in
    the epidermis, CD7 and the comparison of the T-cell clone are, as far as they were not recorded
    or not done.
    """
    if biopsy.awaited:
        return _found(biopsy, rule_of(missing), [_("result awaited")])
    asked = (
        (not biopsy.patterns, _("pattern not recorded")),
        (biopsy.cd4_cd8_epidermis is None, _("CD4:CD8 in the epidermis not recorded")),
        (biopsy.cd7 is None, _("CD7 not recorded")),
        (biopsy.clone is None, _("T-cell clone not recorded")),
        (biopsy.clone is Clone.NOT_DONE, _("T-cell clone not tested")),
    )
    return _found(biopsy, rule_of(missing), [words for lacks, words in asked if lacks])


def _pattern(pattern: Pattern) -> str:
    return _("{pattern} pattern").format(pattern=_(pattern.value))


def _ratio(ratio: float) -> str:
    return _("CD4:CD8 in the epidermis {ratio}:1").format(ratio=number_words(ratio))
