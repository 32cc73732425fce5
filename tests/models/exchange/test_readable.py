"""Text that every file can hold: what no page shows is refused, line breaks are all the same."""

import pytest

from models.base import InvalidRecord
from tests.models import builders as a


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\ud800b", "a\uffffb", "a\x9fb"])
def test_what_is_no_text_is_refused_in_its_field(text: str) -> None:
    with pytest.raises(InvalidRecord) as told:
        a.visit(a.START, notes=text)
    assert told.value.problems == {
        "notes": "This holds a character that is no text: type it again."
    }


def test_line_breaks_are_all_the_same() -> None:
    assert a.visit(a.START, notes="a\r\nb\rc\x0bd").notes == "a\nb\nc\nd"


def test_a_drug_stands_on_one_line_and_without_a_semicolon() -> None:
    assert a.line(drug=" low-dose\n methotrexate").regimen == ["low-dose methotrexate"]
    with pytest.raises(InvalidRecord) as told:
        a.line(drug="bexarotene; PUVA")
    assert told.value.problems == {"regimen": "Name each drug by itself, without a semicolon."}
