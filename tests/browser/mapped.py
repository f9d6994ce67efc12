"""What a process has mapped into its memory."""

from pathlib import Path

import psutil

KNOWN = hasattr(psutil.Process, "memory_maps")  # not on macOS
_OF_TRAINING = {"skimage", "sklearn", "tensorflow"}


def of_training(process: psutil.Process) -> set[str]:
    """The libraries that only training needs and the process has loaded; where that is KNOWN."""
    return {part for area in process.memory_maps() for part in Path(area.path).parts} & _OF_TRAINING
