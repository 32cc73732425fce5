"""The clinic's vocabularies: the tables of CTCAE that it imported, and the drugs that it added."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models import ctcae, therapies
from models.adverse_event import AdverseEvent
from models.base import BOOKKEEPING, revised
from models.ctcae import CtcaeTerm, CtcaeVersion, Soc, key_of
from models.ctcae_terms import Terms
from models.drug import Drug
from models.exchange.ctcae_files import CtcaeFile, refused
from models.folding import folded
from models.roles import May
from models.store import removal, saving
from models.store.audit import Action
from models.store.entries import AS_WRITTEN, values_of
from models.store.sitting import Sitting, needs
from models.store.step import Deed, Step
from models.store.tables import AUDIT_ENTRY, CTCAE_TERM
from models.values import Grade
from models.words import _, ngettext

CTCAE = "CTCAE"
ENTERED = set(Drug.model_fields) - BOOKKEEPING
TERM = CTCAE_TERM.c


@dataclass(frozen=True)
class Imported:
    """A version of CTCAE that the clinic imported; when and by whom as the audit log tells."""

    version: CtcaeVersion
    terms: int
    classes: int
    at: dt.datetime | None
    by: str


@dataclass(frozen=True)
class CameIn:
    """What an import of CTCAE brought.

    `gone`: by another version that is there, how many of its terms are not among these; `lost`:
    terms that events of this version have and that are not among these.
    """

    version: CtcaeVersion
    terms: int
    classes: int
    gone: dict[CtcaeVersion, int]
    lost: Sequence[str]

    @property
    def words(self) -> str:
        """`CTCAE 6.0: 850 terms in 26 classes; 47 of 5.0 are not in it.`"""
        said = [
            ngettext("{n} of {version} is not in it", "{n} of {version} are not in it", n).format(
                n=n, version=version
            )
            for version, n in self.gone.items()
            if n
        ]
        words = _("CTCAE {version}: {terms} terms in {classes} classes").format(
            version=self.version, terms=self.terms, classes=self.classes
        )
        sentence = "; ".join([words, *said]) + "."
        if self.lost:
            lost = _("Events of this version have terms that are not in it: {terms}.")
            sentence += " " + lost.format(terms=", ".join(self.lost))
        return sentence


class Vocabularies:
    """They hold, for the whole program, while the clinic is open; `step`: one that can be undone.

    An import is not undone with Ctrl+Z: another import of the version takes its place.
    """

    def __init__(
        self, sitting: Sitting, step: Callable[[str | None], AbstractContextManager[Step]]
    ) -> None:
        self.sitting, self._step = sitting, step

    def hold(self) -> None:
        """Let what is on file hold from now on."""
        with self.sitting.store.reading() as session:
            terms, drugs = _terms(session), _drugs(session)
        ctcae.hold(self, terms)
        therapies.hold(self, {drug.name: drug.category for drug in drugs})

    def follow(self, deeds: Sequence[Deed]) -> None:
        """Let what a step changed of the drugs hold."""
        if any(deed.kind is Drug for deed in deeds):
            self.hold()

    def let_go(self) -> None:
        ctcae.let_go(self)
        therapies.let_go(self)

    @needs(May.READ)
    def imported(self) -> list[Imported]:
        """The versions of CTCAE that were imported; none while the starter list holds."""
        with self.sitting.store.reading() as session:
            terms, when = _terms(session), _when(session)
        return [
            Imported(version, len(own), _classes(own), *when.get(version.value, (None, "")))
            for version, own in terms.items()
        ]

    @needs(May.READ)
    def drugs(self) -> list[Drug]:
        """The clinic's own, by name."""
        with self.sitting.store.reading() as session:
            return _drugs(session)

    @needs(May.JUDGE)
    def import_ctcae(self, file: CtcaeFile) -> CameIn:
        """Let the terms of a file take the place of all that were there of their version.

        No event is changed. Raises `ClinicError` where the file has problems or no version.
        """
        if file.problems or file.version is None:
            raise refused(file)
        with self.sitting.transaction(need=May.JUDGE) as step:
            session, version = step.session, file.version
            before = _terms(session)
            session.execute(delete(CTCAE_TERM).where(TERM.version == version.value))
            session.execute(insert(CTCAE_TERM), [*_rows(version, file.terms)])
            came = _came_in(session, version, file.terms, before)
            step.say(
                Action.IMPORTED,
                vocabulary=CTCAE,
                version=version.value,
                terms=str(came.terms),
                sha256=file.sha256,
            )
        self.hold()
        return came

    @needs(May.JUDGE)
    def save_drug(self, drug: Drug, *, reason: str | None = None) -> Drug:
        """Enter or correct a drug of the clinic's own; one of the same name, once removed, is back.

        Raises `InvalidRecord` where the name is taken.
        """
        if not drug.version:
            drug = self._brought_back(drug)
        with self._step(reason) as step:
            return cast(Drug, saving.save_all(step, [drug])[0])

    def _brought_back(self, drug: Drug) -> Drug:
        """The removed one of this name with the new one's values, where there is one."""
        with self._step(None) as step:
            gone = _removed_namesake(step.session, drug)
            if gone is None:
                return drug
            removal.restore(step, gone)
            return revised(gone, **drug.model_dump(include=ENTERED))


