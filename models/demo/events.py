"""Adverse events of a made-up patient, and the biopsies that looked for their cause."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from models.adverse_event import (
    Action,
    AdverseEvent,
    Attribution,
    Outcome,
    Seriousness,
)
from models.ctcae import CtcaeVersion
from models.demo.draft import Draft, known_to
from models.demo.infusions import REACTION, Happened
from models.patient import CauseOfDeath
from models.treatment import InfusionStatus, StopReason, TreatmentLine
from models.words import N_, _

ACTIONS = {
    InfusionStatus.GIVEN: Action.DELAYED,
    InfusionStatus.REDUCED: Action.REDUCED,
    InfusionStatus.INTERRUPTED: Action.INTERRUPTED,
    InfusionStatus.OMITTED: Action.INTERRUPTED,
}


class Complaint(NamedTuple):
    """What patients complain of now and then, without a change of treatment."""

    term: str
    verbatim: str
    grades: tuple[int, ...]
    lasts: int
    attribution: Attribution


COMPLAINTS = {
    Complaint("Fatigue", N_("Tired for days"), (1, 2, 1), 120, Attribution.POSSIBLE): 14,
    Complaint("Diarrhea", N_("Loose stools"), (1,), 9, Attribution.POSSIBLE): 10,
    Complaint("Nausea", N_("Feels sick"), (1,), 3, Attribution.PROBABLE): 8,
    Complaint("Headache", N_("Headache"), (1,), 4, Attribution.UNLIKELY): 7,
    Complaint("Arthralgia", N_("Aching knees"), (1, 2), 60, Attribution.UNLIKELY): 7,
    Complaint("Pruritus", N_("Itches more than before"), (2, 1), 70, Attribution.POSSIBLE): 9,
    Complaint("Edema limbs", N_("Swollen ankles"), (1,), 90, Attribution.UNRELATED): 6,
    Complaint("Alopecia", N_("Hair comes out"), (1, 2), 300, Attribution.POSSIBLE): 3,
    Complaint("Anemia", N_("Found in the blood"), (1, 2, 1), 200, Attribution.UNLIKELY): 4,
    Complaint("Hypothyroidism", N_("Found in the blood"), (1, 2), 3000, Attribution.PROBABLE): 2,
}
FATAL = (("Sepsis", N_("Sepsis")), ("Pneumonitis", N_("Short of breath, died on the ward")))


class Spell(NamedTuple):
    """From when, for how long and with which grades, one after the other."""

    onset: dt.date
    lasts: int
    grades: tuple[int, ...]
    known: int = 3


class Events:
    """The adverse events under the main line; `rash` is the one that biopsies are to explain."""

    def __init__(self, draft: Draft, line: TreatmentLine) -> None:
        self.draft, self.line = draft, line
        self.rash = self._rash()

    def records(self, happened: Sequence[Happened]) -> Iterator[AdverseEvent]:
        """In time of their kind: behind infusions, the rash, what had no consequence, the last."""
        for on, incident in happened:
            if incident.term:
                yield self._behind_an_infusion(Happened(on, incident))
        if self.rash:
            yield self.rash
        yield from self._complaints()
        if self.draft.fate.end.cause is CauseOfDeath.TREATMENT:
            yield self._fatal()

    def _behind_an_infusion(self, happened: Happened) -> AdverseEvent:
        chance, incident = self.draft.chance, happened.incident
        infusional = incident.status is InfusionStatus.INTERRUPTED
        before = dt.timedelta() if infusional else chance.days(1, 4)
        onset = max(happened.on - before, self.line.start.first)
        reaction = incident is REACTION
        grade = chance.pick({1: 40, 2: 55, 3: 5}) if reaction else incident.grade
        return self._event(
            incident.term,
            _("Chills and flushing during the infusion") if reaction else _(incident.reason),
            Spell(onset, incident.lasts + chance.randint(0, 2), (grade,)),
            attribution=Attribution.DEFINITE if reaction else Attribution.POSSIBLE,
            action=ACTIONS[incident.status],
        )

    def _rash(self) -> AdverseEvent | None:
        course, chance = self.draft.fate.course, self.draft.chance
        if course.rash is None:
            return None
        stopped = course.reason is StopReason.TOXICITY
        site, verbatim = chance.choice(
            (
                (_("trunk"), _("Red spots on the trunk")),
                (_("scalp"), _("Scaly plaques on the scalp, hair thinner there")),
                (_("face and hands"), _("Redness where the sun reaches")),
                (_("arms"), _("Itching bumps on the arms")),
            )
        )
        lasts = chance.randint(60, 210) + (60 if stopped else 0)
        grades = chance.choice(((1, 2, 1), (2, 3, 2, 1), (2, 1))) if stopped else (2, 1)
        return self._event(
            chance.pick(
                {
                    "Rash maculo-papular": 7,
                    "Skin and subcutaneous tissue disorders - Other, specify": 3,
                }
            ),
            verbatim,
            Spell(course.rash, lasts, grades, known=2 if chance.happens(0.2) else 3),
            body_site=site,
            attribution=chance.pick({Attribution.PROBABLE: 6, Attribution.POSSIBLE: 3}),
            action=Action.STOPPED if stopped else Action.DELAYED,
            treatment_given=_("topical corticosteroid"),
        )

    def _complaints(self) -> Iterator[AdverseEvent]:
        chance, fate = self.draft.chance, self.draft.fate
        days = (fate.treated_until - fate.origin.start).days
        picked = [chance.pick(COMPLAINTS) for _number in range(chance.randint(0, 3))]
        for complaint in dict.fromkeys(picked):
            onset = fate.origin.start + chance.days(1, max(days, 2))
            if onset <= fate.treated_until:
                yield self._event(
                    complaint.term,
                    _(complaint.verbatim),
                    Spell(
                        onset,
                        chance.randint(complaint.lasts // 2, 2 * complaint.lasts),
                        complaint.grades,
                        known=2 if chance.happens(0.25) else 3,
                    ),
                    attribution=complaint.attribution,
                    action=Action.NONE,
                )

    def _fatal(self) -> AdverseEvent:
        death = self.draft.fate.end.last
        term, verbatim = self.draft.chance.choice(FATAL)
        return self.draft.make(
            AdverseEvent,
            verbatim=_(verbatim),
            term=term,
            ctcae_version=CtcaeVersion.V5_0,
            onset=death - dt.timedelta(days=6),
            resolved=death,
            grades=[
                {"date": death - dt.timedelta(days=days), "grade": grade}
                for days, grade in ((6, 3), (2, 4), (0, 5))
            ],
            outcome=Outcome.FATAL,
            serious=True,
            seriousness=Seriousness.DEATH,
            attribution=Attribution.PROBABLE,
            treatment_line=self.line.id,
            action=Action.STOPPED,
        )

    def _event(self, term: str, verbatim: str, spell: Spell, **more: Any) -> AdverseEvent:
        """An event whose grades follow each other evenly, as far as the patient is seen."""
        over = spell.onset + dt.timedelta(days=spell.lasts)
        known_over = self.draft.seen(over)
        serious = max(spell.grades) >= 3 and self.draft.chance.happens(0.5)
        return self.draft.make(
            AdverseEvent,
            verbatim=verbatim,
            term=term,
            ctcae_version=CtcaeVersion.V5_0,
            onset=known_to(spell.onset, spell.known),
            resolved=known_to(over, spell.known) if known_over else None,
            grades=[
                {"date": known_to(day, spell.known), "grade": grade}
                for day, grade in self._steps(spell)
            ],
            outcome=Outcome.RESOLVED if known_over else Outcome.ONGOING,
            serious=serious,
            seriousness=Seriousness.HOSPITALISATION if serious else None,
            treatment_line=self.line.id,
            **more,
        )

    def _steps(self, spell: Spell) -> Iterator[tuple[dt.date, int]]:
        for place, grade in enumerate(spell.grades):
            day = spell.onset + dt.timedelta(days=spell.lasts * place // len(spell.grades))
            if self.draft.seen(day):
                yield day, grade
