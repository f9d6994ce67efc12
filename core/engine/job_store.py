"""The jobs that can be found: by id, by the address of their run, for as long as they are kept."""

from core.engine.jobs import Job
from core.engine.limits import Limits


class JobStore:
    """Holds live jobs, and ended ones for a time and up to a size. Not thread-safe by itself."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._by_id: dict[str, Job] = {}
        self._by_address: dict[str, Job] = {}

    def add(self, job: Job):
        """Keep a job; the next identical run joins it."""
        self._by_id[job.id] = job
        if job.address:
            self._by_address[job.address] = job

    def get(self, job_id: str) -> Job | None:
        """The job of that id."""
        return self._by_id.get(job_id)

    def joinable(self, address: str, visitor: str) -> Job | None:
        """The job that this visitor joins at that address; not one that somebody else holds up."""
        job = self._by_address.get(address)
        if job and job.state == "paused" and job.visitor != visitor:
            return None
        return job

    def finished(self, address: str) -> Job | None:
        """The job at that address that has finished, whoever began it."""
        job = self._by_address.get(address)
        return job if job and job.state == "finished" else None

    def own(self, address: str, visitor: str) -> Job | None:
        """The job at that address that has finished, or is this visitor's and may yet."""
        job = self._by_address.get(address)
        return job if job and (job.state == "finished" or job.visitor == visitor) else None

    def detach(self, job: Job):
        """Let nobody join this job any more: it is not what its config says."""
        if job.address and self._by_address.get(job.address) is job:
            del self._by_address[job.address]
        job.address = None

    def drop(self, job_id: str):
        """Forget a job that has ended, if it is here."""
        job = self._by_id.get(job_id)
        if job and job.ended:
            self.detach(job)
            del self._by_id[job.id]

    def expire(self, now: float):
        """Drop ended jobs that are too old, and the oldest of those that are too much."""
        ended = [job for job in self._by_id.values() if job.ended_at is not None]
        ended.sort(key=lambda job: job.ended_at or 0.0)
        size = sum(job.output_bytes for job in ended)
        for job in ended:
            expired = now - (job.ended_at or 0.0) >= self._limits.kept_s
            if not expired and size <= self._limits.kept_bytes:
                break
            size -= job.output_bytes
            self.drop(job.id)
