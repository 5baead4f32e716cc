"""The tables as migrated, and opening by several processes at once."""

from __future__ import annotations

import os
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import rights.store.migrations as migrations
from rights.store import CaseStore, StoreSettings
from rights.store.database import Database
from rights.store.tables import INSERT_ONLY, METADATA
from tests.rights.store.build import Clock


def test_migrated_tables_are_the_declared_ones(bare_url: str) -> None:
    """The migrations build exactly what the table classes declare; running them twice is safe."""
    database = Database(bare_url)
    migrations.migrate(database)
    migrations.migrate(database)
    with database.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_newest_revision_is_the_one_named() -> None:
    """`HEAD`, by which an up-to-date store opens fast, is the newest migration."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_insert_only_tables_exist() -> None:
    """Every table that triggers guard is one of ours."""
    assert set(INSERT_ONLY) <= set(METADATA.tables)


def test_many_processes_open_a_new_store_at_once(tmp_path: Path, bare_url: str) -> None:
    """One makes the tables and the master key, the others wait, and all see the same store."""
    home = tmp_path / "home"
    bare = StoreSettings(bare_url, home / "v", home / "k", home / "m" / "key", home / "a")
    children: list[int] = []
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                CaseStore.open(bare, now=Clock())
                code = 0
            finally:
                os._exit(code)
        children.append(pid)
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert ends == [0, 0, 0, 0]
    assert CaseStore.open(bare, now=Clock()).verify().passes
