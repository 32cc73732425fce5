"""What is said beside each grade, held against the NCI's own tables."""

import re

import pytest

from models import ctcae
from models.ctcae import CtcaeTerm, CtcaeVersion, Soc, grades_of, meaning
from models.grade_words import IN_BOTH, IN_V5, IN_V6, whose, wording
from models.values import Grade
from tests.models.published import published
from tests.models.test_ctcae import CLEAN_COPY, _sheet

V5, V6 = CtcaeVersion.V5_0, CtcaeVersion.V6_0
OWN = [(term, version) for version, own in ((V5, IN_V5), (V6, IN_V6)) for term in own]
OWN += [(term, version) for term in IN_BOTH for version in (V5, V6)]


def as_published(term: str, version: CtcaeVersion) -> dict[Grade, str]:
    if version is V5:
        (row,) = [row for row in published("ctcae-v5.0.csv") if row["term"] == term]
        return {grade: row[f"grade_{int(grade)}"] for grade in Grade}
    (row,) = [row for row in _sheet(CLEAN_COPY) if row["C"].strip() == term]
    return {grade: row.get(column, "") for grade, column in zip(Grade, "DEFGH", strict=True)}


def numbers(text: str) -> set[float]:
    joined = re.sub(r"(?<=\d)[ ,](?=\d{3})", "", text)
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", joined)}


@pytest.mark.parametrize(("term", "version"), OWN)
def test_only_grades_that_exist_are_worded_and_no_number_is_made_up(
    term: str, version: CtcaeVersion
) -> None:
    said = as_published(term, version)
    known = grades_of(term, version) or ()
    own = {**IN_BOTH, **(IN_V5 if version is V5 else IN_V6)}[term]
    assert set(own) <= {int(grade) for grade in known}
    for grade in known:
        if wording(term, version, grade) != meaning(grade):
            assert numbers(wording(term, version, grade)) <= numbers(said[grade])


def test_the_rash_is_worded_by_version() -> None:
    assert wording("rash maculopapular", V5, Grade.MILD) == "less than 10 % of the skin"
    assert wording("Rash maculo-papular", V6, Grade.MILD) == "without symptoms"


@pytest.mark.parametrize(
    ("term", "version", "grade"),
    [
        ("Rash maculo-papular", "6.0", Grade.LIFE_THREATENING),
        ("Rash maculo-papular", "4.03", Grade.MILD),
        ("Blue hands", "5.0", Grade.SEVERE),
    ],
)
def test_otherwise_the_grade_has_its_general_meaning(term: str, version: str, grade: Grade) -> None:
    assert wording(term, version, grade) == meaning(grade)


def test_an_imported_table_holds_for_its_version_until_it_is_let_go() -> None:
    hiccups = CtcaeTerm("Hiccups", Soc.RESPIRATORY, {Grade.MILD: "Mild <of course"})
    owner, before = object(), dict(ctcae.terms())
    ctcae.hold(owner, {V6: [hiccups]})
    try:
        assert wording("hiccups", V6, Grade.MILD) == "Mild <of course"
        assert whose("Hiccups", V6) == "As the NCI words it, CTCAE 6.0."
        assert whose("Pruritus", V5) == "CTCAE 5.0, simplified in our words."
        assert whose("Hiccups", V5) == "The general meaning of the grades, in our words."
        assert ctcae.terms() == {**before, V6: [hiccups]}
        assert ctcae.newest_imported() is V6
    finally:
        ctcae.let_go(owner)
    assert ctcae.newest_imported() is None
    assert whose("Hiccups", V6) == "The general meaning of the grades, in our words."
