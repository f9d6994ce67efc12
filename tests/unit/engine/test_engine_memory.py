"""What memory keeps of runs that the archive has as well."""

import pytest
from engine_kit import Visit, Watch, until

from core.engine import Limits
from core.events import Finished
from core.store import Archive, Settings


@pytest.fixture
def archive(tmp_path):
    archive = Archive(Settings(tmp_path))
    yield archive
    archive.close()


@pytest.fixture
def small(open_engine, archive):
    return open_engine(archive=archive, cached_bytes=0)


def let_go(visit):
    """The id of a run of 30 steps, for which memory had no room beside the next one."""
    job = visit.submit(steps=30)
    visit.submit(steps=29)
    until(lambda: visit.engine.job(job) is None)
    return job


def test_of_what_the_archive_has_16_mib_are_in_memory_too():
    assert Limits().cached_bytes == 16 * 2**20


def test_a_run_that_the_archive_has_is_let_go_and_joined_all_the_same(small):
    ada, bob = Visit(small, "ada"), Visit(small, "bob")
    job = let_go(ada)
    assert bob.submit(steps=30) == job
    view = small.job(job)
    assert view is not None and view.state == "finished"
    assert [type(event) for event in small.events(job)][-1] is Finished
    assert bob.submit(steps=30) == job
    assert bob.submit(steps=31) != job


def test_it_is_found_by_its_link(small):
    ada = Visit(small, "ada")
    job = let_go(ada)
    view = small.recall(job)
    assert view is not None and (view.id, view.state) == (job, "finished")
    assert view.config.steps == 30


def test_a_run_that_was_let_go_and_deleted_is_computed_anew(small, archive):
    ada = Visit(small, "ada")
    job = let_go(ada)
    assert archive.delete("ada", [job]) == [job]
    small.forget([job])
    assert ada.submit(steps=30) != job


@pytest.mark.slow
def test_the_oldest_are_let_go_and_only_what_is_too_much(open_engine, archive, clock):
    # A run of 100 steps is counted as 120,000 bytes.
    engine = open_engine(clock, archive=archive, cached_bytes=300_000)
    watch, ada = Watch(engine), Visit(engine, "ada")
    jobs = []
    for seed in range(4):
        jobs.append(ada.submit(seed=seed, steps=100))
        watch.result(jobs[-1])
        clock.now_s += 1
    until(lambda: engine.job(jobs[1]) is None)
    assert archive.flush()
    clock.let_the_watch_look()
    assert [engine.job(job) is not None for job in jobs] == [False, False, True, True]


def test_what_the_archive_could_not_keep_stays_in_memory(open_engine, tmp_path, clock):
    (tmp_path / "runs").write_text("no folder")
    archive = Archive(Settings(tmp_path))
    engine = open_engine(clock, archive=archive, cached_bytes=0)
    jobs = []
    for steps in (30, 29):
        jobs.append(Visit(engine, "ada").submit(steps=steps))
        assert isinstance(Watch(engine).result(jobs[-1]), Finished)
    assert archive.flush() and all(map(archive.trouble, jobs))
    clock.let_the_watch_look()
    assert all(map(engine.job, jobs))
    archive.close()
