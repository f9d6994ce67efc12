"""Sequences in the cells of a table: what stands at each step, and as one-hot rows."""

import re

import numpy as np

_LIST = re.compile(r"[\[(].*[\])]")


def tokens_of(cells: list[str]) -> list[tuple[str, ...]]:
    """What stands at each step: words, what commas or the like part, or else letters.

    Brackets around a list, as Python writes it, are no part of it.
    """
    if all(_LIST.fullmatch(cell.strip()) for cell in cells):
        cells = [re.sub(r"[\[\](),;'\"]", " ", cell) for cell in cells]
    elif not any(re.search(r"\s", cell.strip()) for cell in cells):
        mark = next((m for m in ",;|" if any(m in cell for cell in cells)), "")
        if mark and all(all(cell.split(mark)) for cell in cells):
            return [tuple(cell.strip().split(mark)) for cell in cells]
    by_word = any(len(cell.split()) > 1 for cell in cells)
    return [tuple(cell.split()) if by_word else tuple(cell.strip()) for cell in cells]


def letters_one_hot(tokens: list[tuple[str, ...]], letters: tuple[str, ...]) -> np.ndarray:
    """Float32 (n, longest, letters), a 1 for the letter of each step, zeros before the start."""
    index = {letter: i for i, letter in enumerate(letters)}
    longest = max(map(len, tokens))
    inputs = np.zeros((len(tokens), longest, len(letters)), np.float32)
    for row, sequence in zip(inputs, tokens, strict=True):
        places = range(longest - len(sequence), longest)
        row[places, [index[token] for token in sequence]] = 1
    return inputs
