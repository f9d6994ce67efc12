"""Make .venv with what requirements.txt says; with --dev, what tests and benchmarks need as well.

Needs nothing but Python 3.11, 3.12 or 3.13. A second call finds its work done and ends at once.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# An environment may forbid bytecode; without it importing Keras takes ten seconds instead of three.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def main(dev: bool) -> None:
    """Create the environment, install, compile, and remember that it was done."""
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"Pangloss needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")
    wanted = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    if all(stamp(name).exists() for name in wanted):
        return
    if not PYTHON.exists():
        create()
    print(f"Installing {wanted[-1]} into .venv; the first time takes minutes.", flush=True)
    run("-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", wanted[-1])
    site = run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    # Some packages carry files of other Python versions, which do not compile and do not matter.
    subprocess.run([PYTHON, "-m", "compileall", "-qq", "-j", "0", site.strip()], env=ENVIRONMENT)
    for old in VENV.glob("installed-*"):
        old.unlink()
    for name in wanted:
        stamp(name).touch()
    if sys.platform == "darwin" and os.uname().machine == "x86_64":
        print("TensorFlow has no build for Intel Macs any more: everything works but training.")


def stamp(name: str) -> Path:
    """The empty file that says that these requirements are installed, as they read now."""
    texts = [(ROOT / "requirements.txt").read_bytes(), (ROOT / name).read_bytes()]
    return VENV / f"installed-{Path(name).stem}-{hashlib.sha256(b''.join(texts)).hexdigest()[:16]}"


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
