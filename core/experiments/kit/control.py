"""What a run asks its surroundings between two compiled calls."""

from collections.abc import Mapping
from typing import Any


class Control:
    """Lets a run be paused, changed and stopped. This one never interferes: for notebooks.

    ``run`` calls ``checkpoint`` between compiled calls (each at most 0.25 s long) and looks at
    ``stopped`` afterwards.
    """

    stopped: bool = False
    at: int = 0  # the last step, which the run says before each ``checkpoint``
    room: int | None = None  # updates that may be made until the next one; None: any number

    def checkpoint(self) -> Mapping[str, Any]:
        """Wait while paused; return the settings changed since the last call, already checked."""
        return {}

    def wait(self) -> None:
        """Wait while paused, in the middle of something that takes no changes."""
