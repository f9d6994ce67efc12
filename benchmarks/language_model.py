"""How well the shipped model predicts Micromégas, beside n-grams counted on the same texts."""

from benchmarks.row import Row
from core import pretrained
from core.data.language import corpora
from core.experiments.voltaire.recipe import EVERYTHING, text_of
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.ngram import NGram


def rows() -> list[Row]:
    if any(corpora.missing(name) for name in (*EVERYTHING, corpora.HELD_OUT)):
        return [Row("bits per character on Micromégas", "the texts are not on this machine")]
    model, _ = pretrained.load("voltaire", LanguageModel)
    text = corpora.book(corpora.HELD_OUT)
    bits = model.bits_per_char(text)
    found = []
    for what, names in (("all its training texts", EVERYTHING), ("Voltaire alone", ("voltaire",))):
        counted = NGram.fit(text_of(names)).bits_per_char_by_order(text)
        best = min(counted)
        found.append(
            Row(
                f"bits per character on Micromégas, n-grams counted on {what}",
                f"{bits:.3f} (perplexity {2**bits:.2f})",
                f"{best:.3f}, Kneser-Ney of order {counted.index(best) + 1}: "
                f"{best - bits:.3f} more",
            )
        )
    return found
