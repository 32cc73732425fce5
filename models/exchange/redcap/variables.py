"""REDCap's variables: one for each column of a record, named for good; choices as their codes.

What they must obey is published in "Creating a Data Dictionary in REDCap" (Vanderbilt University,
2015), and the names that REDCap keeps for itself in its own list of reserved field names
(REDCap 15): lower case letters, digits and single underscores, a letter first, unique in the
project, 26 characters at most where it can be helped, 100 in any case.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.base import Record
from models.exchange.cells import NO, YES, value_type, write_cell
from models.exchange.columns import KEY, KINDS, PATIENT, Column, columns_of
from models.patient import Patient
from models.values import Choice, PartialDate
from models.words import _

RECORD_ID, MRN = "record_id", "pt_mrn"
INSTRUMENT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"
PREFIXES = {
    "patient": "pt",
    "attachment": "file",
    "consent": "cons",
    "diagnosis": "dx",
    "staging": "stg",
    "treatment_line": "tx",
    "cycle": "cyc",
    "infusion": "inf",
    "skin_score": "sk",
    "blood_count": "bc",
    "lab_result": "lab",
    "molecular_result": "mol",
    "imaging": "img",
    "assessment": "resp",
    "adverse_event": "ae",
    "biopsy": "bx",
    "snooze": "snz",
}
"""What the variables of an instrument begin with; of one that is not here, its whole name."""
_ISO = r"\d{4}(-\d{2}){0,2}"
SHORTENED = {"large_cell_transformation": "large_cell"}


@dataclass(frozen=True, slots=True)
class Variable:
    """`form`: the instrument, which is the name of the records' table."""

    name: str
    kind: type[Record]
    column: Column

    @property
    def form(self) -> str:
        return self.kind.table_name()

    @property
    def holds(self) -> Any:
        """The type of its value; text where it is a key or a file's name."""
        return value_type(self.column.field.annotation) if self.column.field else str

    @property
    def codes(self) -> dict[str, Choice]:
        """The choices by their codes; none where it is no choice."""
        return _codes(self.holds)

    def written(self, text: str) -> str:
        """The cell of a table as REDCap has it: choices and answers as their codes."""
        if text and self.holds is bool:
            return "1" if text in YES else "0"
        return code_of(self.holds(text)) if text and self.codes else text

    def read(self, text: str) -> str:
        """The same back; what is no code stays as it is, for a label is understood as well.

        Raises `ValueError` in a sentence for a date that a spreadsheet wrote in its own way.
        """
        if self.holds in {dt.date, PartialDate} and not re.fullmatch(_ISO, text):
            raise ValueError(_("A date stands here as 2017-10-14, 2017-10 or 2017."))
        if self.holds is bool:
            return {"1": min(YES, key=len), "0": min(NO, key=len)}.get(text, text)
        if self.holds in {int, float} and re.fullmatch(r"-?\d+\.\d+", text):
            return write_cell(float(text))
        return self.codes.get(text, text)


@cache
def variables_of(kind: type[Record]) -> tuple[Variable, ...]:
    """Those of an instrument, the record's key first.

    A patient is the project's record, so that no instrument says whose it is, and her or his own
    key is the record's id.
    """
    beside = {PATIENT, KEY} if kind is Patient else {PATIENT}
    columns = [column for column in columns_of(kind) if column.name not in beside]
    return tuple(Variable(_name(kind, column), kind, column) for column in columns)


def all_variables() -> Iterator[Variable]:
    for kind in KINDS:
        yield from variables_of(kind)


@cache
def _codes(holds: Any) -> dict[str, Choice]:
    if isinstance(holds, type) and issubclass(holds, Choice):
        return {code_of(choice): choice for choice in holds}
    return {}


def code_of(choice: Choice) -> str:
    """`adult_t_cell_leukaemia_lymphoma`: what REDCap stores of a choice."""
    plain = unicodedata.normalize("NFKD", choice.value).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold().replace("'", "")).strip("_")


def _name(kind: type[Record], column: Column) -> str:
    prefix = PREFIXES.get(kind.table_name(), kind.table_name())
    return f"{prefix}_{SHORTENED.get(column.name, column.name)}"
