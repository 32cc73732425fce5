"""The form builder, for every kind of record."""

import uuid
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import FieldWords, InvalidRecord, Record, described_fields
from models.biopsy import Biopsy
from models.patient import Patient
from models.response import Assessment
from models.therapies import Category
from models.treatment import Infusion, TreatmentLine
from models.values import PartialDate
from models.visit import Visit
from tests.ui.samples import FORMS, OTHER, PATIENT, TODAY, bare, sample
from ui.choice_editor import ChoiceEditor
from ui.editor import Editor, LineEditor
from ui.form import Form
from ui.read_line import ReadLine

REFERENCES = {
    name: [(OTHER, "the other record"), (uuid.UUID(int=3), "a third")]
    for name in ("treatment_line", "cycle", "adverse_event", "document")
}
NEEDING = [kind for kind in FORMS if any(each.required for each in described_fields(kind))]
every_kind = pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)


def form_of(qtbot: QtBot, kind: type[Record], **options: Any) -> Form:
    form = Form(kind, lambda: TODAY, REFERENCES, **options)
    qtbot.addWidget(form)
    form.resize(600, 600)
    form.show()
    return form


def usual_values(kind: type[Record]) -> dict[str, Any]:
    """What an empty form stands for: each field's default, and nothing where one is needed."""
    return {
        words.name: None if words.required else kind.model_fields[words.name].default
        for words in described_fields(kind)
    }


def own_values(record: Record) -> dict[str, Any]:
    return {words.name: getattr(record, words.name) for words in described_fields(type(record))}


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def problems_of(form: Form) -> dict[str, str]:
    try:
        form.build(PATIENT)
    except InvalidRecord as error:
        return error.problems
    return {}


@every_kind
@pytest.mark.parametrize("make", [sample, bare])
def test_what_is_loaded_is_answered(qtbot: QtBot, kind: type[Record], make: Any) -> None:
    form, record = form_of(qtbot, kind), make(kind)
    form.load(record)
    assert form.values() == own_values(record)
    assert not form.is_dirty()
    assert own_values(form.build()) == own_values(record)
    assert form.build().id == record.id


@every_kind
def test_what_is_shown_can_be_read_again(qtbot: QtBot, kind: type[Record]) -> None:
    form = form_of(qtbot, kind)
    form.load(sample(kind))
    lines = [line for line in form.findChildren(ReadLine) if line.text()]
    assert lines
    for line in lines:
        text, value = line.text(), line.value()
        line.set_value(None)
        line.setText(text)
        assert line.value() == value, line.accessibleName()


@every_kind
def test_empty_stays_empty(qtbot: QtBot, kind: type[Record]) -> None:
    form = form_of(qtbot, kind)
    assert form.values() == usual_values(kind)
    assert all(editor.value() is None for editor in form.editors.values())
    form.load(sample(kind))
    form.load(None)
    assert all(editor.value() is None for editor in form.editors.values())


@every_kind
def test_loading_emits_nothing(qtbot: QtBot, kind: type[Record]) -> None:
    form = form_of(qtbot, kind)
    emitted: list[bool] = []
    form.changed.connect(lambda: emitted.append(True))
    for record in (sample(kind), bare(kind), None):
        form.load(record)
    form.set_references(REFERENCES)
    assert not emitted


@every_kind
def test_every_input_has_a_name(qtbot: QtBot, kind: type[Record]) -> None:
    form = form_of(qtbot, kind)
    for editor in form.editors.values():
        assert editor.inputs
        assert all(each.accessibleName() for each in editor.inputs)


@pytest.mark.parametrize("kind", NEEDING, ids=lambda kind: kind.__name__)
def test_a_missing_field_is_named_and_gets_the_focus(qtbot: QtBot, kind: type[Record]) -> None:
    form = form_of(qtbot, kind)
    with qtbot.waitActive(form):
        form.activateWindow()
    form.show_problems(problems_of(form))
    needed = [each for each in form.editors.values() if each.words.required]
    assert all(editor.problem == "This is needed." for editor in needed)
    assert any(each.hasFocus() for each in needed[0].inputs)


