"""The migrations lead to the tables the models declare, and older stores are brought up to date."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from models.base import ClinicError, revised
from models.patient import Patient
from models.practice import usual_practice
from models.store import schema
from models.store.clinic import Clinic
from models.store.engine import Store
from models.store.files import private_file
from models.store.places import BACKUPS, KEYRING, STORE
from models.store.tables import METADATA
from models.store.wrapping import new_key
from tests.models import builders as a

USER, PASSWORD = "anna", "three unrelated words"

BehindTheBack = Callable[..., Any]


def described(connection: Connection) -> dict[str, Any]:
    """Every table but the search index: columns, keys, indexes and the names of all of them."""
    look = inspect(connection)
    names = [
        name
        for name in look.get_table_names()
        if not name.startswith("patient_search") and name != "alembic_version"
    ]
    return {name: table(look, name) for name in names}


def table(look: Any, name: str) -> dict[str, Any]:
    def by_name(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(found, key=lambda item: item["name"])

    columns = [{**column, "type": str(column["type"])} for column in look.get_columns(name)]
    return {
        "columns": by_name(columns),
        "primary key": look.get_pk_constraint(name),
        "foreign keys": by_name(look.get_foreign_keys(name)),
        "indexes": by_name(look.get_indexes(name)),
        "unique": by_name(look.get_unique_constraints(name)),
        "checks": by_name(look.get_check_constraints(name)),
    }


def tables_made_by(path: Path, make: Callable[[Connection], None]) -> dict[str, Any]:
    private_file(path)
    store = Store(path, new_key())
    with store.writing() as session:
        make(session.connection())
        found = described(session.connection())
    store.close()
    return found


def test_migrations_lead_to_what_the_models_declare(tmp_path: Path) -> None:
    by_migrations = tables_made_by(tmp_path / "one.db", schema.migrate)
    by_models = tables_made_by(tmp_path / "other.db", METADATA.create_all)
    assert by_migrations == by_models
    assert set(by_models) == set(METADATA.tables)


def test_the_program_knows_every_version() -> None:
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    known = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(known)) == schema.VERSIONS
    assert scripts.get_current_head() == schema.HEAD


def test_no_migration_changes_with_the_program() -> None:
    for migration in (Path(schema.__file__).parent / "migrations/versions").glob("*.py"):
        used = re.findall(r"^\s*(?:from|import) (models\S*)", migration.read_text(), re.MULTILINE)
        assert set(used) <= {"models.store.migrations.bookkeeping"}, migration.name


def made_older(clinic: Clinic, behind_the_back: BehindTheBack, *, broken: bool = False) -> None:
    """As the first version left it: without the search index and what came later."""
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        for later in (
            "patient_search",
            "practice",
            "rule_confirmation",
            "snooze",
            "draft",
            "search_word",
            "letterhead",
            "account",
            "safekeeping",
        ):
            connection.execute(f"DROP TABLE {later}")
        connection.execute("ALTER TABLE cycle DROP COLUMN height_cm")
        connection.execute("ALTER TABLE imaging DROP COLUMN masses")
        connection.execute("DROP INDEX ix_patient_merged_into")
        connection.execute("DROP INDEX ix_audit_entry_at")
        connection.execute("ALTER TABLE patient DROP COLUMN merged_into")
        connection.execute("ALTER TABLE attachment DROP COLUMN quarter_turns")
        connection.execute("ALTER TABLE staging DROP COLUMN judgement_reason")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        if broken:
            connection.execute("CREATE TABLE patient_search_content (x)")


def test_an_older_store_is_backed_up_and_brought_up_to_date(
    clinic: Clinic, patient: Patient, behind_the_back: BehindTheBack
) -> None:
    made_older(clinic, behind_the_back)
    keyring = (clinic.folder / KEYRING).read_bytes()
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert opened.find("weiss") == opened.find("wiess") == opened.find("7.3.1950") == [patient]
        assert opened.check() == []
    backup, kept_keyring = sorted((clinic.folder / BACKUPS).iterdir())
    assert backup.name.startswith(f"before-{schema.HEAD}-")
    assert kept_keyring.read_bytes() == keyring
    restored = clinic.folder.parent / "restored"
    restored.mkdir()
    backup.rename(restored / STORE)
    kept_keyring.rename(restored / KEYRING)
    with Clinic.open(restored, USER, PASSWORD) as opened:
        assert opened.patients() == [patient]


def test_an_older_store_gets_settings_and_stays_sound(
    clinic: Clinic, behind_the_back: BehindTheBack
) -> None:
    line = a.moga()
    cycle = a.cycle(line)
    before = clinic.save_all([a.patient(), line, cycle, a.infusion(cycle), a.imaging()])
    made_older(clinic, behind_the_back)
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert opened.check() == []
        assert list(opened.history(a.PATIENT).by_id.values()) == before[1:]
        assert opened.practice() == usual_practice()
        opened.save(revised(opened.practice(), result_days=10))
        assert opened.practice().result_days == 10
        assert opened.check() == []


def test_a_migration_that_fails_changes_nothing(
    clinic: Clinic, patient: Patient, behind_the_back: BehindTheBack
) -> None:
    made_older(clinic, behind_the_back, broken=True)
    with pytest.raises(ClinicError):
        Clinic.open(clinic.folder, USER, PASSWORD)
    with behind_the_back(clinic.folder) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
        assert connection.execute("SELECT mrn FROM patient").fetchall() == [(patient.mrn,)]
    assert len(list((clinic.folder / BACKUPS).iterdir())) == 2


def test_a_newer_store_is_refused(clinic: Clinic, behind_the_back: BehindTheBack) -> None:
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ClinicError, match="newer version of the program"):
        Clinic.open(clinic.folder, USER, PASSWORD)


@pytest.mark.parametrize("change", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
def test_a_store_without_its_version_is_refused(
    clinic: Clinic, behind_the_back: BehindTheBack, change: str
) -> None:
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        connection.execute(change)
    with pytest.raises(ClinicError, match="damaged, or is not"):
        Clinic.open(clinic.folder, USER, PASSWORD)
