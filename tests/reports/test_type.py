"""Texts on paper: nothing is dropped, lines are no wider than their room."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fonts import measure
from reports.shaping import INVISIBLE, JOINERS, runs
from reports.type import BOLD, PLAIN, Look, fitting, printable, width_of, wrapped

SCRIPTS = (
    "aé Łß Ελ Жи שלום محمد علی क्षत्रिय ก็นี่ გი 王小明 ガ 김 e\u0301 x\u0304"
    " ()[] 12-34 .,·≥ \u200c\u00ad😀\ue000"
)
texts = st.text(st.sampled_from(SCRIPTS) | st.characters(max_codepoint=0x2FFF), max_size=60)
looks = st.sampled_from((PLAIN, BOLD, Look(14)))
NARROW = 1e-6


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\u200bc", "a b c"),
        ("a\tb\rc", "a b c"),
        ("one\ntwo", "one\ntwo"),
        ("e\u0301", "é"),
        ("Ж Ω ł µ ² −", "Ж Ω ł µ ² −"),
        ("co\u00adoperate", "cooperate"),
        ("\u2067שלום\u2069", "שלום"),
        ("علی\u200cزاده", "علی\u200cزاده"),
        ("a\u200cb", "ab"),
        ("5\u00a0mg", "5\u00a0mg"),
        ("\U00013000", "[U+13000]"),
        ("\ud800", " "),
        ("\uf8ff", "[U+F8FF]"),
        ("", ""),
    ],
)
def test_printable(typed: str, shown: str) -> None:
    assert printable(typed) == shown


@given(texts)
def test_no_sign_is_dropped(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    for sign in INVISIBLE.sub("", unicodedata.normalize("NFC", text)):
        blank = unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or sign in JOINERS
        assert blank or sign in shown or f"[U+{ord(sign):04X}]" in shown


@given(texts, looks)
def test_what_is_measured_is_what_is_drawn(text: str, look: Look) -> None:
    line = printable(text).replace("\n", " ")
    drawn = sum(run.width for run in runs(line, look.strong)) * look.size
    assert measure(text.replace("\n", " "), look.size, look.strong) == pytest.approx(drawn)
    parts = [*filter(None, line.split(" "))]
    spaces = line.count(" ") * width_of(" ", look)
    assert sum(width_of(part, look) for part in parts) + spaces == pytest.approx(drawn)


@given(texts, st.floats(20, 300), looks)
def test_lines_keep_within_their_room(text: str, room: float, look: Look) -> None:
    lines = wrapped(text, room, look)
    assert bare("".join(lines)) == bare(printable(text))
    assert all(width_of(line, look) <= room + NARROW or len(line) < 12 for line in lines)


@given(texts, st.floats(20, 300), looks)
def test_what_is_cut_says_so(text: str, room: float, look: Look) -> None:
    line = fitting(text, room, look)
    assert width_of(line, look) <= room + NARROW
    whole = printable(text).replace("\n", " ")
    assert line == whole or line.endswith("…")


def test_a_word_is_not_broken_where_it_has_room() -> None:
    assert wrapped("mogamulizumab was given", 70, PLAIN) == ["mogamulizumab", "was given"]
    assert wrapped("x" * 100, 100, PLAIN)[0] == "x" * 23


def test_chinese_breaks_at_every_letter_but_not_before_a_full_stop() -> None:
    lines = wrapped("病人王小明。" * 12, 100, PLAIN)
    if printable("病") == "病":
        assert len(lines) < 8
    assert not any(line.startswith("。") for line in lines)


def test_an_arabic_line_reads_from_the_right() -> None:
    first, *_others = runs("محمد، مريض.", False)
    assert first.signs == "."
    name, *_rest = runs("محمد, Anna", False)
    assert name.font != "Roboto"


@pytest.mark.parametrize("text", ["محمد 12 mg", "שָׁלוֹם, 12 mg", "Anna محمد: 12"])
def test_a_dose_stays_behind_an_arabic_or_hebrew_name(text: str) -> None:
    assert "12" in runs(text, False)[-1].signs


def test_a_number_between_arabic_words_stays_between_them() -> None:
    anna, _year, _gap, number, _blank, _age = runs("Anna عمره 45 سنة", False)
    assert (anna.signs, number.signs) == ("Anna ", "45")


def test_long_texts_are_quick_to_wrap() -> None:
    for letter in ("x", "م", "王", "क"):
        assert len(wrapped(letter * 10_000, 200, PLAIN)) > 50


def test_of_several_blank_lines_one_is_left() -> None:
    assert wrapped("one\n\n \n\r\ntwo\nthree", 100, PLAIN) == ["one", "", "two", "three"]


@pytest.mark.parametrize("held", ["20.1 mL", "31 August 2026", "3400 cells/µL", "66.5 mg", "12 %"])
def test_a_number_keeps_its_unit_and_a_day_its_month(held: str) -> None:
    text = f"one two three {held} four five"
    for room in range(50, 160):
        lines = wrapped(text, room, PLAIN)
        assert " ".join(" ".join(lines).split()) == text
        if width_of(held, PLAIN) <= room:
            assert any(held in line for line in lines)