def test_tab_goes_in_reading_order(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit)
    with qtbot.waitActive(form):
        form.activateWindow()
    form.focus_first()
    order = []
    for _step in form.editors:
        focus = form.focusWidget()
        order.append(next(n for n, e in form.editors.items() if focus in e.inputs))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert order == list(form.editors)


def test_wrong_input_is_explained_beside_the_field_when_left(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit)
    with qtbot.waitActive(form):
        form.activateWindow()
    weight = form.editors["weight_kg"]
    weight.setFocus()
    QTest.keyClicks(weight.inputs[0], "900")
    sentence = "Give 400 or less."
    assert sentence not in texts(weight)
    QTest.keyClick(weight.inputs[0], Qt.Key.Key_Tab)
    assert sentence in texts(weight)
    assert weight.inputs[0].accessibleDescription() == sentence
    assert form.values()["weight_kg"] == 900


def test_an_unreadable_text_is_kept_and_stops_the_save(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit)
    form.load(sample(Visit))
    editor = form.editors["date"]
    assert isinstance(editor, LineEditor)
    editor.line.setText("next week")
    assert form.is_dirty()
    assert set(problems_of(form)) == {"date"}
    assert editor.line.text() == "next week"


def test_a_rule_about_the_whole_record_brings_to_the_field_that_it_concerns(qtbot: QtBot) -> None:
    form = form_of(qtbot, Assessment)
    form.load(sample(Assessment, judgement_reason="x"))
    editor = form.editors["judgement_reason"]
    editor.set_value(None)
    with qtbot.waitActive(form):
        form.activateWindow()
    form.editors["judgement"].setFocus()
    form.show_problems(problems_of(form))
    assert editor.problem == "Say why the judgement differs."
    qtbot.waitUntil(editor.inputs[0].hasFocus)
    QTest.keyClicks(editor.inputs[0], "nodes not scanned")
    assert form.values()["judgement"] == "PR"
    assert form.values()["judgement_reason"] == "nodes not scanned"


def label_of(form: Form, name: str) -> str:
    return form.editors[name].findChildren(QLabel)[0].text()


def test_what_a_value_makes_needed_is_marked_so(qtbot: QtBot) -> None:
    form = form_of(qtbot, Infusion)
    form.fill({"status": "omitted"})
    assert label_of(form, "reason") == "Reason *"
    assert form.editors["reason"].inputs[0].accessibleName() == "Reason, needed"
    form.fill({"status": "given"})
    assert label_of(form, "reason") == "Reason"
    assert form.editors["reason"].inputs[0].accessibleName() == "Reason"


def test_a_line_that_was_stopped_is_saved_with_its_end(qtbot: QtBot) -> None:
    form = form_of(qtbot, TreatmentLine)
    going_on = sample(TreatmentLine, end=None, stop_reason=None)
    form.load(going_on)
    form.fill({"stop_reason": "toxicity"})
    asked = {"end": "When was it stopped? A month or a year is enough."}
    assert problems_of(form) == asked
    form.fill({"end": PartialDate(2016)})
    assert problems_of(form) == {}
    form.load(sample(TreatmentLine, end=None, stop_reason="toxicity"))
    form.fill({"trial_arm": "B"})
    assert problems_of(form) == {}, "as an old letter told it"


def test_the_category_follows_the_regimen_until_somebody_chooses(qtbot: QtBot) -> None:
    form = form_of(qtbot, TreatmentLine)
    category = form.editors["category"]
    with qtbot.waitActive(form):
        form.activateWindow()
    regimen = form.editors["regimen"].inputs[0]
    regimen.setFocus()
    QTest.keyClicks(regimen, "ECP")
    QTest.keyClick(regimen, Qt.Key.Key_Tab)
    assert category.value() is Category.SYSTEMIC
    assert "Proposed from the regimen." in texts(form)
    form.fill({"regimen": ["TSEBT"]})
    form.editors["regimen"].left.emit()
    assert category.value() is Category.RADIATION
    category.set_value(Category.SUPPORTIVE)
    form.fill({"regimen": ["CHOP"]})
    form.editors["regimen"].left.emit()
    assert category.value() is Category.SUPPORTIVE


