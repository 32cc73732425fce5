"""REDCap: the dictionary against the published rules, and every record there and back."""

import csv
import io
import itertools
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.base import ClinicError, PatientRecord, Record
from models.demo.case import published_case
from models.exchange.arrivals import Arrival, Fate, Reading
from models.exchange.columns import KINDS, columns_of
from models.exchange.formats import FORMATS
from models.exchange.outgoing import write_into
from models.exchange.reading import read
from models.exchange.redcap import written as redcap
from models.exchange.redcap.reading import read_redcap
from models.exchange.tables.attached import Beside
from models.history import History
from models.patient import Patient
from models.progress import unseen
from models.store.clinic import Clinic
from models.store.step import plain_values
from tests.models import builders as a
from tests.models.exchange.records_made import content_of, histories, records_of
from tests.models.exchange.test_tables_round_trip import same
from tests.thorough import times

COLUMNS = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
]
RESERVED = """
    redcap_event_name redcap_csrf_token redcap_survey_timestamp redcap_survey_identifier
    redcap_survey_return_code redcap_data_access_group hidden_edit_flag instance
    redcap_repeat_instance redcap_repeat_instrument submit new return continue case switch class
    enum catch throw document super focus elements action event_id target field_label
"""
FIELD_TYPES = {"text", "notes", "dropdown", "radio", "checkbox", "yesno", "truefalse", "calc"}
VALIDATIONS = {"date_ymd", "number", "integer", "email"}


def of_records(records: Sequence[Record]) -> History:
    patient, *others = records
    assert isinstance(patient, Patient)
    return History.of_records(patient, [each for each in others if isinstance(each, PatientRecord)])


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def files(*histories: History) -> dict[str, bytes]:
    made = FORMATS["redcap"].files(histories, lambda attachment: attachment.title.encode())
    return {each.name: each.content for each in made}


def dictionary() -> list[dict[str, str]]:
    return rows_of(files()["redcap/data_dictionary.csv"])


# The dictionary, rule by rule


def test_the_dictionary_has_the_eighteen_columns_and_begins_with_the_record_id() -> None:
    rows = dictionary()
    assert list(rows[0]) == COLUMNS
    first = rows[0]
    assert first["Variable / Field Name"] == "record_id"
    assert (first["Field Type"], first["Text Validation Type OR Show Slider Number"]) == (
        "text",
        "",
    )


def test_variables_are_named_as_redcap_wants_them() -> None:
    names = [row["Variable / Field Name"] for row in dictionary()]
    forms = {row["Form Name"] for row in dictionary()}
    assert len(names) == len(set(names))
    assert not set(RESERVED.split()) & set(names)
    assert not {f"{form}_complete" for form in forms} & set(names)
    for name in names:
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name), name
        assert len(name) <= 26, name


def test_forms_stand_together_and_are_named_like_variables() -> None:
    forms = [form for form, _rows in itertools.groupby(row["Form Name"] for row in dictionary())]
    assert len(forms) == len(set(forms))
    assert forms == [kind.table_name() for kind in KINDS]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,63}", form) for form in forms)


def test_choices_are_written_so_that_redcap_can_split_them() -> None:
    chosen = [row for row in dictionary() if row["Field Type"] == "dropdown"]
    assert chosen
    for row in chosen:
        parts = row["Choices, Calculations, OR Slider Labels"].split(" | ")
        codes = [part.partition(", ")[0] for part in parts]
        assert len(codes) == len(set(codes)), row
        assert all(re.fullmatch(r"[a-z0-9_]{1,100}", code) for code in codes), row
        assert all(part.partition(", ")[2].strip() for part in parts), row
        assert "|" not in "".join(parts)


def test_every_field_is_of_a_known_type_with_what_belongs_to_it() -> None:
    for row in dictionary():
        kind, check = row["Field Type"], row["Text Validation Type OR Show Slider Number"]
        limits = row["Text Validation Min"], row["Text Validation Max"]
        assert kind in FIELD_TYPES
        assert row["Field Label"].strip()
        assert check in VALIDATIONS | {""}
        assert not check or kind == "text"
        assert not any(limits) or check in {"number", "integer"}
        assert all(not limit or float(limit) >= 0 for limit in limits)
        assert bool(row["Choices, Calculations, OR Slider Labels"]) == (kind == "dropdown")
        assert row["Identifier?"] in {"y", ""}
        assert row["Required Field?"] in {"y", ""}
        assert not row["Branching Logic (Show field only if...)"]
        assert not row["Matrix Group Name"]


