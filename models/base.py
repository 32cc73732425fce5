"""What every record has, and `field()`: a field's title, unit, group, help and limits, once.

Nothing here knows a screen or a page. Forms, tables, CSV headings, audit wording and labels on
paper all derive from these declarations.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Self, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError, model_validator
from pydantic.fields import FieldInfo
from sqlalchemy import JSON, Dialect, String
from sqlalchemy.orm import class_mapper
from sqlalchemy.types import TypeDecorator, UserDefinedType
from sqlmodel import Field, SQLModel

from models.errors import ClinicError, ContentMissing, InvalidRecord, NoPage
from models.field_words import FieldWords
from models.roles import May
from models.values import EARLIEST_YEAR, LATEST_YEAR, PartialDate, year_sentence
from models.words import N_, _, number_words

__all__ = ["ClinicError", "ContentMissing", "FieldWords", "InvalidRecord", "NoPage"]  # and its own

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class FieldProblem(ValueError):
    """What a check of the whole record finds wrong with one of its fields."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class WrittenColumn(TypeDecorator[Any]):
    """A value as the text it is read from and written as; a partial date sorts by its first day."""

    impl = String
    cache_ok = True

    def __init__(self, of: Any, length: int) -> None:
        super().__init__(length)
        self.of, self.length = of, length

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.of.parse(value)


class UtcColumn(UserDefinedType[dt.datetime]):
    """A moment, kept in UTC and read back as such: each record has some, so it is one step."""

    cache_ok = True

    def get_col_spec(self, **_settings: Any) -> str:
        return "DATETIME"

    def bind_processor(self, dialect: Dialect) -> Callable[[dt.datetime | None], str | None]:
        return _utc_text

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], dt.datetime | None]:
        return _utc


def _utc_text(value: dt.datetime | None) -> str | None:
    if value is None:
        return None
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _utc(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class ReferenceColumn(UserDefinedType[uuid.UUID]):
    """The id of another record, as 32 digits: one and the same for all records of a patient."""

    cache_ok = True

    def get_col_spec(self, **_settings: Any) -> str:
        return "CHAR(32)"

    def bind_processor(self, dialect: Dialect) -> Callable[[uuid.UUID | None], str | None]:
        return _digits

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], uuid.UUID | None]:
        return _id


def _digits(known_by: uuid.UUID | None) -> str | None:
    return None if known_by is None else known_by.hex


@lru_cache(maxsize=2**10)
def _id(digits: str | None) -> uuid.UUID | None:
    return None if digits is None else uuid.UUID(digits)


class JsonColumn(TypeDecorator[Any]):
    """A checked value (a list of grades, the regions of a skin score) as JSON text."""

    impl = JSON
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__(none_as_null=True)
        self.of = of

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.of)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self._adapter.validate_python(value)


PARTIAL_DATE = WrittenColumn(PartialDate, 10)


def field(
    title: str,
    default: Any = ...,
    *,
    unit: str = "",
    group: str = "",
    help: str = "",
    multiline: bool = False,
    suggestions: tuple[str, ...] = (),
    column: Any = None,
    foreign_key: str | None = None,
    unique: bool = False,
    index: bool = False,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
    max_length: int | None = None,
) -> Any:
    """Declare a field once, in medical words only; optional where `default` is given."""
    words = {
        "unit": unit,
        "group": group,
        "multiline": multiline,
        "suggestions": list(suggestions),
    }
    settings: dict[str, Any] = {"title": title, "description": help, "ge": ge, "le": le, "gt": gt}
    settings |= {"max_length": max_length, "schema_extra": {"json_schema_extra": words}}
    if column is not None:
        settings["sa_type"] = column
    if foreign_key:
        settings |= {"foreign_key": f"{foreign_key}.id", "index": True, "sa_type": ReferenceColumn}
    else:
        settings |= {"index": index}
    if unique:
        settings["unique"] = True
    return Field(default, **settings)


