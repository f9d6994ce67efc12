"""The tagged corpora by name, what of them is not on this machine, and how each is parted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import add

from core.data import fetch
from core.data.language.tagged import brought, invented, requests
from core.data.language.tagged.reading import read_tagged
from core.data.language.tagged.tagged_text import TaggedCorpus, TaggedText, parted

FRENCH = ("sequoia", "novels", "newspapers", "invented")
# Files that are learned from, and files that are tested on.
_FILES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sequoia": (("fr_sequoia_train.conllu",), ("fr_sequoia_test.conllu",)),
    "novels": (
        (
            "ner_balzac_eugenie_grandet.conll",
            "ner_maupassant_bel_ami.conll",
            "ner_zola_germinal.conll",
        ),
        ("ner_flaubert_madame_bovary.conll",),
    ),
    "newspapers": (("ner_europeana_fr.bio",), ()),
    "posts": (("wnut17_train.conll",), ("wnut17_test.conll",)),
}


@lru_cache(maxsize=4)
def tagged_corpus(name: str, upload: str = "", seed: int = 0) -> TaggedCorpus:
    """A corpus by name: a key of the files, "requests", "invented" or "upload".

    "sequoia": UD French Sequoia (Candito & Seddah 2012), its official parts. "novels": entities in
    Balzac, Maupassant and Zola, tried on Madame Bovary (Maurel et al. 2025). "newspapers":
    Europeana (Neudecker 2016), the last fifth held out. "posts": WNUT 2017 (Derczynski et al.).
    upload: the hash of a visitor's text. seed: of the invented sentences.
    Raises Problem if the data are not here or have no tags.
    """
    match name:
        case "invented":
            return invented.corpus(seed)
        case "upload":
            return brought.corpus_of(upload)
        case "requests":
            parts = [TaggedText.cut(*requests.requests(part)) for part in ("train", "validate")]
            return TaggedCorpus(*parts, spans=True)
    learned, tested = _FILES[name]
    training, spans = _read(learned)
    if tested:
        return TaggedCorpus(training, _read(tested)[0], spans, books=name == "novels")
    return TaggedCorpus(*parted(training), spans)


def missing(name: str) -> list[str]:
    """Files that a corpus needs and this machine does not have."""
    files = requests.files() if name == "requests" else [*sum(_FILES.get(name, ((), ())), ())]
    return fetch.absent(files)


def _read(files: Sequence[str]) -> tuple[TaggedText, bool]:
    """What files say, a document each, and whether their tags mark spans."""
    texts = []
    spans = False
    for document, file in enumerate(files):
        known = read_tagged(fetch.path(file).read_text(encoding="utf-8"))
        texts.append(TaggedText.cut(known.words, known.tags, document))
        spans = known.spans
    return reduce(add, texts), spans
