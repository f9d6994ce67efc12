"""``list`` and ``train``."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.data import uploads
from core.store import Archive, Settings

ROOT = Path(__file__).parents[4]
NO_FILE = "'nowhere.txt': No such file or directory"
pytestmark = pytest.mark.usefixtures("little")


def events(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_list(say):
    assert say("list") == (
        0,
        "little: Sum up some numbers: an experiment without a model.\n"
        "  FIELD       DEFAULT  ALLOWED\n"
        "  corpus      none     one of none, upload\n"
        "  epochs      2        a whole number from 1 to 100000\n"
        "  rate        0.5      a number from 0 to 1\n"
        "  shout       false    true or false\n"
        "  interrupts  0        a whole number from 0 to 2\n"
        "  trouble              0 to 40 characters\n"
        "  upload               0 to 64 characters\n",
        "",
    )


def test_list_in_json(say):
    (one,) = json.loads(say("list", "--json").out)
    assert one["name"] == "little"
    assert one["about"] == "Sum up some numbers: an experiment without a model."
    fields = {field["name"]: field for field in one["fields"]}
    assert fields["epochs"] == {
        "name": "epochs",
        "default": 2,
        "kind": "int",
        "allowed": "a whole number from 1 to 100000",
        "label": "Epochs",
        "help": "How often.",
        "low": 1,
        "high": 100_000,
        "live": False,
    }
    assert fields["corpus"]["options"] == ["none", "upload"]
    assert fields["rate"]["live"] is True
    assert "low" not in fields["shout"]


def test_train_in_json(say):
    result = say("train", "little", "--json", "--set", "epochs=1", "--set", "rate=0.25")
    assert (result.status, result.err) == (0, "")
    started, first, second, epoch, finished = events(result.out)
    assert started["event"] == "started"
    assert started["config"]["epochs"] == 1
    assert first == {
        "event": "step", "step": 1, "epoch": 0.5, "train_s": 0.5, "metrics": {"loss": 4.0},
    }  # fmt: skip
    assert second["metrics"] == {"loss": 2.0}
    assert epoch["texts"]["sample"] == "Tout est bien.\n\x1b[2JTout va bien."
    assert finished == {
        "event": "finished",
        "metrics": {"loss": 0.5, "params": 1200},
        "arrays": {"weights": {"shape": [2, 3], "dtype": "float32"}},
        "files": {"train.py": {"bytes": 8}},
        "stopped": False,
    }


def test_a_metric_that_is_no_number_is_null_in_json(say):
    result = say("train", "little", "--json", "--set", "rate=0")
    assert events(result.out)[1]["metrics"] == {"loss": None}


def test_train_for_people(say):
    assert say("train", "little", "--set", "epochs=1") == (
        0,
        "little: 1,200 weights, 2 steps in 1 epochs\n"
        "for comparison: best 0.25\n"
        "step 1, epoch 0.50, 0.5 s: loss 2\n"
        "step 2, epoch 1.00, 1.0 s: loss 1\n"
        "epoch 1 ends, step 2, 1.0 s: loss 1, perplexity 0.5\n"
        "    Tout est bien.\n"
        "    \ufffd[2JTout va bien.\n"
        "\n"
        "finished: loss 1, params 1,200\n",
        "",
    )


def test_what_train_leaves_in_a_folder(say, tmp_path):
    out = tmp_path / "runs" / "first"
    result = say("train", "little", "--json", "--out", out)
    assert result.status == 0
    assert sorted(file.name for file in out.iterdir()) == [
        "arrays.npz", "events.jsonl", "history.csv", "run.npz", "train.py",
    ]  # fmt: skip
    assert (out / "events.jsonl").read_text(encoding="utf-8") == result.out
    assert (out / "train.py").read_bytes() == b"print()\n"
    with np.load(out / "arrays.npz", allow_pickle=False) as arrays:
        assert list(arrays) == ["weights"]
        np.testing.assert_array_equal(arrays["weights"], np.full((2, 3), 2.0, np.float32))
    with (out / "history.csv").open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [
            {"epoch": "1", "step": "2", "train_s": "1.0", "loss": "1.0", "perplexity": "0.5"},
            {"epoch": "2", "step": "4", "train_s": "2.0", "loss": "2.0", "perplexity": "0.25"},
        ]


def test_what_train_leaves_can_be_brought_to_my_work(say, tmp_path):
    say("train", "little", "--out", tmp_path / "run")
    archive = Archive(Settings(tmp_path / "home"))
    with (tmp_path / "run" / "run.npz").open("rb") as file:
        assert archive.bring_back("ada", file, lambda *_which: None) == 1
    [seen] = archive.work("ada")
    assert (seen.run.experiment, seen.run.epochs, seen.run.metrics["loss"]) == ("little", 2, 2.0)
    assert seen.run.config["epochs"] == 2
    recording = archive.recording(seen.run)
    assert recording and recording.times_s[0] >= 0
    archive.close()


@pytest.fixture
def interruptible():
    """Ctrl-C as in a terminal; what runs in the background of a shell ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_stops_early_and_keeps_the_work(say, tmp_path):
    words = ["--set", "epochs=50", "--set", "interrupts=1", "--json", "--out", tmp_path]
    result = say("train", "little", *words)
    assert result.status == 0
    assert result.err == "Stopping after this step; Ctrl-C again ends it at once.\n"
    finished = events(result.out)[-1]
    assert (finished["event"], finished["stopped"], finished["metrics"]) == (
        "finished", True, {"loss": 1.0, "params": 1200},
    )  # fmt: skip
    assert (tmp_path / "arrays.npz").exists()


