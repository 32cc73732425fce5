"""A file of JSON, read without harm: neither too large, nor too deep, nor half of one."""

import json
import re
from pathlib import Path
from typing import Any

from models.base import ClinicError
from models.words import _

MOST_BYTES = 200 * 1024 * 1024
MOST_WIDE = MOST_BYTES // 4
"""Of a file beyond ASCII: read, one letter of it can make all of them four times as large."""
MOST_DEPTH = 100
MOST_PARTS = 2_000_000
"""Values of a file, each some 130 bytes once it is read."""
_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[{]|[\]}]|,', re.DOTALL)


def load(path: Path) -> dict[str, Any]:
    """Raises `ClinicError` where it cannot be read, or is not one JSON object."""
    text = _text(path)
    _check_shape(path, text)
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise _no_json(path, line) from None
    if not isinstance(found, dict):
        raise _no_json(path, None)
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_much(path)
        content = path.read_bytes()
        if len(content) > MOST_WIDE and not content.isascii():
            raise _too_much(path)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(
            _("{name} is not in UTF-8, as JSON is.").format(name=path.name),
            _("Write the file anew from the system that it comes from."),
        ) from None
    except OSError as error:
        raise _refused(
            _("{name} cannot be read: {why}.").format(
                name=path.name, why=error.strerror or type(error).__name__
            ),
            _("Choose another file, or copy it to this computer first."),
        ) from error


def _check_shape(path: Path, text: str) -> None:
    """Told by its brackets and commas alone, before anything is made of it."""
    depth = parts = 0
    for found in _MARK.finditer(text):
        mark = text[found.start()]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        parts += mark in "[{,"
        if depth > MOST_DEPTH:
            raise _refused(
                _("{name} is nested more than {n} levels deep.").format(
                    name=path.name, n=MOST_DEPTH
                ),
                _("No bundle is: choose another file."),
            )
        if parts > MOST_PARTS:
            raise _too_much(path)


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _too_much(path: Path) -> ClinicError:
    return _refused(
        _("{name} holds too much to be read at once.").format(name=path.name),
        _("Have it written in several files, each with fewer patients."),
    )


def _no_json(path: Path, line: int | None) -> ClinicError:
    where = _(" from line {n} on").format(n=line) if line else ""
    return _refused(
        _("{name} is not JSON{where}, or only half of it.").format(name=path.name, where=where),
        _("Copy or write the file anew, and read it again."),
    )


def _refused(happened: str, next_step: str) -> ClinicError:
    return ClinicError(happened, _("Nothing was imported."), next_step)
