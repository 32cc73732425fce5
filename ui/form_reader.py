"""A record for those who may read it and no more: its values as text that can be copied."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from models.words import _, listing, within_sentence
from ui.editor import Editor
from ui.theme import BASE, GAP, MARGIN, colours, dress

FRAME = 2


class FormReader(QTextBrowser):
    """Titles beside values, in the order of the form; what is not recorded is named at the end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = ""
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("The chosen record, to be read"))
        self.document().setDocumentMargin(MARGIN - FRAME)
        dress(self, "form")

    def show_fields(self, editors: Iterable[Editor]) -> None:
        """What stands in these editors."""
        told = [(each, each.told()) for each in editors]
        self._page = _page([(each, words) for each, words in told if words])
        lacking = [within_sentence(each.words.title) for each, words in told if not words]
        if lacking:
            self._page += f'<p class="title">{escape(_not_recorded(lacking))}</p>'
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._page:
            self._show()

    def _show(self) -> None:
        worn = colours()
        self.document().setDefaultStyleSheet(f"""
            td, p {{ font-size: {BASE}px; color: {worn.text}; }}
            td {{ padding: 4px {GAP}px 4px 0; }}
            .group {{ font-weight: 500; padding-top: {MARGIN}px; }}
            .title {{ color: {worn.quiet}; }}
        """)
        self.setHtml(self._page)


def _page(told: list[tuple[Editor, str]]) -> str:
    return f'<table width="100%" cellspacing="0">{"".join(_rows(told))}</table>'


def _rows(told: list[tuple[Editor, str]]) -> Iterator[str]:
    for group, fields in groupby(told, key=lambda each: each[0].words.group):
        if group:
            yield f'<tr><td colspan="2" class="group">{escape(group)}</td></tr>'
        for editor, words in fields:
            value = "<br/>".join(map(escape, words.splitlines()))
            title = escape(editor.words.title)
            yield f'<tr><td width="36%" class="title">{title}</td><td width="64%">{value}</td></tr>'


def _not_recorded(titles: list[str]) -> str:
    return _("Not recorded: {fields}.").format(fields=listing(titles))
