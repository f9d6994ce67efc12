"""Answers without learning: two rules of one line, and a programme that knows the tasks."""

from __future__ import annotations

from core.data.language.stories.story import GETS, PERSONS, PLACES, THINGS, Asked, Sentence

RECENT = 5  # sentences
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
    about = _about(question)
    return last_place(tuple(sentence for sentence in sentences if about & set(sentence)))


def supporting(sentences: Story, question: Sentence) -> tuple[int, ...]:
    """The places of the sentences that together tell the answer, the one with the place last.

    Of a person the last with a place. Of a thing the last that names it, and the last that says
    where who touched it went: before that if it was left there, else until the end. Empty where the
    story does not tell.
    """
    if not {word for word in question if word in THINGS}:
        return _last_move(sentences, question)
    touched = [i for i, sentence in enumerate(sentences) if _about(question) & set(sentence)]
    if not touched:
        return ()
    last = sentences[touched[-1]]
    until = len(sentences) if _GET & set(last) else touched[-1]
    move = _last_move(sentences[:until], last)
    return (touched[-1], *move) if move else ()


def who_then_where(sentences: Story, question: Sentence) -> str:
    """The place in the last of the supporting sentences, "" if the story does not tell."""
    facts = supporting(sentences, question)
    return last_place(sentences[facts[-1] : facts[-1] + 1]) if facts else ""


def unlike_babi(sentences: Story, question: Sentence) -> str:
    """What of a question bAbI never asks: "far", "still", or "" where it is like bAbI's.

    "far": what is asked for was last named more than RECENT sentences ago; "still": the thing is
    held where it was taken.
    """
    facts = supporting(sentences, question)
    if not facts:
        return ""
    if len(sentences) - facts[0] > RECENT:
        return "far"
    taken = bool(_GET & set(sentences[facts[0]]))
    return "still" if taken and facts[-1] < facts[0] else ""


def _about(question: Sentence) -> set[str]:
    return {word for word in question if word in PERSONS + THINGS}


def _last_move(sentences: Story, sentence: Sentence) -> tuple[int, ...]:
    """The last sentence with a place and the person of ``sentence``, none or one."""
    who = {word for word in sentence if word in PERSONS}
    moves = [i for i, move in enumerate(sentences) if who & set(move) and set(move) & set(PLACES)]
    return tuple(moves[-1:])


def share_right(asked: list[Asked], answers: list[str]) -> float:
    """The share of questions that are answered right."""
    return sum(a.answer == b for a, b in zip(asked, answers, strict=True)) / max(1, len(asked))
