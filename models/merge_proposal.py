"""What merging two entries of one person would change, worked out before it happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.base import FieldWords, PatientRecord, described_fields, revised
from models.contradictions import contradictions
from models.contradictions.finding import named
from models.history import History
from models.patient import Patient
from models.records import OF_A_PATIENT
from models.values import Choice
from models.words import N_, _

MOST_NAMED = 6
TOGETHER = frozenset({"allergies", "comorbidities", "notes"})


class Stands(Choice):
    """Whose detail stands after the merge."""

    KEPT = N_("of the patient who is kept")
    DUPLICATE = N_("of the duplicate")
    BOTH = N_("both")


@dataclass(frozen=True)
class Difference:
    """A detail that is not the same for both; `kept` is None where the duplicate fills a gap."""

    words: FieldWords
    kept: Any
    duplicate: Any

    @property
    def conflict(self) -> bool:
        return self.kept is not None

    @property
    def choices(self) -> tuple[Stands, ...]:
        """Several lines of text can stand together."""
        both = (Stands.BOTH,) if self.conflict and self.words.multiline else ()
        return (Stands.KEPT, Stands.DUPLICATE, *both)

    @property
    def usual(self) -> Stands:
        """A gap is filled; allergies, comorbidities and notes of neither are lost."""
        if not self.conflict:
            return Stands.DUPLICATE
        return Stands.BOTH if self.words.name in TOGETHER else Stands.KEPT

    def standing(self, chosen: Stands) -> Any:
        if chosen is Stands.BOTH:
            return f"{self.kept}\n{self.duplicate}"
        return self.kept if chosen is Stands.KEPT else self.duplicate


@dataclass(frozen=True)
class MergeProposal:
    """The history of the patient who is kept and that of the duplicate, before the merge."""

    kept: History
    duplicate: History

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the duplicate has another detail; its MRN goes on finding the one who is kept."""
        one, other = self.kept.patient, self.duplicate.patient
        found = (
            Difference(words, getattr(one, words.name), getattr(other, words.name))
            for words in described_fields(Patient)
            if words.name != "mrn"
        )
        return [each for each in found if each.duplicate not in {None, each.kept}]

    def patient(self, chosen: Mapping[str, Stands]) -> Patient:
        """The one who is kept with the details chosen by field; raises `InvalidRecord`."""
        changes = {
            each.words.name: each.standing(chosen.get(each.words.name, each.usual))
            for each in self.differences
        }
        return revised(self.kept.patient, **changes)

    def warnings(self, patient: Patient) -> list[str]:
        """What would have to be put right after the merge, in sentences."""
        found = []
        if self.recorded_for_both:
            both = _("Recorded for both, so twice after the merge: {records}.")
            found.append(both.format(records=_the_first(self.recorded_for_both, ", ")))
        contradicting = self.new_contradictions(patient)
        if contradicting:
            told = _("Would contradict each other: {sentences}")
            found.append(told.format(sentences=_the_first(contradicting, " ")))
        return found

    @cached_property
    def recorded_for_both(self) -> list[str]:
        """What is called the same in both: `visit of 3 Jan 2020`."""
        return [name for name in self._names(self.kept) if name in self._names(self.duplicate)]

    def new_contradictions(self, patient: Patient) -> list[str]:
        """What would not go together afterwards and is not told of either now."""
        united = History.of_records(
            patient,
            [*self.kept.by_id.values(), *self.duplicate.by_id.values()],
            self.kept.practice,
            self.kept.confirmed,
        )
        return [
            found.sentence
            for found in contradictions(united)
            if found.sentence not in self._known and not _twice(found.records)
        ]

    @cached_property
    def _known(self) -> set[str]:
        both = (self.kept, self.duplicate)
        return {found.sentence for each in both for found in contradictions(each)}

    @staticmethod
    def _names(history: History) -> dict[str, None]:
        return dict.fromkeys(named(record) for record in history.by_id.values())


def counted(history: History) -> list[str]:
    """`12 infusions`, `1 visit`: how much of each kind is recorded."""
    numbers = ((kind, len(history.of(kind))) for kind in OF_A_PATIENT)
    return [f"{n} {_(kind.singular if n == 1 else kind.plural)}" for kind, n in numbers if n]


def _twice(records: tuple[PatientRecord | Patient, ...]) -> bool:
    """Two records of one name, which are told as recorded for both."""
    names = [named(record) for record in records if isinstance(record, PatientRecord)]
    return len(names) > 1 and len(set(names)) == 1


def _the_first(names: Sequence[str], between: str) -> str:
    more = len(names) - MOST_NAMED
    first = between.join(names[:MOST_NAMED])
    return f"{first} {_('and {n} more').format(n=more)}" if more > 0 else first
