"""A fault of the program's own: what a person is told of it, and what the log may keep."""

import logging
import traceback

from models.errors import ClinicError
from models.words import _

log = logging.getLogger("ctcl")


def as_told(error: BaseException) -> ClinicError:
    """The error for a person; anything but a `ClinicError` is a bug and is logged on the way."""
    if isinstance(error, ClinicError):
        return error
    log.error("%s", frames(error))
    return ClinicError(
        _("Something went wrong inside the program."),
        _("What was saved is safe; what was being typed may not have been saved."),
        _("Try again. If it happens again, tell who looks after the program: the log names it."),
    )


def frames(error: BaseException) -> str:
    """Where it went wrong: types, files, lines and functions; no message and no value."""
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__name__)
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
