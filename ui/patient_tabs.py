"""The tabs of a patient: a table and a form for every kind of record, and what is worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
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


class PatientTabs(QTabWidget):
    """In reading order: the order in which they are made is that of the Tab key."""

    def __init__(self, today: Today, tasks: Tasks, ways: Ways, parent: QWidget) -> None:
        super().__init__(parent)
        self._today, self._tasks, self._ways = today, tasks, ways
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(_("Parts of the record"))
        self.record_tabs: dict[type[PatientRecord], Any] = {}
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

    def editing(self) -> list[Editing]:
        """Whatever can be typed in."""
        return [self.details, self.treatment_day, *self.record_tabs.values()]

    def bring_kind_forward(self, kind: type[PatientRecord]) -> None:
        bring_forward(self, self.record_tabs[kind])

    def open_tab(self) -> QWidget | None:
        outer = self.currentWidget()
        return outer.currentWidget() if isinstance(outer, QTabWidget) else outer

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
            tab = self.record_tabs[kind] = self._record_tab(kind, pages_of(inner))
            inner.addTab(tab, capitalised(_(kind.plural)))

    def _add_tab(self, title: str, kind: type[PatientRecord]) -> None:
        tab = self.record_tabs[kind] = self._record_tab(kind, pages_of(self))
        self.addTab(tab, title)

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
