"""What an archive keeps, for whom, and for how long."""

import pytest

from core import __version__
from core.messages import Problem
from core.store import Settings
from tests.unit.store.kept import DAY_S, begin, events, fail, files, ids, keep, times


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """Each test is of both."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgresql")


def test_a_run_that_was_kept_is_found_by_another_server_as_it_was(open_archive):
    first = open_archive()
    keep(first, "one")
    first.close()
    archive = open_archive()
    run = archive.find("one")
    assert (run.experiment, run.version, run.owner) == ("count", __version__, "ada")
    assert (run.state, run.epochs, run.train_s, run.made_here) == ("finished", 2, 0.04, True)
    assert run.metrics == {"loss": 0.25, "accuracy": 0.75}  # NaN is no JSON
    recording = archive.recording(run)
    assert [type(event) for event in recording.events] == [type(event) for event in events()]
    assert recording.times_s == times(events())
    light = archive.recording(run, arrays=False)
    assert light.events[-1].files == {} and light.events[-1].metrics["accuracy"] == 0.75


def test_a_run_that_was_under_way_when_the_server_died_is_known(open_archive):
    first = open_archive()
    begin(first, "one")
    first.flush()
    archive = open_archive()
    run = archive.find("one")
    assert (run.state, run.ended, archive.recording(run)) == ("under way", False, None)
    assert ids(archive) == ["one"]
    assert archive.runs_of("ada", "count") == []  # which have a result


def test_a_run_that_failed_is_forgotten(archive):
    begin(archive, "one")
    fail(archive, "one")
    assert archive.find("one") is None and ids(archive) == []


def test_each_visitor_has_the_runs_that_they_asked_for(archive):
    keep(archive, "one")
    keep(archive, "two", experiment="other")
    keep(archive, "three", visitor="bob")
    archive.asked("bob", "one")
    archive.asked("bob", "one")
    archive.asked("bob", "none")
    archive.flush()
    assert ids(archive) == ["two", "one"]
    assert ids(archive, "bob") == ["three", "one"]
    assert [run.id for run in archive.runs_of("bob", "count")] == ["one", "three"]
    assert [seen.run.id for seen in archive.work("bob", ["one", "two"])] == ["one"]


def test_names_and_pins_are_each_visitor_s_own(archive):
    keep(archive, "one")
    archive.asked("bob", "one")
    archive.flush()
    archive.rename("bob", "one", "  le  bon\n")
    archive.pin("bob", ["one"], True)
    archive.rename("cy", "one", "not theirs")
    [hers], [his] = archive.work("ada"), archive.work("bob")
    assert (hers.name, hers.pinned, his.name, his.pinned) == ("", False, "le bon", True)
    archive.pin("bob", ["one"], False)
    assert not archive.work("bob")[0].pinned


@pytest.mark.parametrize("name", ["x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(archive, name):
    keep(archive, "one")
    with pytest.raises(Problem, match=r"^A name has at most 80 characters, all of them printable"):
        archive.rename("ada", "one", name)


def test_what_nobody_has_any_more_is_deleted_with_its_file(archive, tmp_path):
    keep(archive, "one")
    archive.asked("bob", "one")
    archive.flush()
    assert archive.delete("cy", ["one"]) == []
    assert archive.delete("ada", ["one"]) == []
    assert ids(archive) == [] and ids(archive, "bob") == ["one"]
    assert archive.delete("bob", ["one", "none"]) == ["one"]
    assert archive.find("one") is None and files(tmp_path / "home") == []


def test_a_run_that_is_deleted_while_it_goes_on_is_not_kept(archive, tmp_path):
    begin(archive, "one")
    archive.flush()
    archive.delete("ada", ["one"])
    archive.end("one", events(), times(events()))
    archive.flush()
    assert archive.find("one") is None and files(tmp_path / "home") == []


def test_what_is_old_goes_unless_somebody_pinned_it(archive, clock, tmp_path):
    for name in ("one", "two", "three"):
        keep(archive, name, number=len(name))
    begin(archive, "never ended")
    archive.flush()
    archive.pin("ada", ["two"], True)
    clock.now_s += 29 * DAY_S
    archive.tidy()
    assert ids(archive) == ["never ended", "three", "two", "one"]
    clock.now_s += DAY_S
    archive.tidy()
    assert ids(archive) == ["two"]
    assert len(files(tmp_path / "home")) == 1


def test_what_is_too_much_goes_oldest_first_and_what_is_pinned_last(open_archive, tmp_path):
    archive = open_archive(keep_bytes=60_000)  # two runs
    for number, name in enumerate(("one", "two")):
        keep(archive, name, number=number, noise=3_000)
    archive.pin("ada", ["one"], True)
    keep(archive, "three", number=3, noise=3_000)
    assert ids(archive) == ["three", "one"]
    archive.pin("ada", ["three"], True)
    keep(archive, "four", number=4, noise=3_000)
    assert ids(archive) == ["three", "one"] and len(files(tmp_path / "home")) == 2


@pytest.mark.parametrize("limits", [{"keep_s": 0}, {"keep_bytes": 0}])
def test_nothing_is_kept_where_that_is_wanted(open_archive, limits):
    archive = open_archive(**limits)
    keep(archive, "one")
    assert ids(archive) == []


def test_a_clock_that_was_set_back_ages_what_was_kept_before(archive, clock):
    keep(archive, "from the future")
    clock.now_s -= 400 * DAY_S
    keep(archive, "now")
    assert ids(archive) == ["now", "from the future"]
    clock.now_s += 29 * DAY_S
    archive.tidy()
    assert ids(archive) == ["now", "from the future"]
    clock.now_s += DAY_S
    archive.tidy()
    assert ids(archive) == []


def test_the_environment_says_where_and_how_much(tmp_path):
    settings = Settings.of(
        {
            "PANGLOSS_HOME": str(tmp_path),
            "PANGLOSS_DATABASE": "postgresql+psycopg://here/db",
            "PANGLOSS_KEEP_DAYS": "1.5",
            "PANGLOSS_KEEP_GB": "0",
            "PANGLOSS_CLASS_DAYS": "7",
        }
    )
    assert settings == Settings(tmp_path, "postgresql+psycopg://here/db", 1.5 * DAY_S, 0, 7 * DAY_S)
    assert settings.url == "postgresql+psycopg://here/db"
    plain = Settings.of({})
    assert (plain.keep_s, plain.keep_bytes) == (30 * DAY_S, 2e9)
    assert plain.keep_class_s == 90 * DAY_S
    assert plain.home.name == "pangloss" and plain.url.endswith("pangloss.db")


@pytest.mark.parametrize("given", ["many", "-1", "nan", "inf"])
def test_a_limit_that_is_no_number_is_refused(given):
    said = f"^PANGLOSS_KEEP_GB must be a number that is not below 0, not {given}\\.$"
    with pytest.raises(Problem, match=said):
        Settings.of({"PANGLOSS_KEEP_GB": given})
