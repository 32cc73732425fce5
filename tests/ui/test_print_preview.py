"""The preview beside its options: redrawn as they change, saved, printed and closed by keys."""

import datetime as dt
import gc
import io
import threading
import uuid
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.base import ClinicError, NoPage
from reports.catalogue import CASE_PACK, PHOTOGRAPHS, REPORTS, SUMMARY, TIMELINE, WORK_UP, Report
from reports.wanted import DAY_LIST, Wanted
from tests.ui.print_dialog import unrecorded
from ui.print_preview import PrintPreview
from ui.printing import Subjects, ToPrint
from ui.tasks import Tasks

TODAY = dt.date(2020, 4, 30)
EVENT = uuid.UUID(int=7)
NOW = dt.datetime(2020, 4, 30, 14, 2, tzinfo=dt.UTC)
REFUSED = ClinicError("The report cannot be made.", "Nothing was changed.", "Try again.")
Build = Callable[[Wanted], bytes]


def pdf(words: str, pages: int = 3) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for _number in range(pages):
        canvas.drawString(72, 720, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def plain(wanted: Wanted) -> bytes:
    left_out = ", ".join(sorted(wanted.without))
    return pdf(f"{wanted.kind} {wanted.today} {wanted.paper} without: {left_out}")


def to_print(build: Build = plain, kind: str = TIMELINE.kind) -> ToPrint:
    def subjects(of: Report) -> Subjects:
        named = (EVENT, "20 Jul 2017: plaque on the cheekbone")
        return [(None, "The latest that has a biopsy"), named] if of is WORK_UP else []

    reports = () if kind == DAY_LIST else tuple(REPORTS.values())
    return ToPrint("Rossi, Anna", kind, TODAY, build, lambda _wanted: unrecorded, reports, subjects)


@pytest.fixture
def page(qtbot: QtBot, worker: Tasks) -> PrintPreview:
    made = PrintPreview(worker)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def ready(qtbot: QtBot, page: PrintPreview) -> PrintPreview:
    page.offer(to_print())
    qtbot.waitUntil(page.print_button.isEnabled)
    return page


class Gated:
    """Builds one after the other, each when it is let through."""

    def __init__(self) -> None:
        self.begun: list[Wanted] = []
        self._go = threading.Semaphore(0)

    def __call__(self, wanted: Wanted) -> bytes:
        self.begun.append(wanted)
        assert self._go.acquire(timeout=10)
        return plain(wanted)

    def let_through(self, some: int = 1) -> None:
        self._go.release(some)


def press(page: PrintPreview, key: Qt.Key, *, ctrl: bool = True) -> None:
    modifier = Qt.KeyboardModifier
    QTest.keyClick(page.focusWidget(), key, modifier.ControlModifier if ctrl else modifier(0))


def text(page: PrintPreview) -> str:
    """What stands on the first page that is shown."""
    return page.pages.pdf.getAllText(0).text().strip()


def choose(page: PrintPreview, kind: str) -> None:
    """Go up and down the list of reports, as one does with the arrow keys."""
    combo = page.options.report.combo
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _step in range(list(REPORTS).index(kind)):
        QTest.keyClick(combo, Qt.Key.Key_Down)


def leave_out(page: PrintPreview, *sections: str) -> None:
    for key in sections:
        page.options.sections.boxes[key].setFocus()
        press(page, Qt.Key.Key_Space, ctrl=False)


def seen(widgets: Sequence[QWidget]) -> list[bool]:
    return [widget.isVisible() for widget in widgets]


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def into(page: PrintPreview, folder: Path) -> None:
    """Whoever is asked where to save names this folder."""
    page.output.ask_path = lambda file_name: folder / file_name  # type: ignore[method-assign]


def test_the_pages_are_shown_and_counted(ready: PrintPreview) -> None:
    assert ready.pages.pdf.pageCount() == 3
    assert ready.pages.number.text() == "Page 1 of 3"
    assert ready.pages.view.isVisible()
    navigator = ready.pages.view.pageNavigator()
    navigator.jump(1, navigator.currentLocation())
    assert ready.pages.number.text() == "Page 2 of 3"


def test_the_window_is_free_while_a_report_is_prepared(qtbot: QtBot, page: PrintPreview) -> None:
    build = Gated()
    page.offer(to_print(build))
    assert page.notice.text.text() == "Preparing…"
    assert not page.print_button.isEnabled()
    assert not page.again_button.isVisible()
    build.let_through()
    qtbot.waitUntil(page.print_button.hasFocus)
    assert page.pages.view.isVisible()


def test_whoever_has_gone_to_an_option_stays_there(qtbot: QtBot, page: PrintPreview) -> None:
    build = Gated()
    page.offer(to_print(build))
    press(page, Qt.Key.Key_Tab, ctrl=False)
    build.let_through()
    qtbot.waitUntil(page.print_button.isEnabled)
    assert page.options.report.combo.hasFocus()


def test_a_report_that_was_closed_meanwhile_is_not_shown(
    qtbot: QtBot, page: PrintPreview, worker: Tasks
) -> None:
    page.offer(to_print())
    with qtbot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape, ctrl=False)
    done: list[object] = []
    worker.run(lambda: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert page.pages.pdf.status() is QPdfDocument.Status.Null
    assert not page.print_button.isEnabled()


def test_a_failure_is_said_and_can_be_tried_again(qtbot: QtBot, page: PrintPreview) -> None:
    failures = [REFUSED]

    def build(wanted: Wanted) -> bytes:
        if failures:
            raise failures.pop()
        return plain(wanted)

    page.offer(to_print(build))
    qtbot.waitUntil(page.again_button.isVisible)
    assert page.notice.text.text().startswith("The report cannot be made.")
    page.again_button.click()
    qtbot.waitUntil(page.print_button.isEnabled)
    assert page.pages.view.isVisible()


def test_there_is_no_other_try_where_it_would_change_nothing(
    qtbot: QtBot, page: PrintPreview
) -> None:
    def build(wanted: Wanted) -> bytes:
        raise NoPage("No infusion is ahead.", "Nothing was printed.", "Name the protocol.")

    page.offer(to_print(build))
    qtbot.waitUntil(lambda: "No infusion is ahead." in page.notice.text.text())
    assert not page.again_button.isVisible()


def test_what_is_no_pdf_is_said(qtbot: QtBot, page: PrintPreview) -> None:
    page.offer(to_print(lambda wanted: b"no PDF at all"))
    qtbot.waitUntil(page.again_button.isVisible)
    assert page.notice.text.text().startswith("The pages cannot be shown.")
    assert not page.save_button.isEnabled()


def test_zoom(ready: PrintPreview) -> None:
    pages = ready.pages
    wide = pages.zoom
    press(ready, Qt.Key.Key_Plus)
    assert pages.zoom == pytest.approx(wide * 1.25)
    press(ready, Qt.Key.Key_Minus)
    assert pages.zoom == pytest.approx(wide)
    for _press in range(30):
        pages.zoom_in()
    assert pages.zoom == 5.0
    pages.fit_page()
    assert pages.view.zoomMode() is QPdfView.ZoomMode.FitInView
    assert pages.zoom < wide
    pages.fit_width()
    assert pages.zoom == pytest.approx(wide)


def test_only_the_options_of_the_chosen_report_are_offered(ready: PrintPreview) -> None:
    options = ready.options
    for report in REPORTS.values():
        choose(ready, report.kind)
        QApplication.processEvents()
        assert options.report.combo.currentText() == report.words
        assert options.help.text() == report.help
        assert list(options.sections.boxes) == [section.key for section in report.sections]
        boxes = [each for each in options.findChildren(QCheckBox) if each.isVisible()]
        assert len(boxes) == len(report.sections) + report.can_be_anonymous
        shown = seen([options.since, options.anonymous, options.sections, options.about])
        assert shown == [
            report.has_period,
            report.can_be_anonymous,
            bool(report.sections),
            report is WORK_UP,
        ]


def test_it_is_redrawn_for_what_is_changed_and_the_old_page_stays_until_then(
    qtbot: QtBot, page: PrintPreview
) -> None:
    build = Gated()
    page.offer(to_print(build))
    build.let_through()
    qtbot.waitUntil(page.print_button.isEnabled)
    page.pages.zoom_in()
    bar = page.pages.view.verticalScrollBar()
    bar.setValue(500)
    zoom = page.pages.zoom
    leave_out(page, "skin", "list")
    qtbot.waitUntil(lambda: len(build.begun) == 2)
    assert page.pages.said.text() == "Preparing…"
    assert text(page) == "timeline 2020-04-30 a4 without:"
    build.let_through()
    qtbot.waitUntil(lambda: text(page) == "timeline 2020-04-30 a4 without: list, skin")
    assert page.pages.said.text() == ""
    assert bar.value() == 500
    assert page.pages.zoom == pytest.approx(zoom)
    choose(page, SUMMARY.kind)
    build.let_through()
    qtbot.waitUntil(lambda: text(page).startswith("summary"))
    assert bar.value() == 0


def test_the_place_is_kept_for_the_same_patient_only(qtbot: QtBot, ready: PrintPreview) -> None:
    bar = ready.pages.view.verticalScrollBar()

    def show(number: int) -> None:
        def build(wanted: Wanted) -> bytes:
            return pdf(f"of {number} without: {', '.join(wanted.without)}")

        ready._offered = replace(to_print(build), whose=uuid.UUID(int=number))
        ready.draw()
        qtbot.waitUntil(lambda: text(ready) == f"of {number} without:")

    for number in (1, 2):
        bar.setValue(500)
        show(number)
        assert bar.value() == 0
    bar.setValue(500)
    leave_out(ready, "skin")
    qtbot.waitUntil(lambda: text(ready) == "of 2 without: skin")
    assert bar.value() == 500


def test_no_blank_page_is_seen_while_the_new_one_is_rendered(
    qtbot: QtBot, ready: PrintPreview
) -> None:
    view = ready.pages.view.viewport()
    cover = view.findChild(QLabel)
    assert cover is not None
    qtbot.waitUntil(lambda: ink(view) > 0)
    before = ink(view)
    ready.pages.show_pages(pdf("another"), keep_place=True)
    assert ink(view) == before
    qtbot.waitUntil(lambda: not cover.isVisible() and 0 < ink(view) < before)


def ink(widget: QWidget) -> int:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(level < 100 for level in bytes(image.constBits()))


def test_an_older_page_never_replaces_a_newer_one(qtbot: QtBot, page: PrintPreview) -> None:
    """What is outdated before its turn has come is not even built."""
    build = Gated()
    page.offer(to_print(build))
    for kind in (WORK_UP.kind, PHOTOGRAPHS.kind, SUMMARY.kind):
        choose(page, kind)
        page.draw()
    build.let_through()
    qtbot.waitUntil(lambda: len(build.begun) == 2)
    QApplication.processEvents()
    assert page.notice.isVisible()
    build.let_through()
    qtbot.waitUntil(page.print_button.isEnabled)
    assert [each.kind for each in build.begun] == ["timeline", "summary"]
    assert text(page).startswith("summary")


def test_an_outdated_failure_is_not_told(qtbot: QtBot, page: PrintPreview) -> None:
    go = threading.Event()

    def build(wanted: Wanted) -> bytes:
        if wanted.kind == TIMELINE.kind:
            assert go.wait(10)
            raise REFUSED
        return plain(wanted)

    page.offer(to_print(build))
    choose(page, SUMMARY.kind)
    page.draw()
    go.set()
    qtbot.waitUntil(page.print_button.isEnabled)
    assert page.pages.view.isVisible()


def test_what_cannot_be_made_is_said_in_the_place_of_the_page(
    qtbot: QtBot, page: PrintPreview
) -> None:
    def build(wanted: Wanted) -> bytes:
        if wanted.kind == WORK_UP.kind:
            raise REFUSED
        return plain(wanted)

    page.offer(to_print(build))
    qtbot.waitUntil(page.print_button.isEnabled)
    choose(page, WORK_UP.kind)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.text.text().startswith("The report cannot be made.")
    assert seen([page.pages.view]) == [False]
    assert not page.print_button.isEnabled()
    choose(page, SUMMARY.kind)
    qtbot.waitUntil(page.print_button.isEnabled)
    assert text(page).startswith("summary")


def test_it_is_saved_whole_under_a_name_that_tells_no_patient(
    qtbot: QtBot, ready: PrintPreview, tmp_path: Path
) -> None:
    into(ready, tmp_path)
    with qtbot.waitSignal(ready.output.done):
        press(ready, Qt.Key.Key_S)
    (saved,) = tmp_path.glob("*.pdf")
    assert saved.name == f"timeline-{dt.datetime.now().astimezone():%Y-%m-%d}.pdf"
    assert text(ready) in PdfReader(saved).pages[0].extract_text()
    assert saved.name in ready.pages.said.text()


def test_where_it_cannot_be_saved_is_said(
    qtbot: QtBot, ready: PrintPreview, tmp_path: Path
) -> None:
    into(ready, tmp_path / "nowhere")
    with qtbot.waitSignal(ready.output.failed):
        press(ready, Qt.Key.Key_S)
    assert "cannot be written" in ready.problem.text()
    assert ready.problem.isVisible()
    assert ready.problem.y() < ready.pages.mapTo(ready, QPoint()).y()
    assert ready.print_button.hasFocus()
    assert ready.pages.view.isVisible()
    into(ready, tmp_path)
    with qtbot.waitSignal(ready.output.done):
        press(ready, Qt.Key.Key_S)
    assert not ready.problem.isVisible()


def test_it_is_printed(qtbot: QtBot, ready: PrintPreview, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    ready.output.ask_printer = lambda printer, pages: to_file(path)  # type: ignore[method-assign]
    with qtbot.waitSignal(ready.output.done, timeout=20_000):
        press(ready, Qt.Key.Key_P)
    assert len(PdfReader(path).pages) == 3


def test_nothing_happens_where_nothing_is_chosen(qtbot: QtBot, ready: PrintPreview) -> None:
    asked: list[object] = []
    ready.output.ask_path = asked.append  # type: ignore[assignment, method-assign]
    ready.output.ask_printer = lambda printer, pages: asked.append(pages)  # type: ignore[method-assign]
    with qtbot.assertNotEmitted(ready.output.done, wait=50):
        press(ready, Qt.Key.Key_S)
        press(ready, Qt.Key.Key_P)
    assert len(asked) == 2


def test_what_is_saved_is_what_is_wanted_by_now(
    qtbot: QtBot, ready: PrintPreview, tmp_path: Path
) -> None:
    """Neither the pause before it is redrawn nor a line that was not left makes a difference."""
    into(ready, tmp_path)
    leave_out(ready, "blood")
    ready.options.as_of.line.setFocus()
    press(ready, Qt.Key.Key_A)
    QTest.keyClicks(ready.options.as_of.line, "1 2 2019")
    with qtbot.waitSignal(ready.output.done):
        press(ready, Qt.Key.Key_S)
    (saved,) = tmp_path.glob("*.pdf")
    assert "timeline 2019-02-01 a4 without: blood" in PdfReader(saved).pages[0].extract_text()


@pytest.mark.parametrize("pause_is_over", [False, True])
def test_what_is_changed_after_printing_was_asked_for_is_printed(
    qtbot: QtBot, page: PrintPreview, tmp_path: Path, pause_is_over: bool
) -> None:
    """What is on its way by then is not what is wanted any more."""
    build = Gated()
    page.offer(to_print(build))
    build.let_through()
    qtbot.waitUntil(page.print_button.isEnabled)
    into(page, tmp_path)
    leave_out(page, "blood")
    press(page, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(build.begun) == 2)
    leave_out(page, "skin")
    if pause_is_over:
        page.draw()
    build.let_through(2)
    with qtbot.waitSignal(page.output.done):
        pass
    (saved,) = tmp_path.glob("*.pdf")
    assert "timeline 2020-04-30 a4 without: blood, skin" in PdfReader(saved).pages[0].extract_text()
    assert text(page).endswith("without: blood, skin")


def test_a_date_that_is_half_typed_when_the_pages_come_is_said(
    qtbot: QtBot, page: PrintPreview, tmp_path: Path
) -> None:
    build = Gated()
    page.offer(to_print(build))
    build.let_through()
    qtbot.waitUntil(page.print_button.isEnabled)
    into(page, tmp_path)
    leave_out(page, "blood")
    press(page, Qt.Key.Key_S)
    since = page.options.since
    since.line.setFocus()
    QTest.keyClicks(since.line, "31 2 2017")
    with qtbot.assertNotEmitted(page.output.done, wait=50):
        build.let_through()
        qtbot.waitUntil(lambda: "There is no 31 February" in since.problem)
    assert since.line.hasFocus()
    assert list(tmp_path.glob("*.pdf")) == []


def test_what_was_built_a_while_ago_is_built_anew_before_it_is_saved(
    qtbot: QtBot, worker: Tasks, tmp_path: Path
) -> None:
    """The pages say when they were printed."""
    moment = [NOW]
    page = PrintPreview(worker, clock=lambda: moment[0])
    qtbot.addWidget(page)
    page.offer(to_print(lambda wanted: pdf(f"printed {moment[0]:%H:%M}")))
    qtbot.waitUntil(page.print_button.isEnabled)
    into(page, tmp_path)
    for minutes, printed in ((4, "14:02"), (6, "14:08"), (7, "14:08")):
        moment[0] = NOW + dt.timedelta(minutes=minutes)
        with qtbot.waitSignal(page.output.done):
            page.save()
        (saved,) = tmp_path.glob("*.pdf")
        assert f"printed {printed}" in PdfReader(saved).pages[0].extract_text()


def test_a_date_that_cannot_be_read_is_said_beside_it(
    qtbot: QtBot, ready: PrintPreview, tmp_path: Path
) -> None:
    into(ready, tmp_path)
    since = ready.options.since
    since.line.setFocus()
    QTest.keyClicks(since.line, "31 2 2017")
    ready.print_button.setFocus()
    assert "There is no 31 February" in since.problem
    with qtbot.assertNotEmitted(ready.output.done, wait=50):
        press(ready, Qt.Key.Key_S)
    assert since.line.hasFocus()
    assert list(tmp_path.iterdir()) == []
    press(ready, Qt.Key.Key_A)
    press(ready, Qt.Key.Key_Delete, ctrl=False)
    with qtbot.waitSignal(ready.output.done):
        press(ready, Qt.Key.Key_S)


def test_the_dates_reach_the_report(qtbot: QtBot, ready: PrintPreview) -> None:
    for editor, typed in ((ready.options.since, "1 1 2016"), (ready.options.as_of, "1 1 2017")):
        editor.line.setFocus()
        press(ready, Qt.Key.Key_A)
        QTest.keyClicks(editor.line, typed)
    press(ready, Qt.Key.Key_Return, ctrl=False)
    qtbot.waitUntil(lambda: text(ready).startswith("timeline 2017-01-01"))
    wanted = ready.options.wanted()
    assert wanted is not None
    assert (wanted.since, wanted.today) == (dt.date(2016, 1, 1), dt.date(2017, 1, 1))


def test_the_paper_is_remembered_and_nothing_else(
    qtbot: QtBot, ready: PrintPreview, worker: Tasks
) -> None:
    leave_out(ready, "skin", "blood")
    ready.options.anonymous.click()
    ready.options.paper.buttons[0].setFocus()
    press(ready, Qt.Key.Key_Right, ctrl=False)
    another = PrintPreview(worker)
    qtbot.addWidget(another)
    another.offer(to_print())
    qtbot.waitUntil(lambda: text(another) == "timeline 2020-04-30 letter without:")
    assert not another.options.anonymous.isChecked()
    kept = {key: str(QSettings().value(key)) for key in QSettings().allKeys()}
    assert kept == {"paper": "letter"}


def test_what_is_left_out_is_said_and_is_there_again_for_the_next_patient(
    qtbot: QtBot, ready: PrintPreview
) -> None:
    sections = ready.options.sections
    assert seen([sections.said, sections.all_button]) == [False, False]
    leave_out(ready, "biopsies", "list")
    assert sections.said.text() == "2 left out"
    choose(ready, SUMMARY.kind)
    assert not sections.said.isVisible()
    choose(ready, TIMELINE.kind)
    QApplication.processEvents()
    assert sections.left_out == {"biopsies", "list"}
    ready.options.anonymous.setFocus()
    press(ready, Qt.Key.Key_Tab, ctrl=False)
    assert sections.all_button.hasFocus()
    press(ready, Qt.Key.Key_Space, ctrl=False)
    assert sections.left_out == frozenset()
    assert sections.boxes["treatment"].hasFocus()
    assert not sections.said.isVisible()
    leave_out(ready, "biopsies")
    qtbot.waitUntil(lambda: text(ready).endswith("without: biopsies"))
    ready.close_report()
    ready.offer(to_print())
    qtbot.waitUntil(lambda: text(ready).endswith("without:"))
    assert not sections.said.isVisible()


@pytest.mark.parametrize(
    ("typed", "since", "today"),
    [
        ("2016", dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
        ("2016-02", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
    ],
)
def test_a_month_or_a_year_begins_and_ends_a_period(
    ready: PrintPreview, typed: str, since: dt.date, today: dt.date
) -> None:
    for editor in (ready.options.since, ready.options.as_of):
        editor.line.setFocus()
        press(ready, Qt.Key.Key_A)
        QTest.keyClicks(editor.line, typed)
    wanted = ready.options.wanted()
    assert wanted is not None
    assert (wanted.since, wanted.today) == (since, today)


def test_a_day_ahead_is_allowed_and_said_beside_the_field(
    qtbot: QtBot, ready: PrintPreview
) -> None:
    as_of = ready.options.as_of
    shown = as_of.findChildren(QLabel)
    assert not any("lies ahead" in each.text() for each in shown)
    as_of.line.setFocus()
    press(ready, Qt.Key.Key_A)
    QTest.keyClicks(as_of.line, "1 5 2020")
    press(ready, Qt.Key.Key_Return, ctrl=False)
    qtbot.waitUntil(lambda: text(ready).startswith("timeline 2020-05-01"))
    told = [each.text() for each in shown if each.isVisible()]
    assert "This lies ahead: 1 May 2020" in told
    assert as_of.problem == ""


def test_pages_that_stay_because_a_date_is_wrong_say_so(qtbot: QtBot, ready: PrintPreview) -> None:
    as_of, said = ready.options.as_of, ready.pages.said
    for typed, words in (("31 2 2019", "of the former dates"), ("1 2 2019", "")):
        as_of.line.setFocus()
        press(ready, Qt.Key.Key_A)
        QTest.keyClicks(as_of.line, typed)
        ready.print_button.setFocus()
        qtbot.waitUntil(lambda words=words: words in said.text() and "Prep" not in said.text())
    qtbot.waitUntil(lambda: text(ready).startswith("timeline 2019-02-01"))
    assert said.text() == ""


def test_tool_tips_say_what_a_button_does_and_then_its_key(ready: PrintPreview) -> None:
    buttons = (ready.print_button, ready.save_button, ready.close_button)
    for button, key in zip(buttons, ("Ctrl+P", "Ctrl+S", "Escape"), strict=True):
        words, _comma, last = button.toolTip().rpartition(", ")
        assert (len(words.split()) > 2, last) == (True, key)


def test_what_is_always_de_identified_says_so_and_changes_no_other_choice(
    ready: PrintPreview,
) -> None:
    box = ready.options.anonymous
    choose(ready, CASE_PACK.kind)
    assert (box.isChecked(), box.isEnabled()) == (True, False)
    choose(ready, TIMELINE.kind)
    assert (box.isChecked(), box.isEnabled()) == (False, True)


def test_a_report_can_be_about_one_record(qtbot: QtBot, page: PrintPreview) -> None:
    seen: list[uuid.UUID | None] = []

    def build(wanted: Wanted) -> bytes:
        seen.append(wanted.about)
        return plain(wanted)

    page.offer(to_print(build, WORK_UP.kind))
    qtbot.waitUntil(page.print_button.isEnabled)
    page.options.about.combo.setFocus()
    press(page, Qt.Key.Key_Down, ctrl=False)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [None, EVENT]


def test_the_day_list_has_its_paper_and_no_option_of_a_patient(
    qtbot: QtBot, page: PrintPreview
) -> None:
    page.offer(to_print(kind=DAY_LIST))
    qtbot.waitUntil(page.print_button.isEnabled)
    options = page.options
    of_patients = [options.report, options.about, options.since, options.as_of, options.anonymous]
    assert not any(seen([*of_patients, options.sections]))
    assert options.paper.isVisible()


def test_tab_goes_from_the_report_over_its_options_to_the_pages(ready: PrintPreview) -> None:
    options = ready.options
    options.report.combo.setFocus()
    expected: list[QWidget] = [
        options.since.line,
        options.as_of.line,
        options.paper.buttons[0],
        options.anonymous,
        *options.sections.boxes.values(),
        ready.print_button,
        ready.save_button,
        ready.close_button,
        ready.pages.view,
    ]
    found = []
    for _step in expected:
        press(ready, Qt.Key.Key_Tab, ctrl=False)
        found.append(QApplication.focusWidget())
    assert found == expected
    assert all(each.accessibleName() or getattr(each, "text", str)() for each in expected)


def test_in_a_low_window_every_option_can_be_brought_into_view(
    qtbot: QtBot, ready: PrintPreview
) -> None:
    ready.resize(1024, 500)
    boxes = list(ready.options.sections.boxes.values())
    qtbot.waitUntil(lambda: boxes[-1].visibleRegion().isEmpty())
    ready.options.anonymous.setFocus()
    for box in boxes:
        press(ready, Qt.Key.Key_Tab, ctrl=False)
        assert box.hasFocus()
        assert not box.visibleRegion().isEmpty()
    assert all(seen([ready.print_button, ready.save_button, ready.close_button]))


def test_in_a_low_window_it_is_said_that_there_are_more_options_below(
    qtbot: QtBot, ready: PrintPreview
) -> None:
    (hint,) = [each for each in ready.options.findChildren(QLabel) if each.text() == "More below"]
    ready.resize(1366, 1000)
    qtbot.waitUntil(lambda: not hint.isVisible())
    ready.resize(1024, 500)
    qtbot.waitUntil(hint.isVisible)
    bar = ready.options.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert not hint.isVisible()


def test_closing_forgets_the_report(qtbot: QtBot, ready: PrintPreview) -> None:
    with qtbot.waitSignal(ready.closed):
        press(ready, Qt.Key.Key_Escape, ctrl=False)
    assert ready.pages.pdf.status() is QPdfDocument.Status.Null
    assert not ready.save_button.isEnabled()


def test_closing_forgets_whose_it_was(qtbot: QtBot, page: PrintPreview, worker: Tasks) -> None:
    offered = to_print(kind=WORK_UP.kind)
    kept = weakref.ref(offered)
    page.offer(offered)
    del offered
    qtbot.waitUntil(page.print_button.isEnabled)
    assert "Rossi, Anna" in said(page)
    page.options.since.line.setFocus()
    QTest.keyClicks(page.options.since.line, "2017")
    press(page, Qt.Key.Key_Escape, ctrl=False)
    done: list[object] = []
    worker.run(lambda: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))
    gc.collect()
    assert kept() is None
    assert "Rossi" not in said(page)
    assert "cheekbone" not in said(page)


def said(page: PrintPreview) -> str:
    """Everything that stands anywhere on it, seen or not."""
    combos = page.findChildren(QComboBox)
    words = [each.itemText(row) for each in combos for row in range(each.count())]
    return "\n".join([*words, *(each.text() for each in page.findChildren(QLabel))])
