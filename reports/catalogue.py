"""Every report of one patient: its name, its sections and what it can do. No page is drawn here."""

from dataclasses import dataclass
from importlib import import_module

from models.adverse_event import AdverseEvent
from models.base import PatientRecord
from models.lanes import LaneKey
from models.treatment import TreatmentLine
from models.words import N_, _
from reports.asked import Asked, Printing


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
    """A report of one patient.

    `kind`: its name on the command line; `builder`: module and function, loaded when it is wanted;
    `has_period`: earlier records may be left out; `can_be_anonymous`: it may be printed without
    whom it is about; `about`: it is about one record of this kind; `pictures`: it may show
    photographs.
    """

    kind: str
    title: str
    help: str
    builder: str
    sections: tuple[Section, ...] = ()
    has_period: bool = False
    can_be_anonymous: bool = False
    about: type[PatientRecord] | None = None
    pictures: bool = False

    @property
    def words(self) -> str:
        return _(self.title)

    def build(self, asked: Asked, printing: Printing) -> bytes:
        """The PDF; a function of its arguments alone."""
        module, name = self.builder.split(":")
        made: bytes = getattr(import_module(module), name)(asked, printing)
        return made


TIMELINE = Report(
    "timeline",
    N_("Timeline"),
    N_("The course at a glance on one page, then every event as a list."),
    "reports.timeline:build_timeline",
    (
        Section(LaneKey.TREATMENT, N_("Treatment")),
        Section(LaneKey.INFUSIONS, N_("Infusions")),
        Section(LaneKey.RESPONSE, N_("Response")),
        Section(LaneKey.SKIN, N_("Skin")),
        Section(LaneKey.BLOOD, N_("Blood")),
        Section(LaneKey.EVENTS, N_("Adverse events")),
        Section(LaneKey.BIOPSIES, N_("Biopsies")),
        Section(LaneKey.VISITS, N_("Visits")),
        Section("figures", N_("Key figures")),
        Section("list", N_("List of events")),
    ),
    has_period=True,
    can_be_anonymous=True,
)
SUMMARY = Report(
    "summary",
    N_("Treatment summary"),
    N_("Diagnosis, stage, treatments, response, toxicity and plan, for a colleague."),
    "reports.treatment_summary:build_treatment_summary",
    can_be_anonymous=True,
)
FOR_THE_PATIENT = Report(
    "patient",
    N_("For the patient"),
    N_("In large type and plain words: what was given, how it worked, what to watch for."),
    "reports.for_the_patient:build_for_the_patient",
)
ADVERSE_EVENTS = Report(
    "adverse-events",
    N_("Adverse event log"),
    N_("Every adverse event with its grades, attribution and outcome."),
    "reports.adverse_event_log:build_adverse_event_log",
    has_period=True,
    can_be_anonymous=True,
)
WORK_UP = Report(
    "work-up",
    N_("Drug-or-disease work-up"),
    N_("One event with its photographs, its biopsies and the verdict."),
    "reports.work_up:build_work_up",
    about=AdverseEvent,
    pictures=True,
)
TREATMENT_DAY = Report(
    "treatment-day",
    N_("Treatment day sheet"),
    N_("Doses, vials and what to look at before an infusion, with boxes to sign."),
    "reports.treatment_day_sheet:build_treatment_day_sheet",
    about=TreatmentLine,
)
PHOTOGRAPHS = Report(
    "photographs",
    N_("Photographs"),
    N_("Side by side by region, as far as a consent covers them."),
    "reports.photographs:build_photographs",
    has_period=True,
    pictures=True,
)
CASE_PACK = Report(
    "case-pack",
    N_("Case pack"),
    N_("De-identified timeline, tables and endpoint sentences, as for a case report."),
    "reports.case_pack:build_case_pack",
    can_be_anonymous=True,
)

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
