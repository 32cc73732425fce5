"""Where the clinic's files lie."""

from pathlib import Path

from platformdirs import user_data_path

STORE = "clinic.db"
KEYRING = "keyring.json"
BACKUPS = "backups"
BACKUP_LOCK = ".backup.lock"
TRAIL_END = "trail-end.json"
TRIES = "tries.json"
TRIES_LOCK = ".tries.lock"


def default_folder() -> Path:
    """The platform's own data folder."""
    return user_data_path("CTCL Follow-up", appauthor=False)


def demo_folder() -> Path:
    """Beside the clinic's own folder, so that made-up patients never mix with real ones."""
    return user_data_path("CTCL Follow-up demo", appauthor=False)
