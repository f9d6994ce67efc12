"""Answers without learning: two rules of one line, and a programme of five that knows the task."""

from __future__ import annotations

from core.data.language.stories.story import GETS, PERSONS, PLACES, THINGS, Asked, Sentence

_GET = frozenset(verb.split()[0] for verb in GETS)
Story = tuple[Sentence, ...]


def last_place(sentences: Story) -> str:
    """The last place that is named, "" if none is."""
    return next((word for sentence in sentences[::-1] for word in sentence if word in PLACES), "")


def last_place_with(sentences: Story, question: Sentence) -> str:
    """The last place in a sentence with the person or thing of the question, "" if none is.

    >>> last_place_with((("mary", "went", "to", "the", "garden"),), ("where", "is", "mary"))
    'garden'
    """
    about = {word for word in question if word in PERSONS + THINGS}
    return last_place(tuple(sentence for sentence in sentences if about & set(sentence)))


def who_then_where(sentences: Story, question: Sentence) -> str:
    """Of a thing: who touched it last, and where this person was last, or was when leaving it.

    Of a person as ``last_place_with``. "" where the story does not tell.
    """
    about = {word for word in question if word in THINGS}
    touched = [i for i, sentence in enumerate(sentences) if about & set(sentence)]
    if not touched:
        return last_place_with(sentences, question)
    last = sentences[touched[-1]]
    until = len(sentences) if _GET & set(last) else touched[-1]
    return last_place_with(sentences[:until], last)


def share_right(asked: list[Asked], answers: list[str]) -> float:
    """The share of questions that are answered right."""
    return sum(a.answer == b for a, b in zip(asked, answers, strict=True)) / max(1, len(asked))
