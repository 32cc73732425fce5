"""The course of one patient in sentences, as a case report tells it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from models.at_diagnosis import at_diagnosis
from models.case_events import event_sentences
from models.course import Status, Under, active_lines, began, last_dose, next_line
from models.diagnosis import Diagnosis
from models.endpoints import Endpoint, LineEndpoints
from models.history import History
from models.intensity import dose_intensity
from models.line_table import given_words
from models.open_questions import died_of_disease_in_response
from models.patient import Consent, Purpose, Sex, consents_to
from models.placement import place
from models.response import FAILING, RANK, RESPONDING, Response
from models.summary import Summary, stage_words
from models.treatment import StopReason, TreatmentLine
from models.values import OLDEST_TOLD, AnyDate, Days, PartialDate, ages_words
from models.words import N_, _, capitalised, ngettext, number_words

_STOPPED = {
    None: "",
    StopReason.PROGRESSION: N_("stopped for progression"),
    StopReason.NO_RESPONSE: N_("stopped for lack of a response"),
    StopReason.TOXICITY: N_("stopped for toxicity"),
    StopReason.INTOLERANCE: N_("stopped for intolerance"),
    StopReason.COMPLETED: N_("completed"),
    StopReason.PATIENTS_CHOICE: N_("stopped by the patient's choice"),
    StopReason.TRANSPLANT: N_("stopped for a transplant"),
    StopReason.DEATH: N_("ended by death"),
    StopReason.OTHER: N_("stopped for another reason"),
}
_PATIENTS = {Sex.FEMALE: N_("A woman"), Sex.MALE: N_("A man")}


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph and what it is about."""

    title: str
    words: str


def case_sentences(summary: Summary) -> list[Told]:
    """The patient, what came before the line that is told of, and that line with what followed.

    The line is the last one against the disease that brought a response, or else the last one.
    """
    line = summary.leading_line
    told = [Told(_("Patient"), _patient(summary))]
    consent = Told(_("Consent"), _consent(summary))
    if line is None:
        none = _("No treatment against the disease is recorded.")
        return [*told, Told(_("Treatment"), none), consent]
    found = summary.endpoints.of_line(line)
    return [
        *told,
        Told(_("Before"), _before(summary, line)),
        Told(_("Treatment"), _given(summary, line)),
        Told(_("Response"), " ".join(_response(summary.history, found))),
        Told(_("Adverse events"), event_sentences(summary, line)),
        Told(_("Follow-up"), " ".join(_afterwards(summary, found)) or _("None recorded.")),
        consent,
    ]


def _patient(summary: Summary) -> str:
    """`A woman, 52 to 53 years old, was diagnosed with Sézary syndrome: T4 NX M0 B2, …`."""
    history = summary.history
    patient = history.patient
    who = _(_PATIENTS.get(patient.sex, N_("A patient")))
    diagnosis = next(iter(history.of(Diagnosis)), None)
    if diagnosis is None:
        return _("{patient}; no diagnosis is recorded.").format(patient=who)
    age, then = _age(summary, diagnosis.date), at_diagnosis(history)
    who = _("{patient}, {age} years old,").format(patient=who, age=age) if age else who
    words = _("{patient} was diagnosed with {disease}").format(
        patient=who, disease=_(diagnosis.disease.value)
    )
    if then is None:
        return _("{words}; the stage at diagnosis is not recorded.").format(words=words)
    return f"{words}: {then.staging.tnmb}, {stage_words(then.staging)}."


def _age(summary: Summary, on: AnyDate) -> str:
    """Completed years on a day; empty once the patient has an age at which that would tell it."""
    patient = summary.history.patient
    old = patient.age_on(summary.today) > OLDEST_TOLD
    return "" if old else ages_words(patient.birth_date, on)


def _before(summary: Summary, line: TreatmentLine) -> str:
    """The lines against the disease that came first, each with its cycles and why it stopped."""
    lines = active_lines(summary.history)
    earlier = lines[: lines.index(line)]
    age, n = _age(summary, began(summary.history, line)), len(earlier)
    words = _("There was no earlier treatment.")
    if earlier:
        words = ngettext(
            "{n} line of treatment came before: {these}.",
            "{n} lines of treatment came before: {these}.",
            n,
        )
        these = "; ".join(_earlier(summary, each) for each in earlier)
        words = words.format(n=n, these=these)
    at = _("The patient was {age} years old when {regimen} began.")
    return f"{words} {at.format(age=age, regimen=line.regimen_words)}" if age else words


def _earlier(summary: Summary, line: TreatmentLine) -> str:
    """`CHOP (3 cycles as stated, stopped for intolerance)`."""
    parts = [given_words(summary, line), _stopped(line)]
    known = ", ".join(part for part in parts if part)
    return f"{line.regimen_words} ({known})" if known else line.regimen_words


def _given(summary: Summary, line: TreatmentLine) -> str:
    """For how long, how many doses, of what intensity, and why it ended."""
    history, given = summary.history, given_words(summary, line)
    until = last_dose(history, line) or line.end
    told = _("{regimen} was given for {time}")
    if line.end is None and history.patient.death_date is None:
        until = history.last_contact or summary.today
        told = _("{regimen} has been given for {time} and goes on")
        if history.patient.lost_to_follow_up:
            told = _("{regimen} had been given for {time} when the patient was last seen")
    lasted = Days.between(began(history, line), until or summary.today)
    time = lasted.words
    words = told.format(regimen=capitalised(line.regimen_words), time=time)
    parts = (f"{words} ({given})." if given else f"{words}.", _intensity(history, line))
    return " ".join(part for part in (*parts, _ended(line)) if part)


