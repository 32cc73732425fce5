"""The command line of CTCL Follow-up; without a command it opens the window.

Each command loads what it needs, and the window comes without waiting for any of it.
"""

import argparse
import json
import os
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.bugs import as_told
from models.errors import ClinicError
from models.store.failures import NewPasswordDue
from models.store.folder import users_of, usual_folder
from models.store.places import default_folder, demo_folder
from models.store.process import keep_to_itself
from models.words import _
from ui import command_arguments as takes
from ui.command_arguments import Command, described, now, today
from ui.typed_passwords import first_password, number_of, password_of

if TYPE_CHECKING:
    from models.store.clinic import Clinic
    from models.worklist import Item, Worklist

Arguments = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 2 refused with a sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    keep_to_itself()
    asked = parser().parse_args(arguments)
    command: Callable[[Arguments], None] = asked.command
    try:
        command(asked)
    except NewPasswordDue as error:
        print(error, _("On the command line: users password."), file=sys.stderr)
        return 2
    except ClinicError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print(_("Stopped. What was saved before is kept."), file=sys.stderr)
        return 2
    except Exception as error:  # a bug: told and logged without a patient's data
        print(as_told(error), file=sys.stderr)
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    everywhere = Command(add_help=False)
    everywhere.add_argument(
        "--clinic", type=Path, default=argparse.SUPPRESS, help=_("the clinic's folder")
    )
    everywhere.add_argument("--user", default=argparse.SUPPRESS, help=_("who asks"))
    everywhere.add_argument(
        "--password-file",
        type=Path,
        default=argparse.SUPPRESS,
        help=_("a file that holds the password; otherwise CTCL_PASSWORD, otherwise a prompt"),
    )
    whole = argparse.ArgumentParser(
        prog="main.py",
        description=_("Follow-up of patients with cutaneous T-cell lymphoma."),
        parents=[everywhere],
    )
    whole.set_defaults(command=open_window)
    commands = whole.add_subparsers(title=_("commands"), parser_class=Command)

    def add(
        name: str, help_text: str, command: Callable[[Arguments], None], *describe: Any
    ) -> None:
        made = commands.add_parser(name, help=help_text, parents=[everywhere])
        made.set_defaults(command=command)
        made.describe = partial(described, describe)

    add(
        "create",
        _("a new, empty, encrypted clinic; prints the recovery key once"),
        create,
        takes.of_new,
    )
    add("demo", _("the demo clinic: the published case and made-up patients"), demo, takes.of_demo)
    add("patients", _("who is on file"), patients, takes.as_json)
    about = _("what the program works out of a patient's records")
    add("summary", about, summary, takes.of_one, takes.as_json, takes.of_a_day)
    add("report", _("a report as PDF"), report, takes.of_one, takes.of_report)
    add(
        "worklist",
        _("what is due, over all patients"),
        worklist,
        takes.as_json,
        takes.of_a_day,
        takes.of_worklist,
        takes.on_paper,
    )
    about = _("survival, response and safety of many patients together")
    add("cohort", about, cohort, takes.of_cohort, takes.on_paper)
    about = _("who may sign in, roles, passwords and the recovery key")
    add("users", about, users, partial(takes.of_users, everywhere))
    add("audit", _("who did what when"), audit, takes.of_audit)
    about = _("empty tables to be filled in, with their headings explained")
    add("template", about, template, takes.of_template)
    about = _("tables, a FHIR bundle, or the terms of CTCAE: all of it, or nothing")
    add("import", about, import_file, takes.of_import)
    add("export", _("every record, in a form that other programs read"), export, takes.of_export)
    add(
        "backup", _("a checked copy of the clinic's file, and its keyring"), backup, takes.of_backup
    )
    about = _("put a backup in the place of the clinic, which is set aside")
    add("restore", about, restore, takes.of_restore)
    add("check", _("whether the store and its audit log are sound"), check, takes.as_json)
    return whole


def folder_of(asked: Arguments) -> Path:
    return Path(asked.clinic) if "clinic" in asked else usual_folder()


def who_asks(asked: Arguments) -> tuple[Path, str, str]:
    """The folder of the clinic, the user, and the password."""
    folder = folder_of(asked)
    user = user_of(asked, folder)
    return folder, user, password_of(asked, folder, user)


