"""What left as FHIR comes back as it was; what is spoilt is told in sentences."""

import contextlib
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.attachment import Attachment
from models.base import ClinicError, NoPage, Record, build
from models.demo.case import MRN, published_case
from models.exchange.arrivals import Arrival, Reading
from models.exchange.fhir import bundle, loading, reading
from models.exchange.fhir.elements import BASE
from models.exchange.outgoing import write_into
from models.exchange.reading import read
from models.history import History
from models.records import OF_A_PATIENT
from models.store.clinic import Clinic
from reports.asked import Asked, Printing
from reports.catalogue import REPORTS
from tests.models import builders as a
from tests.models.exchange.records_made import content_of, histories
from tests.thorough import times

PRINTING = Printing("Skin Clinic", "anna", dt.datetime(2026, 11, 1, 14, 2, tzinfo=dt.UTC))
Bundle = dict[str, Any]


def quietly(_done: int, _all: int) -> None:
    """Nobody waits."""


def bundle_of(*of: History, content: Any = None) -> Bundle:
    files = {file.name: file.content for file in bundle.fhir_files(of, content)}
    read: Bundle = json.loads(files["bundle.json"])
    return read


def reading_of(text: str | bytes | Bundle, folder: Path) -> Reading:
    path = folder / "bundle.json"
    content = json.dumps(text) if isinstance(text, dict) else text
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path, quietly)


def record_of(arrival: Arrival, like: Record) -> Record:
    """The record as the store builds it."""
    values = {**arrival.values, "id": arrival.key}
    if arrival.kind in OF_A_PATIENT:
        values["patient"] = like.model_dump()["patient"]
    if isinstance(like, Attachment):
        assert arrival.content == content_of(like)
        values["sha256"] = like.sha256
    return build(arrival.kind, values)


