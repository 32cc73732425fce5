"""What restoring a backup would change, in words: for the page and for the command line."""

from collections.abc import Iterator

from models.records import RECORDS
from models.store.comparing import Difference, Present
from models.store.looking import Look, Standing
from models.store.places import KEYRING
from models.words import _, capitalised, moment_words, ngettext

Row = tuple[str, int | None, int | None]


def about(look: Look) -> str:
    """Whose backup it is, and of when."""
    words = _("{clinic}, {moment}: {patients}, {records}. Last entry {last}.")
    then = look.standing
    return words.format(
        clinic=then.name,
        moment=moment_words(look.source.at),
        patients=ngettext("{n} patient", "{n} patients", then.patients).format(n=then.patients),
        records=ngettext("{n} record", "{n} records", then.records).format(n=then.records),
        last=last_words(then),
    )


def last_words(standing: Standing) -> str:
    """When the newest entry was made, and by whom."""
    if standing.last_at is None:
        return _("none")
    words = _("{moment} by {user}")
    return words.format(moment=moment_words(standing.last_at), user=standing.last_by)


def counts(look: Look, difference: Difference) -> tuple[list[Row], int]:
    """By kind of record, how many there are now and in the backup, where that differs.

    And how many other kinds there are, of which both have as many. None: it cannot be told, or a
    store is too old to have any.
    """
    now, then = difference.now.counts if difference.now else {}, look.standing.counts
    rows = [
        (capitalised(_(kind.plural)), now.get(kind.table_name()), then.get(kind.table_name()))
        for kind in RECORDS
    ]
    differing = [row for row in rows if (row[1] or 0) != (row[2] or 0)]
    return differing, sum(1 for _title, n, m in rows if n and n == m)


def the_others(differing: int, others: int) -> str:
    """Of the kinds whose number does not change; empty where there are none."""
    if not others:
        return ""
    if not differing:
        return _("Of each kind of record there are as many now as in the backup.")
    words = ngettext(
        "Of the other kind of record there are as many now as in the backup.",
        "Of the other {n} kinds of record there are as many now as in the backup.",
        others,
    )
    return words.format(n=others)


def set_aside(difference: Difference) -> str:
    """How much came after the backup; empty where nothing did."""
    n, others = difference.changes, difference.others
    if not n + others:
        return ""
    changes = ngettext("{n} change of a record", "{n} changes of records", n).format(n=n)
    return _("Set aside: {changes}, and {n} other entries such as reading and signing in.").format(
        changes=changes, n=others
    )


def warnings(look: Look, difference: Difference) -> Iterator[str]:
    """What whoever restores must have read, though nothing is wrong with it."""
    match difference.present:
        case Present.ANOTHER_CLINIC:
            yield _(
                "This is a backup of another clinic, {then}. The one in this folder, {now},"
                " is set aside with all its patients."
            ).format(then=look.standing.name, now=difference.now.name if difference.now else "")
        case Present.CLOSED:
            yield _(
                "What lies in this folder cannot be opened with the key of this backup:"
                " it is damaged, or it is another clinic. It is set aside as it is."
            )
        case Present.THE_SAME_CLINIC if difference.changes:
            n = difference.changes
            yield ngettext(
                "What was recorded after this backup is set aside: {n} change is no longer seen.",
                "What was recorded after this backup is set aside: {n} changes are no longer seen.",
                n,
            ).format(n=n)
    if difference.shut_out:
        yield _(
            "The clinic's file here can be read. Only its keyring is missing or damaged: copied"
            " into the folder {folder} under the name {name}, the backup's keyring, {keyring},"
            " opens it, and nothing that was recorded later is set aside."
        ).format(folder=look.folder, name=KEYRING, keyring=look.source.keyring.name)
    if look.standing.is_older:
        yield _("An older version of the program made this backup; it is brought up to date.")


def faults(look: Look) -> Iterator[str]:
    """What is wrong with the clinic that the backup holds."""
    for fault in look.faults:
        yield _("Wrong in the clinic's file already when it was backed up: {fault}").format(
            fault=fault
        )


def afterwards(look: Look) -> str:
    """What people have to know who come in then."""
    words = _(
        "Users, roles, passwords and the recovery key are those of the backup, from {moment}:"
        " a sheet that was made after that does not hold any more. Renew the key if a former sheet"
        " may be in wrong hands."
    )
    return words.format(moment=moment_words(look.source.at))
