"""Make .venv from requirements.lock; with --dev, what tests and benchmarks need as well.

Needs nothing but Python 3.11, 3.12 or 3.13. A second call finds its work done and ends at once.
"""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = "requirements.lock", "requirements-dev.lock"  # the second holds the first
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# An environment may forbid bytecode; without it importing Keras takes ten seconds instead of three.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def main(dev: bool) -> None:
    """Install what is not installed as the locks read now."""
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"Pangloss needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")
    locks = LOCKS if dev else LOCKS[:1]
    if not all(stamp(lock).exists() for lock in locks):
        install(locks)
    if dev and not (stamp("package-lock.json").exists() and (ROOT / "node_modules").is_dir()):
        install_node_tools()


def install(locks: Sequence[str]) -> None:
    """Install the last of these locks, which holds what the others do, and compile it."""
    if not PYTHON.exists():
        create()
    print(f"Installing {locks[-1]} into .venv; the first time takes minutes.", flush=True)
    options = ("--disable-pip-version-check", "--quiet", "--require-hashes")
    run("-m", "pip", "install", *options, "-r", locks[-1])
    site = run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    # Some packages carry files of other Python versions, which do not compile and do not matter.
    subprocess.run([PYTHON, "-m", "compileall", "-qq", "-j", "0", site.strip()], env=ENVIRONMENT)
    print("Packing what browsers load.", flush=True)
    run("-m", "ui.frame.packed")
    for old in VENV.glob("installed-requirements*"):
        old.unlink()
    for lock in locks:
        stamp(lock).touch()
    if sys.platform == "darwin" and os.uname().machine == "x86_64":
        print("TensorFlow has no build for Intel Macs any more: everything works but training.")


def install_node_tools() -> None:
    """Install what checks the JavaScript, if npm's registry can be reached."""
    print("Installing package-lock.json into node_modules.", flush=True)
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    patience = ("--fetch-timeout=20000", "--fetch-retries=1")
    command = [PYTHON, "tools/node.py", "npm", "ci", *patience, *quiet]
    if subprocess.run(command, cwd=ROOT).returncode:
        print("npm's registry could not be reached: the JavaScript will not be linted.", flush=True)
        return
    for old in VENV.glob("installed-package-lock*"):
        old.unlink()
    stamp("package-lock.json").touch()


def stamp(lock: str) -> Path:
    """The empty file that says that this lock is installed, as it reads now."""
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return VENV / f"installed-{Path(lock).stem}-{digest[:16]}"


def create() -> None:
    """Make an empty environment with pip in it."""
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "This Python cannot make virtual environments. "
            f"On Debian and Ubuntu: sudo apt install python{version}-venv"
        )


def run(*command: str) -> str:
    """Run the environment's Python in the project's folder; end with its status if it fails."""
    done = subprocess.run(
        [PYTHON, *command], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} failed; what it said stands above.\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main("--dev" in sys.argv[1:])
