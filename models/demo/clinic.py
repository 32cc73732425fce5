"""The demo clinic: the published case and made-up patients, entered like everyone else."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.base import ClinicError, Record
from models.demo.case import published_case
from models.demo.made_up import made_up_patient
from models.progress import Progress
from models.store.clinic import Clinic
from models.store.failures import already_a_clinic
from models.store.folder import is_clinic, is_demo
from models.store.opening import creating
from models.words import _

USER = PASSWORD = "demo"  # noqa: S105 - the demo clinic says so itself


@dataclass(frozen=True, slots=True)
class DemoClinic:
    """The open demo clinic, and the folder of the former one if there was one."""

    clinic: Clinic
    former: Path | None


def create_demo(
    folder: Path, patients: int = 0, seed: int = 1, progress: Progress | None = None
) -> DemoClinic:
    """A demo clinic with the published case and as many made-up patients.

    A demo clinic in the folder is set aside; a clinic with real patients is refused. `progress` is
    told after each patient how many of how many are entered; whatever it raises ends the work, of
    which nothing is left.
    """
    former = _set_aside(folder) if is_clinic(folder) else None
    try:
        with creating(folder):
            clinic = _filled(folder, patients, seed, progress)
    except BaseException:
        if former and not folder.exists():
            former.rename(folder)
        raise
    return DemoClinic(clinic, former)


def _filled(folder: Path, patients: int, seed: int, progress: Progress | None) -> Clinic:
    name = _("Cutaneous Lymphoma Clinic (demo)")
    clinic, _recovery_key = Clinic.create(
        folder, name=name, user=USER, password=PASSWORD, demo=True
    )
    try:
        for entered, records in enumerate(_everyone(patients, seed), start=1):
            clinic.save_all(records)
            if progress:
                progress(entered, 1 + patients)
    except BaseException:
        clinic.close()
        raise
    return clinic


def _everyone(patients: int, seed: int) -> Iterator[list[Record]]:
    yield published_case()
    for number in range(1, patients + 1):
        yield made_up_patient(number, seed)


def _set_aside(folder: Path) -> Path:
    """Move a demo clinic out of the way, in the place of the one set aside before."""
    if not is_demo(folder):
        raise already_a_clinic(folder)
    folder = folder.absolute()
    former = folder.with_name(f"{folder.name}.former")
    if former.exists() and not (is_clinic(former) and is_demo(former)):
        raise _place_taken(former)
    try:
        if former.exists():
            shutil.rmtree(former)
        folder.rename(former)
    except OSError as error:
        raise _not_set_aside(folder) from error
    return former


def _place_taken(former: Path) -> ClinicError:
    return ClinicError(
        _(
            "The former demo clinic would be set aside in {folder}, which holds other things."
        ).format(folder=former),
        _("Nothing was changed."),
        _("Move that folder away, or choose another folder for the demo clinic."),
    )


def _not_set_aside(folder: Path) -> ClinicError:
    return ClinicError(
        _("The demo clinic in {folder} could not be set aside.").format(folder=folder),
        _("It was left where it is; no other clinic was touched."),
        _("Close the windows that show it and try again."),
    )
