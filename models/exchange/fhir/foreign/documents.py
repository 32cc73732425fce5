"""Others' documents: the files that lie within a bundle, of kinds that can be shown."""

import base64
from typing import Any

from models.attachment import MOST_BYTES, Attachment, AttachmentKind
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.elements import day, dicts, inner, one_line, said, text, when
from models.exchange.fhir.foreign.taking import Taking, why_not
from models.exchange.tables.attached import media_type_of
from models.words import _

_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_BY_CONTENT = _PICTURES | {"application/pdf"}
_USED = frozenset(
    {
        *("type", "description", "content", "date", "context"),
    }
)
MOST_AT_ONCE = 250_000_000


def take_documents(taking: Taking) -> None:
    held = 0
    for entry in list(taking.of("DocumentReference")):
        why = why_not(entry)
        if not why and text(entry.resource.get("status")) != "current":
            why = _("It is not current.")
        mrn = None if why else taking.whose(entry)
        if why:
            taking.leave(entry, why, said(entry.resource.get("type")))
        elif mrn:
            try:
                held += _take(taking, entry, mrn, MOST_AT_ONCE - held)
            except ValueError as error:
                taking.leave(entry, str(error), said(entry.resource.get("type")))


def _take(taking: Taking, entry: Entry, mrn: str, most: int) -> int:
    """How large it is; raises `ValueError` in a sentence where it cannot come in."""
    resource = entry.resource
    held = [inner(each, "attachment") for each in dicts(resource.get("content"))]
    if len(held) != 1:
        raise ValueError(_("It holds no file, or more than one."))
    date = _date(entry, held[0])
    if date is None:
        raise ValueError(_("Its date is not told."))
    content = _content(taking, entry, held[0])
    if len(content) > most:
        raise ValueError(_("With the files before it, it is too much for one import."))
    named = text(held[0].get("contentType")).partition(";")[0].strip().casefold()
    media = _media(content, named)
    kind = _kind(media, said(resource.get("type")))
    title = one_line(resource.get("description")) or one_line(held[0].get("title"))
    values = {
        "date": date,
        "kind": kind,
        "title": (title or said(resource.get("type")) or kind.value)[:200],
        "media_type": media,
    }
    taking.take(Attachment, entry, mrn, values, _USED, content=content)
    return len(content)


def _date(entry: Entry, held: Any) -> Any:
    context = inner(entry.resource, "context")
    return when(context, "") or day(held.get("creation")) or day(entry.resource.get("date"))


def _content(taking: Taking, entry: Entry, held: Any) -> bytes:
    data = held.get("data")
    if data is None:
        binary = taking.resolved(entry, {"reference": held.get("url")})
        if binary is None or binary.kind != "Binary":
            raise ValueError(_("The file itself is not in the bundle."))
        taking.use(binary, ("data", "contentType"))
        data = binary.resource.get("data")
    if not isinstance(data, str) or not data:
        raise ValueError(_("The file itself is not in the bundle."))
    if len(data) > MOST_BYTES * 2:
        raise ValueError(_("The file is larger than {n} MB.").format(n=MOST_BYTES // 1024**2))
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except ValueError:
        raise ValueError(_("The file in it is spoilt or cut short.")) from None
    if len(content) > MOST_BYTES:
        raise ValueError(_("The file is larger than {n} MB.").format(n=MOST_BYTES // 1024**2))
    return content


def _media(content: bytes, named: str) -> str:
    """By how the file begins; raises `ValueError` for what is not among those that come in."""
    found = media_type_of(content, "")
    if found in _BY_CONTENT:
        return found
    if named == "text/plain":
        try:
            content.decode()
        except UnicodeDecodeError:
            raise ValueError(_("Its text is not in UTF-8.")) from None
        return named
    raise ValueError(_("Only pictures, PDF files and plain text are imported."))


def _kind(media: str, words: str) -> AttachmentKind:
    if media in _PICTURES:
        return AttachmentKind.PHOTOGRAPH
    return AttachmentKind.LETTER if "letter" in words.casefold() else AttachmentKind.REPORT
