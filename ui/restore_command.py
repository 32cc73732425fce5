"""`restore` on the command line: what will change is shown before it is asked whether to go on.

It yields the lines to be printed. A line is printed before what comes after it is done.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.base import ClinicError
from models.store import restore_words, restoring
from models.store.restoring import ByPassword, ByRecoveryKey, Difference, Look, Source
from models.words import _, moment_words
from ui.typed_passwords import ask_password, first_password, is_sure, password_of, read_password

Arguments = argparse.Namespace
PROMPT = Path()


def describe(made: Any) -> None:
    """What can be asked."""
    which = _("the backup's file, its keyring beside it, or the folder of a single one")
    made.add_argument("file", type=Path, metavar="FILE", help=which)
    made.add_argument(
        "--recovery-key-file",
        type=Path,
        nargs="?",
        const=PROMPT,
        metavar="KEYFILE",
        help=_(
            "the printed recovery key instead of a password, from a file or a prompt;"
            " --user then gets the password as a new one"
        ),
    )
    made.add_argument("--yes", action="store_true", help=_("do not ask"))


def restore(asked: Arguments, folder: Path) -> Iterator[str]:
    source = restoring.source_at(asked.file)
    with restoring.look(source.store, folder, _who(asked, source, folder)) as look:
        difference = restoring.compare(look)
        yield from _what_changes(look, difference)
        question = _("Restore this backup into {folder}? [y/N]").format(folder=folder)
        if not asked.yes and not is_sure(question):
            raise _not_wanted()
        aside = restoring.restore(look)
    yield _("Restored: {folder}").format(folder=folder)
    if aside:
        yield _("What was there before was set aside in {folder}.").format(folder=aside)


def _what_changes(look: Look, difference: Difference) -> Iterator[str]:
    yield restore_words.about(look)
    differing, others = restore_words.counts(look, difference)
    for title, now, then in differing:
        yield _("{title}: {now} → {then}").format(title=title, now=_shown(now), then=_shown(then))
    said = (restore_words.the_others(len(differing), others), restore_words.set_aside(difference))
    yield from filter(None, said)
    for each in difference.later:
        told = (moment_words(each.at), each.user, each.what, each.patient, each.replaced)
        yield "\t".join(("  " + told[0], *filter(None, told[1:])))
    yield from restore_words.warnings(look, difference)
    yield from restore_words.faults(look)
    yield restore_words.afterwards(look)


def _shown(n: int | None) -> str:
    return "–" if n is None else str(n)


def _who(asked: Arguments, source: Source, folder: Path) -> ByPassword | ByRecoveryKey:
    user = _user(asked, source)
    if asked.recovery_key_file is None:
        return ByPassword(user, password_of(asked, folder, user))
    if asked.recovery_key_file == PROMPT:
        key = ask_password(_("Recovery key: "))
    else:
        key = read_password(asked.recovery_key_file)
    return ByRecoveryKey(key, user, first_password(asked))


def _user(asked: Arguments, source: Source) -> str:
    if "user" in asked:
        return str(asked.user)
    users = source.users
    if len(users) != 1:
        raise ClinicError(
            _("This backup has several users: {users}.").format(users=", ".join(users)),
            _("Nothing was changed."),
            _("Say who restores it with --user NAME."),
        )
    return users[0]


def _not_wanted() -> ClinicError:
    asked = sys.stdin.isatty()
    return ClinicError(
        _("Nothing was restored."),
        _("The clinic is as it was."),
        "" if asked else _("Answer y at a terminal, or use --yes."),
    )
