"""The pairs of a run as its network reads and writes them."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.data.kept import kept
from core.data.language.pairs import sets, tatoeba
from core.data.language.pairs.tatoeba import Pair, Parts
from core.experiments.translation.config import TranslationConfig
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation import codec as codecs
from core.numeric.language.translation import ibm1, pieces
from core.numeric.language.translation import tokens as tokenizing
from core.numeric.language.translation.codec import PieceCodec
from core.numeric.language.translation.pieces import learn_pieces
from core.numeric.language.translation.tokens import (
    joined,
    names,
    set_in,
    tokens,
    without_first_capital,
)

WIDTHS = ((8, 10), (12, 14), (16, 20))  # pieces read and written of the batches' three shapes
LONGEST = 30  # pieces of a translation
_PART = 100  # sentences that are translated at once
_MAKERS = (tatoeba, codecs, pieces, tokenizing, sys.modules[__name__])


@dataclass(frozen=True)
class Task:
    """Pairs in parts, and the codec that makes ids of them."""

    config: TranslationConfig

    @classmethod
    def of(cls, config: TranslationConfig) -> Task:
        """The task of a config. Raises Problem if its data are not here."""
        sets.check(config.data)
        return cls(config)

    @cached_property
    def parts(self) -> Parts:
        """The pairs: read when the first losses have been told, where what is learned is kept."""
        parts = sets.parts(self.config.data, self.config.seed)
        return parts._replace(training=parts.training[: self.config.train_pairs])

    def sources(self, pairs: Sequence[Pair]) -> list[str]:
        """What is read of pairs."""
        return [getattr(pair, self.config.languages[0]) for pair in pairs]

    def references(self, pairs: Sequence[Pair]) -> list[str]:
        """The translations of pairs as they are printed."""
        target = self.config.languages[1]
        return [set_in(getattr(pair, target), target) for pair in pairs]

    @cached_property
    def _names(self) -> frozenset[str]:
        target = self.config.languages[1]
        return names((getattr(pair, target) for pair in self.parts.training), target)

    def targets(self, pairs: Sequence[Pair]) -> list[str]:
        """What is to be written of pairs: of their first words only names have a capital."""
        target = self.config.languages[1]
        return [without_first_capital(getattr(p, target), self._names, target) for p in pairs]

    def _tokens(self, pairs: Sequence[Pair]) -> tuple[list[list[str]], list[list[str]]]:
        source, target = self.config.languages
        read = [tokens(text.lower(), source) for text in self.sources(pairs)]
        return read, [tokens(text, target) for text in self.targets(pairs)]

    @cached_property
    def _made(self) -> Mapping[str, np.ndarray]:
        """Pieces and ids of what is learned from; kept, where it is always the same."""
        config = self.config
        if config.data != "tatoeba":
            return self._make()

        def packed() -> bytes:
            arrays: Any = self._make()
            np.savez(out := io.BytesIO(), **arrays)
            return out.getvalue()

        settings = f"{config.direction} {config.pieces} {config.train_pairs}"
        stored = kept("translation", [tatoeba.FILE], _MAKERS, packed, settings, most=4)
        return dict(np.load(io.BytesIO(stored)))

    def _make(self) -> dict[str, np.ndarray]:
        """Pieces "read" and "written"; by the shape of its batches asked_SHAPE and told_SHAPE.

        What is longer than the last of WIDTHS is left out.
        """
        pairs, languages = self.parts.training, self.config.languages
        read, written = (
            learn_pieces((one for line in side for one in line), self.config.pieces)
            for side in self._tokens(pairs)
        )
        codec = PieceCodec(*languages, " ".join(read), " ".join(written))
        asked = codec.questions(self.sources(pairs), WIDTHS[-1][0])
        told = codec.answers(self.targets(pairs), WIDTHS[-1][1])
        lengths = np.stack([(ids > 0).sum(1) for ids in (asked, told)])
        shape = np.stack([(width < lengths.T).any(1) for width in WIDTHS]).sum(0)
        made = {"read": np.array(read), "written": np.array(written)}
        for which, widths in enumerate(WIDTHS):
            for name, ids, width in zip(("asked", "told"), (asked, told), widths, strict=True):
                made[f"{name}_{which}"] = ids[shape == which, :width].astype(np.int16)
        return made

    @cached_property
    def codec(self) -> PieceCodec:
        """The pieces of what is learned from."""
        read, written = (" ".join(self._made[side]) for side in ("read", "written"))
        return PieceCodec(*self.config.languages, read, written)

    @cached_property
    def learned(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """What is learned from by the shape of its batches: ids read, and ids to be written.

        int32 (pairs, width) each, of WIDTHS; what is longer than the last of them is left out.
        """
        asked, told = (
            [self._made[f"{side}_{which}"].astype(np.int32) for which in range(len(WIDTHS))]
            for side in ("asked", "told")
        )
        return list(zip(asked, told, strict=True))

    def batches(self, number: int) -> list[tuple[int, np.ndarray]]:
        """The batches of one time through all pairs (from 0): the shape, and places of pairs."""
        sizes = [len(asked) for asked, _told in self.learned]
        return passed(sizes, self.config.batch_size, self.config.seed, number)

    def as_npz(self) -> bytes:
        """The ids for the script: asked_SHAPE and told_SHAPE, and asked_test, told_test."""
        out = io.BytesIO()
        pairs = self.parts.validation
        tested = (
            self.codec.questions(self.sources(pairs)),
            self.codec.answers(self.targets(pairs)),
        )
        named = {
            f"{name}_{shape}": ids.astype(np.int16)
            for shape, both in [*enumerate(self.learned), ("test", tested)]
            for name, ids in zip(("asked", "told"), both, strict=True)
        }
        np.savez_compressed(out, **named)
        return out.getvalue()

    def dictionary(self, between: Callable[[], None] = lambda: None) -> ibm1.Dictionary:
        """IBM's model 1 of the pairs that are learned from. between: called now and then."""
        read, written = self._tokens(self.parts.training)
        return ibm1.learn(_stripped(read), _stripped(written), between=between)

    def counts(self) -> Counter[str]:
        """How often each word, or mark, comes in what is learned from."""
        read = _stripped(self._tokens(self.parts.training)[0])
        return Counter(word for line in read for word in line)

    def word_for_word(self, texts: Sequence[str], best: ibm1.Likeliest) -> list[str]:
        """Translations by the best entries of a dictionary, as they are printed."""
        source, target = self.config.languages
        return [word_for_word(text, best, source, target) for text in texts]


