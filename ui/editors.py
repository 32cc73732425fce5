"""One editor for each kind of value, found by the field's annotation."""

import datetime as dt
import re
import types
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Union, get_args, get_origin

from PySide6.QtWidgets import QWidget

from models import therapies
from models.adverse_event import GradeEpisode
from models.base import FieldWords
from models.imaging import Node
from models.protocol import Protocol
from models.therapies import Category
from models.value_words import node_text, typed_text
from models.values import Choice, PartialDate, unambiguous
from models.words import _
from ui.category_editor import CategoryEditor
from ui.choice_editor import ChecksEditor, ChoiceEditor, Options
from ui.date_editor import DateEditor, Today
from ui.editor import Editor, LineEditor, WideLineEditor
from ui.grades_editor import GradesEditor
from ui.numbers import read_number, read_whole
from ui.read_line import ReadLine
from ui.regions_editor import RegionsEditor
from ui.site_editor import SiteEditor
from ui.term_editor import TermEditor
from ui.text_editor import PlainTextEditor, suggest, suggest_items

References = Mapping[str, Sequence[tuple[uuid.UUID, str]]]


def editor_for(
    words: FieldWords, today: Today, references: References, parent: QWidget | None = None
) -> Editor:
    """The editor of a field; an annotation that nobody thought of is a `TypeError` at once."""
    kind, item = _kind(words.annotation)
    match kind:
        case _ if kind is str:
            return _text_editor(words, parent)
        case _ if kind is Protocol:
            return _protocol_editor(words, parent)
        case _ if kind in {int, float}:
            return _number_editor(words, kind, parent)
        case _ if kind in {dt.date, PartialDate}:
            return DateEditor(words, today, kind is PartialDate, parent)
        case _ if kind is list:
            return _list_editor(words, item, today, parent)
        case _ if kind is dict:
            return RegionsEditor(words, parent)
    made = CategoryEditor if kind is Category else ChoiceEditor
    return made(words, _options(words, kind, references), parent)


def _kind(annotation: Any) -> tuple[Any, Any]:
    """`list[Node] | None` is a list of Node; `Sex` is a Sex of nothing."""
    if get_origin(annotation) in {Union, types.UnionType}:
        (annotation,) = (each for each in get_args(annotation) if each is not types.NoneType)
    return get_origin(annotation) or annotation, next(iter(get_args(annotation)), None)


def _options(words: FieldWords, kind: Any, references: References) -> Options:
    if kind is bool:
        return [(True, _("Yes")), (False, _("No"))]
    if kind is uuid.UUID:
        return references.get(words.name, ())
    if isinstance(kind, type) and issubclass(kind, Choice):
        offered = [kind(value) for value in words.suggestions] or [*kind]
        return [(choice, choice.label) for choice in offered]
    raise TypeError(f"{words.name} has no editor for {kind}")


def _text_editor(words: FieldWords, parent: QWidget | None) -> Editor:
    if words.multiline:
        return PlainTextEditor(words, parent)
    if words.name == "body_site":
        return SiteEditor(words, parent)
    if words.name == "term":
        return TermEditor(words, parent)
    editor = LineEditor(words, ReadLine(str.strip, str), parent)
    if words.suggestions:
        suggest(editor.line, words.suggestions)
    return editor


def _protocol_editor(words: FieldWords, parent: QWidget | None) -> Editor:
    editor = WideLineEditor(words, ReadLine(Protocol.read, str), parent)
    suggest(editor.line, words.suggestions)
    return editor


def _number_editor(words: FieldWords, kind: Any, parent: QWidget | None) -> Editor:
    line = ReadLine(read_whole if kind is int else read_number, typed_text, unit=words.unit)
    return LineEditor(words, line, parent)


def _list_editor(words: FieldWords, item: Any, today: Today, parent: QWidget | None) -> Editor:
    if item is GradeEpisode:
        return GradesEditor(words, today, parent)
    if item is Node:
        may_be_none_seen = types.NoneType in get_args(words.annotation)
        line = _measured_or_none() if may_be_none_seen else ReadLine(_read_nodes, _write_nodes)
        return WideLineEditor(words, line, parent)
    if item is str:
        editor = WideLineEditor(words, ReadLine(_read_list, "; ".join), parent)
        offered = therapies.names if words.name == "regimen" else lambda: words.suggestions
        suggest_items(editor.line, offered)
        return editor
    return ChecksEditor(words, [(choice, choice.label) for choice in item], parent)


def _read_list(text: str) -> list[str] | None:
    return [item.strip() for item in text.split(";") if item.strip()] or None


def _read_nodes(text: str) -> list[Node] | None:
    for number in re.findall(r"\d+[.,]\d+", text):
        unambiguous(number)
    text = re.sub(r"(\d),(\d)", r"\1.\2", text)
    return [Node.parse(item) for item in _read_list(text) or []] or None


def _measured_or_none() -> ReadLine:
    """Where an empty line says that nobody looked, `none` says that none were seen."""

    def read(text: str) -> list[Node] | None:
        return [] if text.strip().casefold() == _("none").casefold() else _read_nodes(text)

    return ReadLine(read, lambda masses: _write_nodes(masses) or _("none"))


def _write_nodes(nodes: Sequence[Node]) -> str:
    return "; ".join(node_text(node) for node in nodes)
