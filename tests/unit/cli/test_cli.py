"""What all commands share."""

import runpy
import sys

import pytest

from core import __version__


def test_no_word_at_all_shows_the_commands(say):
    result = say()
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("Usage: python -m core [OPTIONS] COMMAND [ARGS]...\n")
    for command in ("list", "train", "generate", "bpc", "calculate", "data", "pretrained"):
        assert f"\n  {command} " in result.err


def test_help_and_version(say):
    assert say("--version") == (0, f"Pangloss, version {__version__}\n", "")
    assert say("train", "-h").out.startswith("Usage: python -m core train [OPTIONS] EXPERIMENT\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["explain"], "No such command 'explain'."),
        (["trian"], "No such command 'trian'. Did you mean 'train'?"),
        (["--loud"], "No such option '--loud'."),
        (["a\nb\x1b[31m"], "No such command 'a\\nb\\x1b[31m'."),
    ],
)
def test_wrong_words(say, words, line):
    assert say(*words) == (2, "", f"Error: {line}\n")


def test_asking_the_model_imports_no_tensorflow(process, tmp_path):
    (tmp_path / "text.txt").write_text("Il faut cultiver notre jardin.", encoding="utf-8")
    program = """
for words in sys.argv[2:]:
    assert main(words.split("|")) == 0, words
print(sorted({"tensorflow", "keras", "streamlit", "plotly", "pooch"} & set(sys.modules)))
"""
    commands = ["generate|--length|9", f"bpc|{tmp_path / 'text.txt'}", "list", "data|list",
                "pretrained|list", "pretrained|verify"]  # fmt: skip
    child = process(program, *commands)
    out, err = child.communicate(timeout=300)
    assert err == b""
    assert out.splitlines()[-1] == b"[]"


def test_a_reader_that_leaves_causes_no_traceback(process):
    child = process("sys.exit(main(sys.argv[2:]))", "generate", "--length", "20000")
    assert len(child.stdout.read(10)) == 10
    child.stdout.close()
    assert child.wait(timeout=300) == 1
    assert child.stderr.read() == b""


@pytest.mark.parametrize("encoding", [pytest.param("cp1252", marks=pytest.mark.slow), "ascii"])
def test_output_is_utf_8_wherever_it_goes(process, monkeypatch, encoding):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    child = process("sys.exit(main(sys.argv[2:]))", "generate", "--prompt", "☃", "--length", "300")
    out, err = child.communicate(timeout=300)
    assert child.returncode == 0
    assert "é" in out.decode("utf-8")
    assert "☃ (U+2603)" in err.decode("utf-8")


def test_starting_it_as_a_module(say, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["core", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("core", run_name="__main__")
    assert left.value.code == 0
