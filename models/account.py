"""A user of the program: by which name, in which role; removed means that nobody signs in so."""

from typing import ClassVar

from models.base import Record, field
from models.roles import May, Role
from models.words import N_, _, day_words

LONGEST_USER = 100


class Account(Record, table=True):
    """The password is not here: the keyring holds what it unwraps."""

    __tablename__ = "account"
    singular: ClassVar[str] = N_("user")
    plural: ClassVar[str] = N_("users")
    changed_with: ClassVar[May] = May.ADMINISTER

    name: str = field(N_("Name"), max_length=LONGEST_USER, unique=True)
    role: Role = field(N_("Role"))
    new_password_due: bool = field(
        N_("Chooses a new password"),
        False,
        help=N_("At the next sign-in: the present one was given by somebody else."),
    )

    @property
    def state(self) -> str:
        """Whether somebody signs in so; since when, by whose doing and why not."""
        if self.removed_at is None:
            return _("May sign in")
        return _("Disabled since {date} by {user}: {why}").format(
            date=day_words(self.removed_at.astimezone().date()),
            user=self.removed_by,
            why=self.removed_why,
        )
