"""What a report is to tell: of whom, as of which day, without what; and what it says of itself."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from models.deidentified import deidentified
from models.history import History
from models.letterhead import Letterhead
from models.words import _, day_words

if TYPE_CHECKING:
    from models.store.clinic import Clinic
    from reports.pictures import Picture

PAPERS = {"a4": "A4", "letter": "Letter"}


@dataclass(frozen=True)
class Asked:
    """One patient's history and what of it is wanted.

    `today`: the day as of which everything is told; `since`: earlier records are left out of charts
    and lists; `without`: the keys of the sections left out; `about`: the record, such as an adverse
    event, that the report is about; `files`: the photographs that it shows, by attachment.
    """

    history: History
    today: dt.date
    since: dt.date | None = None
    without: frozenset[str] = frozenset()
    about: uuid.UUID | None = None
    files: Mapping[uuid.UUID, "Picture"] = field(default_factory=dict)

    def has(self, section: str) -> bool:
        """Whether a section is wanted."""
        return section not in self.without

    def deidentified(self) -> Self:
        """The same of nobody: no name, no free text and no file."""
        return replace(self, history=deidentified(self.history), about=None, files={})


@dataclass(frozen=True, slots=True)
class Printing:
    """What every page says of its own making.

    `anonymous`: the pages name neither the clinic, nor a person, nor a calendar date; `demo`: the
    clinic is the demo, some of whose figures are made up; `left_out`: the sections that the reader
    does not find, in words.
    """

    clinic: str
    user: str
    at: dt.datetime
    paper: str = "a4"
    letterhead: Letterhead | None = None
    logo: bytes = b""
    anonymous: bool = False
    demo: bool = False
    left_out: str = ""

    @classmethod
    def by(
        cls, clinic: "Clinic", at: dt.datetime, paper: str = "a4", *, anonymous: bool = False
    ) -> Self:
        """A printing by the user of an open clinic, under its letterhead."""
        head = clinic.letterhead()
        logo = clinic.logo()
        return cls(clinic.name, clinic.user, at, paper, head, logo, anonymous, clinic.demo)

    def deidentified(self) -> Self:
        """The same by nobody, nowhere and at no time."""
        no_time = dt.datetime.min.replace(tzinfo=dt.UTC)
        return type(self)(
            "", "", no_time, self.paper, anonymous=True, demo=self.demo, left_out=self.left_out
        )

    @property
    def made(self) -> str:
        """`printed 30 Apr 2020 14:02 by anna`; of an anonymous page how its days are counted."""
        if self.anonymous:
            return _("day 0 is the diagnosis, or else the first record")
        return _("printed {date} {time} by {user}").format(
            date=day_words(self.at.date()), time=f"{self.at:%H:%M}", user=self.user
        )
