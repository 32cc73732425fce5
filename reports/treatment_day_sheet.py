"""The treatment day sheet: one page for an infusion, to prepare it by, to write on and to sign."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from models.intensity import infusion_counts
from models.summary import as_of
from models.treatment import Dose, PlannedDose
from models.treatment_day import Ahead, Check, infusion_ahead, old_words
from models.wording import particulars
from models.words import (
    _,
    capitalised,
    day_words,
    long_day_words,
    ngettext,
    number_words,
    short_weekday,
    weekday_name,
)
from models.worklist import when_words
from reports.asked import Asked, Printing
from reports.by_hand import ON_LINE, ROOM, Blanks, Choices, Form, Grid, Notes
from reports.facts import ABOVE, ASIDE, Beside, Fact, Facts, told
from reports.flow import Prose, opening
from reports.kit import Page, build
from reports.table import Cell, Column, Part, Row, Table, TickBox, Words, WritingLine
from reports.type import BODY_BOLD, BOLD, PLAIN, QUIET
from reports.white import White

APART = 2.5
SIGNED_LABEL = 44.0


def build_treatment_day_sheet(asked: Asked, printing: Printing) -> bytes:
    """The sheet as a PDF; a function of its arguments alone.

    About a treatment line, or the running one whose infusion is due first. Raises `NoPage`
    where no infusion is ahead.
    """
    ahead = infusion_ahead(asked.history, asked.today, asked.about)
    title, who = _("Treatment day sheet"), as_of(asked.history, asked.today).identity
    return build(Page(title, title, who), printing, _story(ahead, who, asked))


def _story(ahead: Ahead, who: str, asked: Asked) -> list[Flowable]:
    name = ahead.history.patient.name
    when = f"{weekday_name(ahead.day)} {long_day_words(ahead.day)}"
    what = f"{capitalised(ahead.line.regimen_words)}, {ahead.slot.words}"
    prepared = ([_doses(ahead)], [_today(ahead)]) if asked.has("dose") else ([], [])
    observed = [_observations()] if asked.has("observations") else []
    signed = [_given()] if asked.has("signatures") else []
    below = [_signatures()] if signed else []
    return [
        *opening(name, who.removeprefix(f"{name} · ")),
        Prose(f"{what} · {when}", BODY_BOLD, 3 if ahead.warnings else 8),
        *(Prose(words, BODY_BOLD, 8) for words in ahead.warnings),
        Beside([Facts(_plan(ahead))], [Facts(_known(ahead))]),
        *([_checks(ahead.checks)] if asked.has("checks") else []),
        *(_together(*sides) for sides in (prepared, (observed, signed, below)) if any(sides)),
        *([Notes(_("Notes"), SIGNED_LABEL)] if signed else []),
    ]


def _together(
    left: Sequence[Flowable], right: Sequence[Flowable], below: Sequence[Flowable] = ()
) -> Flowable:
    """What is signed stands on one page."""
    return KeepTogether([Beside(left, right), *below])


def _plan(ahead: Ahead) -> list[Fact]:
    planned, arranged = ahead.slot.planned.on, ahead.arranged
    due = ahead.place
    if planned >= ahead.today:
        due += f" {capitalised(when_words(planned, ahead.today))}."
    facts: list[Fact] = [(_("Due"), told(due, *ahead.beside_place))]
    if arranged and arranged != planned:
        facts.append((_("Arranged for"), f"{short_weekday(arranged)} {day_words(arranged)}"))
    last = _last_dose(ahead)
    so_far = infusion_counts(ahead.history, ahead.line).words or _("none yet")
    return [
        *facts,
        (_("Last dose"), last),
        (_("So far"), so_far),
        (_("Afterwards"), ahead.following),
    ]


def _last_dose(ahead: Ahead) -> str:
    last = ahead.last_given
    if last is None or last.given_on is None:
        return _("none yet")
    return f"{day_words(last.given_on)}: {particulars(last, ahead.history)}"


def _known(ahead: Ahead) -> list[Fact]:
    weight, premedication = ahead.weight, ahead.last_premedication
    given = _("none recorded last time") if ahead.last_given else _("none yet")
    if premedication:
        given = f"{day_words(premedication[0])}: {premedication[1]}"
    by_label = [Words(words, QUIET) for words in ahead.premedication_by_label]
    return [
        (_("Last weight"), _weight(ahead) if weight else None),
        *_surface(ahead),
        (_("Dose"), _dose(ahead)),
        (_("Premedication"), [Words(given), *by_label]),
    ]


def _weight(ahead: Ahead) -> Cell:
    """An old one is marked."""
    day, weight = ahead.weight or (ahead.today, 0.0)
    words = _("{weight} kg on {date}").format(weight=number_words(weight), date=day_words(day))
    if not ahead.weight_is_old:
        return words
    old = _("{age}: weigh before the dose is prepared").format(age=capitalised(old_words()))
    return [Words(words), Words(old, BOLD)]


def _surface(ahead: Ahead) -> list[Fact]:
    """What a dose in mg/m² goes by."""
    if not ahead.slot.by_surface:
        return []
    height = _("{n} cm").format(n=number_words(ahead.height)) if ahead.height else None
    surface = ahead.surface(ahead.weight[1]) if ahead.weight else None
    formula = ahead.formula.value if ahead.formula else ""
    told = _("not worked out ({formula})").format(formula=formula)
    if surface:
        told = f"{surface:.2f} m² ({formula})"
    return [(_("Height"), height), (_("Body surface"), told)]


def _dose(ahead: Ahead) -> Cell:
    """As it is drawn up; the exact one quietly, where it was rounded."""
    exact = ahead.fixed or next((dose for kg, dose in ahead.doses if _is_measured(ahead, kg)), None)
    if exact is None:
        return f"{_dose_as_written(ahead)}; {ahead.lacking}"
    drawn = ahead.drawn_up(exact)
    volume = f" = {number_words(drawn.ml)} mL" if isinstance(drawn, Dose) else ""
    words = f"{number_words(drawn.mg)} mg{volume}{_vials(ahead, drawn)}"
    asides = (_worked_out(ahead, exact, drawn), ahead.dilution(drawn))
    return told(words, ". ".join(filter(None, asides)))


def _worked_out(ahead: Ahead, exact: PlannedDose, drawn: PlannedDose) -> str:
    """Empty for a dose in mg that is taken as it is written."""
    if drawn.mg != exact.mg:
        rounded = _("rounded to whole mg from {mg} mg, {dose}")
        return rounded.format(mg=number_words(exact.mg), dose=_dose_as_written(ahead))
    return "" if ahead.fixed else _dose_as_written(ahead)


def _vials(ahead: Ahead, planned: PlannedDose) -> str:
    """`, 2 vials of 100 mg`; empty where their size is not known."""
    size = ahead.slot.protocol.vial_mg
    if not (planned.vials and size):
        return ""
    words = ngettext(", {n} vial of {mg} mg", ", {n} vials of {mg} mg", planned.vials)
    return words.format(n=planned.vials, mg=number_words(size))


def _is_measured(ahead: Ahead, weight: float) -> bool:
    return ahead.weight is not None and weight == ahead.weight[1]


def _checks(checks: Sequence[Check]) -> Table:
    known, today = Column(_("Last known")), Column(_("Today"), 104)
    columns = (Column(width=10), Column(_("Look at"), 98), known, today)
    rows = [Row((TickBox(), check.what, _said(check), WritingLine(ON_LINE))) for check in checks]
    return _Checks(columns, rows, _("Before the infusion"))


class _Checks(Table):
    ruled = False
    padding = ROOM


def _said(check: Check) -> Cell:
    if not check.known:
        return Words(_(check.nothing), ASIDE)
    parts: list[Part] = []
    for known, remark in check.known:
        parts += [White(APART)] if parts else []
        parts += told(known, remark)
    return parts


class _Doses(Table):
    padding = (1.0, 2.0)


def _doses(ahead: Ahead) -> Flowable:
    """For the last weight and whole kg about it; without one how the dose is worked out."""
    title, doses = _("Dose by weight"), ahead.doses
    if not doses:
        return Facts([(_("By protocol"), _dose(ahead))], _("Dose"))
    cells = [_cells(ahead, *each) for each in doses]
    narrow = len(cells[0]) == 6
    columns = [Column(title, width if narrow else 0.0, right=True) for title, width, _v in cells[0]]
    return _Doses(columns, [tuple(value for _title, _width, value in row) for row in cells], title)


def _dose_as_written(ahead: Ahead) -> str:
    """`1 mg/kg`."""
    protocol = ahead.slot.protocol
    return f"{number_words(protocol.dose)} {protocol.unit.value}"


def _cells(ahead: Ahead, weight: float, exact: PlannedDose) -> list[tuple[str, float, Cell]]:
    """The columns that the protocol allows, with their widths, each with its value; those of the
    weight that was measured are set strong.
    """
    look = BOLD if _is_measured(ahead, weight) else PLAIN
    return [
        (title, width, Words(value, look) if isinstance(value, str) else value)
        for title, width, value in _values(ahead, weight, exact)
    ]


def _values(
    ahead: Ahead, weight: float, exact: PlannedDose
) -> list[tuple[str, float, str | Words]]:
    planned, surface = ahead.drawn_up(exact), ahead.surface(weight)
    cells: list[tuple[str, float, str | Words]] = [(_("Weight, kg"), 36.0, number_words(weight))]
    if surface:
        cells.append((_("m²"), 28.0, f"{surface:.2f}"))
    cells.append((_("Dose, mg"), 32.0, number_words(planned.mg)))
    if surface:
        cells.append((_("Exact, mg"), 40.0, Words(number_words(exact.mg), ASIDE)))
    if isinstance(planned, Dose):
        cells.append((_("Volume, mL"), 37.0, number_words(planned.ml)))
    left_over = ahead.left_over(planned)
    if left_over is not None:
        cells.append((_("Vials"), 20.0, str(planned.vials)))
        cells.append((_("Discard, mg"), 40.0, number_words(left_over)))
    if isinstance(planned, Dose):
        bag = f"{number_words(planned.bag_ml_least)}–{number_words(planned.bag_ml_most)}"
        cells.append((_("Bag, mL"), 48.0, Words(bag, ASIDE)))
    return cells


def _today(ahead: Ahead) -> Form:
    change = _("__ kg, change __ %") if ahead.weight else _("_ kg")
    height = [(_("Height"), Blanks(_("_ cm")))] if ahead.slot.by_surface else []
    return Form(
        [
            (_("Weight"), Blanks(change)),
            *height,
            (_("Dose"), Blanks(_("_ mg = _ mL drawn up"))),
            (_("Vials"), Blanks(_("_ batch ___ expiry ___"))),
            (_("Bag"), Blanks(_("_ mL, to run in _ min"))),
            (_("Premedication"), Blanks(_("___ at _"))),
            _("Venous access"),
        ],
        _("Today"),
    )


def _observations() -> Grid:
    columns = (_("Time"), _("Temp., °C"), _("BP, mmHg"), _("Pulse, /min"), _("SpO2, %"))
    rows = (_("Before"), _("During"), _("During"), _("End"), _("After"))
    return Grid(columns, rows, _("Observations"), 30.0)


def _given() -> Form:
    statuses = (_("in full"), _("reduced"), _("interrupted"), _("omitted"))
    status = Choices(statuses, specify=_("if not in full, why:"))
    reaction = Choices((_("none"), _("yes")), specify=_("which:"))
    return Form(
        [
            (_("Identity"), Choices((_("name and birth date checked"),))),
            (_("Infusion"), Blanks(_("began _ ended _"))),
            (_("Given"), status),
            (_("Reaction"), reaction),
        ],
        _("Given and signed"),
    )


def _signatures() -> Grid:
    columns = (_("Doctor's release"), _("Prepared by"), _("Checked by"), _("Given by"))
    return _Signed(columns, (_("Signature"),), "", SIGNED_LABEL)


class _Signed(Grid):
    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE
