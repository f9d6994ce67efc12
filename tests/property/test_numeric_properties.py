"""What holds for every text and every distribution."""

import io
import math
import random
import zipfile
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.messages import Problem
from core.numeric.language.language_model import UNKNOWN, LanguageModel
from core.numeric.language.ngram import NGram, _discounts
from core.numeric.language.originality import facts_of, longest_copied, words_of
from core.numeric.language.sampling import entropy_bits, filtered, sample
from core.numeric.recurrent.cells import CELLS
from core.numeric.weights import export_model, import_model

ALPHABET = UNKNOWN + "\n abcdefghij'éàœ«»"
small_texts = st.text("abc ", min_size=1, max_size=60)
logits = st.lists(st.floats(-30, 30), min_size=1, max_size=20).map(np.array)


def tiny_model(cell="gru"):
    rng = np.random.default_rng(0)
    size, gates = len(ALPHABET), CELLS[cell].gates
    shapes = {
        "embedding": (size, 2),
        "kernel_0": (2, gates * 3),
        "recurrent_0": (3, gates * 3),
        "bias_0": (gates * 3,),
        "logits_kernel": (3, size),
        "logits_bias": (size,),
    }
    return LanguageModel(cell, ALPHABET, {k: rng.normal(size=v) for k, v in shapes.items()})


MODEL = tiny_model()


@given(st.text(ALPHABET[1:]))
def test_known_texts_survive_encoding(text):
    ids = MODEL.encode(text)
    assert MODEL.decode(ids) == text
    assert (ids > 0).all()
    assert MODEL.unknown(text) == []


@given(st.text())
def test_any_text_keeps_its_length_and_its_unknown_characters_are_named(text):
    decoded = MODEL.decode(MODEL.encode(text))
    assert len(decoded) == len(text)
    lost = [a for a, b in zip(text, decoded, strict=True) if a != b or a == UNKNOWN]
    assert MODEL.unknown(text) == list(dict.fromkeys(lost))


@settings(max_examples=30)
@given(st.text(ALPHABET[1:], min_size=1, max_size=40), st.text(ALPHABET[1:], max_size=10))
def test_what_follows_never_changes_what_was_expected(text, more):
    bits = MODEL.surprise_bits(text)
    assert (bits > 0).all()
    np.testing.assert_allclose(MODEL.surprise_bits(text + more)[: len(text)], bits, atol=1e-4)


@given(logits, st.floats(0, 5), st.integers(0, 25), st.floats(0, 1))
def test_filters_leave_a_distribution_over_the_most_probable(logits, temperature, k, p):
    left = filtered(logits, temperature, k, p)
    assert left.sum() == pytest.approx(1)
    assert (left >= 0).all()
    assert logits[left.argmax()] == pytest.approx(logits.max(), abs=1e-9)
    kept = left > 0
    assert 1 <= kept.sum() <= (k or len(logits))
    if not kept.all():
        assert logits[kept].min() >= logits[~kept].max() - 1e-9
    assert 0 <= entropy_bits(left) <= math.log2(len(logits)) + 1e-9


@given(logits, st.integers(0, 25), st.floats(0, 1), st.integers(0, 100))
def test_only_what_is_left_is_drawn(logits, k, p, seed):
    left = filtered(logits, 1.0, k, p)
    assert left[sample(left, np.random.default_rng(seed))] > 0


@given(logits, st.floats(0.05, 0.95))
def test_top_p_keeps_no_more_than_it_needs(logits, p):
    whole = filtered(logits)
    kept = np.sort(whole[filtered(logits, top_p=p) > 0])
    assert kept.sum() >= p - 1e-9
    assert kept[1:].sum() < p + 1e-9


