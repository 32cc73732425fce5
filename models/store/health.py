"""Whether all is well with the backups, in a few words for the status bar."""

import datetime as dt
from dataclasses import dataclass

from models.words import _, moment_words, ngettext, within_sentence


@dataclass(frozen=True)
class Health:
    """`succeeded`: when one last did. `why` the newest one failed; empty if it did not.

    `changed`: something was, since the last backup. `automatic`: they are made by themselves.
    `same_disk`: they lie on the same disk as the clinic's file, and would be lost with it.
    """

    now: dt.datetime
    succeeded: dt.datetime | None
    why: str
    changed: bool
    warn_after: dt.timedelta
    automatic: bool
    same_disk: bool

    @property
    def age(self) -> dt.timedelta | None:
        """Of the last backup; below zero where a clock was set back."""
        return self.now - self.succeeded if self.succeeded else None

    @property
    def of_today(self) -> bool:
        return self._days_ago == 0

    @property
    def worrying(self) -> bool:
        """It failed, or it is old and does not hold what was changed since."""
        if not self.automatic:
            return False
        return bool(self.why) or (
            self.changed and (self.age is None or abs(self.age) > self.warn_after)
        )

    @property
    def words(self) -> str:
        """`backup today 08:00`, `last backup 3 days ago`, `backup failed: …`."""
        if self.why:
            return _("backup failed: {why}").format(why=within_sentence(self.why))
        days = self._days_ago
        if self.succeeded is None or days is None:
            return _("no backup in its folder")
        if days == 0:
            return _("backup today {time}").format(time=f"{self.succeeded.astimezone():%H:%M}")
        if days == 1:
            return _("last backup yesterday")
        if days < 0:
            return _("last backup {moment}").format(moment=moment_words(self.succeeded))
        return ngettext("last backup {n} day ago", "last backup {n} days ago", days).format(n=days)

    @property
    def _days_ago(self) -> int | None:
        """In days of the calendar, where this computer stands."""
        if self.succeeded is None:
            return None
        return (self.now.astimezone().date() - self.succeeded.astimezone().date()).days
