"""A print server of one's own: CUPS itself, with one queue to a printer that takes PDF."""

import ctypes
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
NEEDED = ("cupsd", "lp", "lpstat", "lpadmin")
MISSING = [name for name in NEEDED if not shutil.which(name, path=PATH)]
QUEUE = "paper"
PATIENCE = 20

CONFIGURATION = """
Listen {folder}/socket
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobFiles No
LogLevel warn
<Location />
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {folder}
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
ServerBin {folder}/programs
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
SyncOnClose No
"""
# The printer: it keeps what it is told and what it is sent; switched off, it waits.
PRINTER = """#!/bin/sh
[ $# -ge 5 ] || exit 0
tray="${DEVICE_URI#paper:}"
[ ! -e "$tray/off" ] || echo "STATE: +offline-report" >&2
while [ -e "$tray/off" ]; do sleep 0.1; done
echo "STATE: -offline-report" >&2
cat "${6:--}" > "$tray/$1.part"
printf '%s\\n' "$@" > "$tray/$1.told"
mv "$tray/$1.part" "$tray/$1.pdf"
"""
DESCRIPTION = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PAPER.PPD"
*Manufacturer: "Made up"
*Product: "(Paper)"
*ModelName: "Paper"
*NickName: "Paper"
*ShortNickName: "Paper"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsFilter2: "application/pdf application/pdf 0 -"
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Paper: PickOne
*DefaultPageSize: Letter
*PageSize A4/A4: ""
*PageSize Letter/Letter: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: Letter
*PageRegion A4/A4: ""
*PageRegion Letter/Letter: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea A4/A4: "12 12 583 830"
*ImageableArea Letter/Letter: "12 12 600 780"
*DefaultPaperDimension: Letter
*PaperDimension A4/A4: "595 842"
*PaperDimension Letter/Letter: "612 792"
*OpenUI *Duplex/Both sides: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long edge: ""
*Duplex DuplexTumble/Short edge: ""
*CloseUI: *Duplex
"""


@dataclass(frozen=True)
class Job:
    """What came out: the printer is told these options."""

    title: str
    copies: int
    options: set[str]
    pdf: bytes


@dataclass(frozen=True)
class PrintServer:
    folder: Path

    @property
    def address(self) -> str:
        return str(self.folder / "socket")

    @property
    def tray(self) -> Path:
        return self.folder / "tray"

    def jobs(self) -> list[Job]:
        """Those that came out, whole, in their order."""
        done = sorted(self.tray.glob("*.pdf"), key=lambda path: int(path.stem))
        return [_job(path) for path in done]

    def tell(self, *command: str) -> str:
        environment = os.environ | {"CUPS_SERVER": self.address, "PATH": PATH, "LC_ALL": "C"}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        return done.stdout.decode()

    def waiting(self) -> str:
        return self.tell("lpstat", "-o")

    def tidy_up(self) -> None:
        """The printer is on, its queue takes jobs, and nothing waits or lies in the tray."""
        self.tell("cancel", "-a", "-x")
        self.tell("cupsenable", QUEUE)
        self.tell("cupsaccept", QUEUE)
        for each in self.tray.iterdir():
            each.unlink()


def _job(path: Path) -> Job:
    _number, _user, title, copies, options, *_file = (
        path.with_suffix(".told").read_text().split("\n")
    )
    return Job(title, int(copies), set(options.split(" ")), path.read_bytes())


@contextmanager
def print_server(folder: Path) -> Iterator[PrintServer]:
    """Runs for as long as it is needed; it and its queue are nobody else's."""
    assert not MISSING, f"no CUPS here: {', '.join(MISSING)} missing"
    for name in ("tray", "spool/tmp", "cache", "state", "programs/backend"):
        (folder / name).mkdir(parents=True)
    (folder / "cupsd.conf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder))
    (folder / "paper.ppd").write_text(DESCRIPTION)
    printer = folder / "programs" / "backend" / "paper"
    printer.write_text(PRINTER)
    printer.chmod(0o700)
    cups = Path(shutil.which("lpadmin", path=PATH) or "").parents[1] / "lib" / "cups"
    (folder / "programs" / "daemon").symlink_to(cups / "daemon")
    server = PrintServer(folder)
    command = [shutil.which("cupsd", path=PATH) or "cupsd", "-f"]
    command += ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    with subprocess.Popen(command) as process:
        try:
            _wait_until_it_runs(server, process)
            device = f"paper:{server.tray}"
            server.tell("lpadmin", "-p", QUEUE, "-v", device, "-P", f"{folder}/paper.ppd", "-E")
            yield server
        finally:
            process.terminate()


def _wait_until_it_runs(server: PrintServer, process: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + PATIENCE
    while "not running" in server.tell("lpstat", "-r"):
        said = server.folder / "error.log"
        assert process.poll() is None, said.read_text() if said.exists() else "no print server"
        assert time.monotonic() < give_up, "the print server does not start"


@contextmanager
def known_to_qt(server: PrintServer) -> Iterator[None]:
    """Qt's print dialog shows this server's printers: it asks the library, which asks once."""
    library = ctypes.CDLL("libcups.so.2")
    library.cupsSetServer(server.address.encode())
    try:
        yield
    finally:
        library.cupsSetServer(None)
