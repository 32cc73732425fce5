"""What others get of this process: nothing of its memory when it crashes, and none of its files."""

import os
import sys
from contextlib import suppress
from pathlib import Path

_WITHOUT_HEAP = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP
_OWNER_ONLY = 0o077


def keep_to_itself() -> None:
    """Called once, before anything is read; processes started from here inherit it.

    Whatever file is made is for its owner alone. Linux may hand a core dump to a collector that
    does not ask for the limit: none of the memory is in it, either. (A process that is not
    `dumpable` at all would be refused by the desktop's own services.) macOS keeps a list of calls;
    Windows no more than that, unless an administrator had it write whole dumps (`LocalDumps`).
    """
    os.umask(_OWNER_ONLY)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        ctypes.windll.kernel32.WerSetFlags(_WITHOUT_HEAP)
        return
    import resource  # noqa: PLC0415 - not on every platform

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/coredump_filter").write_text("0")
