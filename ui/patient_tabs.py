"""The tabs of a patient: a table and a form for every kind of record, and what is worked out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.likeness import Likeness
from models.patient import Consent
from models.response import Assessment
from models.roles import May
from models.skin import SkinScore
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine
from models.treatment_day import TreatmentDay
from models.visit import Visit
from models.words import _, capitalised
from ui.allowed import needs
from ui.at_sight import AtSight
from ui.biopsy_tab import BiopsyTab
from ui.changes_tab import ChangesTab
from ui.date_editor import Today
from ui.events_tab import EventsTab
from ui.figures_tab import FiguresTab
from ui.file_viewer import Exporting
from ui.files_tab import FilesTab
from ui.patient_details import PatientDetails
from ui.patient_drafts import Editing, bring_forward
from ui.record_tab import RecordTab
from ui.references import references
from ui.registry_tab import RegistryTab
from ui.tasks import Tasks
from ui.treatment_day_tab import TreatmentDayTab
from ui.when_seen import WhenSeen

COLUMNS: dict[type[PatientRecord], tuple[str, ...]] = {
    TreatmentLine: ("start", "end", "regimen", "stop_reason"),
    Cycle: ("number", "day_1", "weight_kg", "treatment_line"),
    Infusion: ("on", "cycle_number", "cycle_day", "status", "dose_mg", "days_late"),
    AdverseEvent: ("onset", "grade_words", "verbatim", "resolved", "term"),
    Biopsy: ("date", "kind", "body_site", "indication", "conclusion_words"),
    Visit: ("date", "kind", "status", "ecog", "disease_status"),
    Assessment: (
        "date",
        *("global_response", "skin_found", "nodes_found", "blood_found", "viscera_found"),
    ),
    Staging: ("date", "stage_told", "occasion", "t", "n", "m", "b", "stage_stated"),
    SkinScore: ("date", "mswat", "body_surface"),
    BloodCount: ("date", "b", "cd4_cd26_negative", "cd4_cd7_negative", "clone"),
    Imaging: ("date", "modality", "nodes", "sum_of_products", "conclusion"),
    LabResult: ("date", "analyte", "value", "unit"),
    Diagnosis: ("date", "disease", "large_cell_transformation", "folliculotropism"),
}


@dataclass(frozen=True)
class Ways:
    """What a tab asks to be done with records, and what it wants explained."""

    save: Callable[..., Any]
    remove: Callable[[Any, str], object]
    attach: Callable[[Attachment, bytes], Any]
    content: Callable[[Attachment], bytes]
    exporting: Exporting
    save_day: Callable[..., TreatmentDay]
    likely: Callable[[dict[str, Any]], list[Likeness]]
    explain: Callable[[type[PatientRecord], dict[str, Any]], str]


def pages_of(tabs: QTabWidget) -> QWidget:
    """The stack inside: a page made there need not be moved, and styled anew, when it is added."""
    found = tabs.findChild(QStackedWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, QStackedWidget) else tabs


class RecordTabs(dict[type[PatientRecord], Any]):
    """The tabs of records that were asked for: each is made when it first is, and shows from then
    on what is on file.
    """

    def __init__(
        self, places: Mapping[type[PatientRecord], WhenSeen[Any]], at_sight: AtSight
    ) -> None:
        super().__init__()
        self._places, self._at_sight = places, at_sight

    def __getitem__(self, kind: type[PatientRecord]) -> Any:
        tab = self._places[kind].page()
        self._at_sight.catch_up(tab)
        return tab


class PatientTabs(QTabWidget):
    """In reading order: the order in which their places are made is that of the Tab key.

    `made`: a tab of records, new and empty, was seen or asked for for the first time.
    """

    made = Signal(object)

    def __init__(self, today: Today, tasks: Tasks, ways: Ways, parent: QWidget) -> None:
        super().__init__(parent)
        self._today, self._tasks, self._ways = today, tasks, ways
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(_("Parts of the record"))
        self.at_sight = AtSight(self)
        self._places: dict[type[PatientRecord], WhenSeen[Any]] = {}
        self.record_tabs = RecordTabs(self._places, self.at_sight)
        summary = self._group(_("Summary"))
        self.figures = FiguresTab(pages_of(summary))
        self.details = PatientDetails(today, ways.save, ways.likely, pages_of(summary))
        summary.addTab(self.figures, _("Where things stand"))
        summary.addTab(self.details, _("Personal details"))
        self._fill(summary, Diagnosis, Staging, Consent)
        self.registry = RegistryTab(pages_of(summary))
        summary.addTab(self.registry, _("Registry"))
        treatment = self._group(_("Treatment"))
        self.treatment_day = TreatmentDayTab(today, ways.save_day, pages_of(treatment))
        treatment.addTab(needs(May.RECORD, self.treatment_day), _("Treatment day"))
        self._fill(treatment, TreatmentLine, Cycle, Infusion)
        self._add_tab(_("Adverse events"), AdverseEvent)
        self._add_tab(_("Biopsies"), Biopsy)
        visits = self._group(_("Visits && response"))
        self._fill(visits, Visit, Assessment, SkinScore, BloodCount)
        self._fill(self._group(_("Labs && imaging")), LabResult, Imaging, MolecularResult)
        self._add_tab(_("Files"), Attachment)
        self.changes = ChangesTab(pages_of(self))
        self.addTab(self.changes, _("History"))

    @property
    def kinds(self) -> list[type[PatientRecord]]:
        return [*self._places]

    def make(self, forms: Collection[str]) -> None:
        """Those tabs in which these forms are, with what is on file."""
        for kind in self.kinds:
            if kind.table_name() in forms:
                self.record_tabs[kind]
        for tab in (self.details, self.treatment_day):
            if tab.keeper.name in forms:
                self.at_sight.catch_up(tab)

    def set_history(self, history: History) -> None:
        """Show a patient's records: at once where something is in use, the others at sight."""
        for each in self.editing():
            tab = cast(QWidget, each)
            self.at_sight.do(tab, partial(each.set_history, history))
            if each.in_use:
                self.at_sight.catch_up(tab)
        self.at_sight.do(self.registry, partial(self.registry.set_history, history, self._today()))

    def editing(self) -> list[Editing]:
        """Whatever can be typed in by now."""
        return [self.details, self.treatment_day, *self.record_tabs.values()]

    def bring_kind_forward(self, kind: type[PatientRecord]) -> None:
        bring_forward(self, self.record_tabs[kind])

    def open_tab(self) -> QWidget | None:
        outer = self.currentWidget()
        shown = outer.currentWidget() if isinstance(outer, QTabWidget) else outer
        return shown.page() if isinstance(shown, WhenSeen) else shown

    def open_kind(self) -> type[PatientRecord] | None:
        """The kind of record that the open tab holds."""
        shown = self.open_tab()
        return next((kind for kind, tab in self.record_tabs.items() if tab is shown), None)

    def _group(self, title: str) -> QTabWidget:
        """A tab that holds tabs."""
        inner = QTabWidget(self)
        inner.setDocumentMode(True)
        inner.setObjectName("inner")
        inner.tabBar().setAccessibleName(title.replace("&&", "&"))
        self.addTab(inner, title)
        return inner

    def _fill(self, inner: QTabWidget, *kinds: type[PatientRecord]) -> None:
        for kind in kinds:
            inner.addTab(self._place(kind, inner), capitalised(_(kind.plural)))

    def _add_tab(self, title: str, kind: type[PatientRecord]) -> None:
        self.addTab(self._place(kind, self), title)

    def _place(self, kind: type[PatientRecord], tabs: QTabWidget) -> QWidget:
        place = self._places[kind] = WhenSeen[Any](partial(self._made, kind), pages_of(tabs))
        return place

    def _made(self, kind: type[PatientRecord], parent: QWidget) -> QWidget:
        tab: QWidget = self._record_tab(kind, parent)
        self.record_tabs[kind] = tab
        self.made.emit(tab)
        return tab

    def _record_tab(self, kind: type[PatientRecord], parent: QWidget) -> Any:
        ways, explain = self._ways, partial(self._ways.explain, kind)
        if kind is Attachment:
            return FilesTab(
                self._today,
                ways.attach,
                ways.content,
                ways.save,
                ways.remove,
                exporting=ways.exporting,
                tasks=self._tasks,
                explain=explain,
                parent=parent,
            )
        own: dict[type[PatientRecord], Callable[..., RecordTab]] = {
            AdverseEvent: EventsTab,
            Biopsy: BiopsyTab,
        }
        return own.get(kind, partial(RecordTab, kind))(
            self._today,
            ways.save,
            ways.remove,
            columns=COLUMNS.get(kind),
            references=references,
            explain=explain,
            parent=parent,
        )
