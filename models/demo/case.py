"""The published case: Sézary syndrome in complete response years after mogamulizumab.

What is published (months and years of earlier lines, responses after cycles 5 and 10, biopsies in
September and October 2017, the stop in October 2017, complete response 2.5 years later) is entered
as published. Name, number, birth date, every day within a month, weights, scores, counts and lab
values are made up so that they hang together, and each of these records says so in its notes.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from models.adverse_event import (
    Action,
    AdverseEvent,
    Attribution,
    Outcome,
)
from models.base import PatientRecord, Record, build
from models.biopsy import Biopsy, BiopsyKind, Conclusion, Indication
from models.blood import BloodCount, Clone
from models.ctcae import CtcaeVersion
from models.diagnosis import Diagnosis, Disease
from models.laboratory import LabResult
from models.patient import Consent, Patient, Purpose, Sex
from models.protocol import BY_LABEL
from models.response import Assessment, Response
from models.skin import Region, SkinScore
from models.staging import B, M, N, Occasion, Staging, T
from models.therapies import MOGAMULIZUMAB, Category
from models.treatment import (
    Cycle,
    Infusion,
    InfusionStatus,
    StopReason,
    TreatmentLine,
    calendar,
    dose,
)
from models.visit import Visit, VisitKind, VisitStatus
from models.words import N_, _

MRN = "004711"
MADE_UP = N_("Day and figures made up for the demo; the published case gives none.")
MONTH_AS_PUBLISHED = N_("Month as published.")
YEAR_AS_PUBLISHED = N_("Year as published.")
FIRST_INFUSION = dt.date(2015, 7, 20)
CYCLES = 30
PARTIAL_RESPONSE = dt.date(2015, 12, 7)
COMPLETE_RESPONSE = dt.date(2016, 4, 25)


def published_case() -> list[Record]:
    """Every record of the case, in an order in which they can be saved."""
    patient = build(
        Patient,
        {
            "mrn": MRN,
            "family_name": "Rossi",
            "given_name": "Anna",
            "birth_date": dt.date(1958, 3, 2),
            "sex": Sex.FEMALE,
            "notes": _(
                "Name, number and birth date are made up; the course follows a case report."
            ),
        },
    )
    return [patient, *_Case(patient).records()]


class _Case:
    """Builds the records of one patient, each with a note on where it comes from."""

    def __init__(self, patient: Patient) -> None:
        self.patient = patient

    def make(self, kind: type[PatientRecord], notes: str = MADE_UP, /, **values: Any) -> Any:
        return build(kind, {"patient": self.patient.id, "notes": _(notes), **values})

    def records(self) -> Iterator[PatientRecord]:
        yield self.make(
            Consent,
            N_("Published with written consent; the day is made up."),
            purpose=Purpose.PUBLICATION,
            given=dt.date(2020, 4, 27),
        )
        yield self.make(Diagnosis, YEAR_AS_PUBLISHED, date="2011", disease=Disease.SEZARY_SYNDROME)
        yield self.make(
            Staging,
            YEAR_AS_PUBLISHED,
            date="2011",
            occasion=Occasion.DIAGNOSIS,
            t=T.T4,
            n=N.NX,
            m=M.M0,
            b=B.B2,
            stage_stated="IVA",
        )
        yield from self._earlier_lines()
        line = self._mogamulizumab()
        yield line
        yield from self._cycles(line)
        yield from self._measurements()
        yield from self._assessments(line)
        yield from self._skin_lesion(line)
        yield from self._visits()

    def _earlier_lines(self) -> Iterator[PatientRecord]:
        photopheresis = ["extracorporeal photopheresis", "bexarotene"]
        progressed = {"stop_reason": StopReason.PROGRESSION}
        lines: list[tuple[list[str], Category, str, dict[str, Any]]] = [
            (
                ["CHOP"],
                Category.SYSTEMIC,
                "2011",
                {
                    "cycles_stated": 3,
                    "dose_text": _("every two weeks"),
                    "stop_reason": StopReason.INTOLERANCE,
                    "stop_detail": _("intolerance and absence of response"),
                },
            ),
            (photopheresis, Category.SYSTEMIC, "2011", progressed),
            (["total skin electron beam therapy"], Category.RADIATION, "2013", progressed),
            (photopheresis, Category.SYSTEMIC, "2014", progressed),
            (
                ["gemcitabine", "oxaliplatin"],
                Category.SYSTEMIC,
                "2015",
                {
                    "cycles_stated": 11,
                    "dose_text": _("gemcitabine 1000 mg/m², oxaliplatin 100 mg/m²"),
                    "end_stated": "2014-04",
                    "best_response_stated": Response.PD,
                    **progressed,
                },
            ),
        ]
        for regimen, category, year, more in lines:
            yield self.make(
                TreatmentLine,
                YEAR_AS_PUBLISHED,
                regimen=regimen,
                category=category,
                start=year,
                end=year,
                given_here=False,
                **more,
            )

    def _mogamulizumab(self) -> TreatmentLine:
        line: TreatmentLine = self.make(
            TreatmentLine,
            N_("Months as published; the first day is made up."),
            regimen=[MOGAMULIZUMAB],
            category=Category.SYSTEMIC,
            start=FIRST_INFUSION,
            end="2017-10",
            protocol=BY_LABEL,
            given_here=True,
            stop_reason=StopReason.TOXICITY,
            stop_detail=_("persistent grade 2 skin toxicity"),
            trial_name="MAVORIC (NCT01728805)",
            trial_arm=_("mogamulizumab"),
        )
        return line

    def _cycles(self, line: TreatmentLine) -> Iterator[PatientRecord]:
        """30 cycles on schedule; the weight comes back slowly with the response."""
        cycle: Cycle | None = None
        for planned in calendar(FIRST_INFUSION, CYCLES):
            if cycle is None or cycle.number != planned.cycle:
                weight = 66.0 + min(planned.cycle, 12) * 0.5
                cycle = self.make(
                    Cycle,
                    treatment_line=line.id,
                    number=planned.cycle,
                    day_1=planned.on,
                    weight_kg=weight,
                )
                yield cycle
            yield self.make(
                Infusion,
                cycle=cycle.id,
                day=planned.day,
                status=InfusionStatus.GIVEN,
                given_on=planned.on,
                dose_mg=dose(cycle.weight_kg).mg,
                minutes=60,
                premedication=_("paracetamol, diphenhydramine") if planned.number == 1 else None,
            )

    def _measurements(self) -> Iterator[PatientRecord]:
        scores = [
            (FIRST_INFUSION, 92.0),
            (dt.date(2015, 9, 14), 58.0),
            (PARTIAL_RESPONSE, 31.0),
            (dt.date(2016, 2, 1), 9.0),
            (COMPLETE_RESPONSE, 0.0),
            *((day, 0.0) for day in _every(dt.date(2016, 10, 10), 203, dt.date(2017, 5, 1))),
            (dt.date(2017, 10, 23), 0.0),
            *((day, 0.0) for day in FOLLOW_UP[1::2]),
        ]
        for day, total in scores:
            yield self._skin_score(day, total)
        counts = [
            (FIRST_INFUSION, 3400),
            (dt.date(2015, 8, 17), 620),
            (dt.date(2015, 9, 14), 180),
            (PARTIAL_RESPONSE, 40),
            (COMPLETE_RESPONSE, 10),
            (dt.date(2016, 10, 10), 5),
            (dt.date(2017, 5, 1), 5),
            (dt.date(2017, 10, 23), 10),
            *((day, 10) for day in FOLLOW_UP[1::2]),
        ]
        for day, cells in counts:
            yield self.make(
                BloodCount,
                date=day,
                cd4_cd26_negative=cells,
                clone=Clone.IDENTICAL if cells >= 1000 else None,
            )
        yield self.make(
            LabResult,
            date=FIRST_INFUSION,
            analyte="LDH",
            value=412,
            unit="U/L",
            reference_low=135,
            reference_high=225,
        )

    def _skin_score(self, day: dt.date, total: float) -> PatientRecord:
        """Erythroderma as patch, the same share of every region."""
        share = total / 100
        regions = {
            region: {"patch": round(region.percent * share, 3), "plaque": 0, "tumour": 0}
            for region in Region
        }
        score: PatientRecord = self.make(SkinScore, date=day, regions=regions)
        return score

    def _assessments(self, line: TreatmentLine) -> Iterator[PatientRecord]:
        for day, nodes in [
            (PARTIAL_RESPONSE, Response.PR),
            (COMPLETE_RESPONSE, Response.CR),
            (dt.date(2016, 10, 10), Response.CR),
            (dt.date(2017, 5, 1), Response.CR),
            (dt.date(2017, 10, 23), Response.CR),
        ]:
            yield self.make(
                Assessment,
                N_("Partial response after cycle 5, complete after cycle 10: as published."),
                date=day,
                treatment_line=line.id,
                nodes=nodes,
                viscera=Response.NOT_INVOLVED,
            )

    def _skin_lesion(self, line: TreatmentLine) -> Iterator[PatientRecord]:
        event = self.make(
            AdverseEvent,
            N_("Months as published; the month of resolution is made up."),
            verbatim=_("Plaque on the cheekbone, without itch"),
            term="Skin and subcutaneous tissue disorders - Other, specify",
            ctcae_version=CtcaeVersion.V4_03,
            onset="2017-07",
            resolved="2017-12",
            grades=[{"date": "2017-07", "grade": 2}],
            outcome=Outcome.RESOLVED,
            body_site=_("zygomatic area"),
            serious=False,
            attribution=Attribution.PROBABLE,
            treatment_line=line.id,
            action=Action.STOPPED,
        )
        yield event
        for month, indication in (
            ("2017-09", Indication.SUSPECTED_RELAPSE),
            ("2017-10", Indication.RASH),
        ):
            yield self.make(
                Biopsy,
                MONTH_AS_PUBLISHED,
                date=month,
                kind=BiopsyKind.PUNCH,
                body_site=_("zygomatic area"),
                indication=indication,
                adverse_event=event.id,
                conclusion=Conclusion.DRUG_RELATED,
                report=_("Consistent with a drug-related lesion; no signs of active disease."),
            )

    def _visits(self) -> Iterator[PatientRecord]:
        yield self.make(
            Visit,
            date=dt.date(2015, 7, 13),
            kind=VisitKind.UNSCHEDULED,
            status=VisitStatus.DONE,
            ecog=1,
            itch=9,
            symptoms=_("Erythroderma, intense itch, exfoliation"),
            plan=_("Mogamulizumab within MAVORIC"),
        )
        for day, following in zip(FOLLOW_UP, [*FOLLOW_UP[1:], dt.date(2020, 10, 26)], strict=True):
            yield self.make(
                Visit,
                date=day,
                kind=VisitKind.FOLLOW_UP,
                status=VisitStatus.DONE,
                ecog=0,
                itch=0,
                disease_status=Response.CR,
                next_visit=following,
            )


def _every(first: dt.date, days: int, last: dt.date) -> list[dt.date]:
    count = (last - first).days // days
    return [first + dt.timedelta(days=days * number) for number in range(count + 1)]


FOLLOW_UP = [
    dt.date(2017, 12, 18),
    dt.date(2018, 3, 19),
    dt.date(2018, 6, 18),
    dt.date(2018, 9, 17),
    dt.date(2018, 12, 17),
    dt.date(2019, 3, 18),
    dt.date(2019, 6, 17),
    dt.date(2019, 10, 21),
    dt.date(2020, 4, 27),
]