def test_a_judgement_is_one_of_the_global_responses(qtbot: QtBot) -> None:
    form = form_of(qtbot, Assessment)
    editor = form.editors["judgement"]
    assert isinstance(editor, ChoiceEditor)
    offered = [editor.combo.itemText(at) for at in range(editor.combo.count())]
    assert offered == ["", "CR", "VGPR", "PR", "SD", "PD", "Relapse"]


def test_a_new_record_keeps_what_was_filled_in(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit, hidden=("seen_by",))
    form.load(None, {"date": TODAY, "kind": "treatment", "seen_by": "AB"})
    assert not form.is_dirty()
    status = form.editors["status"]
    assert isinstance(status, ChoiceEditor)
    QTest.keyClicks(status.combo, "done")
    visit = form.build(PATIENT)
    assert isinstance(visit, Visit)
    assert (visit.date, visit.kind, visit.status) == (TODAY, "treatment", "done")
    assert (visit.seen_by, visit.patient) == ("AB", PATIENT)


def test_a_hidden_field_keeps_its_value(qtbot: QtBot) -> None:
    form = form_of(qtbot, Biopsy, hidden=("patterns",))
    record = sample(Biopsy)
    form.load(record)
    built = form.build()
    assert isinstance(built, Biopsy)
    assert built.patterns == record.patterns


def test_a_screen_may_bring_its_own_editor(qtbot: QtBot) -> None:
    def upper(words: FieldWords, parent: Any) -> Editor:
        return LineEditor(words, ReadLine(str.upper, str), parent)

    form = form_of(qtbot, Patient, own={"mrn": upper})
    editor = form.editors["mrn"]
    QTest.keyClicks(editor.inputs[0], "ab12")
    assert form.values()["mrn"] == "AB12"


def test_a_field_can_be_put_away(qtbot: QtBot) -> None:
    form = form_of(qtbot, AdverseEvent)
    form.show_field("seriousness", False)
    assert form.editors["seriousness"].isHidden()
    form.show_field("seriousness", True)
    assert form.editors["seriousness"].isVisible()


def test_it_becomes_one_column_where_it_is_narrow(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit)

    def side_by_side() -> bool:
        return form.editors["date"].y() == form.editors["kind"].y()

    qtbot.waitUntil(side_by_side)
    form.resize(360, 600)
    qtbot.waitUntil(lambda: not side_by_side())


def test_a_reference_out_of_the_list_is_kept(qtbot: QtBot) -> None:
    form = form_of(qtbot, Biopsy)
    gone = uuid.UUID(int=99)
    form.load(sample(Biopsy, adverse_event=gone))
    form.set_references({"adverse_event": [(OTHER, "rash")]})
    assert form.values()["adverse_event"] == gone
    form.load(sample(Biopsy))
    assert form.values()["adverse_event"] == OTHER


def test_units_are_shown(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit)
    inside = form.editors["weight_kg"].findChildren(QLineEdit)[0].findChildren(QLabel)
    assert [label.text() for label in inside] == ["kg"]


@every_kind
def test_a_new_record_has_its_id_from_the_start(qtbot: QtBot, kind: type[Record]) -> None:
    form, given = form_of(qtbot, kind), own_values(sample(kind))
    form.load(None, given)
    first = form.build(PATIENT).id
    assert form.build(PATIENT).id == form.record_id == first
    form.load(None, given)
    assert form.build(PATIENT).id == form.record_id != first
    form.load(sample(kind, id=OTHER))
    assert form.record_id == OTHER
