"""What each field says of a sentence at once: by a shipped network, or by counting."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core import pretrained
from core.data import fetch
from core.data.language.french_numerals import in_words, number_of
from core.data.language.passages import Passage, passages
from core.data.language.words.tokens import words
from core.experiments.number_words.config import lengths
from core.messages import N_
from core.numeric.language import textrank
from core.numeric.language.answering.cut import sentences
from core.numeric.language.classify import tokens
from core.numeric.language.classify.classifier import TextClassifier
from core.numeric.language.classify.vocabulary import UNKNOWN
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.tagging.spans import spans
from core.numeric.language.tagging.tagger import Tagger
from core.numeric.language.tagging.typed import typed_words
from core.numeric.language.thoughts.bags import BM25, Counted
from core.numeric.language.thoughts.search import best, scores_of
from pages.language.applications import chatbot
from ui.notices import plain
from ui.texts import _, percent

BOOK, _TALE = "voltaire_candide", "conte"
_SHOWN, _LEAST_LETTERS = 60, 4
_MOST_WORDS, _MOST_NUMBERS = 40, 3
_ABBREVIATED = re.compile(r"\b(?:MM?|Mr|Mrs|Dr|St|Mgr)\.$")
_VOWELS = {
    **dict.fromkeys("aàâä", "a"),
    **dict.fromkeys("eéèêëæœ", "e"),
    **dict.fromkeys("iîïyÿ", "i"),
    **dict.fromkeys("oôö", "o"),
    **dict.fromkeys("uùûü", "u"),
}


@dataclass(frozen=True)
class Field:
    """A field. title: marked for translation; answer: to a sentence, in Markdown."""

    title: str
    answer: Callable[[str], str]


def book() -> str:
    """The text that is searched and summed up: Candide, where it is on this machine."""
    return BOOK if fetch.available(f"{BOOK}.txt") else _TALE


def found(sentence: str, count: int) -> list[Passage]:
    """The passages of the book that answer best, by BM25."""
    known, weighted, rows = _index(book())
    scores = scores_of(weighted.asked([words(sentence)]), rows)[0]
    return [known[hit.place] for hit in best(scores, count)]


def names_in(sentence: str) -> list[tuple[str, str]] | None:
    """Each name that the shipped tagger sees, and its kind; None without the tagger."""
    if "tagger-names" not in pretrained.names():
        return None
    tagger, _card = pretrained.load("tagger-names", Tagger)
    read = typed_words(sentence, "novels")[:_MOST_WORDS]
    if not read:
        return []
    tags = tagger.named(tagger.read(read).best)
    return [(" ".join(read[s.start : s.end]), s.kind) for s in spans(tags)]


def kinds() -> dict[str, str]:
    """What each kind of name is called."""
    return {
        "PER": _("person"),
        "LOC": _("place"),
        "ORG": _("organisation"),
        "MISC": _("other"),
    }


def opinion(sentence: str) -> tuple[str, float, int, int] | None:
    """What the shipped network of opinions says, how sure it is; words that it knows, and words.

    None without the network, or without a word.
    """
    if "text-class" not in pretrained.names():
        return None
    model, _card = pretrained.load("text-class", TextClassifier)
    text, vocabulary = tokens.words(sentence), model.network.vocabulary
    known = [vocabulary.number(word) != UNKNOWN for word in text if word[0].isalpha()]
    if not known:
        return None
    shares = model.probabilities([text])[0]
    return model.classes[int(shares.argmax())], float(shares.max()), sum(known), len(known)


def numbers_in_words(sentence: str) -> dict[str, str] | None:
    """Each number of the sentence in French words, by the shipped network; None without it."""
    if "number-words-to-words" not in pretrained.names():
        return None
    model, _card = pretrained.load("number-words-to-words", Seq2Seq)
    found = list(dict.fromkeys(re.findall(r"(?<!\d)(?:0|[1-9]\d{0,5})(?!\d)", sentence)))
    found = found[:_MOST_NUMBERS]
    if not found:
        return {}
    return dict(zip(found, model.answers(found, lengths("to_words")[1]), strict=True))


def in_french(number: str, text: str) -> str:
    """What the network wrote of a number, in Markdown, and what is right where it is wrong."""
    if number_of(text) == int(number):
        return f"**{plain(text)}**"
    return _("**{text}** (wrong: it is {right})").format(
        text=plain(text), right=plain(in_words(int(number)))
    )


def vowels_of(sentence: str) -> str:
    """The vowels of a sentence, a space between its words; "" if it has none."""
    spoken = ("".join(_VOWELS.get(c, "") for c in word) for word in sentence.lower().split())
    return " ".join(filter(None, spoken))


def ranked(text: str) -> tuple[list[str], np.ndarray]:
    """The sentences of a text and their ranks; words of fewer than four letters do not count.

    A sentence without longer words belongs to the next one, as does one that ends in "M.".
    """
    cut, held = [], ""
    for _start, sentence in sentences(text):
        held = f"{held} {sentence}".strip()
        if _long_words(sentence) and not _ABBREVIATED.search(sentence):
            cut.append(held)
            held = ""
    cut += [held] if held else []
    return cut, textrank.ranks([_long_words(sentence) for sentence in cut])


def _long_words(sentence: str) -> list[str]:
    return [word for word in words(sentence) if len(word) >= _LEAST_LETTERS]


@lru_cache(maxsize=2)
def _index(name: str) -> tuple[Sequence[Passage], BM25, object]:
    known = passages(name)
    texts = [passage.words for passage in known]
    weighted = BM25(Counted.of(texts))
    return known, weighted, weighted.kept(texts)


def _missing() -> str:
    return _("Its network is missing from this copy of Pangloss.")


def _extraction(sentence: str) -> str:
    names = names_in(sentence)
    if names is None:
        return _missing()
    told = [f"**{plain(name)}**, {kinds()[kind]}" for name, kind in names]
    return " · ".join(told) or _("It sees no name here.")


def _sentiment(sentence: str) -> str:
    said = opinion(sentence)
    if said is None:
        known = "text-class" in pretrained.names()
        return _("There is no word in it.") if known else _missing()
    answer, share, known, all_words = said
    if 2 * known <= all_words:
        return _("It learned English, and knows only {known} of these {all} words.").format(
            known=known, all=all_words
        )
    return _("**{answer}**, {share} sure; it knows {known} of {all} words").format(
        answer=_(answer), share=percent(share), known=known, all=all_words
    )


def _search(sentence: str) -> str:
    hits = found(sentence, 1)
    if not hits:
        return _("No passage has a word of it.")
    text = hits[0].text
    return plain(text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …")


def _chatbot(sentence: str) -> str:
    return plain(chatbot.reply(sentence))


def _summary(sentence: str) -> str:
    cut, rank = ranked(sentence)
    if len(cut) < 2:
        return _("One sentence has nothing to leave out. Below: a chapter.")
    return plain(cut[int(rank.argmax())])


def _synthesis(sentence: str) -> str:
    vowels = vowels_of(sentence)
    if not vowels:
        return _("No vowel, no sound: it has five vowels and nothing else.")
    return _("It says the vowels: {vowels}").format(vowels="·".join(vowels.replace(" ", "")))


def _translation(sentence: str) -> str:
    said = numbers_in_words(sentence)
    if said is None:
        return _missing()
    told = " · ".join(f"{number} → {in_french(number, text)}" for number, text in said.items())
    return told or _("It puts numbers into French words, and there is none. Sentences: see below.")


FIELDS = {
    "extraction": Field(N_("Extraction of data"), _extraction),
    "sentiment": Field(N_("Sentiment"), _sentiment),
    "search": Field(N_("Search engine"), _search),
    "chatbot": Field(N_("Chatbot"), _chatbot),
    "summary": Field(N_("Summary"), _summary),
    "translation": Field(N_("Translation"), _translation),
    "synthesis": Field(N_("Speech synthesis"), _synthesis),
    "transcription": Field(
        N_("Transcription"), lambda _sentence: _("It needs a voice. Hear one below.")
    ),
    "speaker": Field(
        N_("Identification of the speaker"),
        lambda _sentence: _("Who speaks does not stand in the words."),
    ),
}
