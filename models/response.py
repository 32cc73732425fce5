"""Assessments of response: what was stated, and what scores and counts make of it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from itertools import product
from typing import ClassVar, Self

from pydantic import model_validator

from models.base import PatientRecord, field
from models.values import Choice
from models.words import N_, _


class Response(Choice):
    """Response of a compartment or of the patient (Olsen, J Clin Oncol 2011)."""

    CR = "CR"
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
    Response.PR: N_("partial response"),
    Response.SD: N_("stable disease"),
    Response.PD: N_("progressive disease"),
}

RESPONDING = frozenset({Response.CR, Response.PR})
FAILING = frozenset({Response.PD, Response.RELAPSE})
RANK = {
    Response.CR: 0,
    Response.PR: 1,
    Response.SD: 2,
    Response.PD: 3,
    Response.RELAPSE: 3,
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
    nodes: Response | None = field(N_("Nodes"), None)
    blood: Response | None = field(
        N_("Blood"), None, help=N_("Empty: worked out from the blood counts.")
    )
    viscera: Response | None = field(N_("Viscera"), None)
    judgement: Response | None = field(
        N_("Clinician's judgement"), None, help=N_("Only where it differs from what is worked out.")
    )
    judgement_reason: str | None = field(N_("Reason"), None, max_length=1000)

    @model_validator(mode="after")
    def _judgement_is_explained(self) -> Self:
        if self.judgement and not self.judgement_reason:
            raise ValueError(_("Say why the judgement differs."))
        return self


def skin_response(baseline: float, nadir: float, now: float, had_response: bool) -> Response:
    """Response of the skin from mSWAT: at baseline, lowest so far (before now), and now.

    CR: 0. Relapse: any recurrence after CR. PD: 25 % or more above baseline or, once in response,
    above nadir by more than half the baseline. PR: half the baseline or less. SD otherwise.
    Loss of response counts before relapse. (Olsen, J Clin Oncol 2011.)
    """
    if baseline <= 0:
        return Response.NOT_INVOLVED if now <= 0 else Response.PD
    if now <= 0:
        return Response.CR
    if now >= 1.25 * baseline or (had_response and now > nadir + 0.5 * baseline):
        return Response.PD
    if nadir <= 0:
        return Response.RELAPSE
    return Response.PR if now <= 0.5 * baseline else Response.SD


def blood_response(baseline: float, nadir: float, now: float, had_response: bool) -> Response:
    """Response of the blood from neoplastic cells/µL: at baseline, lowest so far, and now.

    CR: B0. PR: more than half below a B2 baseline. PD: B0 to B2, or more than half above baseline
    and 5000 or more, or, in PR from B2, more than half above nadir and 5000 or more. Relapse: B1 or
    more after CR. (Olsen, J Clin Oncol 2011, with B0 under 250: memory, unverified.)
    """
    if baseline < 250:
        if now < 250:
            return Response.NOT_INVOLVED
        return Response.PD if now >= 1000 else Response.SD
    if now < 250:
        return Response.CR
    risen = now > 1.5 * baseline or (had_response and baseline >= 1000 and now > 1.5 * nadir)
    if risen and now >= 5000:
        return Response.PD
    if nadir < 250:
        return Response.RELAPSE
    return Response.PR if baseline >= 1000 and now < 0.5 * baseline else Response.SD


def global_response(skin: str, nodes: str, blood: str, viscera: str) -> str:
    """The global response of four compartments (Olsen, J Clin Oncol 2011; memory, high confidence).

    Accepts `CR`, `PR`, `SD`, `PD`, `relapse` and, outside the skin, `NI`. PD anywhere comes before
    relapse anywhere; then the skin leads: CR needs every other involved compartment in CR; PR in
    the skin is SD if compartments were involved and none responded. Raises `ValueError` otherwise.
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


_SKIN_CHOICES = (Response.CR, Response.PR, Response.SD, Response.PD, Response.RELAPSE)
_OTHER_CHOICES = (*_SKIN_CHOICES, Response.NOT_INVOLVED)


def _known(value: str, choices: Sequence[Response]) -> Response:
    if value in choices or (value == "NI" and Response.NOT_INVOLVED in choices):
        return Response(value)
    raise ValueError(
        _("{value} is none of {choices}.").format(value=value, choices=", ".join(choices))
    )


def global_if_certain(compartments: Sequence[Response | None]) -> Response | None:
    """The global response of skin, nodes, blood, viscera where unknown ones cannot change it.

    Skin that is not involved has no row in the table, and counts as unknown.
    """
    known = (_SKIN_CHOICES, _OTHER_CHOICES, _OTHER_CHOICES, _OTHER_CHOICES)
    options = [
        (value,) if value in choices else choices
        for value, choices in zip(compartments, known, strict=True)
    ]
    results = {global_response(*combination) for combination in product(*options)}
    return Response(results.pop()) if len(results) == 1 else None