@pytest.mark.usefixtures("interruptible")
def test_a_second_ctrl_c_ends_it_at_once(say, tmp_path):
    result = say("train", "little", "--set", "interrupts=2", "--json", "--out", tmp_path)
    assert result.status == 130
    assert [event["event"] for event in events(result.out)] == ["started"]
    assert not (tmp_path / "arrays.npz").exists()


def test_a_reader_that_leaves_stops_the_run_and_the_work_is_kept(process, tmp_path):
    words = ["train", "little", "--set", "epochs=100000", "--json", "--out", tmp_path]
    child = process("sys.exit(main(sys.argv[2:]))", *words)
    assert json.loads(child.stdout.readline())["event"] == "started"
    child.stdout.close()
    assert child.wait(timeout=300) == 1
    assert child.stderr.read() == b""
    last = json.loads((tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["stopped"]) == ("finished", True)


def test_the_text_that_was_learned_lies_beside_the_script(say, tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    file = tmp_path / "book.txt"
    start, end = (f"*** {word} OF THE PROJECT GUTENBERG EBOOK X ***" for word in ("START", "END"))
    raw = f"{start}\r\nIl faut cultiver\r\nnotre jardin, hé.\r\n{end}\r\nTerms."
    file.write_bytes(raw.encode("cp1252"))
    out = tmp_path / "out"
    result = say("train", "little", "--json", "--text", file, "--out", out)
    assert result.err.startswith(
        "The text is read as Windows-1252, by the letters in it.\nLeft out: "
    )
    assert (out / "text.txt").read_bytes() == "Il faut cultiver\nnotre jardin, hé.".encode()
    say("train", "little", "--json", "--text", file, "--as-it-is", "--out", out)
    assert (out / "text.txt").read_bytes() == raw.replace("\r", "").encode()


@pytest.mark.parametrize("option", ["--text", "--file"])
def test_a_text_of_ones_own(say, tmp_path, monkeypatch, option):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    file = tmp_path / "text.txt"
    file.write_bytes(b"Il faut cultiver\r\nnotre jardin.")
    result = say("train", "little", "--json", option, file)
    config = events(result.out)[0]["config"]
    assert config["corpus"] == "upload"
    assert uploads.get(config["upload"]) == "Il faut cultiver\nnotre jardin."


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "Missing argument 'EXPERIMENT'."),
        (["big"], "There is no experiment big; there are: little."),
        (["little", "more"], "Got unexpected extra argument (more)"),
        (["little", "--set", "epochs"], "Invalid value for '--set': 'epochs' is not of the form "
            "FIELD=VALUE."),
        (["little", "--set", "epochs="], "epochs must be a whole number from 1 to 100000, not ''."),
        (["little", "--set", "rate=2"], "rate must be a number from 0 to 1, not '2'."),
        (["little", "--set", "shout=maybe"], "shout must be true or false, not 'maybe'."),
        (["little", "--set", "size=1"], "'size' is not a setting here; the settings are corpus, "
            "epochs, rate, shout, interrupts, trouble, upload."),
        (["little", "--set", "trouble=too\nlarge"], "The numbers are too large."),
        (["little", "--text", "nowhere.txt"], f"Invalid value for '--text': {NO_FILE}"),
        (["little", "--out", __file__],
            f"Invalid value for '--out': Directory {__file__!r} is a file."),
        (["little", "--out", f"{__file__}/runs"], f"{__file__}/runs: Not a directory."),
    ],
)  # fmt: skip
def test_wrong_words_of_train(say, words, line):
    assert say("train", *words) == (2, "", f"Error: {line}\n")


def test_one_file_only(say, tmp_path):
    file = tmp_path / "text.txt"
    file.write_text("abc")
    line = "Error: --text and --file are both given; give one of them.\n"
    assert say("train", "little", "--text", file, "--file", file) == (2, "", line)


def test_a_text_for_an_experiment_that_takes_none(say, tmp_path, monkeypatch):
    import little_experiment

    file = tmp_path / "text.txt"
    file.write_text("abc")
    monkeypatch.setattr(little_experiment.Config, "specs", classmethod(lambda cls: {}))
    line = "Error: The experiment little takes no text.\n"
    assert say("train", "little", "--text", file) == (2, "", line)


def test_the_real_experiments_are_listed_by_a_process_of_its_own():
    command = [sys.executable, "-m", "core", "list", "--json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert "voltaire" in [one["name"] for one in json.loads(result.stdout)]