def _terms(session: Session) -> Terms:
    """By version, in the file's order; what somebody edited beyond recognition is left out."""
    known = select(CTCAE_TERM).where(TERM.version.in_([*CtcaeVersion]), TERM.soc.in_([*Soc]))
    rows = session.execute(known.order_by(TERM.version, TERM.place)).mappings()
    found: dict[CtcaeVersion, list[CtcaeTerm]] = {}
    for row in rows:
        grades = {grade: row[f"grade_{int(grade)}"] for grade in Grade}
        term = CtcaeTerm(
            name=row["name"],
            soc=Soc(row["soc"]),
            grades={grade: said for grade, said in grades.items() if said},
            definition=row["definition"] or "",
            meddra_code=row["meddra_code"] or "",
            ncit_code=row["ncit_code"] or "",
        )
        found.setdefault(CtcaeVersion(row["version"]), []).append(term)
    return found


def _rows(version: CtcaeVersion, terms: Sequence[CtcaeTerm]) -> Iterator[dict[str, object]]:
    for place, term in enumerate(terms):
        yield {
            "version": version.value,
            "name": term.name,
            "place": place,
            "soc": term.soc.value,
            "definition": term.definition or None,
            **{f"grade_{int(grade)}": term.grades.get(grade) for grade in Grade},
            "meddra_code": term.meddra_code or None,
            "ncit_code": term.ncit_code or None,
        }


def _came_in(
    session: Session, version: CtcaeVersion, terms: Sequence[CtcaeTerm], before: Terms
) -> CameIn:
    keys = {key_of(term.name) for term in terms}
    gone = {
        other: sum(key_of(term.name) not in keys for term in own)
        for other, own in before.items()
        if other is not version
    }
    of_version = select(col(AdverseEvent.term)).where(
        col(AdverseEvent.ctcae_version) == version, col(AdverseEvent.removed_at).is_(None)
    )
    used = session.scalars(of_version.distinct())
    lost = sorted((term for term in used if key_of(term) not in keys), key=folded)
    return CameIn(version, len(terms), _classes(terms), gone, lost)


def _classes(terms: Sequence[CtcaeTerm]) -> int:
    return len({term.soc for term in terms})


def _when(session: Session) -> dict[str, tuple[dt.datetime, str]]:
    """When each version was imported last, and by whom; an entry that was edited tells nothing."""
    entries = AUDIT_ENTRY.c
    imports = select(*AS_WRITTEN).where(entries.action == Action.IMPORTED.value)
    found = {}
    for row in session.execute(imports.order_by(entries.sequence)).mappings():
        values = values_of(row)
        if values and values["new"].get("vocabulary") == CTCAE:
            found[str(values["new"].get("version"))] = (values["at"], values["user"])
    return found


def _drugs(session: Session) -> list[Drug]:
    found = session.scalars(select(Drug).where(col(Drug.removed_at).is_(None)))
    return sorted(found, key=lambda drug: folded(drug.name))


def _removed_namesake(session: Session, drug: Drug) -> Drug | None:
    removed = session.scalars(select(Drug).where(col(Drug.removed_at).is_not(None)))
    name = drug.name.casefold()
    return next((each for each in removed if each.name.casefold() == name), None)
