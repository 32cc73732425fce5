"""How the clinic matched the columns of its spreadsheets, for the next one of the same form."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.exchange.matching.memory import Remembered, merged
from models.store.settings import set_setting, setting

MATCHINGS = "matchings"


def remembered(session: Session) -> Sequence[Remembered]:
    """The latest first."""
    return setting(session, MATCHINGS) or ()


def remember(session: Session, matching: Remembered) -> None:
    set_setting(session, MATCHINGS, merged(remembered(session), matching))
