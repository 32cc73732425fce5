"""Who may do what: four roles, each of which may all that the one before it may."""

from models.values import Choice
from models.words import N_, _


class May(Choice):
    """What a role allows, in words for whoever is refused."""

    READ = N_("read and print")
    RECORD = N_("enter, correct and remove records")
    JUDGE = N_("confirm rules and change the settings")
    EXPORT = N_("export records")
    ADMINISTER = N_("look after users, backups and the audit log")


class Role(Choice):
    """What somebody is at the clinic, as far as the program is concerned."""

    READER = N_("reader")
    RECORDER = N_("recorder")
    CLINICIAN = N_("clinician")
    ADMINISTRATOR = N_("administrator")

    def may(self, what: May) -> bool:
        return _ORDER.index(self) >= _ORDER.index(_FROM[what])

    @property
    def words(self) -> str:
        """What the role is for, in a sentence."""
        return _(_WORDS[self])


def least_role(what: May) -> Role:
    """The first of the roles that may do this."""
    return _FROM[what]


_ORDER = tuple(Role)
_FROM = {
    May.READ: Role.READER,
    May.RECORD: Role.RECORDER,
    May.JUDGE: Role.CLINICIAN,
    May.EXPORT: Role.CLINICIAN,
    May.ADMINISTER: Role.ADMINISTRATOR,
}
_WORDS = {
    Role.READER: N_("Reads every patient and prints, and changes nothing."),
    Role.RECORDER: N_("Also enters, corrects, merges and removes what is recorded of patients."),
    Role.CLINICIAN: N_("Also confirms rules, changes the settings and exports."),
    Role.ADMINISTRATOR: N_("Also looks after users, letterhead, backups and the audit log."),
}
