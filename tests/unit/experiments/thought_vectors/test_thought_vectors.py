"""What a run tells of its vectors and of counting; what is refused."""

import numpy as np
import pytest

from core.events import Epoch, Finished, Started, Step
from core.experiments.thought_vectors.run import check_words, encoder_of, longest_of, run
from core.experiments.thought_vectors.task import task_of
from core.messages import Problem
from core.numeric.language.embeddings.vocabulary import Vocabulary
from tests.contracts.small import small
from tests.events import ended
from tests.unit.experiments.scripts import losses, printed

SMALL = small("thought-vectors")
METHODS = ("tfidf", "bm25", "svd", "mean", "sif")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("thought-vectors")


def test_it_says_what_its_vectors_are_worth_and_what_counting_is(events):
    started, done = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(done, Finished)
    assert list(started.references) == [f"baseline_{name}_neighbour_auc" for name in METHODS]
    assert all(0.5 < value < 1 for value in started.references.values())
    first, last = [event for event in events if isinstance(event, Epoch)]
    words = tuple(first.arrays["vocabulary"].tobytes().decode().split("\n"))
    assert len(words) == SMALL.words == 500
    task = task_of(SMALL)
    encoder = encoder_of(
        SMALL, Vocabulary(words, np.ones(500)), done.arrays, longest_of(SMALL, task)
    )
    judged = task.judge(encoder, lambda: None)
    assert judged["neighbour_auc"] == pytest.approx(last.metrics["neighbour_auc"], abs=1e-6)
    assert last.arrays["points"].shape == (len(task.shown), 2)
    assert done.metrics.items() >= started.references.items()


def test_what_is_held_out_is_not_learned_from():
    task = task_of(SMALL)
    assert not set(map(tuple, task.training)) & set(map(tuple, task.shown))
    assert set(task.groups) <= set(range(15))


@pytest.mark.slow
@pytest.mark.own_process
@pytest.mark.parametrize(
    "changes",
    [{}, {"method": "autoencoder"}, {"method": "autoencoder", "start": "random", "cell": "lstm"}],
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(SMALL.replace(epochs=1, **changes)))
    text = printed(ended(events).files, tmp_path, "texts.txt", "words.txt")
    ours = [event.metrics["train_loss"] for event in events if isinstance(event, Step)]
    np.testing.assert_allclose(ours[:10], losses(text)[:10], atol=1e-5)


def test_what_cannot_be_learned_from_is_refused(tmp_path, monkeypatch):
    from core.data import uploads

    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    brought = uploads.put("Une phrase de quelques mots.\n" * 3)
    with pytest.raises(Problem) as caught:
        task_of(SMALL.replace(corpus="upload", upload=brought))
    assert str(caught.value) == (
        "The text has 3 passages of some forty words; at least 30 are needed. Take a longer text."
    )
    with pytest.raises(Problem) as caught:
        check_words(3)
    assert str(caught.value) == (
        "Only 3 words come twice or more in this text; at least 20 are needed. Take a longer text."
    )
