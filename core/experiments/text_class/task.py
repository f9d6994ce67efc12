"""The texts of a run: what is learned from, what is tested on, and the network that reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core import pretrained
from core.data.kept import kept
from core.data.language import intents
from core.data.language.labelled import sentences
from core.data.language.labelled.labelled_texts import LabelledTexts
from core.data.language.labelled.sets import fewer, labelled_texts
from core.experiments.text_class.config import TextClassConfig
from core.numeric.language import hashing
from core.numeric.language.classify import negation, tokens
from core.numeric.language.classify import ngrams as ngrams_module
from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.naive_bayes import NaiveBayes
from core.numeric.language.classify.network import TEMPERATURE, TextNetwork
from core.numeric.language.classify.ngrams import NO_RUNS, NUMBERS, Runs, ngrams_of
from core.numeric.language.classify.steadiness import steadiness
from core.numeric.language.classify.tokens import words
from core.numeric.language.classify.vocabulary import WordList
from core.numeric.language.embeddings.space import WordSpace

_RUNS = {  # what naive Bayes counts
    "authors": Runs((1, 2), (2, 6), masked=(2, 4)),
    "intents": Runs((1, 2), (3, 5)),
    **dict.fromkeys(("reviews", "films"), Runs((1, 2), (2, 6), negation=True)),
    **dict.fromkeys(("invented", "invented_french"), Runs((1, 2))),
}
_ELSE_RUNS = Runs((1, 2), (2, 6))
# How far the weights of words and of letters are trusted at first: a long passage has a thousand
# runs of letters, which repeat each other.
_TRUST = {
    "authors": (0.2, 0.2),
    **dict.fromkeys(("intents", "invented", "invented_french"), (1.0, 1.0)),
}
_ELSE_TRUST = (3.0, 0.5)
_STEADINESS_POWER = 4  # chosen on books of Voltaire that were left out of what is learned from
MOST_WORDS = 30_000
LEAST_TEXTS = 2  # in which a word has to come to have a vector of its own, a run to have a row
COMMON_WORDS = 300  # that are not blanks in what is masked
MOST_TESTED = 2_400
SHOWN = 300  # held-out texts that a page can open
SHIPPED = "word-embeddings"  # vectors of French words
RUN_LENGTH = 2  # words that a mean's vector may stand for
_MAKERS = (sentences, intents, tokens, negation, hashing, ngrams_module)
_MOST_KEPT = 6  # a task's are two, of the network and of the baseline


@dataclass(frozen=True)
class Task:
    """Texts in two parts that share none.

    texts: the words of each. training, test: indices of ``data.texts``.
    """

    config: TextClassConfig
    data: LabelledTexts
    texts: list[list[str]]
    training: np.ndarray
    test: np.ndarray

    @classmethod
    def of(cls, config: TextClassConfig) -> Task:
        """The task of a config. Raises Problem if its data are not here."""
        data = labelled_texts(config.data, config.upload, config.seed, int(config.passage))
        training, test = data.split(config.seed, by_group=config.held_out == "book")
        most = config.train_texts
        if len(data.groups):  # a long book is no better reason to name its author
            most = min(most, len(data.classes) * int(np.bincount(data.labels[training]).min()))
        training = fewer(training, data.labels, most, config.seed)
        rng = np.random.default_rng([44, config.seed])
        test = np.sort(rng.permutation(test)[:MOST_TESTED])
        return cls(config, data, [words(text) for text in data.texts], training, test)

    @cached_property
    def shown(self) -> np.ndarray:
        """Places in ``test`` of the texts that a page can open: drawn at random, in order."""
        rng = np.random.default_rng([46, self.config.seed])
        return np.sort(rng.permutation(len(self.test))[:SHOWN])

    @property
    def classes(self) -> int:
        """How many there are."""
        return len(self.data.classes)

    def some(self, places: np.ndarray) -> list[list[str]]:
        """The words of the texts at these places."""
        return [self.texts[i] for i in places]

    @cached_property
    def vocabulary(self) -> WordList:
        """The words of the training texts; of a network that takes a mean, the pairs, too."""
        longest = RUN_LENGTH if self.config.network == "mean" else 1
        return WordList.of(self.some(self.training), LEAST_TEXTS, MOST_WORDS, longest)

    @cached_property
    def _dim(self) -> int:
        """Numbers of a word's vector: those of the shipped ones, where they are taken."""
        if self.config.vectors == "own":
            return self.config.dim
        return pretrained.load(SHIPPED, WordSpace)[0].vectors.shape[1]

    @cached_property
    def runs(self) -> Runs:
        """What is read of a text to be counted."""
        runs = _RUNS.get(self.config.data, _ELSE_RUNS)
        if runs.masked == NO_RUNS:
            return runs
        return replace(runs, common=self.vocabulary.commonest(COMMON_WORDS))

    def ngrams(
        self, runs: Runs, numbers: int = NUMBERS
    ) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Those of the training texts, and of the test texts, as of ``ngrams_of``.

        Of the texts of a file they are kept from run to run.
        """
        file = sentences.FILES.get(self.config.data)
        if file is None or runs.masked != NO_RUNS:
            training, test = (
                ngrams_of(self.some(part), runs, numbers) for part in (self.training, self.test)
            )
            return training, test

        def make() -> bytes:
            rows = ngrams_of(self.texts, runs, numbers)
            return np.concatenate([list(map(len, rows)), *rows]).astype("<i4").tobytes()

        settings = f"{self.config.data} {runs} {numbers}"
        stored = kept("ngrams", [file], _MAKERS, make, settings, _MOST_KEPT)
        lengths, found = np.split(np.frombuffer(stored, "<i4"), [len(self.texts)])
        rows = np.split(found, np.cumsum(lengths)[:-1])
        return [rows[i] for i in self.training], [rows[i] for i in self.test]

    @cached_property
    def _ngrams(self) -> tuple[list[np.ndarray], list[np.ndarray]]:
        return self.ngrams(self.runs)

    @cached_property
    def counts(self) -> Counted:
        """The n-grams that naive Bayes counts."""
        return Counted.of(self._ngrams[0], self.runs, LEAST_TEXTS)

    @cached_property
    def counted(self) -> NaiveBayes:
        """What naive Bayes counts in the training texts."""
        labels = self.data.labels[self.training]
        return NaiveBayes.counted(self.training_runs, labels, self.classes, len(self.counts))

    @cached_property
    def training_runs(self) -> list[np.ndarray]:
        """The rows of the n-grams of each training text."""
        return self.counts.found(self._ngrams[0])

    @cached_property
    def test_runs(self) -> list[np.ndarray]:
        """The same of each test text."""
        return self.counts.found(self._ngrams[1])

    @cached_property
    def training_numbers(self) -> list[np.ndarray]:
        """The numbers of the words of each training text."""
        return [self.vocabulary.numbers(text) for text in self.some(self.training)]

    @property
    def trust(self) -> tuple[float, float]:
        """How far naive Bayes' weights of words, and of letters, are trusted at the start."""
        return _TRUST.get(self.config.data, _ELSE_TRUST)

    @property
    def steadiness_power(self) -> int:
        """To which power steadiness makes them less trusted: 0 where texts are of no book."""
        return _STEADINESS_POWER if len(self.data.groups) else 0

    @cached_property
    def _trusted(self) -> np.ndarray:
        """How far the weights of each row are trusted at the start, (rows, 1)."""
        trusted = self.counts.of_each(*self.trust)
        if not self.steadiness_power:
            return trusted
        labels = self.data.labels[self.training]
        steady = steadiness(self.training_runs, labels, len(self.counts))
        return trusted * steady[:, None] ** self.steadiness_power

    @cached_property
    def network(self) -> TextNetwork:
        """The network of the config; it reads as much as the longest training text has."""
        config = self.config
        counts = config.start != "random"
        longest = max(map(len, self.training_numbers))
        return TextNetwork(
            config.network,
            self.classes,
            self.vocabulary,
            self._dim,
            config.units,
            config.bidirectional,
            longest,
            self.counts if counts else None,
            max(map(len, self.training_runs)) if counts else 1,
        )

    @cached_property
    def start(self) -> dict[str, np.ndarray]:
        """The weights that are not drawn at random, by the names of ``weight_names``."""
        given = {}
        if self.config.start == "naive_bayes":
            rows = self.counted.log_ratios * self._trusted
            given["counts.embeddings"] = rows.astype(np.float32)
            given["dense.bias"] = (TEMPERATURE * self.counted.prior).astype(np.float32)
        if self.config.vectors != "own":
            given["words.embeddings"] = self._shipped_vectors()
        return given

    def _shipped_vectors(self) -> np.ndarray:
        """The shipped vectors of the words that have one, small random ones of the others."""
        space, _ = pretrained.load(SHIPPED, WordSpace)
        rng = np.random.default_rng([45, self.config.seed])
        vectors = 0.1 * rng.standard_normal((len(self.vocabulary), space.vectors.shape[1]))
        places = {word: place for place, word in enumerate(space.words)}
        for name in self.vocabulary.names:
            place = places.get(name.removesuffix("'"))
            if place is not None:
                vectors[self.vocabulary.number(name)] = space.units[place]
        return vectors.astype(np.float32)
