"""The database: opened, brought up to date under a lock, asked and written to."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from core.messages import N_, Problem
from core.store import schema

logger = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"
_CACHE_KIB = 256  # of each connection: the system keeps the file as well
_PATIENCE_S = 20  # for another process that writes
_LOCK = 5_901_702_023  # of PostgreSQL's advisory locks: any number that is ours alone


class Database:
    """A database of our tables, made or migrated when it is opened. Thread-safe.

    url: of SQLAlchemy, for SQLite or PostgreSQL. Raises Problem where it cannot be opened, or is
    of a newer version; then it is left as it was.
    """

    def __init__(self, url: str):
        try:
            self._engine = _engine(url)
            self._migrate()
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise Problem(N_("The database cannot be opened: {why}."), why=reason(error)) from error

    @property
    def is_shared(self) -> bool:
        """Whether several servers may use it."""
        return self._engine.dialect.name != "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees the database as it was at its first question."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are all made at its end, or none; one process at a time."""
        with self._engine.execution_options(writes=True).begin() as connection:
            if self.is_shared:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield connection

    def erase(self) -> None:
        """Have SQLite's log, too, hold nothing of what was deleted, as soon as nobody reads it."""
        if not self.is_shared:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self.reading() as connection:
            if _revision(connection) == schema.HEAD:
                return
        with self.writing() as connection:  # which waits for another process that does the same
            if _revision(connection) == schema.HEAD:
                return
            from alembic import command  # here: it takes a tenth of a second, once a version
            from alembic.config import Config
            from alembic.script import ScriptDirectory

            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
            if _revision(connection) not in {None, *known}:
                raise Problem(
                    N_(
                        "The database was made by a newer version of Pangloss and is left as it "
                        "is: update Pangloss, or set PANGLOSS_HOME to another folder."
                    )
                )
            command.upgrade(config, "head")


def reason(error: BaseException) -> str:
    """What the driver or the system says of an error, in a line without its parameters."""
    said = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    return " ".join(said.split())[:200].rstrip(".")


@contextmanager
def in_a_sentence(template: str) -> Iterator[None]:
    """Raises Problem where the disk or the database fails. template: a sentence about ``why``."""
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        logger.exception("the database cannot be read or changed")
        raise Problem(template, why=reason(error)) from None


def _revision(connection: sa.Connection) -> str | None:
    """The migration that the database has come to, None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _engine(url: str) -> sa.Engine:
    made = sa.make_url(url)
    if made.get_backend_name() != "sqlite":
        return sa.create_engine(made, pool_pre_ping=True)
    if made.database:
        Path(made.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(made, connect_args={"timeout": _PATIENCE_S})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by Python's guess
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is written over

    @event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        # Who means to write waits at once: a reader that writes later would fail instead.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
