"""How the backups stand, in a few words for the status bar and in a sentence for who sees to it."""

from models.store.health import Health
from models.words import _, capitalised, moment_words


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
        return _("There is no backup yet.")
    moment = moment_words(last)
    if health.worrying:
        words = _("The last backup was made on {moment}; what was changed since is in none.")
    elif health.changed:
        words = _("The last backup was made on {moment}; the next one takes what changed since.")
    else:
        words = _("The last backup was made on {moment} and holds all that is on file.")
    return words.format(moment=moment)
