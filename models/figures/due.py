"""Figures of what is due next, with the rule that set the day."""

from collections.abc import Iterator

from models.figures.figure import Figure
from models.summary import Summary
from models.words import _, capitalised, day_words


def due_figures(summary: Summary) -> Iterator[Figure]:
    for due in summary.due:
        value = day_words(due.on)
        if due.overdue(summary.today):
            value = _("{date}, overdue").format(date=value)
        rules = (due.rule,) if due.rule else ()
        yield Figure(_("Due next"), capitalised(due.what), value, due.why, rules)
