"""Which passwords are refused, with which words, and that good ones pass."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import ClinicError
from models.store.passwords import LONGEST_PASSWORD, checked_password, problem_with

ROOT = Path(__file__).parents[3]
EASY = "easy to guess"
ABOUT = ("zoë", "Zoë Weiß", "Skin Clinic Lindby")


@pytest.mark.parametrize(
    "password",
    [
        "three unrelated words",
        "lamp river cotton",
        "Stuhl Regen Kaffee",
        "кошка диван лампа",
        "郵便局と電車と青い空です",
        "kX9#mQ2vLp",
        "zoë weiß: lamp river cotton",
        "lamp river cotton " * 50,
    ],
)
def test_a_phrase_or_ten_random_characters_will_do(password: str) -> None:
    assert problem_with(password, ABOUT) == ""
    checked_password(password, about=ABOUT)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "shorter than 10"),
        ("kX9#mQ2vL", "shorter than 10"),
        ("kX9#mQ2ve\u0301", "shorter than 10"),
        ("x" * (LONGEST_PASSWORD + 1), "longer than 1000"),
        ("password12345", EASY),
        ("qwertzuiop12", EASY),
        ("P@ssw0rd2026", EASY),
        ("abcabcabcabc", EASY),
        ("a" * LONGEST_PASSWORD, EASY),
        ("another password", EASY),
        ("Mogamulizumab1", EASY),
        ("Sk1nCl1n1c2026", EASY),
        ("Skin Clinic Lindby2026", EASY),
        ("lindby-skin-clinic!", EASY),
        ("Weiss-Sézary-2026", EASY),
        ("Brentuximab + Vedotin", EASY),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, words: str) -> None:
    assert words in problem_with(password, ABOUT)
    with pytest.raises(ClinicError, match="unrelated words") as refused:
        checked_password(password, about=ABOUT)
    assert refused.value.happened == problem_with(password, ABOUT)
    assert len(password) < 5 or password not in str(refused.value)


def test_names_count_only_where_they_are_known() -> None:
    assert problem_with("Gudrun Olafsdottir", ()) == ""
    assert EASY in problem_with("Gudrun Olafsdottir", ["Olafsdottir, Gudrun"])


@given(st.text(alphabet=st.characters() | st.sampled_from("a@4 2"), min_size=8, max_size=40))
def test_whatever_is_typed_gets_an_answer(password: str) -> None:
    problem = problem_with(password, ("a4", "@ 2"))
    assert problem == "" or problem.startswith("The password is ")


def test_the_lists_are_loaded_when_a_password_is_chosen() -> None:
    program = "import sys, models.store.clinic; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode == 0