@contextmanager
def open_clinic(folder: Path, user: str, password: str) -> "Iterator[Clinic]":
    """Tells what was noticed at opening, and what is on no record after closing."""
    from models.store.clinic import Clinic

    clinic = Clinic.open(folder, user, password)
    try:
        with clinic:
            for notice in clinic.notices:
                print(notice, file=sys.stderr)
            yield clinic
    finally:
        if clinic.owed:
            print(clinic.owed, file=sys.stderr)


def user_of(asked: Arguments, folder: Path) -> str:
    if "user" in asked:
        return str(asked.user)
    users = users_of(folder)
    if len(users) == 1:
        return users[0]
    raise ClinicError(
        _("This clinic has several users: {users}.").format(users=", ".join(users)),
        _("Nothing was changed."),
        _("Say who asks with --user NAME."),
    )


def open_window(asked: Arguments) -> None:
    from ui.app import run

    run(Path(asked.clinic) if "clinic" in asked else None)


def create(asked: Arguments) -> None:
    from models.store.clinic import Clinic

    folder = Path(asked.clinic) if "clinic" in asked else default_folder()
    if "user" not in asked:
        raise ClinicError(
            _("A new clinic needs its first user."),
            _("Nothing was changed."),
            _("Say who it is with --user NAME."),
        )
    password = first_password(asked)
    clinic, recovery_key = Clinic.create(
        folder, name=asked.name, user=asked.user, password=password
    )
    clinic.close()
    print(_("The clinic lies in {folder}.").format(folder=folder))
    print(_("Recovery key (shown this once; write it down and lock it away):"))
    print(recovery_key)


def demo(asked: Arguments) -> None:
    from models.demo.clinic import create_demo

    folder = Path(asked.clinic) if "clinic" in asked else demo_folder()
    told = entered if sys.stderr.isatty() else None
    made = create_demo(folder, patients=asked.patients, seed=asked.seed, progress=told)
    with made.clinic as clinic:
        number = len(clinic.patients())
    if made.former:
        print(_("The former demo clinic was set aside in {folder}.").format(folder=made.former))
    print(_("Demo clinic with {n} patients: {folder}").format(n=number, folder=folder))
    print(_("User demo, password demo. Patients are made up; the case follows a published one."))


def entered(done: int, wanted: int) -> None:
    """How far the made-up patients are, on the terminal of whoever waits."""
    end = "\n" if done == wanted else "\r"
    print(
        _("{done} of {wanted} patients").format(done=done, wanted=wanted), end=end, file=sys.stderr
    )


def patients(asked: Arguments) -> None:
    with open_clinic(*who_asks(asked)) as clinic:
        found = clinic.patients()
        if asked.json:
            listed = [
                {
                    "mrn": patient.mrn,
                    "family_name": patient.family_name,
                    "given_name": patient.given_name,
                    "birth_date": patient.birth_date.isoformat(),
                    "sex": patient.sex.value,
                }
                for patient in found
            ]
            export_json(clinic, [patient.id for patient in found], listed, what="patients")
            return
    for patient in found:
        print(f"{patient.mrn}\t{patient.name}\t{patient.birth_date.isoformat()}")


def summary(asked: Arguments) -> None:
    from models.figures import awaiting, figures
    from models.summary import as_of
    from models.summary_json import summary_json

    with open_clinic(*who_asks(asked)) as clinic:
        whose = clinic.patient(number_of(asked.mrn)).id
        found = as_of(clinic.history(whose), asked.on)
        if asked.json:
            export_json(clinic, [whose], summary_json(found), what="summary")
            return
    print(found.identity, found.disease, found.standing, sep="\n")
    for title, value in found.key_figures:
        print(f"{title}: {value}")
    for due in found.due:
        print(_("next: {what}, {on} ({why})").format(what=due.what, on=due.on, why=due.why))
    for flag in found.flags:
        print(_("to be checked: {flag}").format(flag=flag))
    for rule in awaiting(figures(found), found):
        words = _("awaits confirmation by a clinician: {rule} ({source})")
        print(words.format(rule=rule.words, source=rule.source))


def report(asked: Arguments) -> None:
    from models.store.clinic import FILE
    from reports.wanted import Wanted
    from reports.writing import write_report

    wanted = Wanted(
        asked.kind,
        asked.to,
        asked.paper,
        since=asked.since,
        without=asked.without,
        anonymous=asked.anonymous,
    )
    with open_clinic(*who_asks(asked)) as clinic:
        whose = clinic.patient(number_of(asked.mrn)).id
        content = wanted.build(clinic.history(whose), clinic, now())
        with clinic.handing_out([whose], FILE, **wanted.said):
            write_report(content, asked.output)
    print(saved_as(asked.output, wanted.words))


