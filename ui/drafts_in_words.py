"""What was typed and is not saved yet, in words: which form, when, and whose."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from models.letterhead import Letterhead
from models.patient import Patient
from models.practice import Practice
from models.records import BY_NAME
from models.store.drafts import NOBODY, Draft
from models.words import N_, _, capitalised, ngettext, short_month

NAMED = 3
OTHER_FORMS = {"treatment_day": N_("treatment day")}


def when_typed(draft: Draft) -> str:
    """`21 Nov 14:02`."""
    at: dt.datetime = draft.at.astimezone()
    return f"{at.day} {short_month(at.month)} {at:%H:%M}"


def not_saved_title(title: str, draft: Draft) -> str:
    """`New biopsy, not saved yet, typed 21 Nov 14:02`."""
    return _("{title}, not saved yet, typed {when}").format(title=title, when=when_typed(draft))


def form_words(draft: Draft) -> str:
    """`new biopsy`, `biopsy`, `personal details`."""
    kind = BY_NAME.get(draft.form)
    if kind is Practice:
        return _("settings")
    if kind is Letterhead:
        return _(kind.singular)
    if kind is Patient:
        return _("new patient") if draft.patient == NOBODY else _("personal details")
    if kind is None:
        return _(OTHER_FORMS.get(draft.form, draft.form))
    name = _(kind.singular)
    return name if draft.version else _("new {kind}").format(kind=name)


def latest_in_words(drafts: Sequence[Draft]) -> str:
    """`Not saved yet: new biopsy, typed 21 Nov 14:02, and 1 more.` The latest comes first."""
    if not drafts:
        return ""
    form, when, n = form_words(drafts[0]), when_typed(drafts[0]), len(drafts) - 1
    words = _("Not saved yet: {form}, typed {when}").format(form=form, when=when)
    more = ngettext(", and {n} more", ", and {n} more", n).format(n=n) if n else ""
    return f"{words}{more}."


def drafts_in_words(drafts: Iterable[Draft], names: Mapping[uuid.UUID, str]) -> str:
    """`2 forms are not saved: Rossi, Anna (new visit); new patient.`"""
    whose: dict[uuid.UUID, list[str]] = {}
    for draft in drafts:
        whose.setdefault(draft.patient, []).append(form_words(draft))
    n = sum(map(len, whose.values()))
    parts = [
        capitalised(", ".join(forms))
        if patient == NOBODY
        else f"{names[patient]} ({', '.join(forms)})"
        for patient, forms in whose.items()
    ]
    shown = parts[:NAMED] + (["…"] if len(parts) > NAMED else [])
    words = ngettext("{n} form is not saved: {whose}", "{n} forms are not saved: {whose}", n)
    return words.format(n=n, whose="; ".join(shown))
