"""Made-up patients with courses that hang together, for the demo clinic, tests and measurements.

Nobody here has lived. The same seed and number make the same patient, however many are made.
"""

import datetime as dt
from collections.abc import Iterator

from models.base import PatientRecord, Record, build
from models.demo.biopsies import Biopsies
from models.demo.chance import Chance, workday
from models.demo.draft import Draft, known_to
from models.demo.events import Events
from models.demo.fate import REFERENCE_DAY, Fate
from models.demo.fortune import DIAGNOSED, fate_of
from models.demo.infusions import Infusions
from models.demo.lines import earlier_lines, following_line, main_line
from models.demo.names import made_up_name
from models.demo.observed import Observed
from models.demo.stages import Tnmb
from models.demo.visits import Visits
from models.diagnosis import Diagnosis, Disease
from models.history import History
from models.patient import Consent, Patient, Purpose, Sex
from models.staging import Occasion, Staging
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus
from models.words import N_, _

NEW_SHARE = 0.04
COMORBIDITIES = (
    N_("Arterial hypertension"),
    N_("Type 2 diabetes"),
    N_("Hypothyroidism, treated"),
    N_("Chronic kidney disease, stage 3"),
    N_("Former smoker"),
)


def made_up_patients(count: int, seed: int) -> list[list[Record]]:
    """The records of each patient, in an order in which they can be saved."""
    return [made_up_patient(number, seed) for number in range(1, count + 1)]


def made_up_patient(number: int, seed: int) -> list[Record]:
    chance = Chance.for_patient(seed, number)
    if chance.happens(NEW_SHARE):
        return list(_newly_registered(chance, number))
    fate = fate_of(chance)
    draft = Draft(_patient(chance, number, fate.origin.birth, fate), chance, fate)
    return [draft.patient, *_course(draft)]


def _patient(chance: Chance, number: int, birth: dt.date, fate: Fate | None = None) -> Patient:
    sex = chance.pick({Sex.MALE: 58, Sex.FEMALE: 42})
    given, family, language = made_up_name(chance, sex)
    died: dict[str, object] = {}
    if fate and fate.end.death:
        known = 2 if chance.happens(0.15) else 3
        died = {"death_date": known_to(fate.end.death, known), "cause_of_death": fate.end.cause}
    return build(
        Patient,
        {
            "mrn": f"M{number:05d}",
            "given_name": given,
            "family_name": family,
            "language": language,
            "birth_date": birth,
            "sex": sex,
            "comorbidities": "\n".join(_(one) for one in chance.some(COMORBIDITIES, 0, 2)) or None,
            "allergies": _("Penicillin") if chance.happens(0.08) else None,
            "lost_to_follow_up": True if fate and fate.end.lost else None,
            "notes": _("Made up for the demo; no such person lives or has lived."),
            **died,
        },
    )


def _newly_registered(chance: Chance, number: int) -> Iterator[Record]:
    """A referral of the last weeks: hardly anything is known yet."""
    patient = _patient(chance, number, DIAGNOSED[0] - chance.days(8000, 24_000))
    yield patient
    common = {"patient": patient.id}
    if chance.happens(0.6):
        disease = chance.choice((Disease.MYCOSIS_FUNGOIDES, Disease.SEZARY_SYNDROME))
        yield build(Diagnosis, common | {"date": PartialDate(2024), "disease": disease})
    day = workday(REFERENCE_DAY + chance.days(3, 40))
    first = {"date": day, "kind": VisitKind.UNSCHEDULED, "status": VisitStatus.PLANNED}
    yield build(Visit, common | first)


def _course(draft: Draft) -> Iterator[PatientRecord]:
    """Everything that was recorded of a patient who has been treated here."""
    diagnosed = known_to(draft.fate.origin.diagnosis, draft.chance.pick({3: 6, 2: 3, 1: 2}))
    yield from _background(draft, diagnosed)
    main = main_line(draft)
    following = following_line(draft, main)
    lines = [main, *([following] if following else [])]
    yield from [*earlier_lines(draft), *lines]
    infusions = Infusions(draft, main) if draft.fate.origin.mogamulizumab else None
    yield from infusions.records if infusions else ()
    observed = Observed(draft, main)
    seen: list[PatientRecord] = [*observed.measured(), *observed.assessments()]
    yield from seen
    events = Events(draft, main)
    yield from events.records(infusions.happened if infusions else ())
    yield from Biopsies(draft).records(diagnosed, events.rash)
    history = History.of_records(draft.patient, [*lines, *seen])
    yield from Visits(draft, observed, lines).records(history)


def _background(draft: Draft, diagnosed: PartialDate) -> Iterator[PatientRecord]:
    origin, chance = draft.fate.origin, draft.chance
    seen_first = origin.start - dt.timedelta(days=7)
    for purpose, share in ((Purpose.CARE, 1), (Purpose.REGISTRY, 0.6), (Purpose.PHOTOGRAPHS, 0.4)):
        if chance.happens(share):
            yield draft.make(Consent, purpose=purpose, given=seen_first)
    yield draft.make(
        Diagnosis,
        date=diagnosed,
        disease=origin.disease,
        folliculotropism=origin.disease is Disease.FOLLICULOTROPIC_MF or None,
        large_cell_transformation=chance.pick({False: 6, True: 1, None: 3}),
        tcr_clone=_("skin: TRG clonal") if chance.happens(0.5) else None,
        cd30_percent=chance.choice((None, None, 1, 5, 10, 30)),
    )
    stated = chance.happens(0.3)
    yield _staging(draft, diagnosed, Occasion.DIAGNOSIS, origin.at_diagnosis, stated=stated)
    if origin.at_start != origin.at_diagnosis or origin.mogamulizumab:
        day = PartialDate.of(seen_first)
        yield _staging(draft, day, Occasion.BASELINE, origin.at_start)
    course = draft.fate.course
    if course.failure and (course.at_failure != origin.at_start or chance.happens(0.5)):
        day = PartialDate.of(course.failure)
        yield _staging(draft, day, Occasion.PROGRESSION, course.at_failure)


def _staging(
    draft: Draft, day: PartialDate, occasion: Occasion, tnmb: Tnmb, *, stated: bool = False
) -> Staging:
    """`stated`: a letter's stage is entered too, IVA for IVA1 and IVA2 as letters have it."""
    stage = "IVA" if tnmb.stage.startswith("IVA") else tnmb.stage
    return draft.make(
        Staging,
        date=day,
        occasion=occasion,
        stage_stated=stage if stated else None,
        **tnmb._asdict(),
    )
