"""What can be told of a clinic's folder before somebody signs in."""

from pathlib import Path

from models.store.failures import no_clinic, unreadable
from models.store.keyring import Keyring
from models.store.places import KEYRING, STORE, default_folder, demo_folder
from models.store.switching import finish_begun


def usual_folder() -> Path:
    """The clinic's own folder; the demo clinic's where there is no other yet."""
    own, demo = default_folder(), demo_folder()
    return demo if not is_clinic(own) and is_clinic(demo) else own


def is_clinic(folder: Path) -> bool:
    """Whether a clinic lies here, be it whole or not."""
    finish_begun(folder)
    return lies_in(folder)


def lies_in(folder: Path) -> bool:
    """The same, where what was begun is finished."""
    try:
        return (folder / STORE).exists() or (folder / KEYRING).exists()
    except OSError as error:
        raise unreadable(folder) from error


def keyring_of(folder: Path) -> Keyring:
    if not is_clinic(folder):
        raise no_clinic(folder)
    return Keyring.read(folder / KEYRING)


def users_of(folder: Path) -> list[str]:
    """Who may sign in, by name."""
    return sorted(keyring_of(folder).users, key=str.casefold)


def is_demo(folder: Path) -> bool:
    """Whether the patients of this clinic are made up."""
    return keyring_of(folder).demo
