"""Summary: where one patient stands, worked out from the history, in words."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from models.adverse_event import Action, AdverseEvent
from models.contradictions import contradictions, with_transplants_ahead
from models.course import (
    active_lines,
    assess,
    current_response,
    cycles_given,
    infusions_given,
)
from models.diagnosis import Diagnosis
from models.due import Due
from models.endpoints import Endpoint, Endpoints, endpoints
from models.follow_up import next_due
from models.history import History
from models.patient import Patient
from models.prognosis import Prognosis, indices
from models.response import Assessment, Response
from models.staging import StageGroup, Staging, provisional_because, stage_of
from models.treatment import StopReason, TreatmentLine
from models.values import Choice, PartialDate, age_words
from models.words import N_, _, capitalised, counted_from, day_words, listing, ngettext

SEEN_LATELY = dt.timedelta(days=30)


class CareStatus(Choice):
    """Whether a patient is being treated, seen, or neither any more."""

    ON_TREATMENT = N_("on treatment")
    FOLLOW_UP = N_("follow-up")
    LOST = N_("lost to follow-up")
    DECEASED = N_("deceased")


def care_status(*, died: bool, lost: bool, treated: bool) -> CareStatus:
    """Death counts before loss to follow-up, and that before a running treatment."""
    if died:
        return CareStatus.DECEASED
    if lost:
        return CareStatus.LOST
    return CareStatus.ON_TREATMENT if treated else CareStatus.FOLLOW_UP


@dataclass(frozen=True)
class Summary:
    """Every figure of a patient's page as of a day; a function of the history alone.

    `entered`: the whole history, where `history` is what was known of it on that day.
    """

    history: History
    today: dt.date
    entered: History | None = None

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        return next(iter(self.history.of(Diagnosis)), None)

    @cached_property
    def staging(self) -> Staging | None:
        """The latest staging."""
        return next(reversed(self.history.of(Staging)), None)

    @cached_property
    def stage(self) -> StageGroup | None:
        return stage_of(self.staging) if self.staging else None

    @cached_property
    def endpoints(self) -> Endpoints:
        return endpoints(self.history, self.today)

    @cached_property
    def response(self) -> tuple[Response, dt.date] | None:
        return current_response(self.history)

    @cached_property
    def prognosis(self) -> list[Prognosis]:
        return indices(self.history)

    @cached_property
    def due(self) -> list[Due]:
        return next_due(self.entered or self.history, self.today)

    @cached_property
    def flags(self) -> list[str]:
        known = with_transplants_ahead(self.history, self.entered or self.history)
        return [found.sentence for found in contradictions(known)]

    @cached_property
    def open_events(self) -> list[AdverseEvent]:
        """Events that are still there; none once the patient has died."""
        if self.history.patient.death_date:
            return []
        return [event for event in self.history.of(AdverseEvent) if event.is_open(self.today)]

    @cached_property
    def last_line(self) -> TreatmentLine | None:
        return next(reversed(active_lines(self.history)), None)

    @cached_property
    def running(self) -> list[TreatmentLine]:
        """Lines against the disease that have not ended."""
        return [line for line in active_lines(self.history) if line.end is None]

    @property
    def status(self) -> CareStatus:
        patient = self.history.patient
        died, lost = patient.death_date is not None, bool(patient.lost_to_follow_up)
        return care_status(died=died, lost=lost, treated=bool(self.running))

    @cached_property
    def key_figures(self) -> list[tuple[str, str]]:
        """The figures at the foot of the page: what is measured, and how long or how much."""
        figures: list[tuple[str, str]] = []
        led = self.leading_line
        if led:
            found = self.endpoints.of_line(led)
            if found.time_to_response:
                title = self._of_line(_("time to response"), led)
                figures.append((title, found.time_to_response.days.words))
            if found.duration_of_response:
                title = self._of_line(_("duration of response"), led)
                figures.append(_lasting(title, found.duration_of_response))
        off = self._off_treatment
        if off:
            title = _("off treatment when last seen") if self.unseen_since else _("off treatment")
            figures.append((title, off.words))
        worst = max((event.worst_grade for event in self.history.of(AdverseEvent)), default=None)
        if worst:
            figures.append((_("worst adverse event"), _("grade {n}").format(n=int(worst))))
        if self.endpoints.overall_survival:
            figures.append(_lasting(_("since diagnosis"), self.endpoints.overall_survival))
        return figures

    def _of_line(self, title: str, line: TreatmentLine) -> str:
        """Names the line where it is not the last one."""
        if line is self.last_line:
            return title
        return _("{title} ({regimen})").format(title=title, regimen=line.regimen_words)

    @property
    def leading_line(self) -> TreatmentLine | None:
        """The last line that brought a response, or else the last line."""
        for line in reversed(active_lines(self.history)):
            if self.endpoints.of_line(line).time_to_response:
                return line
        return self.last_line

    @property
    def identity(self) -> str:
        """`Rossi, Anna · female · born 2 Mar 1958 (62) · MRN 004711`; where days are counted
        `De-identified patient · female · 62 years`.
        """
        patient = self.history.patient
        if counted_from():
            return self._nobody(patient)
        born = _("born {date} ({age})").format(
            date=day_words(patient.birth_date), age=patient.age_on(self.today)
        )
        return " · ".join(
            [patient.name, _(patient.sex.value), born, _("MRN {mrn}").format(mrn=patient.mrn)]
        )

    def _nobody(self, patient: Patient) -> str:
        age = patient.age_on(self.today)
        years = ngettext("{age} year", "{age} years", age).format(age=age_words(age))
        return " · ".join([_("De-identified patient"), _(patient.sex.value), years])

    @property
    def disease(self) -> str:
        """Diagnosis, TNMB and stage: `Sézary syndrome, 2011 · T4 NX M0 B2, stage IVA1 (…)`."""
        parts = []
        if self.diagnosis:
            parts.append(f"{self.diagnosis.disease.label}, {self.diagnosis.date.words}")
        if self.staging:
            parts.append(f"{self.staging.tnmb}, {self.stage_words}")
        return " · ".join(parts) or _("No diagnosis recorded yet")

    @property
    def stage_words(self) -> str:
        return stage_words(self.staging) if self.staging else _("not staged")

    @property
    def standing(self) -> str:
        """Where things stand, in a few sentences."""
        if self.history.patient.death_date:
            died = _("Died {date}.").format(date=self.history.patient.death_date.words)
            return " ".join([died, self._treatment_words]).strip()
        parts = (self._lost_words, self._response_words, self._treatment_words)
        return " ".join(part for part in parts if part)

    @property
    def unseen_since(self) -> dt.date | None:
        """The last contact, where it lies more than 30 days before the day of the page."""
        seen = self.history.last_contact
        return seen if seen and self.today - seen > SEEN_LATELY else None

    @property
    def _off_treatment(self) -> Endpoint | None:
        """None where the patient was not seen after the last dose."""
        off = self.endpoints.off_treatment
        return off if off and off.days.most > 0 else None

    @property
    def _lost_words(self) -> str:
        if self.status is not CareStatus.LOST:
            return ""
        seen = self.history.last_contact
        if seen is None:
            return _("Lost to follow-up.")
        return _("Lost to follow-up, last seen {date}.").format(date=day_words(seen))

    @property
    def _response_words(self) -> str:
        if self.response is None:
            return self._why_no_response
        response, since = self.response
        words = _("{response} since {date}").format(
            response=capitalised(response.words), date=day_words(since)
        )
        off, seen = self._off_treatment, self.unseen_since
        if off:
            told = _("{duration} off treatment")
            if seen:
                told = _("{duration} off treatment when last seen on {date}")
            if seen and self._lost_words:
                told = _("{duration} off treatment by then")
            date = day_words(seen) if seen else ""
            words += ", " + told.format(duration=off.words, date=date)
        return words + "."

    @property
    def _why_no_response(self) -> str:
        """That none was assessed, or what the last assessment lacks."""
        last = next(reversed(self.history.of(Assessment)), None)
        if last is None:
            return _("No response assessed yet.")
        lacking = [
            _(each.name)
            for each in assess(self.history, last).compartments
            if each.response is None
        ]
        words = _("The response of {date} cannot be worked out yet")
        if lacking:
            words += ": " + _("{compartments} not known").format(compartments=listing(lacking))
        return words.format(date=day_words(last.date)) + "."

    @property
    def _treatment_words(self) -> str:
        line = self.last_line
        if line is None:
            return _("No treatment recorded yet.")
        words = _("{given} of {regimen}") if self._given_words(line) else "{regimen}"
        words = words.format(given=self._given_words(line), regimen=line.regimen_words)
        if line.end is None and self.history.patient.death_date:
            return _("On treatment until death: {treatment}.").format(treatment=words)
        if line.end is None and self._lost_words:
            return _("On treatment when last seen: {treatment}.").format(treatment=words)
        if line.end is None:
            return _("On treatment: {treatment}.").format(treatment=words)
        return f"{capitalised(words)}, {self._stop_words(line, line.end)}."

    def _given_words(self, line: TreatmentLine) -> str:
        cycles = cycles_given(self.history, line)
        infusions = infusions_given(self.history, line)
        if not cycles:
            return ""
        words = ngettext("{n} cycle", "{n} cycles", cycles).format(n=cycles)
        if infusions:
            each = ngettext("{n} infusion", "{n} infusions", infusions).format(n=infusions)
            words += f" ({each})"
        return words

    def _stop_words(self, line: TreatmentLine, end: PartialDate) -> str:
        words = _("stopped {date}").format(date=end.words)
        if line.stop_detail:
            words += " " + _("for {reason}").format(reason=line.stop_detail)
        elif line.stop_reason:
            words += f" ({_(line.stop_reason.value)})"
        if line.stop_reason in {StopReason.TOXICITY, StopReason.INTOLERANCE}:
            words += self._toxicity_outcome(line)
        return words

    def _toxicity_outcome(self, line: TreatmentLine) -> str:
        """`, resolved` when every event attributed to the line is over."""
        events = [
            event
            for event in self.history.of(AdverseEvent)
            if event.treatment_line == line.id and event.action is Action.STOPPED
        ]
        over = events and not any(event.is_open(self.today) for event in events)
        return ", " + _("resolved") if over else ""


def stage_words(staging: Staging) -> str:
    """`stage IVA1 (nodes not biopsied: IVA2 possible)`."""
    stage = stage_of(staging)
    words = _("stage {stage}") if stage.working else _("no stage group")
    words = words.format(stage=stage.working)
    if not stage.provisional:
        return words
    others = [possible for possible in stage.possible if possible != stage.working]
    reason = provisional_because(staging)
    possible = _("{stages} possible").format(stages=", ".join(others))
    return f"{words} ({reason}: {possible})"


def _lasting(title: str, endpoint: Endpoint) -> tuple[str, str]:
    """A length of time that was still going on when last seen says so."""
    if endpoint.censored:
        title = _("{title}, ongoing").format(title=title)
    return title, endpoint.words


def as_of(history: History, day: dt.date) -> Summary:
    """The summary of what was recorded as happening by `day`."""
    return Summary(history.until(day), day, history)
