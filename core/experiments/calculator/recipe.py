"""The shipped calculator: how it is made, scored and described. Makes it again on demand."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core import pretrained
from core.data.language.arithmetic import (
    OPERATIONS,
    Questions,
    all_questions,
    joined,
    training_batch,
)
from core.experiments.calculator.config import SYMBOLS, question_length
from core.experiments.calculator.run import answer_length, arrays_of, groups_of, questions_of
from core.experiments.kit import recipe
from core.experiments.kit.run import half_cosine
from core.experiments.kit.seq2seq_run import by_group
from core.numeric.language.codec import PAD, Codec, decoder_inputs
from core.numeric.language.seq2seq import Seq2Seq, Seq2SeqArchitecture

NAME = "calculator"
LEARNED = {"+": 3, "-": 3, "*": 2}
"""Operation -> digits of an operand that the shipped calculator has learned."""
FACTS = "calculator_facts.npz"
SEED = 1
UNITS, EMBEDDING = 256, 16
ARCHITECTURE = Seq2SeqArchitecture("lstm", "dot", "both_ways", True, question_length(3))
CODEC = Codec(SYMBOLS, reverse_questions=True, reverse_answers=True)
BATCH, UPDATES = 192, 1000  # questions of an update, updates of an epoch


@dataclass(frozen=True)
class TrainingStage:
    """A part of the training: its epochs, and how it learns in them.

    rate: at the stage's start, falling along half a cosine. decay, dropout: as in
    ``core.models``. shares: operation -> share of the questions. even: whether operands of
    additions and subtractions, too, are equally likely numbers, rather than of equally likely
    lengths; those of products always are.
    """

    epochs: int
    rate: float
    decay: float
    dropout: float
    shares: Mapping[str, float]
    even: bool


# First against much noise, without which it learns products by heart; then in small steps without
# noise, most of all the long subtractions.
STAGES = (
    TrainingStage(40, 0.004, 0.2, 0.2, {"+": 1 / 4, "-": 1 / 4, "*": 1 / 2}, even=False),
    TrainingStage(8, 0.0003, 0.05, 0.0, {"+": 1 / 4, "-": 1 / 2, "*": 1 / 4}, even=True),
)
_AT_ONCE = 20
_STEPS = answer_length(OPERATIONS, 3)


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train the calculator, score it and write weights, card and facts to ``folder``.

    log: hears a line after each epoch.
    """
    began = time.perf_counter()
    model = None
    for number, stage in enumerate(STAGES, 1):

        def hear(epoch: int, loss: float, model: Seq2Seq, number: int = number) -> None:
            seconds = time.perf_counter() - began
            line = f"stage {number}, epoch {epoch}: loss {loss:.4f}, {_sampled(model)}"
            log(f"{line}, {seconds:.0f} s")

        model = train_stage(number, stage, model, hear)
    assert model is not None
    publish(model, time.perf_counter() - began, folder)


