"""What a registry collects at diagnosis."""

from collections.abc import Iterator, Sequence
from typing import Any

from models.at_diagnosis import (
    BIOPSY_WITHIN_DAYS,
    LDH_WITHIN_DAYS,
    STAGED_WITHIN_DAYS,
    Factor,
    at_diagnosis,
    follicular,
    skin_biopsies,
    staged_diagnosis,
    transformed,
    within,
)
from models.base import PatientRecord
from models.biopsy import Biopsy, Indication
from models.blood import BloodCount, Clone
from models.completeness.items import (
    COLLECTED,
    MARKERS,
    Item,
    Place,
    dated,
    measured,
    missing,
    not_asked,
    place_in,
    present,
)
from models.diagnosis import STAGED_BY_TNMB, Diagnosis
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult
from models.patient import Patient, Sex
from models.rules import Standing, rule
from models.staging import Occasion, Staging
from models.values import ages_words
from models.visit import Visit, VisitStatus
from models.words import N_, _, number_words


@rule(N_("What a registry collects at diagnosis"), f"{COLLECTED}; {MARKERS}", Standing.IN_PART)
def at_the_start(history: History) -> list[Item]:
    """Age and sex; the diagnosis with its date; TNMB, where the disease is staged by it; LDH with
    its upper limit; leucocytes, lymphocytes and the count of neoplastic cells in the blood;
    large-cell transformation, folliculotropism, CD30 and Ki-67 in the skin; whether the clone in
    the blood is that of the skin; imaging; quality of life by Skindex-29. LDH and blood within 90
    days of the diagnosis, the rest within 183: the periods are this program's own choice. The forms
    of PROCLIPI are not published, and this is not their list.
    """
    diagnosis = staged_diagnosis(history)
    if diagnosis is None:
        place = Place(Diagnosis, "date")
        words = _("no diagnosis on file")
        return [_person(history, None), missing(DIAGNOSIS, COLLECTED, words, place)]
    return [
        _person(history, diagnosis),
        present(DIAGNOSIS, COLLECTED, dated(_(diagnosis.disease.value), diagnosis), diagnosis),
        _tnmb(history, diagnosis),
        _ldh(history, diagnosis),
        *_blood(history, diagnosis),
        *_skin(history, diagnosis),
        _clone(history, diagnosis),
        _imaging(history, diagnosis),
        _life(history, diagnosis),
    ]


DIAGNOSIS, PERSON = N_("Diagnosis with its date"), N_("Age and sex")
TNMB, LDH = N_("TNMB at diagnosis"), N_("LDH with its upper limit")
LEUCOCYTES, LYMPHOCYTES = N_("Leucocytes"), N_("Lymphocytes")
NEOPLASTIC, CLONE = N_("Neoplastic cells in the blood"), N_("Same clone in blood and skin")
TRANSFORMED, FOLLICULAR = N_("Large-cell transformation"), N_("Folliculotropism")
CD30, KI67 = N_("CD30"), N_("Ki-67")
IMAGING, LIFE = N_("Imaging"), N_("Quality of life at diagnosis")


def _person(history: History, diagnosis: Diagnosis | None) -> Item:
    patient = history.patient
    if patient.sex is Sex.UNKNOWN:
        return missing(PERSON, MARKERS, _("sex unknown"), Place(Patient, "sex", patient))
    words = _(patient.sex.value)
    if diagnosis is not None:
        age = ages_words(patient.birth_date, diagnosis.date)
        words = _("{sex}, {age} at diagnosis").format(sex=words, age=age)
    return present(PERSON, MARKERS, words, patient)


def _tnmb(history: History, diagnosis: Diagnosis) -> Item:
    if diagnosis.disease not in STAGED_BY_TNMB:
        return not_asked(TNMB, MARKERS, _("this disease is not staged by it"))
    found = at_diagnosis(history)
    if found is not None:
        return present(TNMB, MARKERS, dated(found.staging.tnmb, found.staging), found.staging)
    values = {"date": diagnosis.date, "occasion": Occasion.DIAGNOSIS}
    return missing(
        TNMB, MARKERS, _none(STAGED_WITHIN_DAYS, diagnosis), Place(Staging, "t", None, values)
    )


