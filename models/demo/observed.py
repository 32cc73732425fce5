"""What is measured and judged of a made-up patient: scores, counts, images and assessments."""

import datetime as dt
from collections.abc import Iterator

from models.blood import BloodCount
from models.demo.body import Body
from models.demo.draft import Draft
from models.imaging import Imaging, Modality
from models.laboratory import LabResult
from models.response import Assessment, Response
from models.skin import SkinScore
from models.treatment import TreatmentLine
from models.words import N_, _

NODES = (N_("left axilla"), N_("right axilla"), N_("left groin"), N_("right groin"))
CAME_SHARE = 0.88
NOT_ASSESSED_SHARE = 0.04


class Observed:
    """Scores and counts follow the burden of disease; nodes and viscera are judged by it."""

    def __init__(self, draft: Draft, main: TreatmentLine) -> None:
        self.draft, self.main, self.chance = draft, main, draft.chance
        self.body = Body(draft)
        self.days = self._days()

    def _days(self) -> list[dt.date]:
        """The start, each assessment, and the visits afterwards for which the patient came."""
        fate = self.draft.fate
        came = [
            day
            for day in fate.followed_up
            if day == fate.course.failure or self.chance.happens(CAME_SHARE)
        ]
        return [fate.origin.start, *fate.assessed, *came]

    def measured(self) -> Iterator[SkinScore | BloodCount | LabResult | Imaging]:
        fate = self.draft.fate
        for day in self.days:
            yield self.body.score(day)
            if day == fate.origin.start or self.chance.happens(0.96):
                yield self.body.count(day)
        yield self._ldh()
        if not fate.origin.at_start.early:
            yield self._image(fate.origin.start - dt.timedelta(days=6))
        if fate.course.failure:
            yield self._image(fate.course.failure)

    def assessments(self) -> Iterator[Assessment]:
        for day in self.draft.fate.assessed:
            yield self.assessment(day, self.main)

    def assessment(self, day: dt.date, line: TreatmentLine) -> Assessment:
        """Skin and blood are left to be worked out from score and count."""
        at_start, level = self.draft.fate.origin.at_start, self.draft.fate.course.level
        began = line.start.first
        judged = _judged(level.at(began), level.lowest(began, day), level.at(day))
        viscera = {"M0": Response.NOT_INVOLVED, "MX": Response.NOT_ASSESSED}.get(at_start.m, judged)
        if self._new_viscera_by(day):
            viscera = Response.PD
        nodes = judged
        if at_start.n == "N0":
            nodes = Response.PD if self._new_nodes_by(day) else Response.NOT_INVOLVED
        elif self.chance.happens(NOT_ASSESSED_SHARE):
            nodes = Response.NOT_ASSESSED
        return self.draft.make(
            Assessment, date=day, treatment_line=line.id, nodes=nodes, viscera=viscera
        )

    def _new_nodes_by(self, day: dt.date) -> bool:
        course = self.draft.fate.course
        return course.at_failure.n != "N0" and day == course.failure

    def _new_viscera_by(self, day: dt.date) -> bool:
        origin, course = self.draft.fate.origin, self.draft.fate.course
        new = course.at_failure.m.startswith("M1") and not origin.at_start.m.startswith("M1")
        return new and day == course.failure

    def _ldh(self) -> LabResult:
        late = not self.draft.fate.origin.at_start.early
        return self.draft.make(
            LabResult,
            date=self.draft.fate.origin.start,
            analyte="LDH",
            value=self.chance.randint(180, 480 if late else 240),
            unit="U/L",
            reference_low=135,
            reference_high=225,
        )

    def _image(self, day: dt.date) -> Imaging:
        """Nodes as large as their burden; none are measured where none are abnormal."""
        origin = self.draft.fate.origin
        abnormal = origin.at_start.n != "N0" or self._new_nodes_by(day)
        nodes = [
            {
                "site": _(site),
                "long_mm": (long := self.chance.randint(16, 34)),
                "short_mm": round(long * self.chance.uniform(0.5, 0.9)),
            }
            for site in (self.chance.some(NODES, 1, 3) if abnormal else [])
        ]
        return self.draft.make(
            Imaging,
            date=day,
            modality=self.chance.pick({Modality.CT: 5, Modality.PET_CT: 4, Modality.ULTRASOUND: 2}),
            nodes=nodes,
            conclusion=_("Enlarged nodes.") if abnormal else _("No enlarged nodes."),
        )


def _judged(base: float, lowest: float, now: float) -> Response:
    """How nodes or viscera that go with the burden of disease would be judged."""
    if now <= 0:
        return Response.CR
    if now >= 1.5 * base or (lowest <= 0.5 * base and now > lowest + 0.5 * base):
        return Response.PD
    if lowest <= 0:
        return Response.RELAPSE
    return Response.PR if now <= 0.5 * base else Response.SD