@settings(max_examples=times(12))
@given(history=histories())
def test_records_of_every_kind_come_back_as_they_were(
    history: History, tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = bundle_of(history, content=content_of)
    read = reading_of(written, tmp_path_factory.getbasetemp())
    assert (read.problems, read.left) == ([], [])
    known = {
        str(history.patient.id): history.patient,
        **{str(k): v for k, v in history.by_id.items()},
    }
    assert {arrival.key for arrival in read.arrivals} == set(known)
    for arrival in read.arrivals:
        assert record_of(arrival, known[arrival.key]) == known[arrival.key]
        assert arrival.mrn == history.patient.mrn


def taken_in(clinic: Clinic, path: Path) -> Reading:
    found = read(path, quietly)
    assert not found.problems
    clinic.take_in(found.arrivals, clinic.look_through(found.arrivals))
    return found


def printed_of(history: History) -> dict[str, bytes]:
    """Every report there can be of the whole patient."""
    asked, printed = Asked(history, dt.date(2020, 4, 27)), {}
    for name, report in REPORTS.items():
        with contextlib.suppress(NoPage):
            printed[name] = report.build(asked, PRINTING)
    return printed


def test_the_case_goes_out_and_into_an_empty_clinic_and_prints_the_same_pages(
    clinic: Clinic, tmp_path: Path
) -> None:
    patient, *records = published_case()
    before = History.of_records(patient, records)  # type: ignore[arg-type]
    write_into(tmp_path / "out", bundle.fhir_files([before], None))
    assert taken_in(clinic, tmp_path / "out").left == []
    (after,) = clinic.histories()
    assert after.patient.mrn == MRN
    printed = [printed_of(before), printed_of(after)]
    assert printed[0] == printed[1]
    assert len(printed[0]) > 3
    again = read(tmp_path / "out", quietly)
    assert {each.fate.name for each in clinic.look_through(again.arrivals)} == {"SAME"}


def test_a_file_and_the_consent_that_names_it_come_back(clinic: Clinic, tmp_path: Path) -> None:
    clinic.save(a.patient())
    letter = clinic.attach(a.attachment(kind="letter", media_type="text/plain"), b"made up")
    clinic.save(a.consent(dt.date(2020, 2, 1), document=letter.id))
    write_into(tmp_path / "out", bundle.fhir_files(clinic.histories(), clinic.content))
    found = taken_in(clinic, tmp_path / "out")
    assert [each.content for each in found.arrivals if each.kind is Attachment] == [b"made up"]


def test_what_others_added_is_named_and_left_outside(tmp_path: Path) -> None:
    written = bundle_of(a.history(a.visit("2020-03-02")))
    theirs = {"resourceType": "Observation", "status": "final", "code": {"text": "height"}}
    written["entry"].append({"fullUrl": "urn:uuid:theirs", "resource": theirs})
    written["entry"][0]["resource"]["text"] = {"status": "additional", "div": "<div>Hello</div>"}
    read = reading_of(written, tmp_path)
    assert len(read.arrivals) == 2
    assert [each.words for each in read.left] == [
        "bundle.json, row 1, text: A narrative, added by others, stays outside.",
        "bundle.json, row 3: Observation: added by others, and stays outside.",
    ]


def test_it_is_ours_also_when_a_system_wrapped_it_anew(tmp_path: Path) -> None:
    written = bundle_of(a.history(a.visit("2020-03-02")))
    del written["meta"]
    assert len(reading_of(written, tmp_path).arrivals) == 2


def with_field(name: str, text: Any) -> Callable[[Bundle], None]:
    def change(written: Bundle) -> None:
        entered = written["entry"][1]["resource"]["extension"][0]["extension"]
        entered[:] = [part for part in entered if part["url"] != name]
        entered.extend([{"url": name, "valueString": text}] if text is not None else [])

    return change


def twice(written: Bundle) -> None:
    written["entry"].append(written["entry"][1])


def to_nothing(written: Bundle) -> None:
    written["entry"][1]["resource"]["subject"]["reference"] = "urn:uuid:nobody"


def scripted(written: Bundle) -> None:
    narrative = "<div xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></div>"
    written["entry"][1]["resource"]["text"] = {"status": "generated", "div": narrative}


def clicked(written: Bundle) -> None:
    written["entry"][1]["resource"]["text"] = {
        "div": "<p title='x' onclick='run()'>Only = this</p>"
    }


def newer(written: Bundle) -> None:
    written["entry"][1]["resource"]["extension"][0]["url"] = f"{BASE}/StructureDefinition/dream"


def nameless(written: Bundle) -> None:
    written["entry"][1]["resource"]["extension"][0]["extension"].append({"url": 7})


def halved(written: Bundle) -> None:
    with_field("patient", "\ud800")(written)


def bare(written: Bundle) -> None:
    written["entry"][1] = 7


def listless(written: Bundle) -> None:
    written["entry"] = {"resource": None}


SPOILT = {
    "row 2, date: A date in a file": with_field("date", "the day before"),
    "row 2, patient: Whose record": with_field("patient", None),
    "row 2: This version knows no field dream": with_field("dream", "of a field"),
    "row 2: A field of this record has no name": nameless,
    "row 2: A field of this record has no name or no text.": halved,
    "stands twice in the bundle": twice,
    "It refers to urn:uuid:nobody, which": to_nothing,
    "row 2, text: Its narrative holds a script": scripted,
    "row 2, text: Its narrative holds a script or": clicked,
    "row 2: This entry holds no resource": bare,
    "The bundle has no list of entries": listless,
}


@pytest.mark.parametrize("said", SPOILT)
def test_what_is_spoilt_is_said_with_its_place(said: str, tmp_path: Path) -> None:
    written = bundle_of(a.history(a.visit("2020-03-02")))
    SPOILT[said](written)
    problems = [each.words for each in reading_of(written, tmp_path).problems]
    assert any(said in each for each in problems), problems


def test_a_kind_of_a_newer_version_is_named_and_left(tmp_path: Path) -> None:
    written = bundle_of(a.history(a.visit("2020-03-02")))
    newer(written)
    (left,) = reading_of(written, tmp_path).left
    assert "does not know this kind" in left.sentence


def test_a_spoilt_file_in_a_bundle_is_said(tmp_path: Path) -> None:
    attachment = a.attachment()
    written = bundle_of(a.history(attachment), content=lambda _each: b"made up")
    written["entry"][1]["resource"]["content"][0]["attachment"]["data"] = "no*base64"
    (problem,) = reading_of(written, tmp_path).problems
    assert "cut short" in problem.sentence


DEEP = '{"resourceType":"Bundle","entry":' + "[" * 1000 + "]" * 1000 + "}"
NO_BUNDLES: dict[str, str | bytes] = {
    "nested more than 100 levels": DEEP,
    "line 1 on, or only half": '{"resourceType":"Bundle","entry":[{"re',
    "is not JSON": "[" * 99,
    "is not JSON, or only half of it": '{"a": NaN}',
    "or only half of it": "1" * 5000,
    "not in UTF-8": b'{"resourceType":"B\xfcndel"}',
    "no FHIR bundle": '{"resource":"Patient"}',
    "half of it": "[]",
}


@pytest.mark.parametrize("said", NO_BUNDLES)
def test_what_is_no_bundle_is_refused_in_a_sentence(said: str, tmp_path: Path) -> None:
    with pytest.raises(ClinicError) as told:
        reading_of(NO_BUNDLES[said], tmp_path)
    assert said in told.value.happened


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_PARTS", "MOST_WIDE"])
def test_too_much_is_refused_before_it_is_read(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, limit, 50)
    written = bundle_of(a.history(a.visit("2020-03-02", plan="für Łódź")))
    with pytest.raises(ClinicError, match="too much"):
        reading_of(json.dumps(written, ensure_ascii=False), tmp_path)


def test_a_bundle_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="cannot be read"):
        reading.read_fhir(tmp_path / "none.json", quietly)


@settings(max_examples=times(40))
@given(data=st.data())
def test_whatever_becomes_of_a_bundle_it_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Anything in place of anything: a reading, or a sentence, and no other error."""
    written = bundle_of(a.history(a.visit("2020-03-02"), a.attachment(), a.staging()))
    values = st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
        ),
        max_leaves=3,
    )
    place: Any = written
    for _level in range(data.draw(st.integers(0, 8))):
        inner = [key for key in _keys(place) if isinstance(place[key], dict | list) and place[key]]
        if not inner:
            break
        place = place[data.draw(st.sampled_from(inner))]
    place[data.draw(st.sampled_from(_keys(place)))] = data.draw(values)
    with contextlib.suppress(ClinicError):
        read = reading_of(written, tmp_path_factory.getbasetemp())
        assert all(each.words for each in (*read.problems, *read.left))


def _keys(place: Any) -> list[Any]:
    return [*place] if isinstance(place, dict) else [*range(len(place))]
