"""What is asked of the store while something is done: counted, and looked at, not timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.store.clinic import Clinic


@contextmanager
def asked_of(clinic: Clinic, beginning: str = "SELECT") -> Iterator[list[tuple[str, Any]]]:
    """The statements that begin so, with their values; "" for every one."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith(beginning):
            asked.append((statement, values))

    engine = clinic._store._reading
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan_of(clinic: Clinic, asked: list[tuple[str, Any]]) -> list[str]:
    """How the store finds what these ask for, step by step."""
    with clinic._store.outside_transactions() as connection:
        return [
            row.detail
            for statement, values in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
