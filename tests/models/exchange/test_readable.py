"""Text that every page and every file can hold."""

import pytest

from tests.models import builders as a


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\ud800b", "a\uffffb", "a\x9fb"])
def test_what_is_no_text_is_left_out(text: str) -> None:
    assert a.visit(a.START, notes=text).notes == "ab"


def test_line_breaks_are_all_the_same() -> None:
    assert a.visit(a.START, notes="a\r\nb\rc\x0bd").notes == "a\nb\nc\nd"


def test_what_has_one_line_in_a_form_has_one_wherever_it_comes_from() -> None:
    assert a.event(verbatim="red\r\nspots").verbatim == "red spots"


def test_a_drug_stands_on_one_line_and_a_semicolon_between_two() -> None:
    assert a.line(drug=" low-dose\n methotrexate").regimen == ["low-dose methotrexate"]
    assert a.line(drug="bexarotene; PUVA;").regimen == ["bexarotene", "PUVA"]
