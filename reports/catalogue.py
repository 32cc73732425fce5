"""Every report: its name, its sections and what it can do. No page is drawn here."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from enum import Enum, auto
from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.errors import NoPage
from models.garbage import seldom_sought
from models.words import N_, _, days_counted_from, within_sentence

if TYPE_CHECKING:
    from models.attachment import Attachment
    from models.base import PatientRecord
    from models.history import History
    from reports.asked import Asked, Printing

Builder = Callable[["Asked", "Printing"], bytes]


class Naming(Enum):
    """Whether a report names the patient."""

    ALWAYS = auto()
    UNLESS_ANONYMOUS = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report that may be left out."""

    key: str
    title: str

    @property
    def words(self) -> str:
        return _(self.title)


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one patient, or `of_many`.

    `kind`: its name on the command line; `builder`: module and function, loaded when it is wanted;
    `has_period`: earlier records may be left out; `naming`: whether it says whom it is about;
    `subject`: module and class, where it is about one record; `unless_chosen`: which, where nobody
    says;
    `usual`: module and function that finds that one, where a patient may have none;
    `pictures`: module and function that tells which photographs it shows; `of_many`: of a cohort,
    as of the day up to which it was read, by a builder that takes its figures.
    """

    kind: str
    title: str
    help: str
    builder: str
    sections: tuple[Section, ...] = ()
    has_period: bool = False
    naming: Naming = Naming.ALWAYS
    subject: str = ""
    unless_chosen: str = ""
    usual: str = ""
    pictures: str = ""
    of_many: bool = False

    @property
    def words(self) -> str:
        return _(self.title)

    @property
    def about(self) -> "type[PatientRecord] | None":
        """The kind of record of which it is about one."""
        kind: type[PatientRecord] | None = _named(self.subject) if self.subject else None
        return kind

    @property
    def can_be_anonymous(self) -> bool:
        return self.naming is not Naming.ALWAYS

    @property
    def always_anonymous(self) -> bool:
        return self.naming is Naming.NEVER

    @seldom_sought()
    def build(self, asked: "Asked", printing: "Printing") -> bytes:
        """The PDF; a function of its arguments alone.

        Raises `NoPage` where it is to be anonymous and cannot be.
        """
        builder: Builder = _named(self.builder)
        printing = replace(printing, left_out=self.left_out(asked.without))
        if not (printing.anonymous or self.always_anonymous):
            return builder(asked, printing)
        if not self.can_be_anonymous:
            raise self._not_anonymous()
        origin_of = _named("models.deidentified:origin_of")
        with days_counted_from(origin_of(asked.history, asked.today)):
            return builder(asked.deidentified(), printing.deidentified())

    def has_usual(self, history: "History") -> bool:
        """Whether there is a record that it is about unless one is chosen."""
        return not self.usual or _named(self.usual)(history) is not None

    def left_out(self, without: Container[str]) -> str:
        """`Left out: biopsies, list of events.`; empty where every section is wanted."""
        titles = [section.words for section in self.sections if section.key in without]
        listed = ", ".join(map(within_sentence, titles))
        return _("Left out: {sections}.").format(sections=listed) if titles else ""

    def pictures_of(self, asked: "Asked") -> "list[Attachment]":
        """The photographs that it shows, if a consent to them stands."""
        found: list[Attachment] = _named(self.pictures)(asked) if self.pictures else []
        return found

    def _not_anonymous(self) -> NoPage:
        able = [report.words for report in REPORTS.values() if report.can_be_anonymous]
        return NoPage(
            _("{report} cannot be printed de-identified.").format(report=self.words),
            _("Nothing was printed."),
            _("Print it with the name, or choose one of these: {reports}.").format(
                reports=", ".join(able)
            ),
        )


def _named(place: str) -> Any:
    """What is called this in a module, which is loaded only now."""
    module, name = place.split(":")
    return getattr(import_module(module), name)


TIMELINE = Report(
    "timeline",
    N_("Timeline"),
    N_("The course at a glance on one page, then every event as a list."),
    "reports.timeline:build_timeline",
    (
        Section("treatment", N_("Treatment")),
        Section("infusions", N_("Infusions")),
        Section("response", N_("Response")),
        Section("stage", N_("Stage")),
        Section("skin", N_("Skin")),
        Section("blood", N_("Blood")),
        Section("events", N_("Adverse events")),
        Section("biopsies", N_("Biopsies")),
        Section("visits", N_("Visits")),
        Section("figures", N_("Key figures")),
        Section("list", N_("List of events")),
    ),
    has_period=True,
    naming=Naming.UNLESS_ANONYMOUS,
)
SUMMARY = Report(
    "summary",
    N_("Treatment summary"),
    N_("Diagnosis, stage, treatments, response, toxicity and plan, for a colleague."),
    "reports.treatment_summary:build_treatment_summary",
    (
        Section("disease", N_("Disease")),
        Section("current", N_("Current treatment")),
        Section("lines", N_("Treatment lines")),
        Section("response", N_("Response")),
        Section("plan", N_("Follow-up plan")),
        Section("events", N_("Adverse events")),
        Section("biopsies", N_("Biopsies")),
        Section("questions", N_("Open questions")),
        Section("blanks", N_("Not recorded")),
    ),
    naming=Naming.UNLESS_ANONYMOUS,
)
FOR_THE_PATIENT = Report(
    "patient",
    N_("For the patient"),
    N_("In large type and plain words: what was given, how it worked, what to watch for."),
    "reports.for_the_patient:build_for_the_patient",
    (
        Section("illness", N_("Your illness")),
        Section("treatment", N_("What was given")),
        Section("response", N_("How it worked")),
        Section("side-effects", N_("Side effects")),
        Section("dates", N_("Next dates")),
        Section("watch", N_("What to watch for")),
        Section("call", N_("Whom to call")),
        Section("questions", N_("Your own questions")),
    ),
)
ADVERSE_EVENTS = Report(
    "adverse-events",
    N_("Adverse event log"),
    N_("Every adverse event with its grades, attribution and outcome."),
    "reports.adverse_event_log:build_adverse_event_log",
    (
        Section("overview", N_("Numbers")),
        Section("ongoing", N_("Ongoing")),
        Section("ended", N_("Ended")),
    ),
    has_period=True,
    naming=Naming.UNLESS_ANONYMOUS,
)
WORK_UP = Report(
    "work-up",
    N_("Drug-or-disease work-up"),
    N_("One event with its photographs, its biopsies and the verdict."),
    "reports.work_up:build_work_up",
    (
        Section("event", N_("The event")),
        Section("photographs", N_("Photographs")),
        Section("biopsies", N_("Biopsies")),
        Section("verdict", N_("Drug or disease")),
        Section("course", N_("What was done, and the course after")),
    ),
    subject="models.adverse_event:AdverseEvent",
    unless_chosen=N_("The latest that has a biopsy"),
    pictures="reports.work_up:photographs_shown",
    usual="models.work_up:latest_biopsied",
)
TREATMENT_DAY = Report(
    "treatment-day",
    N_("Treatment day sheet"),
    N_("Doses, vials and what to look at before an infusion, with boxes to sign."),
    "reports.treatment_day_sheet:build_treatment_day_sheet",
    (
        Section("checks", N_("Before the infusion")),
        Section("dose", N_("Dose by weight")),
        Section("observations", N_("Observations")),
        Section("signatures", N_("Given and signed")),
    ),
    subject="models.treatment:TreatmentLine",
    unless_chosen=N_("The one that is due first"),
)
PHOTOGRAPHS = Report(
    "photographs",
    N_("Photographs"),
    N_("Side by side by region, as far as a consent covers them."),
    "reports.photographs:build_photographs",
    (
        Section("pairs", N_("Earliest and latest")),
        Section("between", N_("Those in between")),
        Section("single", N_("Regions photographed once")),
        Section("unplaced", N_("Without a body site")),
    ),
    has_period=True,
    pictures="reports.photographs:photographs_shown",
)
CASE_PACK = Report(
    "case-pack",
    N_("Case pack"),
    N_("De-identified timeline, tables and endpoint sentences, as for a case report."),
    "reports.case_pack:build_case_pack",
    (
        Section("timeline", N_("Timeline")),
        Section("sentences", N_("Course and definitions")),
        Section("lines-table", N_("Treatment lines")),
        Section("response-table", N_("Response by compartment")),
        Section("measures-table", N_("Skin score and blood counts")),
        Section("events-table", N_("Adverse events")),
        Section("biopsies-table", N_("Biopsies")),
    ),
    naming=Naming.NEVER,
)
COHORT = Report(
    "cohort",
    N_("Cohort report"),
    N_("What many patients tell together; it names none of them."),
    "reports.cohort:build_cohort",
    (
        Section("survival", N_("Survival")),
        Section("response", N_("Response")),
        Section("swimmer", N_("Swimmer plot")),
        Section("safety", N_("Safety")),
        Section("practice", N_("Practice")),
        Section("counted", N_("Who was counted")),
        Section("left-out", N_("Who was left out")),
        Section("methods", N_("Methods")),
    ),
    of_many=True,
)
OF_LINES = frozenset({"response", "swimmer", "safety"})
"""Sections of the cohort report that belong to treatment lines."""


def cohort_report(*, by_line: bool) -> Report:
    """With the sections that there are, from the start of a line or from the diagnosis."""
    told = (each for each in COHORT.sections if by_line or each.key not in OF_LINES)
    return replace(COHORT, sections=tuple(told))


REPORTS: dict[str, Report] = {
    report.kind: report
    for report in (
        TIMELINE,
        SUMMARY,
        FOR_THE_PATIENT,
        ADVERSE_EVENTS,
        WORK_UP,
        TREATMENT_DAY,
        PHOTOGRAPHS,
        CASE_PACK,
    )
}
