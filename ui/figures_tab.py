"""Where things stand: what is to be checked, and every figure with how it was worked out."""

from collections.abc import Iterator
from html import escape
from itertools import groupby, islice

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCursor, QHideEvent, QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QToolTip, QWidget

from models.figures import Figure, figures_in_turn
from models.rules import RULES, Rule
from models.summary import Summary
from models.words import _
from ui.theme import BASE, MARGIN, SMALL, colours

RULE = "rule"
AT_FIRST, AT_ONCE = 16, 4
"""How many sentences and groups of figures stand there at once, and how many then come together."""
STEPS = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}


class FiguresTab(QTextBrowser):
    """One page of text that can be read, searched and copied; each rule is a link to its text."""

    rule_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self._to_come: Summary | None = None
        self._rest: Iterator[str] = iter(())
        self._writing = QTimer(self, interval=0)
        self._writing.timeout.connect(self._write_on)
        self.setAccessibleName(_("Where things stand"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(MARGIN)
        self.anchorClicked.connect(lambda link: self.rule_asked.emit(_rule_name(link)))
        self.highlighted.connect(self._show_statement)

    def set_summary(self, summary: Summary) -> None:
        """Its page is written when it is seen."""
        self._summary = self._to_come = summary
        if self.isVisible():
            self._write(summary)

    def showEvent(self, event: QShowEvent) -> None:
        if self._to_come:
            self._write(self._to_come)
        self._writing.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The end of a long page can wait until somebody looks at it again."""
        super().hideEvent(event)
        self._writing.stop()

    def _write(self, summary: Summary) -> None:
        self._to_come = None
        self.document().setDefaultStyleSheet(_style())
        self._rest = _parts(summary)
        self.setHtml("".join(islice(self._rest, AT_FIRST)))
        self._writing.start()

    def _write_on(self) -> None:
        """A little more below what stands there: nobody waits for the end of a long page."""
        some = "".join(islice(self._rest, AT_ONCE))
        if not some:
            self._writing.stop()
            return
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertHtml(some)

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab leaves the page at once; its many rules are stepped through with the arrow keys."""
        return QWidget.focusNextPrevChild(self, onwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            super().focusNextPrevChild(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._summary:
            self.set_summary(self._summary)

    def _show_statement(self, link: QUrl) -> None:
        rule = RULES.get(_rule_name(link))
        if rule:
            QToolTip.showText(QCursor.pos(), f"<p>{escape(_(rule.statement))}</p>", self)
        else:
            QToolTip.hideText()


def _rule_name(link: QUrl) -> str:
    return link.path() if link.scheme() == RULE else ""


def _style() -> str:
    worn = colours()
    return f"""
        .warning {{ color: {worn.beware}; }}
        .group {{ font-weight: 500; padding-top: {MARGIN}px; padding-bottom: 4px; }}
        .title, .quiet {{ color: {worn.quiet}; }}
        .source {{ color: {worn.quiet}; font-size: {SMALL}px; }}
        .awaits {{ color: {worn.beware}; font-size: {SMALL}px; }}
        td {{ font-size: {BASE}px; padding: 4px {MARGIN}px 4px 0; }}
        a {{ color: {worn.accent}; text-decoration: none; }}
    """


def _parts(summary: Summary) -> Iterator[str]:
    """What is to be checked, each in a sentence, and the groups of figures, each in a table."""
    for flag in summary.flags:
        yield f'<p class="warning">{escape(_("To be checked: {flag}").format(flag=flag))}</p>'
    tables = _tables(summary)
    nothing = _("Nothing can be worked out yet: no records.")
    yield next(tables, f'<p class="quiet">{escape(nothing)}</p>')
    yield from tables


def _tables(summary: Summary) -> Iterator[str]:
    for group, within in groupby(figures_in_turn(summary), key=lambda figure: figure.group):
        rows = "".join(_row(figure, summary) for figure in within)
        title = f'<tr><td colspan="3" class="group">{escape(group)}</td></tr>'
        yield f'<table width="100%" cellspacing="0">{title}{rows}</table>'


def _row(figure: Figure, summary: Summary) -> str:
    """What, how much and from which entries, and by which rule."""
    below = "".join(
        f'<br/><span class="quiet">{escape(words)}</span>'
        for words in (figure.inputs, figure.remark)
        if words
    )
    rules = "<br/>".join(_rule(rule, summary) for rule in figure.rules)
    return (
        f'<tr><td width="18%" class="title">{escape(figure.title)}</td>'
        f'<td width="52%">{escape(figure.value)}{below}</td><td width="30%">{rules}</td></tr>'
    )


def _rule(rule: Rule, summary: Summary) -> str:
    link = f'<a href="{RULE}:{escape(rule.name)}">{escape(rule.words)}</a>'
    parts = [link, f'<span class="source">{escape(rule.source)}</span>']
    if rule.awaits(summary.history.confirmed):
        words = _("awaits confirmation by a clinician")
        parts.append(f'<span class="awaits">{escape(words)}</span>')
    return "<br/>".join(parts)
