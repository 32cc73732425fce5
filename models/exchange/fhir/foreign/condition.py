"""Others' conditions: the lymphoma as a diagnosis, every other one named and left outside."""

from collections import defaultdict

from models.diagnosis import MYCOSIS_FUNGOIDES, Diagnosis, Disease
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.codes import (
    disease_by_code,
    disease_by_name,
    finer,
    is_malignant,
    sounds_malignant,
)
from models.exchange.fhir.foreign.elements import (
    any_codes,
    codings,
    day,
    dicts,
    extensions,
    inner,
    said,
    when,
    words_of,
)
from models.exchange.fhir.foreign.taking import Taking, key_of, number_of, why_not
from models.values import LATEST_YEAR, PartialDate
from models.words import _

_MORPHOLOGY = "mcode-histology-morphology-behavior"
_ASSERTED = ("condition-assertedDate", "mcode-asserted-date")
_USED = frozenset(
    {
        *("code", "verificationStatus", "onsetDateTime", "onsetPeriod"),
        *("recordedDate", _MORPHOLOGY, *_ASSERTED),
    }
)
_NOT_SURE = frozenset({"unconfirmed", "provisional", "differential"})


class Conditions:
    """The diagnoses that were taken, and the patients who have another tumour too."""

    def __init__(self, taking: Taking) -> None:
        self._taking = taking
        self.own: defaultdict[str, list[Entry]] = defaultdict(list)
        self._diagnoses: dict[tuple[str, Disease], str] = {}
        self._with_another: set[str] = set()
        for entry in sorted(taking.of("Condition"), key=_order):
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        taking, date = self._taking, diagnosed_on(entry)
        why = why_not(entry) or _doubt(entry)
        found = _diseases(entry)
        mrn = None if why else taking.whose(entry)
        if why:
            taking.leave(entry, why, said(entry.resource.get("code")))
        elif mrn and len(found) != 1:
            self._leave(entry, mrn, len(found))
        elif mrn and date is None:
            taking.leave(entry, _("When it was diagnosed is not told."), found[0].value)
        elif mrn:
            if known := self._diagnoses.get((mrn, found[0])):
                taking.became(Diagnosis, entry, known)
                taking.use(entry, _USED)
                self.own[mrn].append(entry)
                taking.outside.add(entry, _("It tells a diagnosis once more."), found[0].value)
                return
            values = {"disease": found[0], "date": date}
            if taking.take(Diagnosis, entry, mrn, values, _USED):
                self.own[mrn].append(entry)
                self._diagnoses[mrn, found[0]] = key_of(entry)
                if not any(extensions(entry.resource, *_ASSERTED)):
                    why = _("Its date is that of its onset or of its entry.")
                    taking.outside.add(entry, why)

    def _leave(self, entry: Entry, mrn: str, found: int) -> None:
        code = entry.resource.get("code")
        if found:
            self._taking.leave(entry, _("Its codes tell of several diseases."), said(code))
            return
        coded = any(is_malignant(*each) for each in codings(code))
        if coded or any(map(sounds_malignant, words_of(code))):
            self._with_another.add(mrn)
        self._taking.leave(entry, _("It is no cutaneous T-cell lymphoma."), said(code))

    def about(self, entry: Entry, mrn: str, *names: str) -> Entry | None:
        """The diagnosis that a resource is about: the one it names, or the first.

        None where it names another condition, or none while there is another tumour too.
        """
        named = [each for name in names for each in dicts(entry.resource.get(name))]
        named = [inner(each, "reference") or each for each in named]
        found = [self._taking.resolved(entry, each) for each in named]
        of = [each for each in found if each and each.kind == "Condition"]
        if of:
            own = {number_of(each): each for each in self.own[mrn]}
            return next((own[number_of(each)] for each in of if number_of(each) in own), None)
        return None if named and not any(found) else self.only(mrn)

    def only(self, mrn: str) -> Entry | None:
        """The first diagnosis of a patient who has no other tumour."""
        own = self.own[mrn]
        return own[0] if own and mrn not in self._with_another else None

    def is_about_another(self, entry: Entry, mrn: str) -> bool:
        """Whether it gives a reason, and the lymphoma is none of them."""
        resource = entry.resource
        coded = [each for each in dicts(resource.get("reasonCode")) if said(each)]
        coded += [inner(each, "concept") for each in dicts(resource.get("reason"))]
        if any(_diseases_of(each) for each in coded):
            return False
        refers = any(dicts(resource.get(name)) for name in ("reasonReference", "reason"))
        if refers:
            return self.about(entry, mrn, "reasonReference", "reason") is None
        return any(map(said, coded))


def _order(entry: Entry) -> tuple[bool, PartialDate]:
    """By date; what has none is last."""
    date = diagnosed_on(entry)
    return date is None, date or PartialDate(LATEST_YEAR)


def _doubt(entry: Entry) -> str:
    verified = any_codes(entry.resource.get("verificationStatus"))
    if "refuted" in verified:
        return _("It was refuted.")
    return _("It is not confirmed.") if verified & _NOT_SURE else ""


def _diseases(entry: Entry) -> list[Disease]:
    """What its codes tell, or its name where no code does; a variant stands above its group."""
    concepts = [entry.resource.get("code")]
    concepts += [
        each.get("valueCodeableConcept") for each in extensions(entry.resource, _MORPHOLOGY)
    ]
    found = dict.fromkeys(each for concept in concepts for each in _diseases_of(concept))
    if len(found) > 1 and found.keys() <= MYCOSIS_FUNGOIDES:
        found.pop(Disease.MYCOSIS_FUNGOIDES, None)
    return [*found]


def _diseases_of(concept: object) -> list[Disease]:
    coded = [found for each in codings(concept) if (found := disease_by_code(*each))]
    named = next(filter(None, map(disease_by_name, words_of(concept))), None)
    if coded:
        return [*dict.fromkeys(finer(each, named) for each in coded)]
    return [named] if named else []


def diagnosed_on(entry: Entry) -> PartialDate | None:
    asserted = (day(each.get("valueDateTime")) for each in extensions(entry.resource, *_ASSERTED))
    found = next(filter(None, asserted), None)
    return found or when(entry.resource, "onset") or day(entry.resource.get("recordedDate"))
