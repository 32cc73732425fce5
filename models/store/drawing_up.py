"""Drawing up the worklist of the active patients, or anew only for those who changed since."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.garbage import seldom_sought
from models.progress import Progress, unseen
from models.store import active
from models.store.catching_up import changed_since
from models.store.settings import AUDIT_END, setting
from models.store.trail_end import End
from models.worklist import Worklist, draw_up


@dataclass(frozen=True)
class DrawnUp:
    """`mark`: up to where the audit trail was followed."""

    worklist: Worklist
    mark: End | None

    def is_of(self, today: dt.date, days: int) -> bool:
        return (self.worklist.today, self.worklist.days) == (today, days)


def drawn_up(
    session: Session,
    today: dt.date,
    days: int,
    before: DrawnUp | None = None,
    progress: Progress = unseen,
) -> DrawnUp:
    """`before`: as it was drawn up the last time, whose items stand for those who did not change.

    `progress`: of the patients who are read.
    """
    followed = before.worklist if before and before.is_of(today, days) else None
    changed = changed_since(session, before.mark) if followed and before and before.mark else None
    with seldom_sought():
        drawn = draw_up(active.histories(session, today, changed, progress), today, days)
    if followed and changed is not None:
        drawn = followed.renewed(changed, drawn)
    patients = active.on_file(session)
    return DrawnUp(replace(drawn, patients=patients), setting(session, AUDIT_END))
