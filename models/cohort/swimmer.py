"""The swimmer plot: a lane for each line, from its start to the last that is known of it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from models.biopsy import Conclusion
from models.cohort.event_facts import EventFacts
from models.cohort.figure_table import FigureTable, Who
from models.cohort.figure_words import months_words
from models.cohort.member import Treated
from models.cohort.response import origin_needed
from models.cohort.response_facts import State
from models.cohort.response_tables import label_of
from models.cohort.selection import Selection, Unit
from models.lanes import Mark
from models.response import FAILING, RANK, RESPONDING, Response
from models.values import Choice, Grade
from models.words import N_, _

MOST = 1000
"""So many lanes somebody may still look through."""


class Order(Choice):
    """By what the lanes are sorted, the longest or the best first."""

    FOLLOW_UP = N_("follow-up")
    ON_TREATMENT = N_("time on treatment")
    RESPONSE = N_("best response")
    START = N_("date of the start")


@dataclass(frozen=True, slots=True)
class Held:
    """From day to day the disease was in this state, as far as it was told."""

    first: int
    last: int
    response: Response


@dataclass(frozen=True, slots=True)
class Noted:
    """A rash, another adverse event, a biopsy; `letters`: the grade of an event."""

    day: int
    mark: Mark
    letters: str
    words: str


@dataclass(frozen=True, slots=True)
class Swim:
    """One lane; days since the start.

    `treated`: up to which day the treatment went, or went on where it is `ongoing`; `last`: death
    or the last contact; `following`: the day on which the next line began; `responded`, `complete`,
    `progressed`: the first day on which that was told, of a response before any progression.
    """

    label: str
    treated: int
    ongoing: bool
    last: int
    died: bool
    held: tuple[Held, ...]
    responded: int | None
    complete: int | None
    progressed: int | None
    following: int | None
    noted: tuple[Noted, ...]
    words: str
    who: Who

    @property
    def holds(self) -> Response | None:
        """The response in which the patient was still seen at the last contact."""
        ended = self.died or self.following is not None or self.progressed is not None
        last = self.held[-1].response if self.held and not ended else None
        return last if last in RESPONDING else None


@dataclass(frozen=True)
class SwimmerFigures:
    """The first `MOST` lanes of `every` one; `last`: the last day that is drawn; `note`: whom no
    lane shows, in words.
    """

    lanes: tuple[Swim, ...] = ()
    every: int = 0
    last: int = 0
    note: str = ""
    tables: tuple[FigureTable, ...] = ()
    methods: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    by_line: bool = True

    def part(self, first: int, count: int) -> "SwimmerFigures":
        """Some of its lanes, on the same scale."""
        return replace(self, lanes=self.lanes[first : first + count])

    def numbered(self) -> "SwimmerFigures":
        """For others' eyes: numbers instead of MRNs."""
        lanes = (replace(each, label=str(n)) for n, each in enumerate(self.lanes, start=1))
        return replace(self, lanes=tuple(lanes))


def swimmer(selection: Selection, order: Order = Order.FOLLOW_UP) -> SwimmerFigures:
    """A lane for each line of which anything is known after its start."""
    if not selection.population.by_line:
        return SwimmerFigures(warnings=(origin_needed(),), by_line=False)
    found = [(unit, unit.line) for unit in selection.units if unit.line]
    known = [(unit, line) for unit, line in found if _last(line) is not None]
    shown = sorted(known, key=lambda pair: _ORDERS[order](pair[1]))[:MOST]
    return SwimmerFigures(
        lanes=tuple(
            _swim(unit, line, label_of(unit, selection.population)) for unit, line in shown
        ),
        every=len(known),
        last=max((_last(line) or 0 for _unit, line in shown), default=0),
        note=_note(len(found), len(known), len(shown)),
        methods=(_methods(),),
    )


def _note(found: int, known: int, shown: int) -> str:
    words = []
    if shown < known:
        first = _("Of {every} lines the first {n} in this order are shown.")
        words.append(first.format(every=known, n=shown))
    if known < found:
        nothing = _("Not shown, as nothing is known after the start: {n}.")
        words.append(nothing.format(n=found - known))
    return " ".join(words)


def _methods() -> str:
    return _(
        "Each lane begins with the first dose of a line, or its start where no dose is recorded,"
        " and ends with death or the last contact. States of the disease are drawn as far as they"
        " were seen, and not beyond the start of the next line."
    )


def _last(line: Treated) -> int | None:
    """The last day of which anything is known."""
    known = [each.days for each in (line.on_treatment, line.overall_survival) if each]
    return max(known, default=None)


