"""The day list: what is due, of whom and why, to be ticked off and written on."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from models.words import _, capitalised, day_words, long_day_words, short_weekday, weekday_name
from models.worklist import Group, Item, Worklist, when_words
from reports.asked import Printing
from reports.flow import Prose, opening
from reports.kit import Page, build
from reports.table import Cell, Column, Row, Table, TickBox, Words
from reports.type import BODY_QUIET, BOLD, FINE_BOLD, QUIET


def build_day_list(worklist: Worklist, printing: Printing) -> bytes:
    """The day list as a PDF; a function of its arguments alone."""
    day = worklist.today
    what = _("Day list · {date}").format(date=long_day_words(day))
    return build(Page(_("Day list"), what, what), printing, _story(worklist))


def _story(worklist: Worklist) -> list[Flowable]:
    """A table for each group; what is put off stands last."""
    day = worklist.today
    title = f"{weekday_name(day)} {long_day_words(day)}"
    story = [*opening(title, worklist.words), Spacer(0, 4)]
    if not worklist.due and not worklist.put_off:
        return [*story, Prose(_("There is nothing to do from this list."), BODY_QUIET)]
    groups = [
        (group.label, [item for item in worklist.due if item.group is group]) for group in Group
    ]
    groups.append((_("Put off"), [*worklist.put_off]))
    first, *others = [(title, items) for title, items in groups if items]
    titles = _("Patient"), _("What is due"), _("When"), _("Notes")
    return [
        *story,
        _table(*first, worklist, titles),
        *(_table(*other, worklist) for other in others),
    ]


def _table(
    title: str,
    items: Sequence[Item],
    worklist: Worklist,
    titles: Sequence[str] = ("", "", "", ""),
) -> Table:
    """`titles`: of the columns; the first table on the list has them."""
    widths = 136, 152, 76, 0
    columns = [Column("", 12), *(Column(*each) for each in zip(titles, widths, strict=True))]
    heading = _("{title} ({n})").format(title=title, n=len(items))
    return Table(columns, [_row(item, worklist) for item in items], heading)


def _row(item: Item, worklist: Worklist) -> Row:
    patient, due = item.patient, item.due
    born = _("born {date} ({age}) · MRN {mrn}").format(
        date=day_words(patient.birth_date),
        age=patient.age,
        mrn=patient.mrn,
    )
    on = f"{short_weekday(due.on)} {day_words(due.on)}"
    reasons = [capitalised(each) for each in (due.why, item.put_off_words) if each]
    late = FINE_BOLD if item.overdue else QUIET
    cells: tuple[Cell, ...] = (
        TickBox(),
        [Words(patient.name, BOLD), Words(born, QUIET)],
        [Words(capitalised(due.what)), *(Words(each, QUIET) for each in reasons)],
        [Words(on), Words(when_words(due.on, worklist.today), late)],
        "",
    )
    return Row(cells)