def _intensity(history: History, line: TreatmentLine) -> str:
    found = dose_intensity(history, line)
    if found is None:
        return ""
    least, most = (number_words(round(100 * share, 1)) for share in (found.least, found.most))
    share = most if least == most else _("{least} to {most}").format(least=least, most=most)
    return _("The relative dose intensity was {share} %.").format(share=share)


def _ended(line: TreatmentLine) -> str:
    if line.stop_reason:
        return _("It was {stopped}.").format(stopped=_stopped(line))
    return _("Why it ended is not recorded.") if line.end else ""


def _stopped(line: TreatmentLine) -> str:
    """`stopped for intolerance and absence of response`: in more words where these were said."""
    if line.stop_detail:
        return _("stopped for {reason}").format(reason=line.stop_detail)
    return _(_STOPPED[line.stop_reason])


def _response(history: History, found: LineEndpoints) -> Iterator[str]:
    """When each deeper response was reached, and how long it lasted."""
    start, seen, lasted = found.time_to_response, found.seen, found.duration_of_response
    if start is None or seen is None:
        yield from _no_response(found)
        return
    first, *deeper = (_reached(history, seen, step, start.start) for step in _deeper(seen.statuses))
    told = [_("A {response} was reached after {time} ({at})").format(**first)]
    told += [_("a {response} after {time} ({at})").format(**each) for each in deeper]
    yield ", ".join(told) + "."
    if lasted:
        yield _lasted(history, seen, lasted)


def _no_response(found: LineEndpoints) -> Iterator[str]:
    best, free = found.best_response, found.progression_free
    if best is None:
        yield _("The response was not assessed.")
    elif best in RESPONDING:
        yield _("The best response, as stated, was {response}.").format(response=best.words)
    else:
        yield _("No response was seen; the best state was {state}.").format(state=best.words)
    if free:
        words = _("Progression-free survival was {time}, until {why}.")
        if free.censored:
            words = _("Progression-free survival was {time}, censored ({why}).")
        yield words.format(time=free.words, why=free.why)


def _deeper(known: Sequence[Status]) -> Iterator[Status]:
    """Each state that was a deeper response than all before it, until the disease came back."""
    best = RANK[Response.SD]
    for status in takewhile(lambda status: status.response not in FAILING, known):
        if RANK[status.response] < best:
            best = RANK[status.response]
            yield status


def _reached(history: History, seen: Under, step: Status, start: AnyDate) -> dict[str, str]:
    """Which response, after what time, in which cycle and whether it was confirmed."""
    confirmed = _("confirmed") if seen.confirmed(step) else _("not confirmed")
    return {
        "response": step.response.words,
        "time": Days.between(start, step.date).words,
        "at": ", ".join(part for part in (_cycle(history, seen.line, step), confirmed) if part),
    }


def _cycle(history: History, line: TreatmentLine, status: Status) -> str:
    """`after cycle 5` on the first day of the next one, `in cycle 5` within it."""
    at = place(history, PartialDate.of(status.date), line).last
    if at is None or (at.number, at.day) == (1, 1):
        return ""
    if at.day is None or at.day == 1:
        before = at.number if at.day is None else at.number - 1
        return _("after cycle {number}").format(number=before)
    return _("in cycle {number}").format(number=at.number)


def _lasted(history: History, seen: Under, lasted: Endpoint) -> str:
    """How long, and until what; or that it was ongoing at the last follow-up."""
    time = lasted.words
    if not lasted.censored:
        return _("The response lasted {time}, until {why}.").format(time=time, why=lasted.why)
    if next_line(history, seen.line):
        words = _("The response had lasted {time} when it was last told before the next treatment.")
        return words.format(time=time)
    dose = last_dose(history, seen.line) or seen.line.end
    at = _("At the last assessment")
    since = Days.between(dose, lasted.end) if seen.line.end and dose else None
    if since and since.least > 0:
        words = _("At the last follow-up, {time} after the last dose,")
        at = words.format(time=since.words)
    state = seen.statuses[-1].response
    words = _("{at} there was {state}, without progression {time} after the first response.")
    if state in RESPONDING:
        words = _("{at} the {state} was ongoing; the response had lasted {time}.")
    return words.format(at=at, state=state.words, time=time)


def _afterwards(summary: Summary, found: LineEndpoints) -> Iterator[str]:
    """The next treatment, or that there was none; and survival."""
    next_treatment, free = found.time_to_next_treatment, found.treatment_free
    following = next_line(summary.history, found.line)
    if following and next_treatment:
        words = _("The next treatment, {regimen}, began {time} after the first dose.")
        yield words.format(regimen=following.regimen_words, time=next_treatment.days.words)
    elif free and free.days.most > 0:
        words = _("No further treatment was given in the {time} after the last dose.")
        yield words.format(time=free.words)
    survival = summary.endpoints.overall_survival
    if survival and survival.censored:
        words = _("The patient was alive {time} after the diagnosis.")
        yield words.format(time=survival.words)
    elif survival:
        cause = summary.history.patient.cause_of_death
        words = _("The patient died {time} after the diagnosis (cause: {cause}).")
        known = _(cause.value) if cause else _("not recorded")
        yield words.format(time=survival.words, cause=known)
        if died_of_disease_in_response(summary):
            yield _("No progression before the death is recorded.")


def _consent(summary: Summary) -> str:
    if consents_to(Purpose.PUBLICATION, summary.history.of(Consent), summary.today):
        return _("The patient consented to publication.")
    return _("No consent to publication is recorded that stands.")
