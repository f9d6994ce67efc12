"""The race on the adding problem at T = 100 with the default settings."""

from benchmarks.row import Row
from core.events import Finished
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.run import run


def rows() -> list[Row]:
    config = LongMemoryConfig()
    for event in run(config):
        if isinstance(event, Finished):
            return [_row(config, cell, event.metrics) for cell in config.entrants]
    return []


def _row(config: LongMemoryConfig, cell: str, metrics) -> Row:
    reached = metrics.get(f"{cell}_goal_s")
    took = f"{metrics[f'{cell}_train_s']:.1f} s of training"
    said = f"RMSE {metrics[f'{cell}_test_rmse']:.3f} after {took}"
    goal = "0.408, always answering 1" if cell == "rnn" else "0.05 within 60 s"
    name = f"adding problem, T = {config.length}: {cell.upper()}"
    return Row(name, said + ("" if reached is None else " (goal reached)"), goal)
