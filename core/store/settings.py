"""Where it is kept, for how long and how much of it: what the environment says."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from core.messages import N_, Problem

_DAYS, _GB = "PANGLOSS_KEEP_DAYS", "PANGLOSS_KEEP_GB"
_CLASS_DAYS = "PANGLOSS_CLASS_DAYS"


@dataclass(frozen=True)
class Settings:
    """home: folder of the files and, by default, of the database. database: a URL of SQLAlchemy.

    keep_s, keep_bytes: how long, and how much in all, runs are kept that nobody has pinned.
    keep_class_s: how long a class is kept after it was opened.
    """

    home: Path
    database: str = ""
    keep_s: float = 30 * 86_400
    keep_bytes: float = 2e9
    keep_class_s: float = 90 * 86_400

    @property
    def url(self) -> str:
        """The database's URL: a file of SQLite in ``home`` where none is named."""
        return self.database or f"sqlite:///{self.home / 'pangloss.db'}"

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """What PANGLOSS_HOME, _DATABASE, _KEEP_DAYS, _KEEP_GB and _CLASS_DAYS say.

        Raises Problem where one of the last three is no number.
        """
        home = environment.get("PANGLOSS_HOME")
        return cls(
            Path(home) if home else platformdirs.user_data_path("pangloss", appauthor=False),
            environment.get("PANGLOSS_DATABASE", ""),
            86_400 * _number(environment, _DAYS, "30"),
            1e9 * _number(environment, _GB, "2"),
            86_400 * _number(environment, _CLASS_DAYS, "90"),
        )


def _number(environment: Mapping[str, str], name: str, default: str) -> float:
    given = environment.get(name) or default
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise Problem(
            N_("{name} must be a number that is not below 0, not {given}."),
            name=name,
            given=given[:40],
        )
    return value
