"""What was asked to be repeated, as a file each: a link finds it after the server's next start."""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.experiments import Experiment
from core.experiments.kit.config import Config
from core.messages import Problem

_ID = re.compile("[A-Za-z0-9_-]{16}")  # of secrets.token_urlsafe(12)
_MOST_BYTES = 10_000


@dataclass(frozen=True)
class Asked:
    """One setting with several seeds. config: its fields, as JSON has them."""

    id: str
    experiment: str
    config: Mapping[str, Any]
    seeds: int
    visitor: str
    finished: bool

    def settings(self, find: Callable[[str], Experiment[Any]]) -> Config | None:
        """The config, None where this version has none of that kind."""
        try:
            return find(self.experiment).Config.parse(self.config)
        except Problem:
            return None


def write(folder: Path, asked: Asked) -> None:
    """Keep what was asked for. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{asked.id}.unfinished"
    unfinished.write_text(json.dumps(vars(asked)), encoding="utf-8")
    os.replace(unfinished, folder / f"{asked.id}.json")


def read(folder: Path, asked_id: str) -> Asked | None:
    """What was asked for by that id; None where that is not there, or cannot be read."""
    if not _ID.fullmatch(asked_id):
        return None
    try:
        with (folder / f"{asked_id}.json").open("rb") as file:
            asked = Asked(**json.loads(file.read(_MOST_BYTES)))
    except (OSError, ValueError, TypeError):
        return None
    return asked if asked.id == asked_id else None
