"""The runs of the archive, as the engine's jobs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core import experiments
from core.engine.jobs import Job
from core.messages import Problem

if TYPE_CHECKING:  # a job's process has no use for a database
    from core.store import Archive


class KeptRuns:
    """Keeps jobs and finds them again; without an archive nothing is kept.

    A sweep keeps its own runs. find: experiment name -> Experiment.
    """

    def __init__(
        self, archive: "Archive | None", find: Callable[[str], experiments.Experiment[Any]]
    ):
        self._archive = archive
        self._find = find

    def begin(self, job: Job):
        """Note what was asked for, so that it is offered again if the server dies."""
        if self._archive and not job.of_sweep:
            self._archive.begin(job.id, job.experiment, job.config.to_dict(), job.visitor)

    def end(self, job: Job):
        """Keep what a job has said."""
        if self._archive and not job.of_sweep:
            self._archive.end(job.id, job.events, job.times_s)

    def has(self, job: Job) -> bool:
        """Whether a job that has ended can be found again."""
        if not self._archive or self._archive.trouble(job.id):
            return False
        kept = self._archive.find(job.id)
        return kept is not None and kept.ended

    def find(self, job_id: str, now: float, *, arrays: bool = True) -> Job | None:
        """A run that has ended, as ``Job.kept``; without ``arrays``, without files, too.

        What this version has no settings for, or cannot read, is None.
        """
        if self._archive is None or not (kept := self._archive.find(job_id)):
            return None
        recording = self._archive.recording(kept, arrays=arrays)
        if recording is None:
            return None
        try:
            config = self._find(kept.experiment).Config.parse(kept.config)
        except Problem:
            return None
        return Job.kept(kept, config, recording, now)
