"""Assessments of response: what was stated, and what scores and counts make of it."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product, takewhile
from typing import Any, ClassVar, Self

from pydantic import model_validator

from models.base import FieldProblem, PatientRecord, field
from models.rules import Standing, rule
from models.values import Choice
from models.words import N_, _


class Response(Choice):
    """Response of a compartment or of the patient (Olsen, J Clin Oncol 2011).

    VGPR is a finer word for PR (Olsen, Blood 2022).
    """

    CR = "CR"
    VGPR = "VGPR"
    PR = "PR"
    SD = "SD"
    PD = "PD"
    RELAPSE = N_("relapse")
    NOT_INVOLVED = N_("not involved")
    NOT_ASSESSED = N_("not assessed")

    @classmethod
    def _missing_(cls, value: object) -> "Response | None":
        return cls.NOT_INVOLVED if value == "NI" else None

    @property
    def words(self) -> str:
        return _(_IN_WORDS.get(self, self.value))


_IN_WORDS = {
    Response.CR: N_("complete response"),
    Response.VGPR: N_("very good partial response"),
    Response.PR: N_("partial response"),
    Response.SD: N_("stable disease"),
    Response.PD: N_("progressive disease"),
}

RESPONDING = frozenset({Response.CR, Response.VGPR, Response.PR})
FAILING = frozenset({Response.PD, Response.RELAPSE})
RANK = {
    Response.CR: 0,
    Response.VGPR: 1,
    Response.PR: 2,
    Response.SD: 3,
    Response.PD: 4,
    Response.RELAPSE: 4,
}


class Assessment(PatientRecord, table=True):
    __tablename__ = "assessment"
    singular: ClassVar[str] = N_("response assessment")
    plural: ClassVar[str] = N_("response assessments")

    date: dt.date = field(N_("Date"))
    treatment_line: uuid.UUID | None = field(
        N_("Treatment line"), None, foreign_key="treatment_line"
    )
    skin: Response | None = field(
        N_("Skin"), None, help=N_("Empty: worked out from the skin scores.")
    )
    nodes: Response | None = field(
        N_("Nodes"), None, help=N_("Empty: worked out from the imaging.")
    )
    blood: Response | None = field(
        N_("Blood"), None, help=N_("Empty: worked out from the blood counts.")
    )
    viscera: Response | None = field(
        N_("Viscera"), None, help=N_("Empty: worked out from the imaging.")
    )
    judgement: Response | None = field(
        N_("Clinician's judgement"),
        None,
        suggestions=tuple(RANK),
        help=N_("Only where it differs from what is worked out."),
    )
    judgement_reason: str | None = field(N_("Reason"), None, max_length=1000)

    @model_validator(mode="after")
    def _judgement_is_explained(self) -> Self:
        if self.judgement and not self.judgement_reason:
            raise FieldProblem("judgement_reason", _("Say why the judgement differs."))
        return self

    @classmethod
    def needed_with(cls, values: Mapping[str, Any]) -> dict[str, str]:
        differs = _("Say why the judgement differs.")
        return {"judgement_reason": differs} if values.get("judgement") else {}


@rule(N_("Skin response, 2011"), "Olsen, J Clin Oncol 2011")
def skin_response(
    baseline: float, nadir: float, now: float, had_response: bool, new_tumour: bool = False
) -> Response:
    """From the mSWAT at baseline, at its lowest since (the nadir), and now.

    CR: 0. PD: 25 % or more above baseline; or a new tumour where there was none at baseline; or
    loss of response: after CR or PR, above the nadir by more than half the baseline. Relapse: any
    recurrence after CR. PR: half the baseline or less. SD: otherwise.

    Derived, not published: a recurrence that is also a loss of response is PD, not relapse. Skin
    that was clear at baseline is not involved while it stays clear, and PD once it does not.
    """
    if baseline <= 0:
        return Response.NOT_INVOLVED if now <= 0 else Response.PD
    if now <= 0:
        return Response.CR
    if new_tumour or _has_progressed(baseline, nadir, now, had_response):
        return Response.PD
    if nadir <= 0:
        return Response.RELAPSE
    return Response.PR if _share(now, baseline) <= 0.5 else Response.SD


@rule(N_("Skin response, 2022"), "Olsen, Blood 2022, Table 7")
def skin_response_2022(
    baseline: float,
    nadir: float,
    now: float,
    had_response: bool,
    *,
    new_tumour: bool = False,
    advanced: bool = False,
) -> Response:
    """As in 2011, with two differences. From the mSWAT at baseline, at its lowest since, and now.

    CR: 0. PD: 25 % or more above baseline; or a new tumour where there was none at baseline; or
    loss of response: after CR, VGPR or PR, above the nadir by more than half the baseline. VGPR
    (optional): a tenth of the baseline or less. PR: half the baseline or less. Both without
    advancement of the stage. SD: otherwise. There is no relapse: a recurrence after CR is PD only
    by the rules of PD, and else counts by how far it lies under the baseline.

    In T1 disease a rise by 25 % can be trivial, and PD may need to be confirmed by a later score.
    Derived, not published: a fall by half or more with advancement of the stage is SD. Skin that
    was clear at baseline is not involved while it stays clear, and PD once it does not.
    """
    if baseline <= 0:
        return Response.NOT_INVOLVED if now <= 0 else Response.PD
    if now <= 0:
        return Response.CR
    if new_tumour or _has_progressed(baseline, nadir, now, had_response):
        return Response.PD
    if advanced or _share(now, baseline) > 0.5:
        return Response.SD
    return Response.VGPR if _share(now, baseline) <= 0.1 else Response.PR


def _has_progressed(baseline: float, nadir: float, now: float, had_response: bool) -> bool:
    lost = had_response and _share(now - nadir, baseline) > 0.5
    return lost or _share(now, baseline) >= 1.25


def _share(score: float, baseline: float) -> float:
    """Rounded, so that 0.35 is 125 % of 0.28 although neither has an exact binary form."""
    return round(score / baseline, 9)


@rule(N_("Blood response"), "Olsen, J Clin Oncol 2011", Standing.UNVERIFIED)
def blood_response(baseline: float, nadir: float, now: float, had_response: bool) -> Response:
    """From neoplastic cells/µL at baseline, at their lowest since (the nadir), and now.

    CR: B0, under 250. PR: more than half below a B2 baseline of 1000 or more. PD: from B0 to B2; or
    more than half above baseline and 5000 or more; or loss of response: after PR, without CR, from
    a B2 baseline, more than half above the nadir and 5000 or more. Relapse: after CR, B1 or more
    that is not more than half above baseline and 5000 or more, which is PD. SD: otherwise. A B1
    baseline has no PR. B0 at baseline and now is not involved.
    """
    if baseline < 250:
        if now < 250:
            return Response.NOT_INVOLVED
        return Response.PD if now >= 1000 else Response.SD
    if now < 250:
        return Response.CR
    lost = had_response and nadir >= 250 and baseline >= 1000 and now > 1.5 * nadir
    if (lost or now > 1.5 * baseline) and now >= 5000:
        return Response.PD
    if nadir < 250:
        return Response.RELAPSE
    return Response.PR if baseline >= 1000 and now < 0.5 * baseline else Response.SD


@rule(N_("Global response"), "Olsen, J Clin Oncol 2011", Standing.UNVERIFIED)
def global_response(skin: str, nodes: str, blood: str, viscera: str) -> str:
    """The global response of the four compartments; one that is not involved does not count.

    PD in any compartment is PD; else relapse in any is relapse. Otherwise the skin leads. CR: skin
    in CR and every other involved compartment in CR. PR: skin in CR and another one not in CR; or
    skin in PR and, where others are involved, at least one of them in CR or PR. SD: skin in PR and
    none of the involved others in CR or PR; or skin in SD. VGPR counts as PR.

    Raises `ValueError` naming the choices: CR, VGPR, PR, SD, PD, relapse and, outside the skin, NI.
    """
    lead = _known(skin, _SKIN_CHOICES)
    others = [_known(value, _OTHER_CHOICES) for value in (nodes, blood, viscera)]
    everything = [lead, *others]
    for failing in (Response.PD, Response.RELAPSE):
        if failing in everything:
            return failing
    involved = [value for value in others if value is not Response.NOT_INVOLVED]
    if lead is Response.CR:
        return Response.CR if all(value is Response.CR for value in involved) else Response.PR
    if lead is Response.PR and involved and not RESPONDING.intersection(involved):
        return Response.SD
    return lead


_SKIN_CHOICES = tuple(RANK)
_OTHER_CHOICES = (*_SKIN_CHOICES, Response.NOT_INVOLVED)


def _known(value: str, choices: Sequence[Response]) -> Response:
    if value in choices or (value == "NI" and Response.NOT_INVOLVED in choices):
        found = Response(value)
        return Response.PR if found is Response.VGPR else found
    raise ValueError(
        _("{value} is none of {choices}.").format(value=value, choices=", ".join(choices))
    )


def global_if_certain(compartments: Sequence[Response | None]) -> Response | None:
    """The global response of skin, nodes, blood, viscera where unknown ones cannot change it.

    Skin that is not involved has no row in the table, and counts as unknown.
    """
    return _certain(*compartments)


@cache
def _certain(*compartments: Response | None) -> Response | None:
    known = (_SKIN_CHOICES, _OTHER_CHOICES, _OTHER_CHOICES, _OTHER_CHOICES)
    options = [
        (value,) if value in choices else choices
        for value, choices in zip(compartments, known, strict=True)
    ]
    results = {global_response(*combination) for combination in product(*options)}
    return Response(results.pop()) if len(results) == 1 else None


Held = Sequence[tuple[dt.date, Response]]


@rule(N_("Best response"), "Eisenhauer, Eur J Cancer 2009; MAVORIC 2018", Standing.UNVERIFIED)
def best_response(held: Held) -> Response | None:
    """The best of the states of the disease under a line, in time, up to and including the first PD
    or relapse. What gets better after that, as under a skin-directed line begun then, is no
    response to this line. Where no state is known, what a letter stated of the line counts.
    """
    failed = next((day for day, response in held if response in FAILING), dt.date.max)
    seen = [response for day, response in held if day <= failed]
    return min(seen, key=RANK.__getitem__, default=None)


@rule(N_("Confirmed response"), "Olsen, J Clin Oncol 2011; MAVORIC 2018", Standing.UNVERIFIED)
def best_confirmed(held: Held, after_days: int) -> Response | None:
    """The best response that was confirmed, of the states of the disease in time up to the first PD
    or relapse.

    CR, VGPR or PR is confirmed when the same or a better one is seen again after the days that the
    clinic has set (28, or 56 as in MAVORIC) or later, still before any PD or relapse. A CR that is
    followed by PR only is confirmed as PR. With 0 days every response counts as confirmed.
    """
    counted = _before_failing(held)
    found = [
        max(response, later, key=RANK.__getitem__)
        for place, (day, response) in enumerate(counted)
        for later_day, later in counted[place:]
        if (later_day - day).days >= after_days
    ]
    responses = [response for response in found if response in RESPONDING]
    return min(responses, key=RANK.__getitem__, default=None)


def _before_failing(held: Held) -> Held:
    return list(takewhile(lambda state: state[1] not in FAILING, held))


def is_confirmed(held: Held, after_days: int) -> bool | None:
    """Whether the first of these is a response confirmed by those after it; None if it is none."""
    day, first = held[0]
    if first not in RESPONDING:
        return None
    return any(
        RANK[later] <= RANK[first] and (later_day - day).days >= after_days
        for later_day, later in _before_failing(held)
    )
