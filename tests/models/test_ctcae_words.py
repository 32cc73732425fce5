"""The patient's own words and the terms that they may mean."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.ctcae import NAMES, names_of
from models.ctcae_words import proposed_terms, said_for, unmistakable
from models.said_for import SAID_FOR

VERSIONS = ("5.0", "6.0")
EVERY_TERM = [(name, version) for version in VERSIONS for name in names_of(version)]
TYPED = st.text(alphabet="abcdeghilmnoprstuy é-;5", max_size=24)


@pytest.mark.parametrize(("term", "version"), EVERY_TERM)
def test_a_term_is_found_by_its_name_and_by_whatever_is_said_for_it(
    term: str, version: str
) -> None:
    assert proposed_terms(term, version)[0] == term
    assert unmistakable(term, version) == term
    for said in SAID_FOR[term].split(";"):
        assert term in proposed_terms(said, version)


def test_every_term_has_a_plain_word_besides_its_name() -> None:
    assert set(SAID_FOR) == set(NAMES)
    for term in NAMES:
        assert any(said_for(term, said) for said in SAID_FOR[term].split(";")), term


@pytest.mark.parametrize(
    ("words", "term"),
    [
        *(("itch", "Pruritus"), ("rash", "Rash maculo-papular"), ("shivers", "Chills")),
        *(("shaking", "Chills"), ("hot", "Fever"), ("tired", "Fatigue"), ("sick", "Nausea")),
        *(("loose stools", "Diarrhea"), ("runny nose", "Upper respiratory infection")),
        *(("short of breath", "Dyspnea"), ("dry skin", "Dry skin"), ("hair loss", "Alopecia")),
        *(("skin eruption", "Rash maculo-papular"), ("being sick", "Vomiting")),
        *(("Diarrhoea", "Diarrhea"), ("ANÆMIA", "Anemia"), ("low haemoglobin", "Anemia")),
        *(("swollen legs", "Edema limbs"), ("oedema", "Edema limbs"), ("rigours", "Chills")),
        *(("rashes", "Rash maculo-papular"), ("headaches", "Headache")),
        *(("itchy red spots", "Rash maculo-papular"), ("maculopapular", "Rash maculo-papular")),
        *(("itchy scalp since Sunday, worse at night", "Pruritus"),),
        *(("loose stools since Monday", "Diarrhea"),),
        *(("Itchy since yesterday", "Pruritus"), ("rash on both arms", "Rash maculo-papular")),
        *(("very tired after infusion", "Fatigue"), ("fever 39.2", "Fever")),
        *(("pruritis", "Pruritus"), ("shivring", "Chills"), ("short of breht", "Dyspnea")),
    ],
)
def test_what_is_said_means_one_term(words: str, term: str) -> None:
    assert unmistakable(words, "5.0") == term


@pytest.mark.parametrize(
    "words", ["", "sore", "cold", "liver values", "red", "xyz", "5", "itcch y"]
)
def test_what_may_mean_several_terms_or_none_is_left_open(words: str) -> None:
    assert unmistakable(words, "5.0") is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("shivers and red spots", ("Rash maculo-papular", "Chills")),
        ("shivring and spots", ("Rash maculo-papular", "Chills")),
        ("itchy behind the curtains", ("Pruritus",)),
        ("the stools are loose as water", ("Diarrhea",)),
        ("cannot stand it, tired", ("Fatigue",)),
    ],
)
def test_a_part_of_the_words_is_enough_to_offer_a_term_but_not_to_fill_it_in(
    words: str, first: tuple[str, ...]
) -> None:
    assert proposed_terms(words, "5.0") == first
    assert unmistakable(words, "5.0") is None


def test_who_names_two_complaints_is_offered_both() -> None:
    assert set(proposed_terms("fever and chills", "5.0")[:2]) == {"Fever", "Chills"}
    assert unmistakable("fever and chills", "5.0") is None
    assert said_for("Chills", "fever and shivers") == "shivers"


def test_a_single_word_is_the_last_resort() -> None:
    assert "Pain of skin" in proposed_terms("burning everywhere", "5.0")
    assert unmistakable("burning everywhere", "5.0") is None
    assert proposed_terms("cannot see", "5.0") == ()


def test_the_best_comes_first_and_says_why() -> None:
    assert proposed_terms("sore", "5.0")[:2] == ("Pain of skin", "Mucositis oral")
    assert said_for("Pruritus", "itch") == "itch"
    assert said_for("Rash maculo-papular", "itch") == "itchy rash"
    assert said_for("Chills", "cold") == "feeling cold"
    assert said_for("Pruritus", "prur") == ""
    assert proposed_terms("swollen face", "5.0")[0] == "Edema face"


def test_a_term_that_the_version_lacks_is_left_out() -> None:
    assert proposed_terms("eczema", "5.0") == ("Eczema",)
    assert proposed_terms("eczema", "6.0")[0] == "Eczematous dermatitis"
    assert proposed_terms("eczema", "4.03") == proposed_terms("eczema", "5.0")
    assert {"Eczema", "Eczematous dermatitis"} <= set(proposed_terms("ecz", None))
    assert proposed_terms("", "6.0") == names_of("6.0")


def test_an_error_in_a_short_word_or_a_first_letter_is_not_forgiven() -> None:
    assert proposed_terms("ihch", "5.0") == ()
    assert proposed_terms("ghivers", "5.0") == ()


@given(words=TYPED, version=st.sampled_from([*VERSIONS, "4.03", None]))
def test_whatever_is_typed(words: str, version: str | None) -> None:
    found = proposed_terms(words, version)
    assert len(set(found)) == len(found)
    assert set(found) <= set(names_of(version))
    assert proposed_terms(words.upper(), version) == found
    assert unmistakable(words, version) in {None, *found}


@given(st.data())
def test_one_error_in_a_long_word_still_finds_the_term(data: st.DataObject) -> None:
    term = data.draw(st.sampled_from([name for name in NAMES if name.isalpha()]))
    version = "5.0" if term in names_of("5.0") else "6.0"
    at = data.draw(st.integers(1, len(term) - 2))
    letter = data.draw(st.sampled_from("abcdefghiklmnoprtuvwy"))
    swapped = term[:at] + term[at + 1] + term[at] + term[at + 2 :]
    for misspelt in (term[:at] + letter + term[at + 1 :], term[:at] + term[at + 1 :], swapped):
        assume(not any(spelling in misspelt.lower() for spelling in ("ae", "oe", "our")))
        assert term in proposed_terms(misspelt, version) or len(misspelt) < 6
