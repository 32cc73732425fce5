"""A little of `make torture`, at every run of the tests."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from models.store.clinic import Clinic
from tests.torture import damage, disk, files, kills, power_cuts, sign_ins
from tests.torture.calls import can_trace
from tests.torture.disk import Lost
from tests.torture.figures import Figures

POSIX = pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise there")
SEED = 20261121


@pytest.fixture
def folder(clinic: Clinic) -> Path:
    """A clinic that nobody has open."""
    clinic.close()
    return clinic.folder


def unharmed(figures: Figures) -> bool:
    return not (figures.faults or figures.counts[kills.LOST] or figures.counts[kills.DAMAGED])


@POSIX
@pytest.mark.parametrize("work", [kills.saving, kills.backing_up])
def test_what_was_saved_survives_kills(
    folder: Path, work: Callable[[Path, int, random.Random], Figures]
) -> None:
    figures = work(folder, 3, random.Random(SEED))
    assert figures.counts[kills.KILLS] == 3
    assert unharmed(figures), figures


@POSIX
def test_a_store_of_a_former_version_survives_kills(tmp_path: Path) -> None:
    figures = kills.bringing_up_to_date(tmp_path, 3, random.Random(SEED))
    assert unharmed(figures), figures


def test_another_byte_is_harmless_or_told(tmp_path: Path) -> None:
    figures = damage.flips(tmp_path, 25, random.Random(SEED))
    outcomes = (damage.REFUSED, damage.TOLD, damage.FOUND, damage.HARMLESS)
    assert sum(figures.counts[each] for each in outcomes) == 25
    assert figures.counts[damage.REFUSED] > 5
    assert figures.faults == []


@POSIX
def test_a_malformed_file_is_refused_in_words_and_never_comes_in_by_half(folder: Path) -> None:
    figures = files.malformed(folder, 60, random.Random(SEED))
    assert figures.faults == []
    assert figures.counts[files.NOT_READ] > 10
    assert figures.counts[files.PROBLEMS] > 10
    assert figures.counts[files.NOT_IN] > 0


def test_guesses_have_to_wait_and_the_right_password_opens(folder: Path) -> None:
    figures = sign_ins.guesses(folder, 6)
    assert figures.faults == []
    assert (figures.counts["refused"], figures.counts["had to wait"]) == (6, 4)
    assert figures.counts["on record"] == 6


@pytest.mark.skipif(not can_trace(), reason="there is no strace here")
def test_what_was_saved_survives_a_power_cut(tmp_path: Path) -> None:
    figures = power_cuts.cuts("save", tmp_path, 5, random.Random(SEED))
    assert figures.counts["cuts"] == 5
    assert figures.counts["moments"] > 100
    assert figures.faults == []


def test_a_power_cut_takes_what_was_not_synchronised(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "known").write_bytes(b"before")
    place = disk.read(tmp_path / "place")
    known, new = place.now["known"], disk.File()
    assert isinstance(known, disk.File)
    known.since += [(0, b"BE"), 4]
    place.now["new"] = new
    new.since.append((2, b"x"))
    found = {}
    for lost in (Lost.EVERYTHING, Lost.CONTENT):
        disk.write(place, tmp_path / lost.name, lost, random.Random(SEED))
        found[lost] = {path.name: path.read_bytes() for path in (tmp_path / lost.name).iterdir()}
    assert found[Lost.EVERYTHING] == {"known": b"before"}
    assert found[Lost.CONTENT] == {"known": b"before", "new": b""}
    for node in (known, new, place):
        node.sync()
    disk.write(place, tmp_path / "synchronised", Lost.EVERYTHING, random.Random(SEED))
    assert (tmp_path / "synchronised" / "known").read_bytes() == b"BEfo"
    assert (tmp_path / "synchronised" / "new").read_bytes() == b"\0\0x"
