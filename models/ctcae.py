"""CTCAE as it holds at the clinic that is open: its terms, and which grades each has."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from models.ctcae_terms import NAMES, STARTER, CtcaeTerm, CtcaeVersion, Soc, Terms
from models.in_force import InForce
from models.rules import rule
from models.values import Grade
from models.words import N_, _

__all__ = ["NAMES", "CtcaeTerm", "CtcaeVersion", "Soc"]

_MEANING = {
    Grade.MILD: N_("mild or without symptoms; no treatment needed"),
    Grade.MODERATE: N_("moderate; limits household and errands; little treatment"),
    Grade.SEVERE: N_("severe, not at once life-threatening; hospital, or limits self-care"),
    Grade.LIFE_THREATENING: N_("life-threatening; needs treatment at once"),
    Grade.DEATH: N_("death from the event"),
}


@rule(N_("Meaning of the grades"), "NCI, CTCAE 5.0 (2017) and 6.0 (2025)")
def meaning(grade: Grade) -> str:
    """Grade 1 is mild or without symptoms and needs no treatment. Grade 2 is moderate: it limits
    shopping, cooking and the like, or needs little, local or non-invasive treatment. Grade 3 is
    severe but not at once life-threatening: it disables, limits self-care, or leads to or
    prolongs a stay in hospital. Grade 4 is life-threatening and needs treatment at once. Grade 5
    is death from the event. What a term itself says about its grades stands above this.
    """
    return _(_MEANING[grade])


@rule(N_("Grades that a term has"), "NCI, CTCAE 5.0 (2017) and 6.0 (2025)")
def grades_of(term: str, version: str) -> tuple[Grade, ...] | None:
    """Only the grades that CTCAE gives a term exist for it: a maculo-papular rash has grades 1 to 3
    in version 5.0 and 1 to 5 in 6.0; toxic epidermal necrolysis has 4 and 5 only. Where the clinic
    has imported the NCI's table of a version, that table tells. Otherwise the program knows some
    90 terms in versions 5.0 and 6.0. It does not know the grades of other terms, of a term in a
    version that lacks it, nor those of version 4.03 without its table, and then leaves all five
    open. An event keeps the version in which it was graded; an import regrades nothing.

    Raises `ValueError` naming the versions for an unknown one.
    """
    known = term_of(term, version)
    return tuple(known.grades) if known else None


def term_of(term: str, version: str) -> CtcaeTerm | None:
    """The term in this version; raises `ValueError` naming the versions for an unknown one."""
    return _IN_FORCE.now.tables.get(CtcaeVersion.named(version), {}).get(key_of(term))


def names_of(version: str | None) -> tuple[str, ...]:
    """The terms to choose from in a version, those met most first; all where none is chosen.

    Of version 4.03 without a table the names are those of 5.0, which followed it.

    Raises `ValueError` naming the versions for an unknown one.
    """
    names = _IN_FORCE.now.names
    if version is None:
        return names[None]
    chosen = CtcaeVersion.named(version)
    return names[chosen if chosen in names else CtcaeVersion.V5_0]


def soc_of(term: str, version: str | None = None) -> Soc | None:
    """The system organ class of a term: in its version, or else in the first that has it.

    None where the program does not know it.
    """
    known = (term_of(term, version) if version else None) or _anywhere(term)
    return known.soc if known else None


def canonical(term: str) -> str:
    """The name as CTCAE writes it, whatever the case and the hyphens; an unknown term as typed."""
    known = _anywhere(term)
    return known.name if known else term.strip()


def terms() -> Terms:
    """Those that hold, by version: another process can hold them as well."""
    tables = _IN_FORCE.now.tables
    return {version: [*table.values()] for version, table in tables.items()}


def newest_imported() -> CtcaeVersion | None:
    """None where the clinic has imported none."""
    return _IN_FORCE.now.newest


def hold(owner: object, imported: Terms) -> None:
    """From now on the tables that a clinic imported hold, and the starter list for the others."""
    _IN_FORCE.hold(owner, _tables({**STARTER, **imported}, imported))


def let_go(owner: object) -> None:
    """The clinic is closed: its tables hold no more."""
    _IN_FORCE.let_go(owner)


class _Tables(NamedTuple):
    """`tables`: by version and key; `names`: by version, and all of them; `anywhere`: by key;
    `newest`: of the versions that were imported.
    """

    tables: dict[CtcaeVersion, dict[str, CtcaeTerm]]
    names: dict[CtcaeVersion | None, tuple[str, ...]]
    anywhere: dict[str, CtcaeTerm]
    newest: CtcaeVersion | None


def _tables(terms: Terms, imported: Collection[CtcaeVersion] = ()) -> _Tables:
    tables = {
        version: {key_of(term.name): term for term in terms[version]}
        for version in CtcaeVersion
        if version in terms
    }
    anywhere = {key: each for table in reversed(tables.values()) for key, each in table.items()}
    names: dict[CtcaeVersion | None, tuple[str, ...]] = {
        version: tuple(_met_most_first(table)) for version, table in tables.items()
    }
    newest = next((each for each in reversed(CtcaeVersion) if each in imported), None)
    return _Tables(tables, names | {None: tuple(_met_most_first(anywhere))}, anywhere, newest)


def _met_most_first(table: dict[str, CtcaeTerm]) -> Iterator[str]:
    """Those of the starter list in its order, then the others in theirs."""
    first = dict.fromkeys(key for key in map(key_of, NAMES) if key in table)
    return (table[key].name for key in first | dict.fromkeys(table))


def _anywhere(term: str) -> CtcaeTerm | None:
    return _IN_FORCE.now.anywhere.get(key_of(term))


def key_of(term: str) -> str:
    """What two spellings of one term have in common."""
    return "".join(filter(str.isalnum, term.casefold()))


_IN_FORCE = InForce(_tables(STARTER))
