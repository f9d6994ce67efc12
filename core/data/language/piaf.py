"""PIAF: French questions about passages of Wikipedia, each answered by some words of its passage.

Source: Keraron et al. (2020), arXiv:2007.00968.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import NamedTuple

from core.data import fetch

FILE = "piaf_1.0.json"
_MARKUP = re.compile(r"<[^>]*>")  # of a title in italics


class Passage(NamedTuple):
    """A passage, and the title of the article that it is from."""

    text: str
    title: str


class Asked(NamedTuple):
    """A question, the answer that people marked, and where it begins in which passage."""

    question: str
    answer: str
    passage: int
    start: int


class Piaf(NamedTuple):
    """All passages and questions; article: of each passage the number of its article."""

    passages: tuple[Passage, ...]
    article: tuple[int, ...]
    asked: tuple[Asked, ...]


@lru_cache(maxsize=1)
def piaf() -> Piaf:
    """The passages and their questions. Raises Problem if the file is not on this machine."""
    passages, articles, asked = [], [], []
    data = json.loads(fetch.path(FILE).read_text(encoding="utf-8"))["data"]
    for number, article in enumerate(data):
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                answer = question["answers"][0]
                asked.append(
                    Asked(
                        question["question"], answer["text"], len(passages), answer["answer_start"]
                    )
                )
            passages.append(Passage(paragraph["context"], _MARKUP.sub("", article["title"])))
            articles.append(number)
    return Piaf(tuple(passages), tuple(articles), tuple(asked))


def halves(known: Piaf) -> tuple[list[Asked], list[Asked]]:
    """Questions on articles of even and of odd number: to learn from, and to be judged by."""
    even = [one for one in known.asked if known.article[one.passage] % 2 == 0]
    odd = [one for one in known.asked if known.article[one.passage] % 2]
    return even, odd