class Record(SQLModel):
    """One fact that somebody observed or did.

    Built by `build()` only, which checks every value; corrected by a new version; removed by
    marking and explaining, never by deleting.
    """

    model_config = ConfigDict(  # type: ignore[assignment]
        hide_input_in_errors=True,
        str_strip_whitespace=True,
        extra="forbid",
        allow_inf_nan=False,
    )
    singular: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    dated_by: ClassVar[str] = "date"
    worked_out: ClassVar[dict[str, tuple[str, type]]] = {}
    changed_with: ClassVar[May] = May.RECORD

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    notes: str | None = field(N_("Notes"), None, multiline=True, max_length=20_000)
    version: int = Field(default=0, ge=0)
    recorded_by: str = Field(default="")
    recorded_at: dt.datetime | None = Field(default=None, sa_type=UtcColumn)
    changed_by: str = Field(default="")
    changed_at: dt.datetime | None = Field(default=None, sa_type=UtcColumn)
    removed_at: dt.datetime | None = Field(default=None, sa_type=UtcColumn)
    removed_by: str | None = Field(default=None)
    removed_why: str | None = Field(default=None)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_none(cls, values: Any) -> Any:
        """An empty text is no value: a required field refuses it, an optional one is empty."""
        if isinstance(values, dict):
            fields = cls.model_fields
            texts = {name: _kept(fields.get(name), value) for name, value in values.items()}
            return {
                name: None if _is_blank(value) and name not in BOOKKEEPING else value
                for name, value in texts.items()
            }
        return values

    @model_validator(mode="after")
    def _dates_can_be_right(self) -> Self:
        """A year that nobody can mean is a slip of the keyboard."""
        for name, value in vars(self).items():
            if isinstance(value, dt.date) and not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
                raise FieldProblem(name, year_sentence())
        return self

    @classmethod
    def needed_with(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """The fields that these values make needed, and what is said while one is empty.

        A person who types is asked for them; what comes from elsewhere may not know.
        """
        return {}

    @property
    def when(self) -> PartialDate | None:
        """The date that places the record in time; None where it has none."""
        value = getattr(self, self.dated_by, None)
        return PartialDate.of(value) if isinstance(value, dt.date) else value

    @classmethod
    def table_name(cls) -> str:
        """The record's name in tables, CSV files and JSON: `treatment_line`."""
        return str(cls.__tablename__)


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text as every page and file can hold it: one sort of line break, no control signs."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def _kept(field: FieldInfo | None, value: Any) -> Any:
    """What has one line in a form has one wherever it comes from."""
    if type(value) is not str or field is None:
        return value
    extra = field.json_schema_extra
    several = isinstance(extra, dict) and extra.get("multiline", False)
    return readable(value) if several else " ".join(readable(value).split("\n"))


class PatientRecord(Record):
    """A record that belongs to a patient."""

    patient: uuid.UUID = Field(foreign_key="patient.id", index=True, sa_type=ReferenceColumn)


BOOKKEEPING = frozenset(
    {"id", "patient", "version", "recorded_by", "recorded_at", "changed_by", "changed_at"}
    | {"removed_at", "removed_by", "removed_why", "merged_into"}
)

R = TypeVar("R", bound=Record)


def described_fields(record: type[Record]) -> list[FieldWords]:
    """A record's own fields in the order of declaration, notes last, without the bookkeeping."""
    names = [name for name in record.model_fields if name not in BOOKKEEPING | {"notes"}]
    return [_field_words(name, record.model_fields[name]) for name in [*names, "notes"]]


def worked_out_fields(record: type[Record]) -> list[FieldWords]:
    """What a table may show of a record besides its fields: properties worked out from them."""
    return [
        FieldWords(name, _(title), "", "", "", False, (), False, kind)
        for name, (title, kind) in record.worked_out.items()
    ]


def _field_words(name: str, info: FieldInfo) -> FieldWords:
    extra: dict[str, Any] = (
        info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    )
    return FieldWords(
        name=name,
        title=_(info.title or name),
        help=_(info.description or ""),
        unit=_(extra.get("unit", "")),
        group=_(extra.get("group", "")),
        multiline=extra.get("multiline", False),
        suggestions=tuple(extra.get("suggestions", ())),
        required=info.is_required(),
        annotation=info.annotation,
    )


def build(record: type[R], values: dict[str, Any]) -> R:
    """The one place where records are made; raises `InvalidRecord` with a sentence per field.

    SQLModel's own `model_validate` tells SQLAlchemy of each value by itself, as if it changed one.
    """
    mapped = class_mapper(record).class_manager if hasattr(record, "__table__") else None
    made: R = record.__new__(record)
    try:
        record.__pydantic_validator__.validate_python(values, self_instance=made)
    except ValidationError as error:
        raise InvalidRecord(_(record.singular), problems_in_words(error)) from None
    if mapped is not None:  # a treatment day has no table
        mapped.setup_instance(made)
    return made


def revised(record: R, **changes: Any) -> R:
    """The same record with some values changed, checked as a whole."""
    return build(type(record), {**record.model_dump(), **changes})


_SENTENCES = {
    "missing": N_("This is needed."),
    "int_parsing": N_("Give a whole number."),
    "int_type": N_("Give a whole number."),
    "int_from_float": N_("Give a whole number."),
    "float_parsing": N_("Give a number."),
    "float_type": N_("Give a number."),
    "greater_than_equal": N_("Give {ge} or more."),
    "greater_than": N_("Give more than {gt}."),
    "less_than_equal": N_("Give {le} or less."),
    "string_too_long": N_("This is too long: {max_length} characters at most."),
    "enum": N_("Choose one of: {expected}."),
    "date_from_datetime_parsing": N_("Give a full date, as 2015-07-20."),
    "date_parsing": N_("Give a full date, as 2015-07-20."),
    "date_type": N_("Give a full date, as 2015-07-20."),
    "extra_forbidden": N_("There is no such field."),
    "bool_parsing": N_("Answer yes or no."),
    "uuid_parsing": N_("This names no record."),
}


_QUOTES = re.compile(r"""(?<!\w)['"]|['"](?!\w)""")


def problems_in_words(error: ValidationError) -> dict[str, str]:
    """One sentence per field, in our words; a rule about the whole record stands under `""`."""
    problems: dict[str, str] = {}
    for item in error.errors(include_input=True):
        problems.setdefault(_place_of(item), _sentence(item))
    return problems


def _place_of(item: Any) -> str:
    raised = item.get("ctx", {}).get("error")
    if isinstance(raised, FieldProblem):
        return raised.name
    return str(item["loc"][0]) if item["loc"] else ""


def _sentence(item: Any) -> str:
    if item.get("input", "") is None:
        return _(_SENTENCES["missing"])
    if item["type"] == "value_error":
        return str(item["ctx"]["error"])
    sentence = _SENTENCES.get(item["type"])
    if sentence is None:
        return _("This cannot be right.")
    limits = {
        name: number_words(limit) if isinstance(limit, float) else _QUOTES.sub("", str(limit))
        for name, limit in item.get("ctx", {}).items()
    }
    return _(sentence).format(**limits)