def saved_as(path: Path, words: str) -> str:
    return _("Saved as {path}: {report}.").format(path=path.resolve(), report=words)


def worklist(asked: Arguments) -> None:
    from models import worklist as due

    with open_clinic(*who_asks(asked)) as clinic:
        found = clinic.worklist(asked.on, asked.days).worklist
        if asked.output:
            write_day_list(asked, found, clinic)
        if asked.json:
            listed = due.worklist_json(found.due, asked.on, asked.days)
            export_json(clinic, found.whose, listed, what="worklist")
    if asked.json:
        return
    if asked.output:
        print(saved_as(asked.output, _("Day list")))
    else:
        print_worklist(found)


def write_day_list(asked: Arguments, found: "Worklist", clinic: "Clinic") -> None:
    from models.store.clinic import FILE
    from reports.asked import Printing
    from reports.day_list import build_day_list
    from reports.wanted import DAY_LIST
    from reports.writing import write_report

    printing = Printing.by(clinic, now(), asked.paper)
    content = build_day_list(found, printing)
    with clinic.handing_out(found.whose, FILE, report=DAY_LIST):
        write_report(content, asked.output)


def print_worklist(found: "Worklist") -> None:
    """By group; what is put off stands last, with until when and why."""
    if not found.due:
        print(_("Nothing is due."))
    for group, within in groupby(found.due, key=lambda item: item.group):
        print_items(group.label, [(item, item.due.why) for item in within])
    if found.put_off:
        print_items(_("Put off"), [(item, item.put_off_words) for item in found.put_off])


def print_items(title: str, items: Sequence[tuple["Item", str]]) -> None:
    print(f"{title} ({len(items)})")
    for item, why in items:
        who = f"{item.patient.name} ({item.patient.mrn})"
        print(f"  {item.due.on}  {who}: {item.due.what} ({why})")


def cohort(asked: Arguments) -> None:
    from ui import cohort_command

    with open_clinic(*who_asks(asked)) as clinic:
        for line in cohort_command.cohort(asked, clinic, now(), export_json):
            print(line)


def template(asked: Arguments) -> None:
    from ui import exchange_command

    for line in exchange_command.write_template(asked):
        print(line)


def import_file(asked: Arguments) -> None:
    from ui import exchange_command

    with open_clinic(*who_asks(asked)) as clinic:
        for line in exchange_command.import_file(asked, clinic, aside):
            print(line)


def export(asked: Arguments) -> None:
    from ui import exchange_command

    with open_clinic(*who_asks(asked)) as clinic:
        for line in exchange_command.export_records(asked, clinic, today(), aside):
            print(line)


def backup(asked: Arguments) -> None:
    with open_clinic(*who_asks(asked)) as clinic:
        taken = clinic.backups.take(asked.folder)
    made = taken.backup
    print(_("Backed up and checked: {file}, {size}.").format(file=made.path, size=made.size_words))
    for former in taken.removed:
        print(_("No longer kept: {file}").format(file=former.path.name))
    if taken.left:
        print(taken.left_words)


def users(asked: Arguments) -> None:
    folder, user, password = who_asks(asked)
    with open_clinic(folder, user, password) as clinic:
        for line in asked.done(asked, clinic, password):
            print(line, flush=True)


def audit(asked: Arguments) -> None:
    from ui import audit_command

    with open_clinic(*who_asks(asked)) as clinic:
        for line in audit_command.audit(asked, clinic):
            print(line)


def restore(asked: Arguments) -> None:
    from ui import restore_command

    for line in restore_command.restore(asked, folder_of(asked)):
        print(line)


def check(asked: Arguments) -> None:
    with open_clinic(*who_asks(asked)) as clinic:
        wrong = clinic.check()
    if asked.json:
        print_json({"sound": not wrong, "problems": wrong})
    else:
        print("\n".join(wrong) or _("The store and its audit log are sound."))
    if wrong:
        raise ClinicError(
            _("The store is not sound."),
            _("Nothing was changed by this check."),
            _("Keep a copy of the folder, and restore a backup."),
        )


def aside(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def export_json(clinic: "Clinic", patients: Sequence[uuid.UUID], value: Any, *, what: str) -> None:
    """Print data of these patients, once that is on record."""
    from models.store.clinic import OUTPUT

    with clinic.exporting(patients, OUTPUT, what=what):
        print_json(value)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
