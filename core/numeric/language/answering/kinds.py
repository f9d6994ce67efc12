"""What kind of thing a French question asks for, by its words."""

import re

_KINDS = (
    ("number", r"\bcombien\b|\bquel(?:le)? (?:est le )?(?:nombre|pourcentage|prix|score)\b"),
    ("time", r"\bquand\b|\bann[ée]es?\b|\bdate\b|\bsiècle\b|\bjour\b|\bpériode\b"),
    ("name", r"\bnoms?\b|\bs['’ ]?appel\w*|\bappel\w+\b|\bnomm\w+\b|\bsurnom\w*\b"),
    ("person", r"\bqui\b"),
    ("place", r"\boù\b|\bville\b|\bpays\b|\brégion\b|\blieu\b|\bendroit\b"),
    ("reason", r"\bpourquoi\b|\bcomment\b|\braison\b"),
    ("which", r"\bquels?\b|\bquelles?\b"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _KINDS)
KINDS = (*(name for name, _ in _KINDS), "other")


def kind_of(question: str) -> str:
    """What is asked for, of KINDS."""
    text = question.lower()
    return next((name for name, pattern in _PATTERNS if pattern.search(text)), "other")
