"""The tables, as they are after all migrations. A visitor stands in them by a hash alone."""

import sqlalchemy as sa

HEAD = "0003"  # the newest migration: where the database has it, Alembic is not asked

metadata = sa.MetaData()
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts integers alone

# A run, from when it was asked for. state: "under way", "finished", "stopped", or, in a class
# alone, "failed". made_here: by this installation, not brought in a file. Times are seconds since
# 1970; kept_at counts for its age. file: the hash of its events.
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("number", _NUMBER, primary_key=True),  # in their order, whatever the clock says
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    sa.Column("experiment", sa.String(64), nullable=False),
    sa.Column("version", sa.String(32), nullable=False),
    sa.Column("config", sa.JSON, nullable=False),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("made_here", sa.Boolean, nullable=False),
    sa.Column("begun_at", sa.Double, nullable=False),
    sa.Column("ended_at", sa.Double),
    sa.Column("kept_at", sa.Double, nullable=False),
    sa.Column("epochs", sa.Integer, nullable=False),
    sa.Column("train_s", sa.Double, nullable=False),
    sa.Column("metrics", sa.JSON, nullable=False),
    sa.Column("file", sa.String(64), index=True),
    sa.Column("bytes", sa.BigInteger, nullable=False),
)

# Which runs a visitor has asked for, and what they are called there.
work = sa.Table(
    "work",
    metadata,
    sa.Column("visitor", sa.String(64), primary_key=True),
    sa.Column(
        "run",
        _NUMBER,
        sa.ForeignKey("runs.number", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("asked_at", sa.Double, nullable=False),
)

# Secrets of this installation, by name; "seal" tells its own files from others'.
secrets = sa.Table(
    "secrets",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)

# A class. key_hash: of the browser that holds it, the hash that ``work`` has of a visitor.
# recovery_hash: of the phrase that moves it to another. ended_at: None while it goes on.
# version: grows with all that anybody in it is to see. lesson, settings: where everybody was sent,
# pushed: how often. settings: name -> value, or a list of which each pupil gets one.
classes = sa.Table(
    "classes",
    metadata,
    sa.Column("number", _NUMBER, primary_key=True),
    sa.Column("code", sa.String(6), nullable=False, unique=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("key_hash", sa.String(64), nullable=False, index=True),
    sa.Column("recovery_hash", sa.String(64), nullable=False),
    sa.Column("opened_at", sa.Double, nullable=False),
    sa.Column("ended_at", sa.Double),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("lesson", sa.String(64), nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
    sa.Column("pushed", sa.Integer, nullable=False),
    sa.Column("task", sa.String(200), nullable=False),
    sa.Column("eyes_here", sa.String(200), nullable=False),
    sa.Column("anonymous", sa.Boolean, nullable=False),
)


def _of_class() -> sa.Column[int]:
    key = sa.ForeignKey("classes.number", ondelete="CASCADE")
    return sa.Column("class", _NUMBER, key, nullable=False, index=True)


# Who is, or was until left_at, in a class. folded: the pseudonym without its capitals.
members = sa.Table(
    "members",
    metadata,
    sa.Column("number", _NUMBER, primary_key=True),
    _of_class(),
    sa.Column("visitor", sa.String(64), nullable=False, index=True),
    sa.Column("pseudonym", sa.String(40), nullable=False),
    sa.Column("folded", sa.String(120), nullable=False),
    sa.Column("joined_at", sa.Double, nullable=False),
    sa.Column("left_at", sa.Double),
    sa.UniqueConstraint("class", "visitor"),
    sa.UniqueConstraint("class", "folded"),
)

# What a class was asked. lesson, name: a lesson's own question; "" for one of the teacher's, whose
# words are text and choices. kind: "choice" or "number".
questions = sa.Table(
    "questions",
    metadata,
    sa.Column("number", _NUMBER, primary_key=True),
    _of_class(),
    sa.Column("lesson", sa.String(64), nullable=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.String(300), nullable=False),
    sa.Column("choices", sa.JSON, nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("asked_at", sa.Double, nullable=False),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column(
        "question",
        _NUMBER,
        sa.ForeignKey("questions.number", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "member",
        _NUMBER,
        sa.ForeignKey("members.number", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("value", sa.String(40), nullable=False),
    sa.Column("given_at", sa.Double, nullable=False),
)

# What a class's members have trained while they were in it.
class_runs = sa.Table(
    "class_runs",
    metadata,
    sa.Column(
        "member",
        _NUMBER,
        sa.ForeignKey("members.number", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "run",
        _NUMBER,
        sa.ForeignKey("runs.number", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("asked_at", sa.Double, nullable=False),
)

# Wrong guesses of codes and phrases. who: a keyed hash of a visitor or an address. at: when, for
# ten minutes.
guesses = sa.Table(
    "guesses",
    metadata,
    sa.Column("number", _NUMBER, primary_key=True),
    sa.Column("who", sa.String(64), nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False),
)
