"""English sentences and messages with a class each, as their files have them."""

from __future__ import annotations

import zipfile
from functools import lru_cache

from core.data import fetch
from core.data.language import intents
from core.data.language.labelled.labelled_texts import LabelledTexts, without_repeats
from core.messages import N_, Note

FILES = {
    "reviews": "sentence_polarity.zip",
    "films": "imdb_sentences.tsv",
    "subjectivity": "subjectivity.zip",
    "messages": "sms_spam.tsv",
    "intents": intents.FILE,
}
INTENTS = 12  # of 150: as many as a matrix has room for
_REPEATS = N_("{count} that repeat an earlier one are left out.")


@lru_cache(maxsize=4)
def read(name: str) -> LabelledTexts:
    """A set by its name in FILES.

    "reviews": Rotten Tomatoes, negative or positive (Pang & Lee 2005). "films": sentences of IMDb
    (Kotzias et al. 2015). "subjectivity": said of a film, or of its plot (Pang & Lee 2004).
    "messages": SMS, wanted or spam (Almeida et al. 2011). "intents": the first INTENTS of CLINC150
    (Larson et al. 2019). Raises Problem if the file is not here.
    """
    if name in ("reviews", "subjectivity"):
        return _of_zip(name)
    if name == "intents":
        return _intents()
    return _of_lines(name)


def _of_zip(name: str) -> LabelledTexts:
    members, classes = {
        "reviews": (("rt-polarity.neg", "rt-polarity.pos"), (N_("negative"), N_("positive"))),
        "subjectivity": (
            ("plot.tok.gt9.5000", "quote.tok.gt9.5000"),
            (N_("plot"), N_("opinion")),
        ),
    }[name]
    texts, labels = [], []
    with zipfile.ZipFile(fetch.path(FILES[name])) as archive:
        folder = FILES[name].removesuffix(".zip")
        for label, member in enumerate(members):
            lines = archive.read(f"{folder}/{member}").decode("cp1252").splitlines()
            texts += [line.strip() for line in lines if line.strip()]
            labels += [label] * (len(texts) - len(labels))
    return _labelled(texts, labels, classes)


def _intents() -> LabelledTexts:
    known = intents.intents()
    parts = (known.training, known.validation, known.test)
    rows = [
        (text, int(intent))
        for part in parts
        for text, intent in zip(part.texts, part.intents, strict=True)
        if 0 <= intent < INTENTS
    ]
    names = tuple(name.replace("_", " ") for name in known.names[:INTENTS])
    texts, labels = map(list, zip(*rows, strict=True))
    return _labelled(texts, labels, names)


def _of_lines(name: str) -> LabelledTexts:
    texts, labels = [], []
    lines = fetch.path(FILES[name]).read_text(encoding="utf-8-sig").splitlines()
    for line in filter(str.strip, lines):
        first, _, second = line.partition("\t")
        text, label = (second, first) if name == "messages" else (first, second)
        texts.append(text.strip())
        labels.append(int(label.strip() in ("1", "spam")))
    classes = (N_("wanted"), N_("spam"))
    return _labelled(
        texts, labels, classes if name == "messages" else (N_("negative"), N_("positive"))
    )


def _labelled(texts: list[str], labels: list[int], classes: tuple[str, ...]) -> LabelledTexts:
    once, of = without_repeats(texts, labels)
    repeats = len(texts) - len(once)
    notes = (Note(_REPEATS, {"count": repeats}),) if repeats else ()
    return LabelledTexts(once, of, classes, notes=notes)