def test_who_a_person_is_is_flagged_and_a_partial_date_is_no_checked_date() -> None:
    by_name = {row["Variable / Field Name"]: row for row in dictionary()}
    for name in ("pt_mrn", "pt_family_name", "pt_given_name", "pt_birth_date", "pt_address"):
        assert by_name[name]["Identifier?"] == "y"
    assert not by_name["pt_sex"]["Identifier?"]
    check = "Text Validation Type OR Show Slider Number"
    assert by_name["pt_birth_date"][check] == "date_ymd"
    assert by_name["dx_date"][check] == ""
    assert "2017-10" in by_name["dx_date"]["Field Note"]


def test_every_column_of_every_kind_is_one_variable() -> None:
    counted = Counter(row["Form Name"] for row in dictionary())
    for kind in KINDS:  # the patient's own key is the record's id, whose key and MRN are its own
        assert counted[kind.table_name()] == len(columns_of(kind)) - issubclass(kind, PatientRecord)


# The data


def test_instruments_repeat_under_the_record_and_have_the_dictionarys_columns() -> None:
    line = a.line()
    made = files(a.history(line, a.line(drug="ECP"), a.cycle(line)))
    rows = rows_of(made["redcap/data.csv"])
    names = [row["Variable / Field Name"] for row in dictionary()]
    assert list(rows[0]) == [
        "record_id",
        "redcap_repeat_instrument",
        "redcap_repeat_instance",
        *names[1:],
    ]
    whose = [(row["redcap_repeat_instrument"], row["redcap_repeat_instance"]) for row in rows]
    assert whose == [("", ""), ("treatment_line", "1"), ("treatment_line", "2"), ("cycle", "1")]
    assert {row["record_id"] for row in rows} == {str(a.PATIENT)}
    assert rows[0]["pt_sex"] == "male"
    assert rows[3]["cyc_treatment_line"] == str(line.id)


@settings(max_examples=times(12))
@given(history=histories(most=1))
@example(history=of_records(published_case()))
def test_cells_obey_the_dictionary(history: History) -> None:
    """What REDCap would check on import: codes that exist, dates, numbers and their limits."""
    by_name = {row["Variable / Field Name"]: row for row in dictionary()}
    for row in rows_of(files(history)["redcap/data.csv"]):
        form = row["redcap_repeat_instrument"] or "patient"
        for name, cell in list(row.items())[3:]:
            about = by_name[name]
            assert not cell or about["Form Name"] == form
            if cell:
                _check(cell, about)
            else:
                assert not about["Required Field?"] or about["Form Name"] != form


def _check(cell: str, about: dict[str, str]) -> None:
    choices = about["Choices, Calculations, OR Slider Labels"].split(" | ")
    match about["Field Type"], about["Text Validation Type OR Show Slider Number"]:
        case "dropdown", _:
            assert cell in {choice.partition(", ")[0] for choice in choices}
        case "yesno", _:
            assert cell in {"0", "1"}
        case _, "date_ymd":
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell)
        case _, "integer":
            assert re.fullmatch(r"[-+]?\d+", cell)
        case _, "number":
            assert re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?", cell)
            least, most = about["Text Validation Min"], about["Text Validation Max"]
            assert not least or float(cell) >= float(least)
            assert not most or float(cell) <= float(most)


# There and back


def told(history: History) -> dict[tuple[str, str], dict[str, Any]]:
    """What the records say, by kind and id."""
    records = [history.patient, *itertools.chain(*history.records.values())]
    return {(each.table_name(), str(each.id)): plain_values(each) for each in records}


def read_back(history: History, folder: Path) -> Reading:
    write_into(folder, FORMATS["redcap"].files([history], None))
    return read(folder, unseen)


def test_the_published_case_comes_into_an_empty_clinic_as_it_was(
    clinic: Clinic, tmp_path: Path
) -> None:
    before = of_records(published_case())
    reading = read_back(before, tmp_path / "out")
    assert not reading.problems
    assert not reading.left
    clinic.take_in(reading.arrivals, clinic.look_through(reading.arrivals))
    after = clinic.history(before.patient.id)
    assert told(after) == told(before)
    again = read_back(after, tmp_path / "again")
    assert {each.fate for each in clinic.look_through(again.arrivals)} == {Fate.SAME}


@settings(max_examples=times(25))
@given(history=histories())
def test_a_history_comes_back_with_every_record_and_every_field(history: History) -> None:
    same(history, arrived(history))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=times(8))