def kneser_ney(text, context, char, order, top=True):
    """Interpolated Kneser-Ney by its definition, one dictionary a question."""
    if order == 0:
        return 1 / len(set(text))
    below = kneser_ney(text, context[1:], char, order - 1, top=False)
    places = range(len(text) - order + 1)
    grams = Counter(text[i : i + order] for i in places)
    if not top:
        before = defaultdict(set)
        for i in places[1:]:
            before[text[i : i + order]].add(text[i - 1])
        grams = Counter({gram: len(before[gram]) for gram in grams})
    discount = _discounts(np.array(list(grams.values())))
    follow = {gram[-1]: n for gram, n in grams.items() if gram[:-1] == context}
    total = sum(follow.values())
    if not total:
        return below
    count = follow.get(char, 0)
    taken = sum(discount[min(n, 3)] for n in follow.values())
    return (count - discount[min(count, 3)] + taken * below) / total


@settings(max_examples=40)
@given(small_texts, st.text("abc ", max_size=8), st.integers(1, 5))
def test_ngrams_are_kneser_ney_by_its_definition(text, context, order):
    order = min(order, len(text))
    model = NGram.fit(text, order)
    ours = model.probabilities(context)
    assert ours.sum() == pytest.approx(1, abs=1e-5)
    suffix = context[len(context) - order + 1 :] if len(context) >= order else context
    while suffix and suffix not in text[:-1]:  # a context never continued says nothing
        suffix = suffix[1:]
    depth = len(suffix) + 1
    expected = [kneser_ney(text, suffix, c, depth, top=depth == order) for c in model.characters]
    np.testing.assert_allclose(ours, expected, atol=1e-5)


@settings(max_examples=40)
@given(small_texts, small_texts)
def test_bits_are_the_probabilities_one_by_one(training, text):
    model = NGram.fit(training, min(4, len(training)))
    bits = []
    for i, char in enumerate(text):
        at = model.characters.find(char)
        bits.append(20 if at < 0 else -math.log2(model.probabilities(text[:i])[at]))
    assert model.bits_per_char_by_order(text)[-1] == pytest.approx(np.mean(bits), abs=1e-5)


sentences = st.lists(st.sampled_from(["le", "La", "roi", "dit", "non"]), max_size=14).map(" ".join)


@given(sentences, sentences)
def test_longest_copied_is_what_trying_all_finds(text, training):
    ours, theirs = list(words_of(text)), list(words_of(training))
    stands = {tuple(theirs[i:j]) for i in range(len(theirs)) for j in range(i + 1, len(theirs) + 1)}
    longest = max(
        (
            j - i
            for i in range(len(ours))
            for j in range(i + 1, len(ours) + 1)
            if tuple(ours[i:j]) in stands
        ),
        default=0,
    )
    copied = longest_copied(text, training)
    if not longest:
        assert copied is None
        return
    assert copied is not None and copied.words == longest
    assert text[copied.start :].startswith(copied.passage)
    assert training[copied.start_in_training :].lower().startswith(copied.passage.lower())


@given(st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=40).map(" ".join))
def test_a_text_knows_itself(text):
    facts = facts_of(text)
    assert facts.share_of_known_words(text) == 1
    assert facts.share_of_known_passages(text) == 1


EXPORTED = export_model(MODEL, {"name": "tiny"})


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def damaged(data, chance):
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(min(len(changed), 130))  # where headers and descriptions are
        changed[at : at + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2))
    return bytes(changed)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), st.sampled_from(["file", "model.json", "an array"]))
def test_damaged_exports_are_refused_or_harmless(chance: random.Random, what):
    members = unzipped(EXPORTED)
    if what == "file":
        data = damaged(EXPORTED, chance)
    elif what == "model.json":
        data = zipped(members | {what: damaged(members[what], chance)})
    else:
        arrays = unzipped(members["weights.npz"])
        name = chance.choice(sorted(arrays))
        arrays[name] = damaged(arrays[name], chance)
        data = zipped(members | {"weights.npz": zipped(arrays)})
    try:
        model, _ = import_model(data)
    except Problem:
        return
    assert np.isfinite(model.bits_per_char("abc"))
