"""The run of the experiment tagger."""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, train
from core.experiments.tagger.config import TaggerConfig
from core.experiments.tagger.task import ALONE, SHOWN, Encoded, Task, batches
from core.numeric.language.classify.scores import confusion
from core.numeric.language.tagging import paths, scores, spans
from core.numeric.language.tagging.features import feature_hashes_of
from core.numeric.language.tagging.tagger import Tagger

_PREDICTED = 64  # sentences that are read at once


def run(config: TaggerConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Nothing is chosen by the held-out sentences, and the last epoch counts. Metrics of an epoch:
    score, accuracy, known, unknown and, where tags mark spans, f1, precision and recall; the score
    of the readings of one side, left and right, if both are read; train_loss (nats a word). The
    same of each word's most frequent tag, as baseline_frequent and baseline_frequent_METRIC, with
    Started, of the linear tagger (baseline_linear; of books that it knows, baseline_linear_book)
    with the last. Arrays of an epoch: confusion (tags, tags), a row a true tag; kinds (kinds, 3),
    spans there, given and right of each kind of the text "kinds"; shown_tags and shown_answers,
    int16, the tags of the sentences that the text "shown" tells, one behind another; with the
    first epoch card (JSON, as of ``Tagger.about``). Raises Problem if the data are missing.
    """
    yield from train(_Tagging(config, control))


class _Tagging(Training):
    name = "tagger"
    weight_type = np.float16

    def __init__(self, config: TaggerConfig, control: Control | None):
        from core.models.language.tag_network import build_tag_network, tag_loss
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._task = task = Task.of(config)
        self._network = task.network
        self.model = build_tag_network(
            self._network,
            hidden_words=config.hidden_words,
            dropout=config.dropout,
            seed=config.seed,
        )
        loss = tag_loss(self.model, self._network)
        self.trainer = Trainer(self.model, loss, clip_norm=1.0)
        self._learned = task.encoded(task.training, ALONE)
        self._batch = min(config.batch_size, len(task.training))
        self.updates = len(self.order(1))
        self._known = scores.known_words(task.test.words, task.training.words)
        self.references = self._counting()
        self._kinds = sorted({tag[2:] for tag in task.tags if tag != "O"} if self._spans else ())
        about = Tagger(self._network, {}, task.tags).about
        card = json.dumps(about, ensure_ascii=False).encode()
        self.first_arrays = {"card": np.frombuffer(card, np.uint8)}

    @cached_property
    def _tested(self) -> Encoded:
        """What is tested on: read when the first losses have been told."""
        return self._task.encoded(self._task.test)

    @property
    def _spans(self) -> bool:
        return self._task.corpus.spans

    def _scored(self, given: Sequence[Sequence[str]]) -> dict[str, float]:
        return scores.tag_scores(self._task.test.tags, given, self._known, self._spans)

    def _baseline(self, name: str, given: Sequence[Sequence[str]]) -> dict[str, float]:
        known = self._scored(given)
        score = known.pop("score")
        return {name: score, **{f"{name}_{metric}": value for metric, value in known.items()}}

    def _counting(self) -> dict[str, float]:
        """What each word's most frequent tag reaches."""
        task = self._task
        tags, other = scores.most_frequent_tags(task.training.words, task.training.tags)
        given = [[tags.get(word.lower(), other) for word in words] for words in task.test.words]
        return self._baseline("baseline_frequent", given)

    def order(self, epoch: int) -> list[np.ndarray]:
        return batches(self._learned.lengths, self._batch, [self.config.seed, epoch])

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: list[np.ndarray], update: int) -> tuple[list[np.ndarray], np.ndarray]:
        made = [self._learned.batch(chosen[0])]
        for places in chosen[1:]:  # batches of one shape go into one call
            inputs, targets = self._learned.batch(places)
            if targets.shape != made[0][1].shape:
                break
            made.append((inputs, targets))
        inputs = [np.stack(arrays) for arrays in zip(*(each[0] for each in made), strict=True)]
        return inputs, np.stack([targets for _inputs, targets in made])

    def score(self, last: bool) -> Scores:
        task = self._task
        answers = self._answers()
        named = {
            reading: [[task.tags[tag] for tag in row] for row in rows]
            for reading, rows in answers.items()
        }
        first, *others = named
        found = self._scored(named[first])
        for reading in others:
            found[reading] = self._scored(named[reading])["score"]
        true, given = (np.concatenate(rows) for rows in (self._tested.targets, answers[first]))
        learned = true < len(task.tags)
        arrays = {"confusion": confusion(true[learned], given[learned], len(task.tags))}
        if self._spans:
            _whole, kinds = spans.count(task.test.tags, named[first])
            none = spans.Counts(0, 0, 0)
            rows = [kinds.get(kind, none) for kind in self._kinds]
            arrays["kinds"] = np.array(rows, np.int32).reshape(-1, 3)
        shown = slice(SHOWN)
        arrays["shown_tags"] = np.concatenate(self._tested.targets[shown]).astype(np.int16)
        arrays["shown_answers"] = np.concatenate(answers[first][shown]).astype(np.int16)
        texts = {
            "tags": "\n".join(task.tags),
            "kinds": "\n".join(self._kinds),
            "shown": "\n".join("\t".join(words) for words in task.test.words[shown]),
        }
        return Scores(found, arrays, texts)

    def _answers(self) -> dict[str, list[np.ndarray]]:
        """The tag that each reading gives each word of the held-out sentences."""
        readings, tags = self._network.readings, len(self._task.tags)
        order = np.argsort(self._tested.lengths, kind="stable")
        rows: dict[str, list[np.ndarray]] = {name: [np.zeros(0)] * len(order) for name in readings}
        transitions = self._transitions()
        for at in range(0, len(order), _PREDICTED):
            places = order[at : at + _PREDICTED]
            inputs, _targets = self._tested.batch(places)
            outputs = self.trainer.predict(inputs, _PREDICTED)
            for place, output in zip(places, outputs, strict=True):
                emitted = output[: len(self._tested.targets[place])]
                for which, name in enumerate(readings):
                    each = emitted[:, which * tags : (which + 1) * tags]
                    best = each.argmax(1)
                    if transitions is not None and not which:
                        best = paths.trellis(each, transitions).best
                    rows[name][place] = best
            self.control.wait()
        return rows

    def _transitions(self) -> np.ndarray | None:
        weights = self.weights().get("transitions.embeddings")
        return None if weights is None else weights[1:]

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.language.tag_network import tag_weights

        return tag_weights(self.model, self._network)

    def end(self) -> Scores:
        from core.models.language.tag_baselines import linear_tagger

        task, found = self._task, dict(self.references)
        books = {"": False, **({"_book": True} if task.has_book else {})}
        targets = np.concatenate(self._learned.targets)
        for name, with_book in books.items():
            known, asked = (
                feature_hashes_of(text.words, task.notes(text) if with_book else None)
                for text in (task.training, task.test)
            )
            self.control.wait()
            answers = linear_tagger(known, targets, asked, self.config.seed, self.control.wait)
            ends = np.cumsum(self._tested.lengths)[:-1]
            given = [[task.tags[tag] for tag in row] for row in np.split(answers, ends)]
            found |= self._baseline(f"baseline_linear{name}", given)
        counts = {"train_words": task.training.size, "test_words": task.test.size}
        return Scores({**found, **counts})

    def code(self) -> dict[str, bytes]:
        task, network = self._task, self._network
        files = {"data.txt": task.as_lines(), "words.txt": "\n".join(network.words.names).encode()}
        code = keras_files(
            self.name,
            self.config,
            files,
            TAGS=list(task.tags),
            CHARACTERS_KNOWN=network.characters,
            READINGS=list(network.readings),
            SIDES=list(network.sides),
            BOOK=task.has_book,
            CHARACTER_DIM=network.character_dim,
            FILTERS=network.filters,
            BUCKETS=network.buckets,
            BATCH=self._batch,
        )
        return {**code, **files}
