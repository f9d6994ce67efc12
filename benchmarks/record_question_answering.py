"""Records what networks reach on stories, and what searching reaches on real questions.

``python -m benchmarks.record_question_answering`` writes assets/recorded/question_answering.json
and .npz, and goes on where it was stopped.
"""

import json
import os
from collections.abc import Mapping
from typing import Any

os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "2")

import numpy as np

from benchmarks.__main__ import made_by
from benchmarks.real_questions import real_questions
from core import pretrained
from core.data.language.stories import rules, world
from core.events import Finished
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.experiments.question_answering.recorded import FILE, WEIGHTS
from core.experiments.question_answering.run import run
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.weights import write_npz

SEEDS = range(3)
NETWORKS: Mapping[str, Mapping[str, Any]] = {
    "memory": {},
    "attention": {"model": "attention", "learning_rate": 5e-3},
    "recurrent": {"model": "recurrent", "learning_rate": 5e-3},
}
TASKS: Mapping[str, Mapping[str, Any]] = {
    "one": {"task": "one", "hops": 1, "epochs": 5},
    "two": {"task": "two"},
}
_INVENTED, _ANYWHERE = 4_000, 1_000  # questions; sentences back


def main() -> None:
    """Measure and write, what is missing alone."""
    known: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
    if "piaf" not in known:
        known["piaf"], weights = real_questions()
        WEIGHTS.write_bytes(write_npz({"stretches": weights}))
        _write(known)
    if "invented" not in known:
        known["invented"] = other_questions()
        _write(known)
    for name, network in NETWORKS.items():
        for task, settings in TASKS.items():
            shares = known.setdefault("networks", {}).setdefault(task, {}).setdefault(name, [])
            for seed in list(SEEDS)[len(shares) :]:
                config = QuestionAnsweringConfig.parse({**settings, **network, "seed": seed})
                *_, end = run(config)
                assert isinstance(end, Finished)
                shares.append(round(end.metrics["accuracy"], 4))
                print(task, name, seed, end.metrics, flush=True)
                _write(known)


def other_questions() -> dict[str, dict[str, float]]:
    """What the shipped networks reach on invented stories: asked as in bAbI, or otherwise."""
    reached = {}
    for task, name in {"one": "question-answering-one", "two": "question-answering"}.items():
        model, _card = pretrained.load(name, StoryAnswerer)
        asked = world.stories(task, _INVENTED, 0, within=_ANYWHERE)
        read = model.read([one.sentences for one in asked], [one.question for one in asked])
        answers = [model.network.answers[int(i)] for i in read.probabilities.argmax(1)]
        right = np.array([a == one.answer for a, one in zip(answers, asked, strict=True)])
        unlike = np.array([bool(rules.unlike_babi(a.sentences, a.question)) for a in asked])
        reached[task] = {
            "like": round(float(right[~unlike].mean()), 4),
            "unlike": round(float(right[unlike].mean()), 4),
            "questions": _INVENTED,
            "unlike_share": round(float(unlike.mean()), 4),
        }
    print(reached, flush=True)
    return reached


def _write(known: Mapping[str, Any]) -> None:
    told = {"card": made_by("benchmarks.record_question_answering"), "networks": {}, **known}
    FILE.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
