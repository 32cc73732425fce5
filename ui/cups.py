"""Hands CUPS the PDF itself, as `lp` does: it lies in no file of ours, and in none of Qt's.

Qt's own way writes the pages into a temporary file, which stays where the process is killed.
"""

import os
import re
import subprocess
from dataclasses import dataclass
from typing import Self

from PySide6.QtPrintSupport import QPrintEngine, QPrinter

from models.base import ClinicError
from models.words import _
from ui.paper import prints_to_the_edge

PATIENCE = 60
PLAIN_WORDS = {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
STOPPED = re.compile(r"^printer \S+ disabled since .*\n\s+(.*)", re.MULTILINE)
REJECTING = re.compile(r"^\S+ not accepting requests since .*\n\s+(.*)", re.MULTILINE)
OFFLINE = re.compile(r"^\s+Alerts: .*\boffline", re.MULTILINE)
CHOSEN_FOR_CUPS = QPrintEngine.PrintEnginePropertyKey(0xFE00)  # Qt keeps it under this number
SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}


def prints_here() -> bool:
    """Whether this system prints through CUPS: Linux and macOS do, Windows does not."""
    return os.name == "posix"


@dataclass(frozen=True)
class CupsQueue:
    """A printer, and how it is to print, as `lp` is told."""

    name: str
    copies: int
    options: tuple[str, ...]

    @classmethod
    def chosen(cls, printer: QPrinter) -> Self:
        """What was chosen in the print dialog; a printer with its options may be `name/options`."""
        options = tuple(f"{key}={value}" for key, value in _options(printer).items())
        return cls(printer.printerName(), printer.copyCount(), options)

    @property
    def to(self) -> str:
        return f"printer {self.name}"

    def send(self, content: bytes, title: str) -> str:
        """Raises `ClinicError` where the printer is stopped, takes no jobs, or is not there."""
        offline = _is_offline(self.name.partition("/")[0])
        told = [part for option in self.options for part in ("-o", option)]
        sent = _asked("lp", "-d", self.name, "-n", str(self.copies), "-t", title, *told, to=content)
        if sent.returncode:
            said = sent.stderr.decode(errors="replace").strip().removeprefix("lp: ")
            raise _not_sent(_("it was not accepted: {said}").format(said=said.rstrip(".")))
        words = _("Sent to the printer {name}.").format(name=self.name)
        if offline:
            words = f"{words} {_('It is off or out of reach: it prints once it is back.')}"
        return words


def _options(printer: QPrinter) -> dict[str, str]:
    """What `lp` is told besides the copies; which way a page is turned, the PDF itself says."""
    options = {
        "document-format": "application/pdf",
        "media": printer.pageLayout().pageSize().key(),
        # at its own size, or narrowed to the paper; or always into what the printer can reach
        "print-scaling": "auto-fit" if prints_to_the_edge(printer) else "fit",
    }
    if printer.duplex() in SIDES:
        options["sides"] = SIDES[printer.duplex()]
    if printer.colorMode() is QPrinter.ColorMode.GrayScale:
        options["print-color-mode"] = "monochrome"
    if printer.copyCount() > 1:
        options["collate"] = "true" if printer.collateCopies() else "false"
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        options["outputorder"] = "reverse"
    if not printer.pageRanges().isEmpty():
        options["page-ranges"] = printer.pageRanges().toString()
    extra = printer.printEngine().property(CHOSEN_FOR_CUPS) or []
    return options | dict(zip(extra[::2], extra[1::2], strict=True))


def _is_offline(name: str) -> bool:
    """Whether the printer was out of reach when it was last needed; it may be back meanwhile."""
    asked = _asked("lpstat", "-r", "-l", "-p", name, "-a", name)
    said = asked.stdout.decode(errors="replace")
    if "scheduler is not running" in said:
        raise _not_sent(_("the print service of this computer is not running"))
    if asked.returncode:
        raise _not_sent(_("there is no printer {name}").format(name=name))
    if found := STOPPED.search(said):
        raise _not_sent(_("the printer {name} is stopped ({why})").format(name=name, why=found[1]))
    if found := REJECTING.search(said):
        words = _("the printer {name} takes no jobs at present ({why})")
        raise _not_sent(words.format(name=name, why=found[1]))
    return bool(OFFLINE.search(said))


def _asked(*command: str, to: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run it without a terminal, where it could ask for a password, and not for ever."""
    try:
        return subprocess.run(  # noqa: S603 - our own commands, and no shell
            command,
            input=to,
            capture_output=True,
            check=False,
            env=os.environ | PLAIN_WORDS,
            start_new_session=True,
            timeout=PATIENCE,
        )
    except FileNotFoundError as error:
        raise _not_sent(
            _("{command}, which hands pages to the printer, is not installed").format(
                command=command[0]
            ),
            _("Install CUPS (on Debian: cups-client), or save it as a PDF."),
        ) from error
    except subprocess.TimeoutExpired as error:
        raise _not_sent(_("the print service does not answer")) from error


def _not_sent(why: str, next_step: str = "") -> ClinicError:
    return ClinicError(
        _("This could not be printed: {why}.").format(why=why),
        _("No page was sent, and the clinic's records are not touched."),
        next_step
        or _("Look at the printer's settings or choose another printer, or save it as a PDF."),
    )
