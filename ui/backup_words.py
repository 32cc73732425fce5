"""How the backups stand, in a few words for the status bar and in a sentence for who sees to it."""

import datetime as dt

from models.store.health import Health
from models.words import _, capitalised, moment_words, ngettext


def in_short(health: Health) -> str:
    """`Backup today 08:00`, `Last backup 3 days ago, overdue`, `Backup failed`."""
    if health.why:
        return _("Backup failed")
    words = capitalised(health.words)
    overdue = health.worrying and health.succeeded
    return _("{words}, overdue").format(words=words) if overdue else words


def in_a_sentence(health: Health) -> str:
    last = health.succeeded
    if health.why:
        return _("The last backup failed. {why}").format(why=health.why)
    if last is None:
        return _("There is no backup in the folder for backups.")
    moment = moment_words(last)
    if health.worrying:
        words = _("The last backup was made on {moment}; what was changed since is in none.")
    elif health.changed:
        words = _("The last backup was made on {moment}; the next one takes what changed since.")
    else:
        words = _("The last backup was made on {moment} and holds all that is on file.")
    return words.format(moment=moment)


def age_words(moment: dt.datetime, now: dt.datetime) -> str:
    """`Today`, `Yesterday`, `3 days`; by the calendar of where this computer stands."""
    days = (now.astimezone().date() - moment.astimezone().date()).days
    if days < 0:
        return _("In the future")
    if days < 2:
        return _("Yesterday") if days else _("Today")
    return ngettext("{n} day", "{n} days", days).format(n=days)