def translations(
    model: Seq2Seq, texts: Sequence[str], between: Callable[[], None] = lambda: None
) -> list[str]:
    """Greedy translations, as they are printed. between: called now and then."""
    target, told = model.about["codec"]["target"], []
    for at in range(0, len(texts), _PART):
        answers = model.answers(texts[at : at + _PART], LONGEST)
        told += [set_in(answer, target) for answer in answers]
        between()
    return told


def word_for_word(text: str, best: ibm1.Likeliest, source: str, target: str) -> str:
    """A translation by the best entries of a dictionary, as it is printed."""
    words = _stripped([tokens(text.lower(), source)])[0]
    return set_in(joined(ibm1.word_for_word(words, best), target), target)


def passed(
    sizes: Sequence[int], batch_size: int, seed: int, number: int
) -> list[tuple[int, np.ndarray]]:
    """Batches of pairs of one shape each, in an order drawn anew each time through all pairs.

    sizes: pairs of each shape. number: of the time through, from 0. Returns shapes and places; what
    fills no batch waits.
    """
    rng = np.random.default_rng([seed, number])
    size = min(batch_size, max(sizes))
    batches = []
    for shape, count in enumerate(sizes):
        whole = rng.permutation(count)[: count // size * size].reshape(-1, size)
        batches += [(shape, places) for places in whole]
    return [batches[i] for i in rng.permutation(len(batches))]


def _stripped(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[token.strip() for token in line] for line in lines]
