"""A visitor's run with the default settings, through the engine: first loss, words after 90 s."""

import time

from benchmarks.row import Row
from core.data.language import corpora
from core.engine import Engine
from core.events import Epoch, Step
from core.experiments import experiment

SECONDS = 90


def rows() -> list[Row]:
    found = []
    for corpus in ("voltaire", "conte"):
        if corpora.missing(corpus):
            found.append(Row(f"training on {corpus}", "the texts are not on this machine"))
            continue
        found += measure(corpus)
    return found


def measure(corpus: str) -> list[Row]:
    engine = Engine()
    engine.warm()
    try:
        config = experiment("voltaire").Config(corpus=corpus)
        began = time.perf_counter()
        job = engine.submit("voltaire", config, "benchmark")
        first, heard, epochs = None, 0, []
        while time.perf_counter() - began < SECONDS:
            if (known := engine.job(job)) is None or known.ended:
                break
            for event in engine.events(job, heard):
                heard += 1
                if isinstance(event, Step) and first is None:
                    first = time.perf_counter() - began
                if isinstance(event, Epoch):
                    epochs.append((time.perf_counter() - began, event))
            time.sleep(0.05)
    finally:
        engine.close()
    at, last = epochs[-1]
    best = max(epochs, key=lambda seen: seen[1].metrics["known_words"])
    reached = next((s for s, e in epochs if e.metrics["known_words"] >= 0.6), None)
    return [
        Row(f"default run on {corpus}: submit to first loss", f"{first:.1f} s", "5 s"),
        Row(
            f"default run on {corpus}: sampled words of 3 letters or more that are the corpus's",
            f"{last.metrics['known_words']:.0%} after {at:.0f} s, "
            f"best {best[1].metrics['known_words']:.0%}",
            f"60%, reached after {reached:.0f} s" if reached else "60%, not reached",
        ),
        Row(
            f"default run on {corpus}: held-out bits per character after {at:.0f} s",
            f"{last.metrics['valid_bits']:.2f}",
        ),
    ]
