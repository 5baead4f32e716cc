"""Alembic migrations of the case store, run when the store is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from rights.store.database import Database

HEAD = "v0002"
"""The newest revision; lets an up-to-date store open without loading Alembic."""


def migrate(database: Database) -> None:
    """Brings the tables to the newest form. One process does it, others wait."""
    with database.read() as session:
        if _revision(session.connection()) == HEAD:
            return
    with database.write() as session:
        database.serialise(session, "migrate")
        _upgrade(session.connection())


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
