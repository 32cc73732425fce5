"""What the label says about rash and infusion reactions, grade by grade, and about which terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ctcae import CtcaeVersion
from models.label import (
    ANAPHYLAXIS,
    AUTOIMMUNE,
    NECROLYSES,
    RASHES,
    REACTION,
    SKIN_OTHER,
    Advice,
    Step,
    advice,
    anaphylaxis_advice,
    autoimmune_advice,
    is_autoimmune,
    necrolysis_advice,
    premedication_advice,
    rash_advice,
    reaction_advice,
)
from models.values import Grade
from tests.models.published import published
from tests.models.test_ctcae import successors

SJS, TEN = "Stevens-Johnson syndrome", "Toxic epidermal necrolysis"
MACULO_PAPULAR = "Rash maculo-papular"

versions = st.sampled_from(CtcaeVersion)


def of(term: str, grade: int, version: str = "5.0", *, by_mogamulizumab: bool = True) -> Advice:
    found = advice(term, Grade(grade), CtcaeVersion(version), by_mogamulizumab=by_mogamulizumab)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("term", "grade", "said"),
    [
        (MACULO_PAPULAR, 1, ["US PI 2018: Continue. Consider a topical corticosteroid."]),
        (
            MACULO_PAPULAR,
            2,
            [
                "US PI 2018: Interrupt. Topical corticosteroid for at least 2 weeks. Resume at "
                "grade 1 or less.",
                "EU SmPC: Interrupt and treat until grade 1 or less.",
            ],
        ),
        ("Erythroderma", 4, ["US PI 2018; EU SmPC: Stop for good."]),
        (
            SJS,
            3,
            [
                "US PI 2018; EU SmPC: Stop for good. While only suspected: stop, and restart only "
                "if it is excluded and the rash is of grade 1 or less."
            ],
        ),
        (
            REACTION,
            1,
            [
                "US PI 2018; EU SmPC: Interrupt the infusion and treat. Restart at no more than "
                "half the rate. If it comes back and cannot be managed, stop this infusion.",
                "US PI 2018: Premedicate later infusions: diphenhydramine and acetaminophen.",
                "EU SmPC: Premedicate later infusions: an antihistamine and an antipyretic.",
            ],
        ),
        (REACTION, 4, ["US PI 2018; EU SmPC: Stop for good."]),
        (ANAPHYLAXIS, 3, ["EU SmPC: Stop at once and for good."]),
        (
            "Myocarditis",
            2,
            ["US PI 2018: Autoimmune complication suspected: interrupt or stop for good, as fits."],
        ),
    ],
)
def test_what_the_labels_say(term: str, grade: int, said: list[str]) -> None:
    assert [each.words for each in of(term, grade).said] == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((MACULO_PAPULAR, 2), (MACULO_PAPULAR, 3)),
        ((REACTION, 1), (REACTION, 2)),
        ((REACTION, 1), (REACTION, 3)),
        ((SJS, 3), (SJS, 4)),
        ((SJS, 3), (TEN, 4)),
        ((ANAPHYLAXIS, 3), (ANAPHYLAXIS, 4)),
        ((MACULO_PAPULAR, 2), (SKIN_OTHER, 2)),
        ((MACULO_PAPULAR, 2), (f" {MACULO_PAPULAR} ", 2)),
    ],
)
def test_which_grades_and_terms_the_labels_treat_alike(
    one: tuple[str, int], other: tuple[str, int]
) -> None:
    assert of(*one).said == of(*other).said


@pytest.mark.parametrize("grade", [Grade.MILD, Grade.SEVERE, Grade.LIFE_THREATENING])
def test_each_group_of_terms_has_its_own_text(grade: Grade) -> None:
    assert of("Eczema", grade).said == rash_advice(grade)
    assert of(REACTION, grade).said == reaction_advice(grade)
    assert of(TEN, grade).said == necrolysis_advice()
    assert of(ANAPHYLAXIS, grade).said == anaphylaxis_advice()
    assert of("Myocarditis", grade).said == autoimmune_advice()


@given(st.sampled_from(sorted(RASHES)), versions, st.booleans())
def test_a_worse_rash_is_never_treated_more_lightly(
    term: str, version: CtcaeVersion, by_mogamulizumab: bool
) -> None:
    found = [
        of(term, grade, version, by_mogamulizumab=by_mogamulizumab).said for grade in range(1, 5)
    ]
    firmness = [
        next(n for n, word in enumerate(("Continue", "Interrupt", "Stop")) if word in said[0].text)
        for said in found
    ]
    assert firmness == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("term", "grade", "step"),
    [
        (MACULO_PAPULAR, 1, Step.GO_ON),
        (MACULO_PAPULAR, 3, Step.INTERRUPT),
        ("Erythroderma", 4, Step.STOP),
        (SJS, 3, Step.STOP),
        (REACTION, 3, Step.GO_ON),
        (REACTION, 4, Step.STOP),
        (ANAPHYLAXIS, 3, Step.STOP),
        ("Guillain-Barre syndrome", 2, Step.DECIDE),
        ("Alanine aminotransferase increased", 3, Step.DECIDE),
    ],
)
def test_what_is_asked_for_before_the_next_infusion(term: str, grade: int, step: Step) -> None:
    assert of(term, grade).step is step


@pytest.mark.parametrize("term", ["Alanine aminotransferase increased", "Hypothyroidism"])
def test_a_mild_one_is_no_autoimmune_complication(term: str) -> None:
    assert not is_autoimmune(term, Grade.MODERATE)
    assert is_autoimmune(term, Grade.SEVERE)


def test_another_skin_disorder_counts_only_where_it_comes_of_mogamulizumab() -> None:
    version = CtcaeVersion.V5_0
    assert advice(SKIN_OTHER, Grade.MILD, version, by_mogamulizumab=True) is not None
    assert advice(SKIN_OTHER, Grade.MILD, version, by_mogamulizumab=False) is None


@pytest.mark.parametrize("term", ["Pruritus", "Alopecia", "Urticaria", "Fatigue", ""])
def test_of_other_terms_nothing_is_said(term: str) -> None:
    assert all(
        advice(term, grade, CtcaeVersion.V5_0, by_mogamulizumab=True) is None for grade in Grade
    )


@given(st.sampled_from(sorted(RASHES | NECROLYSES | {REACTION, ANAPHYLAXIS})), versions)
def test_of_death_nothing_is_said(term: str, version: CtcaeVersion) -> None:
    assert advice(term, Grade.DEATH, version, by_mogamulizumab=True) is None


CAVEAT = (
    "CTCAE 5.0 has no grade 4 for this term: code a life-threatening rash by another, such as "
    "bullous dermatitis or erythroderma."
)


@pytest.mark.parametrize(
    ("term", "grade", "version", "caveat"),
    [
        (MACULO_PAPULAR, 2, "5.0", ""),
        (MACULO_PAPULAR, 3, "5.0", CAVEAT),
        (MACULO_PAPULAR, 4, "5.0", CAVEAT),
        (MACULO_PAPULAR, 3, "4.03", ""),
        (MACULO_PAPULAR, 4, "6.0", ""),
        ("Erythroderma", 4, "5.0", ""),
        (SKIN_OTHER, 4, "5.0", ""),
    ],
)
def test_a_rash_that_cannot_be_graded_4_is_told(
    term: str, grade: int, version: str, caveat: str
) -> None:
    assert of(term, grade, version).caveat == caveat


@pytest.mark.parametrize(
    ("first", "had_reaction", "said"),
    [(True, False, 2), (True, True, 2), (False, True, 2), (False, False, 0)],
)
def test_premedication_before_the_first_infusion_and_after_a_reaction(
    first: bool, had_reaction: bool, said: int
) -> None:
    found = premedication_advice(first=first, had_reaction=had_reaction)
    assert [each.words for each in found] == [
        "US PI 2018: Premedicate: diphenhydramine and acetaminophen.",
        "EU SmPC: Premedicate: an antihistamine and an antipyretic.",
    ][:said]


NEW_IN_6 = {
    *("Dermatitis psoriasiform", "Dermatosis bullous", "Eczematous dermatitis"),
    *("Exfoliative dermatitis", "Lichenoid dermatitis"),
    *("Papulovesicular rash", "Pustular drug eruption"),
}


def test_the_terms_are_spelled_as_published() -> None:
    rows = {row["term"]: row for row in published("ctcae-v5.0.csv")}
    ours = RASHES | NECROLYSES | {REACTION, ANAPHYLAXIS, SKIN_OTHER}
    assert set(AUTOIMMUNE) - {"Hepatitis", "Glomerulonephritis"} <= set(rows)
    assert ours - set(rows) == NEW_IN_6
    assert not rows[MACULO_PAPULAR]["grade_4"].strip("- ")
    assert rows["Erythroderma"]["grade_4"].strip("- ")
    assert rows["Bullous dermatitis"]["grade_4"].strip("- ")


def test_what_a_rash_became_in_version_6_is_a_rash_too() -> None:
    became = successors()
    assert became["Bullous dermatitis"] == {"Dermatosis bullous"}
    of_rashes = [found for term, found in became.items() if term in RASHES]
    assert len(of_rashes) == 9
    assert set().union(*of_rashes) <= RASHES
