"""What each command takes on the command line, and how it is read.

A command's own arguments are described, and what they need is loaded, only where it was typed.
"""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from models.words import N_, _

NUMBER = N_("the patient's number, as `patients` lists it; - asks for it: no shell keeps it")


class Command(argparse.ArgumentParser):
    """Its own arguments are described only where it is the one that was typed."""

    describe: Callable[[Any], object] = staticmethod(lambda made: None)

    def parse_known_args(self, *asked: Any) -> Any:  # type: ignore[override]
        self.describe(self)
        return super().parse_known_args(*asked)


def described(each: Sequence[Callable[[Any], object]], made: Any) -> None:
    for describe in each:
        describe(made)


def as_json(made: Any) -> None:
    made.add_argument("--json", action="store_true")


def of_one(made: Any) -> None:
    made.add_argument("mrn", help=_(NUMBER))


def of_a_day(made: Any) -> None:
    made.add_argument("--on", type=a_day, default=today(), help=_("as of a day (default: today)"))


def of_new(made: Any) -> None:
    made.add_argument("--name", required=True, help=_("the clinic's name, as on printed pages"))


def of_demo(made: Any) -> None:
    made.add_argument("--patients", type=whole_number, default=0, help=_("how many made-up ones"))
    made.add_argument("--seed", type=whole_number, default=1, help=_("same seed, same patients"))


def of_report(made: Any) -> None:
    from reports.catalogue import REPORTS

    made.formatter_class, made.epilog = argparse.RawDescriptionHelpFormatter, kinds()
    written = _("the PDF file; one of this name is replaced")
    made.add_argument("-o", "--output", type=Path, required=True, help=written)
    which = _("which report, see below (default: timeline)")
    made.add_argument("--kind", choices=[*REPORTS], default="timeline", metavar="KIND", help=which)
    on_paper(made)
    made.add_argument(
        "--from", dest="since", type=a_day, metavar="DATE", help=_("without what came before")
    )
    as_of = _("as of a day (default: today)")
    made.add_argument("--to", type=a_day, default=today(), metavar="DATE", help=as_of)
    made.add_argument(
        "--without",
        type=names,
        default=frozenset(),
        metavar="SECTION,SECTION",
        help=_("sections to be left out; a wrong name is answered with the list of them"),
    )
    made.add_argument(
        "--anonymous", action="store_true", help=_("de-identified, dates as days since diagnosis")
    )


def of_worklist(made: Any) -> None:
    made.add_argument(
        "--days", type=days_ahead, default=7, help=_("so many days ahead (default: 7)")
    )
    made.add_argument("-o", "--output", type=Path, help=_("the list as a PDF, to be printed"))


def on_paper(made: Any) -> None:
    from reports.asked import PAPERS

    help_text = _("the size of the paper (default: a4)")
    made.add_argument("--paper", choices=[*PAPERS], default="a4", help=help_text)


def of_cohort(made: Any) -> None:
    from ui import cohort_command

    cohort_command.describe(made)


def of_users(everywhere: argparse.ArgumentParser, made: Any) -> None:
    from ui import users_command

    users_command.describe(made, everywhere)


def of_audit(made: Any) -> None:
    from ui import audit_command

    audit_command.describe(made, a_day)


def of_template(made: Any) -> None:
    from ui import exchange_command

    exchange_command.describe_template(made)


def of_import(made: Any) -> None:
    from ui import exchange_command

    exchange_command.describe_import(made)


def of_export(made: Any) -> None:
    from ui import exchange_command

    exchange_command.describe_export(made)


def of_backup(made: Any) -> None:
    help_text = _("where it goes (default: the clinic's own folder for backups)")
    made.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=help_text)


def of_restore(made: Any) -> None:
    from ui import restore_command

    restore_command.describe(made)


def kinds() -> str:
    """What each report is, a line for each."""
    from reports.catalogue import REPORTS

    width = max(map(len, REPORTS))
    lines = (f"  {kind:{width}}  {_(report.help)}" for kind, report in REPORTS.items())
    return "\n".join([_("kinds of report:"), *lines])


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def today() -> dt.date:
    return now().date()


def a_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = _("{text} is not a date; write it as 2020-04-30").format(text=text)
        raise argparse.ArgumentTypeError(message) from None


def names(text: str) -> frozenset[str]:
    return frozenset(name for part in text.split(",") if (name := part.strip()))


def whole_number(text: str) -> int:
    if not text.isdecimal():
        message = _("{text} is not a whole number of 0 or more").format(text=text)
        raise argparse.ArgumentTypeError(message)
    return int(text)


def days_ahead(text: str) -> int:
    from models.worklist import LONGEST

    if not text.isdecimal() or len(text) > len(str(LONGEST)) or int(text) > LONGEST:
        message = _("{text} is not a whole number of days from 0 to {most}")
        raise argparse.ArgumentTypeError(message.format(text=text, most=LONGEST))
    return int(text)
