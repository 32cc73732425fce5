"""One user in each role at a made-up clinic."""

from pathlib import Path

from models.account import Account
from models.roles import Role
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER

GIVEN, OWN = "a word that was given", "a word of my very own"


def name_of(role: Role) -> str:
    """The administrator is who made the clinic."""
    return USER if role is Role.ADMINISTRATOR else f"the {role.value}"


def password_of(role: Role) -> str:
    return PASSWORD if role is Role.ADMINISTRATOR else OWN


def engage(folder: Path) -> None:
    """Let a reader, a recorder and a clinician in, each with a password of their own."""
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                clinic.users.add(name_of(role), role, GIVEN)
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            with Clinic.open(folder, name_of(role), GIVEN) as clinic:
                clinic.users.change_own_password(GIVEN, OWN)


def signed_in(folder: Path, role: Role) -> Clinic:
    return Clinic.open(folder, name_of(role), password_of(role))


def account(clinic: Clinic, name: str) -> Account:
    """As it stands now."""
    return next(each for each in clinic.users.all() if each.name == name)
