"""Two predictions about a run: where a - b + c lands, and whether counting does as well."""

import numpy as np
import streamlit as st

from core.data.language.words.corpora import questions_of
from core.numeric.language.embeddings.scores import analogy_questions, answered
from core.numeric.language.embeddings.space import WordSpace
from pages.language.word_embeddings.spaces import words_of
from ui.runs.quiz import Question, compare
from ui.runs.run import Run
from ui.texts import _, percent

_ALIKE = 0.05  # difference of two shares that decides nothing
_CATEGORY = "neighbour_category_accuracy"


def where_it_lands(run: Run) -> dict[str, float]:
    """Shares of the analogies whose sum is nearest to: the right word, an own word, another one."""
    kept = st.session_state.setdefault("word_embeddings.lands", {})
    if run.id not in kept:
        kept[run.id] = _where(run)
    return kept[run.id]


def _where(run: Run) -> dict[str, float]:
    words, counts = words_of(run)
    space = WordSpace(words, run.result.arrays["vectors"].astype(np.float32), counts)
    questions = analogy_questions(space, questions_of(run.config.corpus_name).analogies)
    answers = answered(space, questions, exclude=False)
    if not len(answers):
        return {"right": 0.0, "own": 0.0, "other": 0.0}
    right = float((answers == questions.words[:, 3]).mean())
    own = float((answers[:, None] == questions.words[:, :3]).any(1).mean())
    return {"right": right, "own": own, "other": 1 - right - own}


def _grade_lands(run: Run) -> tuple[str, str]:
    shares = where_it_lands(run)
    most = max(shares, key=lambda name: shares[name])
    why = _(
        "Of all analogies of your run the sum is nearest to a word of the question itself in "
        "{own}, to the right one in {right}. The sum of three vectors stays near them; scores of "
        "analogies leave these three out, and then {accuracy} are right."
    ).format(
        own=percent(shares["own"]),
        right=percent(shares["right"]),
        accuracy=percent(run.result.metrics["analogy_accuracy"]),
    )
    return most, why


def _grade_counting(run: Run) -> tuple[str, str]:
    metrics = run.result.metrics
    own, counted = metrics[_CATEGORY], metrics[f"baseline_ppmi_{_CATEGORY}"]
    name = compare(own, counted, _ALIKE, ("network", "alike", "counting"))
    why = _(
        "The nearest word is of the same category in {own} of the cases in your run, with counts "
        "of the same windows and a singular value decomposition in {counted}. Both learn from "
        "which words stand together; a network is not needed for that, and with few sentences "
        "it has no more to go by."
    ).format(own=percent(own), counted=percent(counted))
    return name, why


def _has_questions(run: Run) -> bool:
    """Whether the run's words were asked anything."""
    return "vectors" in run.result.arrays if run.finished else True


QUESTIONS = (
    Question("word-embeddings", "lands", _grade_lands, _has_questions),
    Question("word-embeddings", "counting", _grade_counting),
)
