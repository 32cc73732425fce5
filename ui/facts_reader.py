"""A page of text to be read: a title, what is said, and facts below, each beside its title."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ui.theme import BASE, GAP, LARGE, MARGIN, TITLE, colours

WIDEST, FRAME = 680, 2
Fact = tuple[str, str, str]
"""Title, words, and how they look: `awaits`, `quiet` or as usual."""


class FactsReader(QTextBrowser):
    """It can be scrolled and copied by keyboard, in lines of a readable length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = ""
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(MARGIN - FRAME)

    def show_facts(self, name: str, says: Sequence[str], facts: Iterable[Fact]) -> None:
        """Plain texts, each line of them a line of its own."""
        self.setAccessibleName(name)
        self._page = _page(name, says, facts)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), WIDEST))
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._page:
            self._show()

    def _show(self) -> None:
        self.document().setDefaultStyleSheet(_style())
        self.setHtml(self._page)


def _style() -> str:
    worn = colours()
    return f"""
        .name {{ font-size: {TITLE}px; font-weight: 500; margin: 0 0 {GAP}px 0; }}
        .says {{ font-size: {LARGE}px; line-height: 130%; margin: 0 0 {GAP}px 0; }}
        td {{ font-size: {BASE}px; padding: {GAP}px {MARGIN}px 0 0; }}
        .title, .quiet {{ color: {worn.quiet}; }}
        .awaits {{ color: {worn.beware}; }}
    """


def _page(name: str, says: Sequence[str], facts: Iterable[Fact]) -> str:
    said = "".join(f'<p class="says">{line}</p>' for text in says for line in _lines(text))
    rows = "".join(
        f'<tr><td width="20%" class="title">{escape(title)}</td>'
        f'<td width="80%" class="{look}">{"<br/>".join(_lines(words))}</td></tr>'
        for title, words, look in facts
    )
    table = f'<table width="100%" cellspacing="0">{rows}</table>'
    return f'<p class="name">{escape(name)}</p>{said}{table}'


def _lines(text: str) -> list[str]:
    return [escape(line) for line in text.splitlines() if line.strip()]
