"""How alike an answer and the one that people gave are: SQuAD's two scores, with French articles.

Source: Rajpurkar et al. (2016), arXiv:1606.05250, section 6.1.
"""

from __future__ import annotations

import re
from collections import Counter

_ARTICLE = re.compile(r"\b(?:le|la|les|l|un|une|des|du|au|aux)\b")
_MARK = re.compile(r"[^\w\s]|_")


def normalised(answer: str) -> list[str]:
    """The words that count: in lower case, without marks and articles.

    >>> normalised("L'îlot du Peñon !")
    ['îlot', 'peñon']
    """
    return _ARTICLE.sub(" ", _MARK.sub(" ", answer.lower())).split()


def exact_match(answer: str, truth: str) -> float:
    """1 if the words are the same, else 0."""
    return float(normalised(answer) == normalised(truth))


def f1(answer: str, truth: str) -> float:
    """The harmonic mean of the shares of words that both have in common.

    >>> f1("premier album de Médine", "le premier album")
    0.6666666666666666
    """
    given, wanted = normalised(answer), normalised(truth)
    if not given or not wanted:
        return float(given == wanted)
    common = sum((Counter(given) & Counter(wanted)).values())
    if not common:
        return 0.0
    precision, recall = common / len(given), common / len(wanted)
    return 2 * precision * recall / (precision + recall)