def train_stage(
    number: int,
    stage: TrainingStage,
    before: Seq2Seq | None,
    after_epoch: Callable[[int, float, Seq2Seq], None],
) -> Seq2Seq:
    """Train through a stage, from a network or a seeded start; returns where it leads to.

    number: of the stage, from 1: it decides which questions are drawn.
    """
    from core.models.language.seq2seq import build_seq2seq, load_weights, to_numpy
    from core.models.supervised import Trainer

    network = build_seq2seq(
        CODEC.size,
        ARCHITECTURE,
        UNITS,
        embedding_dim=EMBEDDING,
        answer_length=_STEPS,
        dropout=stage.dropout,
        seed=SEED,
    )
    if before:
        load_weights(network, before)
    trainer = Trainer(network.whole, "crossentropy", clip_norm=1.0, weight_decay=stage.decay)
    update, model = 0, to_numpy(network, CODEC, ARCHITECTURE)
    for epoch in range(1, stage.epochs + 1):
        rate = half_cosine(stage.rate, epoch, stage.epochs)
        losses = []
        for _ in range(UPDATES // _AT_ONCE):
            inputs, targets, counted = _batches(number, stage, update)
            losses.append(trainer.steps(inputs, targets, rate, counted).mean())
            update += _AT_ONCE
        model = to_numpy(network, CODEC, ARCHITECTURE)
        after_epoch(epoch, float(np.mean(losses)), model)
    return model


def publish(model: Seq2Seq, seconds: float, folder: Path) -> pretrained.Card:
    """Score the model as it is stored, in half precision, and write it with card and facts.

    Every question it has learned to answer is asked, by NumPy. Returns the card.
    """
    stored = pretrained.as_stored(model)
    asked = joined([all_questions(operation, LEARNED[operation]) for operation in OPERATIONS])
    right, held_out = right_answers(stored, asked), asked.held_out()
    names = {"+": "additions", "-": "subtractions", "*": "products"}
    exact = {
        f"{names[operation]} {which}": float(right[(asked.operation == operation) & some].mean())
        for operation in OPERATIONS
        for which, some in (("held out", held_out), ("it has seen", ~held_out))
    }
    groups = groups_of(asked[held_out])
    facts: dict[str, Any] = arrays_of(asked[~right], np.int16)
    np.savez_compressed(folder / FACTS, **facts)
    return recipe.publish(
        NAME,
        model,
        folder,
        recipe=NAME,
        seconds=seconds,
        about="A calculator that reads and writes character by character.",
        config={
            "units": UNITS,
            "embedding_dim": EMBEDDING,
            "batch_size": BATCH,
            "epoch_updates": UPDATES,
            "stages": [asdict(stage) for stage in STAGES],
            "seed": SEED,
        },
        metrics={
            "params": model.params,
            "exact_match": exact,
            **{name: by_group(right[held_out], group) for name, group in groups.items()},
        },
    )


@cache
def wrong_questions() -> Mapping[str, Questions]:
    """Operation -> every question in its range that the shipped calculator answers wrongly.

    Empty where the file is missing.
    """
    path = pretrained.WEIGHTS / FACTS
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        wrong = questions_of(stored)
    return {operation: wrong[wrong.operation == operation] for operation in OPERATIONS}


def right_answers(model: Seq2Seq, asked: Questions) -> np.ndarray:
    """Which questions a network answers rightly, writing greedily without Keras, bool (n,)."""
    answers: list[str] = []
    for at in range(0, len(asked), 2000):
        answers += model.answers(asked[at : at + 2000].texts(), _STEPS + 1)
    return np.array(answers) == np.array(asked.answers())


def questions_to_learn(number: int, stage: TrainingStage, update: int) -> Questions:
    """The questions of an update of a stage, none of them held out."""
    rng = np.random.default_rng([SEED, update] if number == 1 else [SEED, update, number])
    kinds = rng.choice(list(stage.shares), BATCH, p=list(stage.shares.values()))
    parts = []
    for operation in OPERATIONS:
        count = int((kinds == operation).sum())
        if operation != "*" and not stage.even:
            parts.append(training_batch(SEED, update, count, operation, LEARNED[operation]))
            continue
        numbers = rng.integers(0, 10 ** LEARNED[operation], (2, 2 * count + 100))
        drawn = Questions(numbers[0], np.full(numbers.shape[1], operation), numbers[1])
        parts.append(drawn[~drawn.held_out()][:count])
    return joined(parts)


def _batches(
    number: int, stage: TrainingStage, update: int
) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Inputs, targets and what counts in them, for the updates from ``update`` on."""
    questions = joined([questions_to_learn(number, stage, update + i) for i in range(_AT_ONCE)])
    asked = CODEC.questions(questions.texts(), ARCHITECTURE.question_length)
    answers = CODEC.answers(questions.answers(), _STEPS)
    asked, given, answers = (
        ids.reshape(_AT_ONCE, BATCH, -1) for ids in (asked, decoder_inputs(answers), answers)
    )
    return [asked, given], answers, (answers != PAD).astype(np.float32)


def _sampled(model: Seq2Seq) -> str:
    """Exact match on some held-out questions of each operation, in words."""
    shares = []
    for operation in OPERATIONS:
        every = all_questions(operation, LEARNED[operation])
        some = np.random.default_rng(0).permutation(np.flatnonzero(every.held_out()))[:2000]
        shares.append(f"{operation} {right_answers(model, every[some]).mean():.4f}")
    return ", ".join(shares)