_ORDERS: dict[Order, Callable[[Treated], tuple[int, ...]]] = {
    Order.FOLLOW_UP: lambda line: (-(_last(line) or 0),),
    Order.ON_TREATMENT: lambda line: (-_treated(line), -(_last(line) or 0)),
    Order.RESPONSE: lambda line: (_rank(line), -(_last(line) or 0)),
    Order.START: lambda line: (line.start.toordinal(),),
}


def _treated(line: Treated) -> int:
    return line.on_treatment.days if line.on_treatment else 0


def _rank(line: Treated) -> int:
    best = line.response.best
    return RANK[best] if best in RANK else len(RANK)


def _swim(unit: Unit, line: Treated, label: str) -> Swim:
    last, facts, lived = _last(line) or 0, line.response, line.overall_survival
    following = facts.following if facts.following is not None and facts.following <= last else None
    told = last if following is None else following
    progressed = _first(facts.states, FAILING)
    lane = Swim(
        label=label,
        treated=_treated(line),
        ongoing=line.on_treatment is not None and not line.on_treatment.event,
        last=last,
        died=lived is not None and lived.event,
        held=tuple(_held(facts.states, told)),
        responded=line.time_to_response.days if line.time_to_response else None,
        complete=_first(facts.states, {Response.CR}, before=progressed),
        progressed=progressed,
        following=following,
        noted=tuple(sorted(_noted(unit, line, told), key=lambda each: each.day)),
        words="",
        who=(unit.patient,),
    )
    return replace(lane, words=_words(lane, line))


def _held(states: Sequence[State], told: int) -> Iterator[Held]:
    """Runs of one state, each up to the next one, the last one as far as it was seen."""
    seen = [state for state in states if state.day <= told]
    runs = [
        state
        for before, state in zip((None, *seen), seen, strict=False)
        if before is None or before.response is not state.response
    ]
    for run, following in zip_longest(runs, runs[1:]):
        yield Held(run.day, (following or seen[-1]).day, run.response)


def _first(
    states: Sequence[State], wanted: Collection[Response], before: int | None = None
) -> int | None:
    days = (state.day for state in states if state.response in wanted)
    return next((day for day in days if before is None or day < before), None)


def _noted(unit: Unit, line: Treated, told: int) -> Iterator[Noted]:
    """Until the next line: events of grade 3 or more and rash, and biopsies with a conclusion."""
    for event in line.events:
        if 0 <= event.onset <= told and (event.worst >= Grade.SEVERE or event.is_rash):
            mark = Mark.GRADE if event.is_rash else Mark.OTHER_GRADE
            yield Noted(event.onset, mark, str(int(event.worst)), _event_words(event))
    for conclusion, on in unit.member.conclusions:
        day = (on - line.start).days
        if 0 <= day <= told:
            mark = _BIOPSIES.get(conclusion, Mark.OTHER_RESULT)
            words = _("biopsy: {conclusion}").format(conclusion=_(conclusion.value))
            yield Noted(day, mark, "", words)


_BIOPSIES = {
    Conclusion.ACTIVE_DISEASE: Mark.ACTIVE_DISEASE,
    Conclusion.DRUG_RELATED: Mark.DRUG_RELATED,
}


def _event_words(event: EventFacts) -> str:
    words = _("{term}, grade {grade}")
    return words.format(term=_(event.term), grade=int(event.worst))


def _words(lane: Swim, line: Treated) -> str:
    """`Mogamulizumab: 18.2 months on treatment, stopped: toxicity; PR after 2.1 months; …`."""
    told = [f"{line.regimen}: {_treatment_words(lane, line)}"]
    marked = ((lane.responded, _("response")), (lane.complete, _("CR")), (lane.progressed, _("PD")))
    told += [
        _("{what} after {months} months").format(what=what, months=months_words(day))
        for day, what in marked
        if day is not None
    ]
    told += [
        _("{what} after {months} months").format(what=each.words, months=months_words(each.day))
        for each in lane.noted
    ]
    return "; ".join([*told, _end_words(lane).format(months=months_words(lane.last))])


def _end_words(lane: Swim) -> str:
    if lane.died:
        return _("died after {months} months")
    if lane.holds is None:
        return _("last seen after {months} months")
    words = _("still in {response} at last contact after {{months}} months, assessed after {seen}")
    return words.format(response=lane.holds.value, seen=months_words(lane.held[-1].last))


def _treatment_words(lane: Swim, line: Treated) -> str:
    if line.on_treatment is None:
        return _("time on treatment not known")
    words = _("{months} months on treatment").format(months=months_words(lane.treated))
    if lane.ongoing:
        return _("{words}, ongoing").format(words=words)
    if line.stop_reason is None:
        return words
    return _("{words}, stopped: {reason}").format(words=words, reason=_(line.stop_reason.value))
