"""What every card of a shipped model says alike."""

import platform
from importlib.metadata import version
from typing import Any


def made_by(recipe: str, seconds: float) -> dict[str, Any]:
    """Command, time, machine and versions. seconds: that the making took."""
    return {
        "command": f"python -m core pretrained rebuild {recipe}",
        "seconds": round(seconds),
        "machine": f"{platform.machine()}, 2 cores",
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "keras")},
        },
    }
