"""Drugs and procedures that the clinic added to the catalogue of therapies."""

from typing import ClassVar

from models.base import Record, field
from models.roles import May
from models.therapies import Category
from models.words import N_


class Drug(Record, table=True):
    __tablename__ = "drug"
    singular: ClassVar[str] = N_("drug or procedure")
    plural: ClassVar[str] = N_("drugs and procedures")
    changed_with: ClassVar[May] = May.JUDGE

    name: str = field(N_("Name"), unique=True, max_length=100)
    category: Category = field(N_("Category"))
    usual_schedule: str | None = field(
        N_("Usual schedule"),
        None,
        max_length=200,
        help=N_("A hint for whoever reads it; no order is filled in from it."),
    )
    atc: str | None = field(N_("ATC code"), None, max_length=10)
