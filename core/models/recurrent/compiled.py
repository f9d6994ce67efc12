"""What XLA has compiled, kept for the next process: compiling is most of a small network's start.

The code is the machine's own, so it lies in a folder that nobody else may write to, one for each
version of TensorFlow, processor and flags of the compiler. TensorFlow checks that a file is of the
same program, and puts it in its place as a whole; it fails where one is cut short all the same (a
machine that lost its power), so such files are deleted at start.
"""

import contextlib
import hashlib
import os
import platform
from pathlib import Path

import platformdirs
import tensorflow as tf

# Read when something is compiled for the first time. The third level, XLA's own choice, takes
# longer to compile these loops and makes the LSTM's and the GRU's slower by a tenth.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=2")

_MOST_BYTES = 256 * 2**20
_OTHERS_MAY_WRITE = 0o022
_LENGTH_GIVEN = 2  # the kind of a field: a length, then so many bytes


def keep_compiled() -> None:
    """Let TensorFlow keep what it compiles. To be called before it computes for the first time."""
    flags = os.environ.get("TF_XLA_FLAGS", "")
    if "persistent_cache" in flags or not (folder := _folder()):
        return
    _tidy(folder.parent)
    ours = f"--tf_xla_persistent_cache_directory={folder}"
    os.environ["TF_XLA_FLAGS"] = (
        f"{flags} {ours} --tf_xla_persistent_cache_device_types=CPU".strip()
    )


def _folder() -> Path | None:
    """The folder of this machine and this version; None where there can be none."""
    home = os.environ.get("PANGLOSS_HOME")
    cache = Path(home) if home else platformdirs.user_cache_path("pangloss", appauthor=False)
    made_for = (tf.__version__, os.environ.get("XLA_FLAGS", ""), _processor())
    folder = cache / "compiled" / hashlib.sha256("\n".join(made_for).encode()).hexdigest()[:16]
    if not hasattr(os, "getuid") or " " in str(folder):  # flags are parted by spaces
        return None
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        known = folder.stat()
    except OSError:
        return None
    is_ours = known.st_uid == os.getuid() and not known.st_mode & _OTHERS_MAY_WRITE
    return folder if is_ours and os.access(folder, os.W_OK) else None


def _processor() -> str:
    """The processor and what it can do, as the system tells."""
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as lines:
        told = {line for line in lines if line.startswith(("model name", "flags", "Features"))}
        return "".join(sorted(told))
    return f"{platform.machine()} {platform.processor()}"


def _tidy(folder: Path) -> None:
    """Delete what is cut short, and what was written longest ago as far as all is too much."""
    found = []
    for file in folder.glob("*/*"):
        with contextlib.suppress(OSError):  # another process may have deleted it
            known = file.stat()
            found.append((known.st_mtime, known.st_size, file))
    room = _MOST_BYTES
    for _, size, file in sorted(found, reverse=True):
        room -= size
        with contextlib.suppress(OSError):
            if room < 0 or not _is_whole(file, size):
                file.unlink()


def _is_whole(file: Path, size: int) -> bool:
    """Whether a file, fields of a protocol buffer that tell their lengths, ends where one does."""
    with file.open("rb") as content:
        while (at := content.tell()) < size:
            if content.read(1)[0] & 7 != _LENGTH_GIVEN:
                return False
            length, shift, more = 0, 0, True
            while more and (byte := content.read(1)):
                length |= (byte[0] & 0x7F) << shift
                shift, more = shift + 7, byte[0] > 0x7F
            content.seek(length, os.SEEK_CUR)
        return 0 < size == at
