"""A FHIR bundle, or a folder of them, and what they bring."""

from pathlib import Path

from models.base import ClinicError
from models.exchange.arrivals import Reading
from models.exchange.fhir.entries import is_bundle
from models.exchange.fhir.foreign.reading import as_bundle, foreign_reading, is_resource
from models.exchange.fhir.loading import load
from models.exchange.fhir.own import is_ours, own_reading
from models.progress import Progress
from models.words import _


def is_fhir(path: Path) -> bool:
    """By its name: a JSON file, or a folder that holds one and no table."""
    if path.is_dir():
        return any(path.glob("*.json")) and not any(path.glob("*.csv"))
    return path.suffix.casefold() == ".json"


def read_fhir(path: Path, progress: Progress) -> Reading:
    """Raises `ClinicError` where a file cannot be read or is no bundle."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    read = []
    for done, file in enumerate(files):
        progress(done, len(files))
        read.append(_read(file))
    progress(len(files), len(files))
    return Reading(
        [arrival for each in read for arrival in each.arrivals],
        [problem for each in read for problem in each.problems],
        [left for each in read for left in each.left],
    )


def _read(file: Path) -> Reading:
    content = load(file)
    if not is_resource(content):
        raise ClinicError(
            _("{name} is JSON, but no FHIR bundle.").format(name=file.name),
            _("Nothing was imported."),
            _("Choose the file of a bundle, as the export to FHIR writes it."),
        )
    bundle = content if is_bundle(content) else as_bundle(content)
    return (own_reading if is_ours(bundle) else foreign_reading)(bundle, file.name)
