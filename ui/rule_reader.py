"""One rule to be read: what it says, its source, how well it is known, who stands for it."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from models.practice import RuleConfirmation
from models.rule_book import as_worded_now
from models.rules import Rule, Standing
from models.words import N_, _, day_words
from ui.theme import BASE, GAP, LARGE, MARGIN, TITLE, colours

WIDEST, FRAME = 680, 2
MEANING = {
    Standing.PUBLISHED: N_("Published; its text was read at the source."),
    Standing.IN_PART: N_("Published; its text was read in part, the rest is from memory."),
    Standing.DERIVED: N_("Derived; it follows from published rules."),
    Standing.UNVERIFIED: N_("Memory, unverified; it was written without the source at hand."),
}


class RuleReader(QTextBrowser):
    """A page of text that can be scrolled and copied by keyboard, in lines of a readable length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Rule, Sequence[RuleConfirmation]] | None = None
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(MARGIN - FRAME)

    def show_rule(self, rule: Rule, confirmations: Sequence[RuleConfirmation]) -> None:
        """`confirmations` of this rule, those of former wordings included, oldest first."""
        self._shown = rule, confirmations
        self.setAccessibleName(rule.words)
        self.document().setDefaultStyleSheet(_style())
        self.setHtml(_page(rule, confirmations))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), WIDEST))
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._shown:
            self.show_rule(*self._shown)


def _style() -> str:
    worn = colours()
    return f"""
        .name {{ font-size: {TITLE}px; font-weight: 500; margin: 0 0 {GAP}px 0; }}
        .says {{ font-size: {LARGE}px; line-height: 130%; margin: 0 0 {GAP}px 0; }}
        td {{ font-size: {BASE}px; padding: {GAP}px {MARGIN}px 0 0; }}
        .title {{ color: {worn.quiet}; }}
        .awaits {{ color: {worn.beware}; }}
    """


def _page(rule: Rule, confirmations: Sequence[RuleConfirmation]) -> str:
    name = f'<p class="name">{escape(rule.words)}</p>'
    says = "".join(f'<p class="says">{text}</p>' for text in _paragraphs(_(rule.statement)))
    rows = "".join(
        f'<tr><td width="20%" class="title">{escape(title)}</td>'
        f'<td width="80%" class="{look}">{"<br/>".join(_paragraphs(words))}</td></tr>'
        for title, words, look in _facts(rule, confirmations)
    )
    return f'{name}{says}<table width="100%" cellspacing="0">{rows}</table>'


def _facts(rule: Rule, confirmations: Sequence[RuleConfirmation]) -> Iterator[tuple[str, str, str]]:
    """Title, words and look of each."""
    yield _("Source"), rule.source, ""
    yield _("Standing"), _(MEANING[rule.standing]), ""
    if rule.standing is Standing.UNVERIFIED:
        yield from _confirmed(confirmations)


def _confirmed(confirmations: Sequence[RuleConfirmation]) -> Iterator[tuple[str, str, str]]:
    """Who stands for the rule as it is worded now, or who stood for its former wording."""
    standing = [each for each in confirmations if as_worded_now(each)]
    for each in standing:
        yield _("Confirmed"), _who_and_when(each), ""
    if standing:
        return
    if not confirmations:
        yield _("Confirmed"), _("Not yet; it awaits confirmation by a clinician."), "awaits"
        return
    former = confirmations[-1]
    changed = _("Its wording has changed since, so it awaits confirmation again.")
    yield _("Confirmed"), f"{_who_and_when(former)}\n{changed}", "awaits"
    yield _("Former wording"), _(former.statement), ""


def _who_and_when(confirmation: RuleConfirmation) -> str:
    words = _("By {clinician} on {day}, entered by {user}.").format(
        clinician=confirmation.confirmed_by,
        day=day_words(confirmation.confirmed_on),
        user=confirmation.recorded_by,
    )
    return f"{words}\n{confirmation.notes}" if confirmation.notes else words


def _paragraphs(text: str) -> list[str]:
    return [escape(line) for line in text.splitlines() if line.strip()]
