"""The data dictionary that a REDCap project is made of: a row of 18 columns for each variable.

Its rules are those of "Creating a Data Dictionary in REDCap" (Vanderbilt University, 2015): the
record's id is the first field of the first form, the fields of a form stand together, choices are
written `code, label | code, label`, and a date is checked in one form. REDCap's date needs its
day; what may be known by year or month alone is text, so that no day is made up. A list is one
text too: a set of check boxes would lose its order, its dates and its sizes.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import get_origin

from annotated_types import Ge, Gt, Le

from models.base import PatientRecord, Record
from models.biopsy import Biopsy
from models.exchange.cells import write_cell
from models.exchange.columns import FILE, KEY, KINDS
from models.exchange.outgoing import csv_of
from models.exchange.redcap.variables import RECORD_ID, Variable, variables_of
from models.patient import Patient
from models.treatment import TreatmentLine
from models.values import PartialDate
from models.words import N_, _

HEADINGS = (
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
)
IDENTIFIERS: dict[type[Record], frozenset[str]] = {
    Patient: frozenset(
        {"mrn", "family_name", "given_name", "birth_date", "death_date", "phone", "email"}
        | {"address", "general_practitioner"}
    ),
    Biopsy: frozenset({"report_number"}),
    TreatmentLine: frozenset({"trial_subject"}),
}
"""What names a person by itself; any text may do so, too."""
LESIONS = {"patch": N_("Patch"), "plaque": N_("Plaque"), "tumour": N_("Tumour")}


def dictionary() -> bytes:
    """The file, in UTF-8."""
    return written([HEADINGS, *_rows()])


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as REDCap reads them: UTF-8, comma, and quotes where a cell needs them."""
    return csv_of(rows, "utf-8")


def _rows() -> Iterator[list[str]]:
    yield _row(
        {
            "Variable / Field Name": RECORD_ID,
            "Form Name": Patient.table_name(),
            "Field Type": "text",
            "Field Label": _("Record"),
            "Field Note": _("What the program calls this patient; it is not the MRN."),
        }
    )
    for kind in KINDS:
        section = ""
        for variable in variables_of(kind):
            now = _section(variable)
            yield _row(_described(variable) | {"Section Header": now if now != section else ""})
            section = now


def _row(cells: dict[str, str]) -> list[str]:
    return [cells.get(heading, "") for heading in HEADINGS]


def _described(variable: Variable) -> dict[str, str]:
    column, kind = variable.column, variable.kind
    least, most = _limits(variable)
    return {
        "Variable / Field Name": variable.name,
        "Form Name": variable.form,
        "Field Type": _type(variable),
        "Field Label": _label(variable),
        "Choices, Calculations, OR Slider Labels": " | ".join(
            f"{code}, {choice.label}" for code, choice in variable.codes.items()
        ),
        "Field Note": _note(variable),
        "Text Validation Type OR Show Slider Number": _validation(variable),
        "Text Validation Min": least,
        "Text Validation Max": most,
        "Identifier?": "y" if column.name in IDENTIFIERS.get(kind, ()) else "",
        "Required Field?": "y" if column.required else "",
        "Field Annotation": "@READONLY" if column.name == KEY else "",
    }


def _section(variable: Variable) -> str:
    column = variable.column
    if column.region:
        return column.region.label
    return column.field.group if column.field else ""


def _label(variable: Variable) -> str:
    column = variable.column
    if column.region:
        lesion = _(LESIONS[column.lesion])
        return _("{region}: {lesion} (%)").format(region=column.region.label, lesion=lesion)
    if column.field:
        return column.field.heading
    return _("Key") if column.name == KEY else _("File")


def _type(variable: Variable) -> str:
    if variable.codes:
        return "dropdown"
    if variable.holds is bool:
        return "yesno"
    field = variable.column.field
    return "notes" if field and field.multiline else "text"


def _validation(variable: Variable) -> str:
    if variable.column.region:
        return "number"
    return {int: "integer", float: "number", dt.date: "date_ymd"}.get(variable.holds, "")


def _limits(variable: Variable) -> tuple[str, str]:
    """The least and the most that may stand there; a region's shares are those of the body."""
    column = variable.column
    if column.region:
        return "0", write_cell(column.region.percent)
    if column.field is None or variable.holds not in {int, float}:
        return "", ""
    limits = variable.kind.model_fields[column.field.name].metadata
    least = next((each for each in limits if isinstance(each, Ge | Gt)), None)
    most = next((each for each in limits if isinstance(each, Le)), None)
    low = least.ge if isinstance(least, Ge) else least.gt if isinstance(least, Gt) else None
    return write_cell(low), write_cell(most.le if most else None)


def _note(variable: Variable) -> str:
    column, holds = variable.column, variable.holds
    notes = [column.field.help] if column.field and not column.region else []
    if column.name == KEY:
        notes.append(_("The program's own name of this entry; leave it empty in a new one."))
    elif column.name == FILE:
        notes.append(_("The name of a file in the folder beside data.csv."))
    elif holds is uuid.UUID:
        notes.append(_("The key of the entry to which this one belongs."))
    elif holds is PartialDate:
        notes.append(_("2017, 2017-10 or 2017-10-14: as exactly as it is known, so it is a text."))
    elif get_origin(holds) is list and not any(notes):
        notes.append(_("Several with semicolons between them."))
    return " ".join(note for note in notes if note)


def repeating() -> list[str]:
    """The instruments that repeat: all but the patient's."""
    return [kind.table_name() for kind in KINDS if issubclass(kind, PatientRecord)]
