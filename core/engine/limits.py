"""What runs may take of this machine."""

import os
from dataclasses import dataclass, field

CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Limits:
    """Counts, bytes and seconds.

    at_once: jobs that run at the same time. waiting: jobs that wait, all visitors together.
    beside: up to how many running jobs one of a sweep begins beside the others; on a cluster
    kept_free says so, the share of its slots that sweeps leave to single runs.
    sweeps_waiting: jobs of sweeps that wait.
    memory_bytes: unique memory of a job. output_bytes: what a job may send in all.
    wall_s: how long a job may go on, pauses excluded; paused_s: its pauses together.
    prepared_s: how long a run that may be asked for next is held before its first loss is told; 0:
    none is. stop_s: how long it may take to stop. watch_s: how often it is looked at.
    kept_s, kept_bytes: how long, and how much of, what ended jobs sent is kept in memory;
    cached_bytes: how much of it where the archive has it as well.
    """

    at_once: int = field(default_factory=lambda: 2 * CORES)
    waiting: int = 200
    beside: int = CORES
    kept_free: float = 0.25
    sweeps_waiting: int = 2000
    memory_bytes: int = 2 * 2**30
    output_bytes: int = 64 * 2**20
    wall_s: float = 15 * 60
    paused_s: float = 15 * 60
    prepared_s: float = 5 * 60
    stop_s: float = 10
    watch_s: float = 0.25
    kept_s: float = 60 * 60
    kept_bytes: int = 512 * 2**20
    cached_bytes: int = 16 * 2**20
