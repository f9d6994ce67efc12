"""Run the benchmarks and print one table in Markdown: python -m benchmarks [NAME ...]."""

import importlib
import os
import platform
import sys
from datetime import date
from importlib.metadata import version

import psutil

NAMES = (
    "language_model",
    "generation",
    "training",
    "training_step",
    "first_loss",
    "gradient_flow",
    "start",
    "memory",
    "pages",
    "latency",
    "curves",
    "class_opens",
    "cluster",
    "archive",
    "class_board",
    "cell",
    "long_memory",
    "splice",
    "calculator",
    "number_words",
    "translation",
    "text_class",
    "tagger",
    "question_answering",
    "spoken_digits",
    "thought_vectors",
    "word_embeddings",
    "linear_autoencoder",
    "autoencoder",
    "denoising_autoencoder",
    "sparse_autoencoder",
    "variational_autoencoder",
    "lstm_autoencoder",
    "planes",
    "weight",
)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {unknown[0]}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    print(machine(), end="\n\n")
    print("| what | measured | beside it |\n|---|---|---|", flush=True)
    for name in names or NAMES:
        for row in importlib.import_module(f"benchmarks.{name}").rows():
            print(row, flush=True)
    return 0


def made_by(command: str) -> dict[str, str]:
    """The card of what a command records: the command, the day, the machine and the versions."""
    return {
        "command": f"python -m {command}",
        "made": date.today().isoformat(),
        "machine": f"{machine()}, tensorflow {version('tensorflow-cpu')}",
    }


def machine() -> str:
    """The machine and the versions, in a line."""
    processor = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            names = [line.split(":")[1].strip() for line in lines if "model name" in line]
        processor = names[0] if names else processor
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "keras", "numpy"))
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
