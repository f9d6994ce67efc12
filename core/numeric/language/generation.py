"""Text from a language model, chunk by chunk."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.messages import N_, Problem
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.sampling import filtered, sample
from core.numeric.threads import one_blas_thread

# What may be asked for, inclusive.
MAX_PROMPT = 10_000
BOUNDS: dict[str, tuple[float, float]] = {
    "length": (1, 20_000),
    "temperature": (0, 5),
    "top_k": (0, 4096),
    "top_p": (0, 1),
    "seed": (0, 2**32 - 1),
}


@dataclass(frozen=True)
class Generated:
    """The next characters: their text, their indices, int (n,), and all the text so far."""

    text: str
    ids: np.ndarray
    so_far: str


def generate(
    model: LanguageModel,
    prompt: str = "",
    length: int = 600,
    temperature: float = 0.8,
    top_k: int = 0,
    top_p: float = 1.0,
    seed: int = 0,
    chunk: int = 32,
) -> Iterator[Generated]:
    """``length`` characters after ``prompt``, ``chunk`` at a time; the prompt is not among them.

    A line begins before the prompt. Its characters that the model does not know (``model.unknown``
    names them) are read as unknown. The same arguments give the same text, and the first n
    characters do not depend on ``length``. The filters are those of ``sampling.filtered``.
    Raises Problem at once if the prompt is too long or a number is out of bounds.
    """
    prompt = unicodedata.normalize("NFC", prompt)
    if len(prompt) > MAX_PROMPT:
        raise Problem(
            N_("The prompt may have at most {most} characters, not {given}."),
            most=MAX_PROMPT,
            given=len(prompt),
        )
    given = {
        "length": length,
        "temperature": temperature,
        "top_k": top_k,
        "top_p": top_p,
        "seed": seed,
    }
    for name, value in given.items():
        low, high = BOUNDS[name]
        if not low <= value <= high:
            raise Problem(
                N_("{field} must be from {low} to {high}, not {given}."),
                field=name,
                low=low,
                high=high,
                given=value,
            )

    def chunks() -> Iterator[Generated]:
        rng = np.random.default_rng(seed)
        logits, state = model.start(prompt)
        so_far = ""
        while len(so_far) < length:
            ids = np.empty(min(chunk, length - len(so_far)), np.intp)
            with one_blas_thread():
                for i in range(len(ids)):
                    ids[i] = sample(filtered(logits, temperature, top_k, top_p), rng)
                    logits, state = model.step(ids[i], state)
            text = model.decode(ids)
            so_far += text
            yield Generated(text, ids, so_far)

    return chunks()


def log_probs_at(model: LanguageModel, text: str, index: int) -> np.ndarray:
    """What the model expected before ``text[index]``: log-probabilities, float32 (vocabulary,).

    text: prompt and generated text in one. ``sampling.filtered`` takes them as logits.
    Raises Problem if there is no such character.
    """
    if not 0 <= index < len(text):
        raise Problem(
            N_("There is no character {index} in a text of {length}."),
            index=index,
            length=len(text),
        )
    return model.read(text[: index + 1]).log_probs[-1]
