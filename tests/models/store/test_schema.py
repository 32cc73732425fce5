"""The migrations lead to the tables the models declare, and older stores are brought up to date."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from models.base import ClinicError
from models.store import schema
from models.store.clinic import Clinic
from models.store.engine import Store
from models.store.files import private_file
from models.store.tables import METADATA
from models.store.wrapping import new_key

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


def test_a_newer_store_is_refused(clinic: Clinic, behind_the_back: BehindTheBack) -> None:
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("UPDATE clinic_setting SET value = '\"7.5.0\"' WHERE key = 'needs'")
    with pytest.raises(ClinicError, match=r"newer version of the program.*version 7\.5\.0"):
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
