"""The run of the translator: its parts, what it is held against, the script it gives away."""

import json

import numpy as np
import pytest

from core import pretrained
from core.events import Epoch, Step
from core.experiments.translation.recipe import CONFIGS
from core.experiments.translation.recorded import FILE, load
from core.experiments.translation.run import run
from core.experiments.translation.shipped import NAMES, dictionary, words_file
from core.experiments.translation.task import LONGEST, WIDTHS, Task, passed
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.scores import bleu, chrf
from tests.contracts.small import small
from tests.events import ended, of
from tests.unit.experiments.scripts import losses, printed


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("translation")


def test_it_tells_what_it_reaches_and_what_others_do_on_the_validation_part(events):
    task = Task.of(small("translation"))
    done, (first, last) = ended(events), of(events, Epoch)
    model = Seq2Seq.of(json.loads(first.arrays["card"].tobytes()), done.arrays)
    pairs = task.parts.validation
    told = model.answers(task.sources(pairs), LONGEST)
    as_printed = [line[:1].upper() + line[1:] for line in told]
    references = task.references(pairs)
    assert done.metrics["bleu"] == pytest.approx(bleu(as_printed, references), abs=0.5)
    assert done.metrics["chrf"] == pytest.approx(chrf(as_printed, references), abs=0.5)
    assert done.metrics["baseline_memory"] > done.metrics["baseline_ibm1"] > 10
    assert last.metrics["test_loss"] < first.metrics["test_loss"]
    rows = [line.split("\t") for line in last.texts["shown"].split("\n")]
    assert [row[:2] for row in rows] == [
        [pair.en, reference]
        for pair, reference in zip(pairs[: len(rows)], references, strict=False)
    ]


def test_every_pair_comes_once_a_time_through_but_for_a_remainder():
    sizes = [300, 70, 10]
    batches = passed(sizes, 32, 5, 0)
    for shape, size in enumerate(sizes):
        places = [p for own, some in batches if own == shape for p in some.tolist()]
        assert len(places) == len(set(places)) == size // 32 * 32
    again = passed(sizes, 32, 5, 0)
    assert all(
        a == c and np.array_equal(b, d) for (a, b), (c, d) in zip(batches, again, strict=True)
    )
    assert len(passed([20, 3], 64, 0, 0)) == 1  # fewer pairs than a batch has


def test_the_test_part_is_not_learned_from_and_no_batch_is_too_narrow():
    task = Task.of(small("translation", train_pairs=500))
    learned = {pair.en for pair in task.parts.training}
    assert len(learned) == 500
    assert not learned & {pair.en for pair in (*task.parts.test, *task.parts.validation)}
    for (asked, told), width in zip(task.learned, WIDTHS, strict=True):
        assert (asked.shape[1], told.shape[1]) == width
        assert (told == 2).sum() == len(told)  # each has its end


@pytest.mark.slow
@pytest.mark.parametrize("attention", ["none", "additive", "dot"])
def test_the_script_makes_the_same_first_steps(attention, tmp_path):
    config = small("translation", attention=attention, cell="gru", epochs=1)
    events = list(run(config))
    told = losses(printed(ended(events).files, tmp_path, "data.npz"))
    mine = [event.metrics["train_loss"] for event in of(events, Step)]
    assert len(told) == 10
    np.testing.assert_allclose(told, mine, atol=1e-5)


@pytest.mark.parametrize("direction", NAMES)
def test_what_is_shipped_is_far_above_counting_and_memory(direction):
    name = NAMES[direction]
    card = pretrained.card(name)
    metrics = card["metrics"]
    assert metrics["sentences"] == 2_000
    assert metrics["beam"] >= metrics["ibm1"] + 15
    assert metrics["beam"] >= metrics["memory"] + 10
    assert metrics["by_length"].keys() >= {"1-3", "4-5", "6-7", "8-10", "11-15"}
    assert card["config"] == CONFIGS[name].to_dict()
    files = [pretrained.WEIGHTS / f"{name}.{kind}" for kind in ("npz", "json")]
    assert sum(path.stat().st_size for path in [*files, words_file(name)]) < 4_000_000
    known = dictionary(name)
    word, other = ("cat", "chat") if direction == "en_fr" else ("chat", "cat")
    assert known[word][0][0] == other


@pytest.mark.skipif(not FILE.is_file(), reason="nothing was recorded")
def test_attention_was_worth_what_the_lesson_says():
    for data, recorded in load().items():
        with_it, without = (recorded.networks[name] for name in ("dot", "none"))
        assert recorded.config.data == data
        assert with_it["bleu"] > without["bleu"] + 5
        lengths = zip(with_it["by_length"].values(), without["by_length"].values(), strict=True)
        assert all(one > other for one, other in lengths)
