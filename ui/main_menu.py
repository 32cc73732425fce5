"""What stands in the menu bar: the menus, the pages at its left end, Find at its right one.

It is painted with the sign-in page; where an entry leads to is made after that.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from models.roles import May
from models.words import _
from reports.catalogue import REPORTS
from ui.menus import Entry, Menu, Menus, Submenu, Where, with_mnemonics
from ui.navigation import Navigation, with_margins
from ui.scheme_menu import fill_scheme_menu

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def fill_menu_bar(window: "MainWindow") -> tuple[Menus, Navigation]:
    bar = window.menuBar()
    bar.setNativeMenuBar(False)
    menus = Menus(bar, _menus(window))
    view = QMenu(_("&View"), bar)
    fill_scheme_menu(view)
    bar.insertMenu(bar.actions()[-1], view)
    navigation = Navigation(window)
    navigation.add("today", _("Today"), "Ctrl+1", lambda: window.lists.show_today())
    navigation.add("patients", _("Patients"), "Ctrl+2", lambda: window.lists.show_patients())
    navigation.add("cohort", _("Cohort"), "Ctrl+3", lambda: window.lists.show_cohort())
    navigation.add(
        "exchange", _("Exchange"), "Ctrl+4", lambda: window.own.show_exchange(), may=May.RECORD
    )
    bar.setCornerWidget(navigation, Qt.Corner.TopLeftCorner)
    bar.setCornerWidget(with_margins(window.find_box), Qt.Corner.TopRightCorner)
    return menus, navigation


def _menus(window: "MainWindow") -> dict[str, Menu]:
    patient, anywhere = Where.WITH_PATIENT, Where.EVERYWHERE
    record, administer = May.RECORD, May.ADMINISTER
    return {
        _("&Patient"): (
            Entry(_("&New patient"), "Ctrl+Shift+N", window.start_patient, may=record),
            Entry(_("&Find patient"), "Ctrl+K", window.find_box.start),
            None,
            Entry(_("&Treatment day"), "Ctrl+T", window.start_treatment_day, patient, may=record),
            Entry(_("&Add a record"), "Ctrl+N", window.add_record, patient, may=record),
            Entry(_("P&rint timeline"), "Ctrl+P", lambda: window.prints.timeline(), patient),
            Submenu(_("Pr&int"), _reports(window), patient),
            Entry(_("&Merge with another patient…"), "", window.merge_patient, patient, may=record),
            Entry(
                _("&Give to a colleague…"),
                "",
                lambda: window.own.show_handover(),
                patient,
                may=May.EXPORT,
            ),
            None,
            Entry(_("&Create a clinic"), "", window.create_clinic, Where.OUTSIDE),
            Entry(_("&Lock"), "Ctrl+L", window.lock, Where.SIGNED_IN),
            Entry(_("&Quit"), "Ctrl+Q", window.close, anywhere),
        ),
        _("&Edit"): (
            Entry(_("&Undo"), "Ctrl+Z", lambda: window.undoing.undo(), may=record),
            Entry(_("&Redo"), "Ctrl+Shift+Z", lambda: window.undoing.redo(), may=record),
        ),
        _("&Go"): (
            Entry(_("&Today"), "Ctrl+1", lambda: window.lists.show_today()),
            Entry(_("All &patients"), "Ctrl+2", lambda: window.lists.show_patients()),
            Entry(_("&Cohort"), "Ctrl+3", lambda: window.lists.show_cohort()),
            Entry(_("&Exchange"), "Ctrl+4", lambda: window.own.show_exchange(), may=record),
            Entry(_("&Back"), "Alt+Left", lambda: window.lists.show_home(), Where.WITH_WAY_BACK),
        ),
        _("E&xchange"): (
            Entry(_("&Import…"), "", lambda: window.own.show_import(), may=record),
            Entry(_("E&xport…"), "", lambda: window.own.show_export(), may=May.EXPORT),
            Entry(_("&Registry"), "", lambda: window.own.show_registry(), may=record),
            Entry(_("&Vocabularies"), "", lambda: window.own.show_vocabularies()),
        ),
        _("&Clinic"): (
            Entry(_("&Rules"), "Ctrl+R", lambda: window.own.show_rules()),
            Entry(_("&Settings"), "Ctrl+,", lambda: window.own.show_settings()),
            Entry(_("&Letterhead"), "", lambda: window.own.show_letterhead(), may=administer),
            None,
            Entry(_("&Users"), "", lambda: window.own.show_users(), may=administer),
            Entry(_("&Audit log"), "", lambda: window.own.show_audit(), may=administer),
            Entry(_("&Backups and lock"), "", lambda: window.own.show_backups(), may=administer),
            None,
            Entry(_("My &password"), "", lambda: window.own.show_own_password()),
        ),
        _("&Help"): (Entry(_("&Shortcuts"), "F1", window.show_shortcuts, anywhere),),
    }


def _reports(window: "MainWindow") -> list[Entry]:
    """Every report of a patient, by title."""
    titles = with_mnemonics(report.words for report in REPORTS.values())
    return [
        Entry(
            title,
            "",
            partial(_report, window, report.kind),
            Where.WITH_PATIENT,
            _(report.help),
        )
        for title, report in zip(titles, REPORTS.values(), strict=True)
    ]


def _report(window: "MainWindow", kind: str) -> None:
    window.prints.report(kind)
