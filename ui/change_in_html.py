"""One change as a page: what was done, by whom and why, and its fields before and after."""

from collections.abc import Sequence
from html import escape

from models.store.audit import Change
from models.store.changed import ChangedValue, deed_in_words
from models.words import _, moment_words


def change_in_html(change: Change, values: Sequence[ChangedValue], also: Sequence[str] = ()) -> str:
    """The change in words, then a table of its fields: what stood there, and what stands now."""
    by = _("{user}, {moment}").format(user=change.user, moment=moment_words(change.at))
    why = [_("Reason: {reason}").format(reason=change.reason)] if change.reason else []
    lines = "".join(f"<p>{escape(line)}</p>" for line in (*also, by, *why))
    before, after = _("Before"), _("After")
    replaced = any(each.old is not None for each in values)
    titles = ("", before, after) if replaced else ("", _("Value"))
    head = "".join(f"<td><i>{escape(title)}</i></td>" for title in titles)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(each, replaced)) + "</tr>"
        for each in values
    )
    table = f"<table cellpadding='4'><tr>{head}</tr>{rows}</table>" if values else ""
    return f"<p><b>{escape(deed_in_words(change))}</b></p>{lines}{table}"


def _cells(value: ChangedValue, replaced: bool) -> tuple[str, ...]:
    return (value.field, value.old or "", value.new) if replaced else (value.field, value.new)
