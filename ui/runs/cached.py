"""A run that a cache can hold."""

from ui.runs.run import Run


class RunAtEpoch:
    """A run as the key of a cache: two are the same by name and by the epoch that is looked at."""

    def __init__(self, run: Run):
        self.run = run
        self._key = (run.id, run.at.epoch)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunAtEpoch) and self._key == other._key
