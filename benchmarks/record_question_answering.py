"""Records what networks reach on stories, and what searching reaches on real questions.

``python -m benchmarks.record_question_answering`` writes assets/recorded/question_answering.json,
and goes on where it was stopped.
"""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "2")

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.__main__ import made_by
from core import pretrained
from core.data.language import piaf
from core.data.language.stories import rules, world
from core.events import Finished
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.experiments.question_answering.recorded import FILE
from core.experiments.question_answering.run import run
from core.numeric.language.answering import squad
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.language.answering.spans import SentenceSearch, features, sentences, tokens

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
_WRONG = 25  # stretches that are no answer, of each question


def main() -> None:
    """Measure and write, what is missing alone."""
    known: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
    if "piaf" not in known:
        known["piaf"], weights = real_questions()
        known["weights"] = [round(float(weight), 4) for weight in weights]
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


def real_questions() -> tuple[dict[str, float], np.ndarray]:
    """What is reached on the half of PIAF that is judged by, and the weights of the stretches."""
    known = piaf.piaf()
    cut = [(p, *part) for p, one in enumerate(known.passages) for part in sentences(one.text)]
    passage, starts = np.array([c[0] for c in cut]), np.array([c[1] for c in cut])
    search = SentenceSearch(tuple(c[2] for c in cut))
    learned, judged = piaf.halves(known)

    def home(one: piaf.Asked) -> int:
        """The sentence in which the marked answer begins."""
        return int(np.flatnonzero((passage == one.passage) & (starts <= one.start))[-1])

    weights = _learned(learned, search, [home(one) for one in learned])
    reached: dict[str, list[float]] = {}
    for one in judged:
        scores = search.scores(one.question)
        own = np.flatnonzero(passage == one.passage)
        given = int(own[scores[own].argmax()])
        best = int(scores.argmax())
        answers = [search.stretch(one.question, place, weights).answer for place in (given, best)]
        of_one = {
            "sentence": float(given == home(one)),
            "exact": squad.exact_match(answers[0], one.answer),
            "f1": squad.f1(answers[0], one.answer),
            "passage": float(passage[best] == one.passage),
            "open_exact": squad.exact_match(answers[1], one.answer),
            "open_f1": squad.f1(answers[1], one.answer),
        }
        for name, value in of_one.items():
            reached.setdefault(name, []).append(value)
    shares = {name: round(float(np.mean(values)), 4) for name, values in reached.items()}
    print(shares, flush=True)
    return {**shares, "judged": len(judged), "learned": len(learned)}, weights


def _learned(
    asked: Sequence[piaf.Asked], search: SentenceSearch, homes: Sequence[int]
) -> np.ndarray:
    """The weights by which a stretch that was marked is told from others of its sentence."""
    rng = np.random.default_rng(0)
    tables, labels = [], []
    for one, place in zip(asked, homes, strict=True):
        sentence, own = search.texts[place], tokens(search.texts[place])
        if not own:
            continue
        ends, table = features(one.question, sentence, own, search)
        texts = [sentence[own[first].start : own[last].end] for first, last in ends]
        right = [i for i, text in enumerate(texts) if squad.exact_match(text, one.answer)]
        if not right:
            continue
        wrong = [i for i in rng.permutation(len(texts))[:_WRONG].tolist() if i not in right]
        tables.append(table[[right[0], *wrong]])
        labels += [1, *(0 for _ in wrong)]
    model = LogisticRegression(max_iter=2_000).fit(np.concatenate(tables), labels)
    return model.coef_[0]


def _write(known: Mapping[str, Any]) -> None:
    told = {"card": made_by("benchmarks.record_question_answering"), "networks": {}, **known}
    FILE.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
