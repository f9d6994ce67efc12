"""The files of bAbI: numbered lines, a story's first is 1, questions among them.

Source: Weston et al. (2015), arXiv:1502.05698, tasks 1 and 2.
"""

from __future__ import annotations

from core.data.language.stories.story import Asked, Sentence, words

FILES = {
    "one": ("babi_qa1_train.txt", "babi_qa1_test.txt"),
    "two": ("babi_qa2_train.txt", "babi_qa2_test.txt"),
}


def read(text: str) -> list[Asked]:
    r"""The questions of a file, each with the sentences before it.

    >>> read("1 Mary went to the garden.\n2 Where is Mary?\tgarden\t1\n")[0].facts
    (0,)
    """
    asked: list[Asked] = []
    sentences: list[Sentence] = []
    places: dict[str, int] = {}  # a line's number -> the place of its sentence in the story
    for line in text.splitlines():
        number, _, content = line.partition(" ")
        if number == "1":
            sentences, places = [], {}
        if "\t" not in content:
            places[number] = len(sentences)
            sentences.append(words(content))
            continue
        question, answer, facts = content.split("\t")
        supporting = tuple(places[fact] for fact in facts.split())
        asked.append(Asked(tuple(sentences), words(question), answer.strip(), supporting))
    return asked
