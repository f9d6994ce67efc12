"""The jobs that can be found: by id, by the address of their run, for as long as they are kept."""

from core.engine.jobs import Job
from core.engine.limits import Limits
from core.events import Finished

_LET_GO = 10_000  # runs that are found by their address though they are in the archive alone


class JobStore:
    """Holds live jobs, and ended ones for a time and up to a size. Not thread-safe by itself."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._by_id: dict[str, Job] = {}
        self._by_address: dict[str, Job] = {}
        self._archived: dict[str, str] = {}  # address -> id

    def add(self, job: Job):
        """Keep a job; the next identical run joins it."""
        self._by_id[job.id] = job
        if job.address:
            self._by_address[job.address] = job
            self._archived.pop(job.address, None)

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

    def too_many(self) -> list[Job]:
        """The oldest with a result, which memory has no room for if the archive has them.

        Never the last one, whatever its size: somebody is about to look at it.
        """
        done = [j for j in self._by_id.values() if isinstance(j.result, Finished)]
        done = sorted((j for j in done if not j.of_sweep), key=lambda j: j.ended_at or 0.0)
        size, found = sum(job.output_bytes for job in done), []
        for job in done[:-1]:
            if size <= self._limits.cached_bytes:
                break
            size -= job.output_bytes
            found.append(job)
        return found

    def let_go(self, job: Job):
        """Forget a job that the archive has; its id is found under the address of its run."""
        if job.address and self._by_address.get(job.address) is job:
            self._archived[job.address] = job.id
            while len(self._archived) > _LET_GO:
                del self._archived[next(iter(self._archived))]
        self.drop(job.id)

    def archived(self, address: str) -> str | None:
        """The id of the run at that address that was let go."""
        return self._archived.get(address)

    def join_again(self, job_id: str, address: str):
        """Let others join a run that was let go, and is here again."""
        job = self._by_id.get(job_id)
        if job and self._archived.get(address) == job_id:
            job.address = address
            self.add(job)

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
