"""From those on file to those counted: how many were left out, and why."""

from collections import defaultdict
from collections.abc import Iterator

from models.cohort.figure_table import Figure, FigureTable, Who, who
from models.cohort.selection import Selection
from models.words import _

MOST_REASONS = 15


def who_was_left_out(selection: Selection) -> FigureTable:
    """The commonest reason first; the rarest are told together."""
    n = selection.patients + len(selection.left_out)
    return FigureTable(
        "left-out",
        _("Who was left out"),
        ("", _("Patients")),
        (
            (Figure(_("On file")), Figure(str(n))),
            *((Figure(why), Figure(str(len(whom)), whom)) for why, whom in _reasons(selection)),
            (Figure(_("Counted")), Figure(str(selection.patients), who(selection.units))),
        ),
        _further(selection),
    )


def _reasons(selection: Selection) -> Iterator[tuple[str, Who]]:
    by_reason = defaultdict(list)
    for each in selection.left_out:
        by_reason[each.why].append(each.member.id)
    listed = sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for why, whom in listed[:MOST_REASONS]:
        yield _("Left out: {why}").format(why=why), tuple(whom)
    if rest := [one for _why, whom in listed[MOST_REASONS:] for one in whom]:
        yield _("Left out for other reasons"), tuple(rest)


def _further(selection: Selection) -> str:
    if not selection.population.by_line:
        return ""
    lines, further = len(selection.units), selection.further
    words = _("Treatment lines counted: {lines}. Lines that fit and do not count: {further}.")
    return words.format(lines=lines, further=further)
