"""A full disk at every write of a save: it is saved wholly, or refused and nothing is changed.

Each run has a process of its own, with a limit on the size of files (every platform of POSIX), or a
small disk in memory that is filled to the last pages (Linux, as root). On a network drive the store
has another journal, so there is a run for each.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from models.base import ClinicError, revised
from models.store import wrapping
from models.store.clinic import Clinic
from models.store.places import STORE
from models.store.same_file import log_of
from tests.conftest import CHEAP, PASSWORD, USER
from tests.models import builders as a
from tests.torture.share import mounted_from_network

ROOT = Path(__file__).parents[2]
PAGE = 4096
NEEDED = 30 * PAGE  # more than one save takes
DISK = 16 * 1024**2
MOUNT = 'mount -t tmpfs -o size="$0" none "$1" && shift && exec "$@"'

Room = Callable[[int], AbstractContextManager[None]]


@dataclass
class Figures:
    """`faults`: sentences about what was lost, torn or not explained; there must be none."""

    saved: int = 0
    refused: int = 0
    sentences: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def run(*, on_network: bool, small_disk: bool = False, step: int = 512) -> Figures:
    """Save with ever more room, `step` bytes at a time."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = [kind for kind, wanted in (("network", on_network), ("disk", small_disk)) if wanted]
        command = [sys.executable, "-m", __spec__.name, folder, str(step), *kinds]
        if small_disk:
            command = ["unshare", "-m", "sh", "-c", MOUNT, str(DISK), folder, *command]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return Figures(**json.loads(done.stdout))


def can_mount() -> bool:
    """Whether this process may mount a small disk of its own."""
    with tempfile.TemporaryDirectory() as folder:
        tried = ["unshare", "-m", "sh", "-c", MOUNT, str(DISK), folder, "true"]
        try:
            return subprocess.run(tried, check=False, capture_output=True).returncode == 0
        except OSError:
            return False


def _limited(file: Path, less: int) -> Room:
    """No file grows beyond what this one has now, and `size` more, `less` a few."""
    import resource  # noqa: PLC0415  (not on every platform)

    @contextmanager
    def room(size: int) -> Iterator[None]:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        most = file.stat().st_size - less + size
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    return room


def _filled(ballast: Path) -> Room:
    @contextmanager
    def room(size: int) -> Iterator[None]:
        with ballast.open("wb", buffering=0) as file:
            filled = 0
            try:
                while written := file.write(bytes(PAGE)):
                    filled += written
            except OSError:
                file.truncate(max(0, filled - size))
        try:
            yield
        finally:
            ballast.unlink()

    return room


def _tried(clinic: Clinic, room: Room, sizes: range) -> Figures:
    figures, rng = Figures(), random.Random(7)
    stands = clinic.save(a.patient())
    for size in sizes:
        wanted = revised(stands, notes=rng.randbytes(10_000).hex())
        with room(size):
            try:
                stands = clinic.save(wanted)
                figures.saved += 1
            except ClinicError as error:
                figures.refused += 1
                figures.sentences.append(error.happened)
        if clinic.patient(stands.mrn) != stands:
            figures.faults.append(f"{size}: not as it was told")
        stands = clinic.save(revised(clinic.patient(stands.mrn), notes=str(size)))
    figures.faults += clinic.check()
    figures.sentences = sorted(set(figures.sentences))
    return figures


def _main(folder: Path, step: int, kinds: list[str]) -> Figures:
    wrapping.COST = CHEAP
    if "network" in kinds:
        psutil.disk_partitions = mounted_from_network(folder)
    made, _key = Clinic.create(folder / "clinic", name="A", user=USER, password=PASSWORD)
    with made as clinic:
        if "disk" in kinds:
            room = _filled(folder / "ballast")
            return _tried(clinic, room, range(0, NEEDED, max(step, PAGE)))
        store = clinic.folder / STORE
        if "network" in kinds:
            size = store.stat().st_size
            return _tried(clinic, _limited(store, size), range(0, NEEDED + size, step))
        return _tried(clinic, _limited(log_of(store), 0), range(0, NEEDED, step))


if __name__ == "__main__":
    print(json.dumps(asdict(_main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))))
