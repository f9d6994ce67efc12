"""The shipped language model: how it is made, scored and described. Makes it again on demand."""

import dataclasses
import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core import pretrained
from core.data.language import corpora
from core.experiments.kit import recipe
from core.models.language.stages import Shape, Stage
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.ngram import NGram
from core.numeric.language.originality import facts_of

NAME = "voltaire"
FACTS = "voltaire_facts.npz"
OTHERS = (
    "zola_germinal",
    "flaubert_madame_bovary",
    "verne_tour_du_monde",
    "moliere_avare",
    "moliere_don_juan",
    "rousseau_julie",
    "diderot_jacques_le_fataliste",
    "laclos_liaisons_dangereuses",
)
EVERYTHING = (*OTHERS, "voltaire")
SEED = 1
SHAPE = Shape(units=704, embedding_dim=64, batch=64, length=128)
STAGES = (
    Stage(EVERYTHING, 6, 2e-3, 3e-4, dropout=0.1, weight_drop=0.1, warmup_steps=200),
    Stage(("voltaire",), 10, 7e-4, 1e-5, dropout=0.3, weight_drop=0.3, interpolation=0.5),
    Stage(("voltaire",), 5, 3e-4, 1e-5, dropout=0.2, weight_drop=0.2, warmup_steps=50),
    Stage(
        EVERYTHING, 1, 5e-4, 1e-5, dropout=0.1, weight_drop=0.1, warmup_steps=50, interpolation=0.5
    ),
)
AT_LEAST = 20  # a character that occurs less often is not learned


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train the model through its stages, score it and write weights, card and facts to ``folder``.

    log: hears a line after each epoch. Raises Problem if a text is not on this machine.
    """
    held_out, everything = corpora.splits("voltaire")[1], text_of(EVERYTHING)

    from core.models.language.char_lm import named_weights
    from core.models.language.contiguous import vocabulary_of
    from core.models.language.long_training import train_stage

    vocabulary = vocabulary_of(everything, AT_LEAST)
    weights = None
    began = time.perf_counter()
    for number, stage in enumerate(STAGES, 1):

        def after_epoch(
            epoch: int, train_bits: float, model: LanguageModel, number: int = number
        ) -> None:
            valid = model.bits_per_char(held_out)
            seconds = time.perf_counter() - began
            log(
                f"stage {number}, epoch {epoch}: {train_bits:.3f} bits per character in training, "
                f"{valid:.3f} on held-out text, {seconds:.0f} s"
            )

        text = text_of(stage.corpus)
        weights = train_stage(stage, text, vocabulary, SHAPE, weights, SEED, after_epoch)
    assert weights is not None
    model = LanguageModel("lstm", vocabulary, named_weights(weights))
    config = {
        "cell": "lstm",
        "seed": SEED,
        "shape": dataclasses.asdict(SHAPE),
        "stages": [dataclasses.asdict(stage) for stage in STAGES],
    }
    publish(model, config, time.perf_counter() - began, folder)


def text_of(names: tuple[str, ...]) -> str:
    """The corpora of these names, one after the other."""
    return "\n".join(corpora.corpus(name) for name in names)


def publish(
    model: LanguageModel, config: Mapping[str, Any], seconds: float, folder: Path
) -> Mapping[str, Any]:
    """Score the model as it is stored, in half precision, and write it with card and facts.

    Returns the card.
    """
    stored = pretrained.as_stored(model)
    scored = {
        "micromegas": corpora.book(corpora.HELD_OUT),
        "validation": corpora.splits("voltaire")[1],
    }
    bits = {name: stored.bits_per_char(text) for name, text in scored.items()}
    counted = {
        name: NGram.fit(text_of(names))
        for name, names in {"voltaire": ("voltaire",), "everything": EVERYTHING}.items()
    }
    facts_of(corpora.corpus("voltaire"), text_of(EVERYTHING)).save(folder / FACTS)
    return recipe.publish(
        NAME,
        model,
        folder,
        recipe=NAME,
        seconds=seconds,
        about="Character LSTM: eight French novels and plays with Voltaire, then him alone.",
        config=config,
        data={
            name: hashlib.sha256(corpora.corpus(name).encode()).hexdigest()
            for name in (*OTHERS, *corpora.VOLTAIRE)
        },
        metrics={
            "params": model.params,
            "bits_per_char": bits,
            "perplexity": {name: 2**value for name, value in bits.items()},
            "ngram_bits": _ngram_bits(counted, scored["micromegas"]),
            "ngram_bits_on_validation": _ngram_bits(counted, scored["validation"]),
        },
    )


def _ngram_bits(counted: Mapping[str, NGram], text: str) -> dict[str, dict[str, float]]:
    return {
        name: {
            f"ngram_{order}": bits
            for order, bits in enumerate(model.bits_per_char_by_order(text), 1)
        }
        for name, model in counted.items()
    }