def _ldh(history: History, diagnosis: Diagnosis) -> Item:
    results = [each for each in history.of(LabResult) if each.analyte.casefold() == "ldh"]
    near = within(results, diagnosis.date, LDH_WITHIN_DAYS)
    limited = [each for each in near if each.reference_high is not None]
    for each in limited:
        words = _("{value} {unit}").format(value=number_words(each.value), unit=each.unit)
        return present(LDH, MARKERS, dated(words, each), each)
    for each in near:
        place = Place(LabResult, "reference_high", each)
        return missing(LDH, MARKERS, dated(_("no upper limit"), each), place)
    place = Place(LabResult, "value", None, {"analyte": "LDH", **_on(diagnosis)})
    return missing(LDH, MARKERS, _none(LDH_WITHIN_DAYS, diagnosis), place)


def _blood(history: History, diagnosis: Diagnosis) -> Iterator[Item]:
    near = within(history.of(BloodCount), diagnosis.date, LDH_WITHIN_DAYS)
    why = _none(LDH_WITHIN_DAYS, diagnosis)
    for title, source, name, focus in (
        (LEUCOCYTES, MARKERS, "wbc", "wbc"),
        (LYMPHOCYTES, MARKERS, "lymphocytes", "lymphocytes"),
        (NEOPLASTIC, COLLECTED, "neoplastic", "cd4_cd26_negative"),
    ):
        place = place_in(BloodCount, focus, near, _on(diagnosis))
        yield measured(missing(title, source, why, place), name, near)


def _skin(history: History, diagnosis: Diagnosis) -> Iterator[Item]:
    biopsies = skin_biopsies(history, diagnosis.date)
    for title, name, factor in (
        (TRANSFORMED, "large_cell_transformation", transformed(diagnosis, biopsies)),
        (FOLLICULAR, "folliculotropism", follicular(diagnosis, biopsies)),
    ):
        yield _in_skin(title, factor, Place(Diagnosis, name, diagnosis))
    near: Sequence[PatientRecord] = [diagnosis, *biopsies]
    why = _none(BIOPSY_WITHIN_DAYS, diagnosis)
    place = Place(Diagnosis, "cd30_percent", diagnosis)
    yield measured(missing(CD30, MARKERS, why, place), "cd30_percent", near)
    values = {"date": diagnosis.date, "indication": Indication.DIAGNOSIS}
    place = place_in(Biopsy, "ki67_percent", biopsies, values)
    yield measured(missing(KI67, MARKERS, why, place), "ki67_percent", biopsies)


def _in_skin(title: str, factor: Factor, place: Place) -> Item:
    if factor.present is None or factor.record is None:
        return missing(title, MARKERS, factor.value, place)
    answer = _("yes: {where}") if factor.present else _("no: {where}")
    return present(title, MARKERS, answer.format(where=factor.value), factor.record)


def _clone(history: History, diagnosis: Diagnosis) -> Item:
    near = within(history.of(BloodCount), diagnosis.date, LDH_WITHIN_DAYS)
    tested = [each for each in near if each.clone and each.clone is not Clone.NOT_DONE]
    for each in tested:
        return present(CLONE, MARKERS, dated(_(each.clone or ""), each), each)
    if any(each.clone is Clone.NOT_DONE for each in near):
        return not_asked(CLONE, MARKERS, _("recorded as not done"))
    place = place_in(BloodCount, "clone", near, _on(diagnosis))
    return missing(CLONE, MARKERS, _none(LDH_WITHIN_DAYS, diagnosis), place)


def _imaging(history: History, diagnosis: Diagnosis) -> Item:
    for each in within(history.of(Imaging), diagnosis.date, STAGED_WITHIN_DAYS):
        return present(IMAGING, COLLECTED, dated(each.modality.label, each), each)
    place = Place(Imaging, "modality", None, _on(diagnosis))
    return missing(IMAGING, COLLECTED, _none(STAGED_WITHIN_DAYS, diagnosis), place)


def _life(history: History, diagnosis: Diagnosis) -> Item:
    done = [each for each in history.of(Visit) if each.status is VisitStatus.DONE]
    near = within(done, diagnosis.date, STAGED_WITHIN_DAYS)
    place = place_in(Visit, "skindex29", near, {"status": VisitStatus.DONE, **_on(diagnosis)})
    why = _none(STAGED_WITHIN_DAYS, diagnosis)
    return measured(missing(LIFE, COLLECTED, why, place), "skindex29", near)


def _on(diagnosis: Diagnosis) -> dict[str, Any]:
    """The day of the diagnosis, where it is known."""
    return {"date": diagnosis.date.first} if diagnosis.date.exact else {}


def _none(days: int, diagnosis: Diagnosis) -> str:
    """`none within 90 days of the diagnosis, 3 Feb 2020`."""
    return dated(_("none within {days} days of the diagnosis").format(days=days), diagnosis)
