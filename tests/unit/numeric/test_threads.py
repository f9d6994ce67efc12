from threadpoolctl import threadpool_info, threadpool_limits

from core.numeric.language import generation
from core.numeric.language.generation import generate
from core.numeric.threads import one_blas_thread


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_one_thread_inside_and_what_was_before_outside():
    with threadpool_limits(2, user_api="blas"):
        before = blas_threads()
        with one_blas_thread():
            assert blas_threads() <= {1}
        assert blas_threads() == before


def test_text_is_generated_by_one_thread_which_ends_between_chunks(make_model, monkeypatch):
    seen = []
    watched = generation.sample
    monkeypatch.setattr(
        generation, "sample", lambda *given: seen.append(blas_threads()) or watched(*given)
    )
    with threadpool_limits(2, user_api="blas"):
        before = blas_threads()
        for _ in generate(make_model(), length=4, chunk=2):
            assert blas_threads() == before
    assert len(seen) == 4
    assert all(threads <= {1} for threads in seen)
