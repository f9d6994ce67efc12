"""Work is taken away as one file and brought back, here or elsewhere."""

import io
import json
import zipfile

import pytest

from core.messages import Problem
from core.store import Settings, work_file
from tests.unit.store.kept import as_bytes, begin, events, files, ids, keep, times

FOREIGN = "This is no file of runs that Pangloss wrote, or it is damaged."


def any_run(_experiment, _config):
    """Every experiment and config is known."""


def taken(archive, visitor="ada", chosen=()):
    out = io.BytesIO()
    archive.take_away(visitor, chosen, out)
    return out.getvalue()


def bring(archive, raw, visitor="ada", check=any_run):
    return archive.bring_back(visitor, io.BytesIO(raw), check)


@pytest.fixture
def elsewhere(tmp_path, open_archive):
    return open_archive(home=tmp_path / "elsewhere")


def test_what_was_deleted_comes_back_as_it_was(archive):
    keep(archive, "one")
    keep(archive, "two", number=1)
    begin(archive, "under way")
    archive.flush()
    archive.rename("ada", "one", "le bon")
    archive.pin("ada", ["one"], True)
    before = archive.find("one")
    raw = taken(archive)
    archive.delete("ada", ["one", "two"])
    assert bring(archive, raw) == 2
    seen = {seen.run.id: seen for seen in archive.work("ada")}
    assert (seen["one"].name, seen["one"].pinned, seen["two"].pinned) == ("le bon", True, False)
    run = seen["one"].run
    assert run.made_here and run.metrics == before.metrics and run.file == before.file
    assert archive.recording(run).events[-1].files["train.py"] == b"print('trained')\n"


def test_what_is_still_here_is_not_there_twice(archive, tmp_path):
    keep(archive, "one")
    raw = taken(archive)
    assert bring(archive, raw) == bring(archive, raw, "bob") == 1
    assert ids(archive) == ids(archive, "bob") == ["one"]
    assert archive.find("one").owner == "ada"
    assert len(files(tmp_path / "home")) == 1


def test_a_choice_is_taken_away_and_nobody_else_s(archive):
    keep(archive, "one")
    keep(archive, "two")
    raw = taken(archive, chosen=["one"])
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        assert members.namelist() == ["1.npz", "work.json"]
    with pytest.raises(Problem, match=r"^There is no finished run to take away\.$"):
        taken(archive, "bob", ["one"])


def test_a_run_made_elsewhere_gets_an_id_of_its_own_and_leaves_code_and_models(archive, elsewhere):
    keep(elsewhere, "one")
    raw = taken(elsewhere)
    assert bring(archive, raw) == 1
    [seen] = archive.work("ada")
    assert seen.run.id != "one" and not seen.run.made_here
    told = archive.recording(seen.run)
    assert told.about["id"] == seen.run.id
    assert told.events[-1].files == {} and told.events[-1].arrays.keys() == {"mask", "codes"}
    assert bring(elsewhere, taken(archive)) == 1  # a seal is of what it seals
    assert [s.run.made_here for s in elsewhere.work("ada")] == [False, True]


def test_a_changed_run_is_not_taken_for_one_of_ours(archive):
    keep(archive, "one")
    with zipfile.ZipFile(io.BytesIO(taken(archive))) as members:
        content = {name: members.read(name) for name in members.namelist()}
    about = {"id": "one", "experiment": "count", "version": "0", "config": {}}
    about |= {"state": "finished", "begun_at": 1.0, "ended_at": 2.0}
    told = events(number=7)
    content["1.npz"] = as_bytes(work_file.Recording(about, told, times(told)))
    archive.delete("ada", ["one"])
    assert bring(archive, packed(content)) == 1
    assert not archive.work("ada")[0].run.made_here


def test_a_run_s_own_file_is_taken_too(archive):
    keep(archive, "one")
    raw = archive._blobs.path(archive.find("one").file).read_bytes()
    assert bring(archive, raw, "bob") == 1
    assert not archive.work("bob")[0].run.made_here


def packed(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as members:
        for name, raw in content.items():
            members.writestr(name, raw)
    return out.getvalue()


def listed(**row):
    """A list of runs without the run."""
    told = {"format": "pangloss work 1", "runs": [{"file": "1.npz", **row}]}
    return packed({"work.json": json.dumps(told)})


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", FOREIGN),
        (b"PK\x03\x04", FOREIGN),
        (packed({"a.txt": b""}), "The file is damaged, or no run that Pangloss wrote."),
        (packed({"work.json": b"["}), FOREIGN),
        (packed({"work.json": b"[]"}), FOREIGN),
        (packed({"work.json": b'{"format": "x"}'}), FOREIGN),
        (listed(), FOREIGN),
    ],
)
def test_another_file_is_refused_in_a_sentence(archive, raw, said):
    with pytest.raises(Problem) as refused:
        bring(archive, raw)
    assert str(refused.value) == said and ids(archive) == []


def test_of_a_file_that_is_cut_off_nothing_comes_back_and_it_is_said_what_is_missing(archive):
    keep(archive, "one")
    keep(archive, "two")
    raw = taken(archive)
    archive.delete("ada", ["one", "two"])
    said = set()
    for length in range(64, len(raw), 61):
        with pytest.raises(Problem) as refused:
            bring(archive, raw[:length])
        said.add(str(refused.value))
    assert said == {
        "The end of this file is missing, and with it the list of its runs: nothing was brought "
        "back. Fetch the whole file again."
    }
    assert ids(archive) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"experiment": 1},
        {"config": []},
        {"version": None},
        {"begun_at": float("nan")},
        {"ended_at": True},
    ],
)
def test_what_a_run_says_of_itself_is_checked(archive, changes):
    about = {"id": "one", "experiment": "count", "version": "0", "config": {}, "state": "finished"}
    about |= {"begun_at": 1.0, "ended_at": 2.0} | changes
    with pytest.raises(Problem) as refused:
        bring(archive, as_bytes(work_file.Recording(about, events(), times(events()))))
    assert str(refused.value) == FOREIGN


def test_an_unknown_experiment_is_refused_before_anything_is_kept(archive, elsewhere, tmp_path):
    keep(elsewhere, "one")
    keep(elsewhere, "two", experiment="other")

    def check(experiment, _config):
        if experiment == "count":
            raise Problem("There is no experiment {name}.", name=experiment)

    with pytest.raises(Problem, match=r"^There is no experiment count\.$"):
        bring(archive, taken(elsewhere), check=check)
    assert ids(archive) == [] and files(tmp_path / "home") == []


def test_sizes_are_bounded(archive, monkeypatch):
    keep(archive, "one")
    raw = taken(archive)
    monkeypatch.setattr(work_file, "MAX_BYTES", len(raw) - 1)
    with pytest.raises(Problem, match=r"^A file of runs may have 0 MB and 500 runs: take or"):
        bring(archive, raw)


def test_what_came_last_month_is_not_older_for_that(archive, clock):
    keep(archive, "one")
    raw = taken(archive)
    archive.delete("ada", ["one"])
    clock.now_s += 40 * 86_400
    bring(archive, raw)
    archive.tidy()
    assert ids(archive) == ["one"]


def test_settings_name_no_folder_by_themselves(tmp_path):
    assert Settings(tmp_path).url == f"sqlite:///{tmp_path / 'pangloss.db'}"
