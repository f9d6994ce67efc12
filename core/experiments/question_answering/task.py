"""The questions of a run as arrays, and the network that answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.data.language.stories import rules, sets
from core.data.language.stories.story import PLACES, VOCABULARY, Asked
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.numeric.language.answering.network import AnswerNetwork

LONGEST = {"one": 10, "two": 50}  # sentences that are read; no supporting fact is further back
SHOWN = 60  # held-out questions that a page can open


@dataclass(frozen=True)
class Task:
    """Questions in two parts that share no story, and the network."""

    config: QuestionAnsweringConfig
    training: Sequence[Asked]
    test: Sequence[Asked]

    @classmethod
    def of(cls, config: QuestionAnsweringConfig) -> Task:
        """The task of a config. Raises Problem if its data are not here."""
        known = sets.questions(config.data, config.task, config.seed)
        return cls(config, known.training[: config.train_questions], known.test)

    @cached_property
    def network(self) -> AnswerNetwork:
        """The network without its weights."""
        config = self.config
        return AnswerNetwork(
            config.model,
            VOCABULARY,
            PLACES,
            config.hops,
            config.units,
            LONGEST[config.task],
            config.cell,
            config.question_first,
        )

    @cached_property
    def arrays(self) -> Arrays:
        """The questions that are learned from."""
        return Arrays.of(self.network, self.training)

    @cached_property
    def tested(self) -> Arrays:
        """Those that are tested on."""
        return Arrays.of(self.network, self.test)

    @cached_property
    def facts(self) -> list[list[int]]:
        """Of each test question its facts' places, the last sentence 0."""
        return [[len(asked.sentences) - 1 - at for at in asked.facts] for asked in self.test]

    def rules(self) -> dict[str, float]:
        """What answers without learning reach on the test questions."""
        counts = np.bincount(self.arrays.answers, minlength=len(PLACES))
        always = PLACES[int(counts.argmax())]
        answers = {
            "majority": [always for _ in self.test],
            "last_place": [rules.last_place(asked.sentences) for asked in self.test],
            "one_line": [rules.last_place_with(a.sentences, a.question) for a in self.test],
            "programme": [rules.who_then_where(a.sentences, a.question) for a in self.test],
        }
        return {name: rules.share_right(list(self.test), said) for name, said in answers.items()}


@dataclass(frozen=True)
class Arrays:
    """Questions as numbers: each different sentence is a row, and a story names its rows.

    rows: float32 (sentences, words), row 0 empty. stories: int16 (questions, longest), the last
    sentence first. questions: float32 (questions, words). answers: int32 (questions,).
    """

    rows: np.ndarray
    stories: np.ndarray
    questions: np.ndarray
    answers: np.ndarray

    @classmethod
    def of(cls, network: AnswerNetwork, asked: Sequence[Asked]) -> Arrays:
        """The numbers of questions, for a network."""
        numbers = {sentence: i for i, sentence in enumerate(_different(asked), 1)}
        rows = [np.zeros(len(network.vocabulary), np.float32), *map(network.bag, numbers)]
        stories = np.zeros((len(asked), network.longest), np.int16)
        for row, one in zip(stories, asked, strict=True):
            last = [numbers[s] for s in one.sentences[: -network.longest - 1 : -1]]
            row[: len(last)] = last
        return cls(
            np.stack(rows),
            stories,
            np.stack([network.bag(one.question) for one in asked]),
            np.array([network.answers.index(one.answer) for one in asked], np.int32),
        )

    def inputs(self, places: np.ndarray) -> list[np.ndarray]:
        """The bags of the stories and the questions at ``places``, (..., longest, words), ..."""
        return [self.rows[self.stories[places]], self.questions[places]]


def _different(asked: Sequence[Asked]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(sentence for one in asked for sentence in one.sentences))