@given(data=st.data())
def test_every_kind_comes_back(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    own = record if isinstance(record, Patient) else a.patient()
    history = History.of_records(own, [record] if isinstance(record, PatientRecord) else [])
    same(history, arrived(history))


def arrived(history: History) -> Sequence[Arrival]:
    with TemporaryDirectory() as folder:
        write_into(Path(folder), FORMATS["redcap"].files([history], content_of))
        reading = read(Path(folder), unseen)
    assert not [problem.words for problem in (*reading.problems, *reading.left)]
    return reading.arrivals


def test_files_come_back_with_their_entries(clinic: Clinic, tmp_path: Path) -> None:
    patient = clinic.save(a.patient())
    letter = a.attachment(kind="letter", title="Discharge, “final”", media_type="text/plain")
    kept = clinic.attach(letter, b"made up")
    before = clinic.history(patient.id)
    write_into(tmp_path / "out", FORMATS["redcap"].files([before], clinic.content))
    reading = read(tmp_path / "out" / "redcap" / "data.csv", unseen)
    assert [each.content for each in reading.arrivals if each.key == str(kept.id)] == [b"made up"]
    assert {each.fate for each in clinic.look_through(reading.arrivals)} == {Fate.SAME}


SPOILT = [
    ("redcap_repeat_instrument", "cycle", "pregnancy", "There is no instrument pregnancy."),
    ("record_id", "cycle", "5", "No row of the patient tells the MRN of this record."),
    ("bx_kind", "cycle", "punch", "This field belongs to another instrument."),
    ("cyc_weight_kg", "cycle", "heavy", "Give a number."),
    ("cyc_day_1", "cycle", "3/4/2017", "A date stands here as 2017-10-14, 2017-10 or 2017."),
]


@pytest.mark.parametrize(("column", "form", "cell", "sentence"), SPOILT)
def test_what_is_wrong_is_said_with_its_row_and_column(
    column: str, form: str, cell: str, sentence: str, tmp_path: Path
) -> None:
    line = a.line()
    rows = rows_of(files(a.history(line, a.cycle(line)))["redcap/data.csv"])
    next(row for row in rows if row["redcap_repeat_instrument"] == form)[column] = cell
    problems = read(write_rows(rows, tmp_path), unseen).problems
    assert [(each.place.row, each.place.column, each.sentence) for each in problems] == [
        (4, column, sentence)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("record_id,redcap_repeat_instrumen\n5,\n", "does not name record_id"),
        ('record_id;redcap_repeat_instrument;pt_mrn\n5;;"17\n', "half a file"),
    ],
)
def test_a_file_that_is_half_one_is_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(text)
    with pytest.raises(ClinicError, match=said):
        read_redcap([tmp_path / "data.csv"], Beside(tmp_path), unseen)


def test_cells_without_a_heading_and_headings_named_twice_are_refused(tmp_path: Path) -> None:
    text = "record_id,redcap_repeat_instrument,pt_mrn,pt_mrn\n5,,17,17,lost\n"
    (tmp_path / "data.csv").write_text(text)
    problems = read(tmp_path / "data.csv", unseen).problems
    assert [(each.place.row, each.place.column) for each in problems] == [(1, "pt_mrn"), (2, "")]


def test_many_patients_are_written_in_pieces_and_read_back_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redcap, "MOST_ROWS", 4)
    many = [
        History.of_records(
            a.patient(id=uuid.UUID(int=n), mrn=str(n)),
            [a.diagnosis(patient=uuid.UUID(int=n), id=uuid.UUID(int=100 + n))],
        )
        for n in range(1, 6)
    ]
    write_into(tmp_path, FORMATS["redcap"].files(many, None))
    names = {each.name for each in (tmp_path / "redcap").glob("data*.csv")}
    assert names == {"data_dictionary.csv", "data.csv", "data_2.csv", "data_3.csv"}
    arrivals = read(tmp_path, unseen).arrivals
    assert [each.mrn for each in arrivals] == [str(n) for n in range(1, 6) for _twice in (1, 2)]
    assert len(read(tmp_path / "redcap" / "data_3.csv", unseen).arrivals) == 2


def test_what_redcap_adds_is_passed_over_and_what_others_added_is_named(tmp_path: Path) -> None:
    rows = rows_of(files(a.history(a.diagnosis()))["redcap/data.csv"])
    extra = {"patient_complete": "2", "redcap_data_access_group": "", "shoe_size": "41"}
    reading = read(write_rows([row | extra for row in rows], tmp_path), unseen)
    assert len(reading.arrivals) == 2
    assert [each.place.column for each in reading.left] == ["shoe_size"]


def test_an_entry_made_in_redcap_has_no_key_and_comes_in_new(
    clinic: Clinic, tmp_path: Path
) -> None:
    clinic.save(a.patient())
    rows = rows_of(files(a.history(a.diagnosis()))["redcap/data.csv"])
    rows[1]["dx_key"] = ""
    reading = read(write_rows(rows, tmp_path), unseen)
    fates = [each.fate for each in clinic.look_through(reading.arrivals)]
    assert fates == [Fate.SAME, Fate.NEW]


def write_rows(rows: list[dict[str, str]], folder: Path) -> Path:
    with (folder / "data.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder / "data.csv"
