"""The formats in which histories leave: each a name on the command line, and what it writes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.exchange.outgoing import Content, OutFile
from models.history import History
from models.words import N_, _

Files = Callable[[Sequence[History], Content | None], Iterator[OutFile]]


@dataclass(frozen=True, slots=True)
class Format:
    """`files`: of histories, with their attachments where `content` is given."""

    name: str
    label: str
    files: Files

    @property
    def words(self) -> str:
        return _(self.label)


def _csv(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    from models.exchange.tables.written import csv_files  # noqa: PLC0415 - only where it is wanted

    return csv_files(histories, content)


def _workbook(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    from models.exchange.tables.written import workbook_files  # noqa: PLC0415

    return workbook_files(histories, content)


def _redcap(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    from models.exchange.redcap.written import redcap_files  # noqa: PLC0415

    return redcap_files(histories, content)


def _fhir(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    from models.exchange.fhir.bundle import fhir_files  # noqa: PLC0415

    return fhir_files(histories, content)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("csv", N_("Tables as CSV files"), _csv),
        Format("xlsx", N_("Tables as an Excel workbook"), _workbook),
        Format("fhir", N_("FHIR R4 bundle"), _fhir),
        Format("redcap", N_("REDCap project"), _redcap),
    )
}
