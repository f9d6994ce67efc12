"""From the tables of every release to those of today, which are the ones that the code says."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.store import Archive, Settings, schema
from core.store.database import Database
from tests.unit.store.kept import assert_nothing_is_half_there, ids, keep

# What releases left behind, as ``sqlite3 pangloss.db .dump`` tells it; before them was nothing.
RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))


def differences(url):
    database = Database(url)
    with database.reading() as db:
        found = compare_metadata(MigrationContext.configure(db), schema.metadata)
    database.close()
    return found


def test_the_newest_migration_is_the_one_that_the_code_expects():
    scripts = Path(schema.__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_a_new_database_has_the_tables_that_the_code_says(tmp_path):
    assert differences(f"sqlite:///{tmp_path / 'new.db'}") == []


def test_so_has_a_new_database_of_postgresql(postgresql):
    assert differences(postgresql) == []


@pytest.mark.parametrize("dump", RELEASED, ids=lambda path: path.stem)
def test_a_release_s_database_is_brought_up_to_date_with_what_is_in_it(dump, tmp_path):
    with sqlite3.connect(tmp_path / "pangloss.db") as db:
        db.executescript(dump.read_text("utf-8"))
    db.close()
    assert differences(f"sqlite:///{tmp_path / 'pangloss.db'}") == []
    archive = Archive(Settings(tmp_path, keep_s=float("inf")))
    [seen] = archive.work("ada")
    assert (seen.run.id, seen.name, seen.pinned) == ("kept in a release", "le bon", True)
    assert seen.run.metrics == {"loss": 0.25, "accuracy": 0.75}
    keep(archive, "today")
    assert ids(archive) == ["today", "kept in a release"]
    archive.delete("ada", ["kept in a release"])
    archive.close()
    assert_nothing_is_half_there(tmp_path)
