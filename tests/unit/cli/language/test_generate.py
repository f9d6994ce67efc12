"""``generate`` and ``bpc``."""

import hashlib
import json
import unicodedata

import pytest

from core import pretrained
from core.data import fetch
from core.data.language import corpora
from core.numeric.language.generation import generate
from core.numeric.weights import export_model

pytestmark = pytest.mark.usefixtures("weights")


def text_of(model, **given):
    return "".join(part.text for part in generate(model, **given))


def test_generate_writes_what_the_model_writes(say, model):
    result = say("generate", "--prompt", "abc", "--length", "70", "--temperature", "1.1", "--top-k",
               "9", "--top-p", "0.9", "--seed", "5")  # fmt: skip
    expected = text_of(model, prompt="abc", length=70, temperature=1.1, top_k=9, top_p=0.9, seed=5)
    assert result == (0, expected + "\n", "")
    assert len(expected) == 70


def test_generate_by_default(say, model):
    assert say("generate") == (0, text_of(model) + "\n", "")


def test_characters_of_the_prompt_that_the_model_lacks_are_named(say, model):
    decomposed = unicodedata.normalize("NFD", "é")  # one character of the model, written as two
    result = say("generate", "--prompt", f"☃a{decomposed}☃\t", "--length", "5")
    assert result.status == 0
    assert result.out == text_of(model, prompt="☃aé☃\t", length=5) + "\n"
    assert result.err == (
        "The model does not know these characters of the prompt: ☃ (U+2603), \t (U+0009).\n"
    )


def test_generate_with_an_exported_model(say, model, tmp_path):
    file = tmp_path / "model.zip"
    weights = {**model.weights, "logits_bias": model.weights["logits_bias"] * 0}
    other = type(model)(model.cell, model.vocabulary, weights)
    file.write_bytes(export_model(other, {}))
    result = say("generate", "--model", file, "--length", "40")
    assert result == (0, text_of(other, length=40) + "\n", "")
    assert result.out != text_of(model, length=40) + "\n"


def test_what_a_foreign_model_writes_steers_no_terminal(say, model, tmp_path):
    file = tmp_path / "model.zip"
    foreign = type(model)(model.cell, model.vocabulary.replace("a", "\x1b"), model.weights)
    file.write_bytes(export_model(foreign, {}))
    written = text_of(foreign, length=300)
    assert "\x1b" in written
    assert say("generate", "--model", file, "--length", "300").out == (
        written.replace("\x1b", "\ufffd") + "\n"
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--length", "0"], "length must be from 1 to 20000, not 0."),
        (["--temperature", "nan"], "temperature must be from 0 to 5, not nan."),
        (["--top-p", "1.5"], "top_p must be from 0 to 1, not 1.5."),
        (["--seed", "-1"], "seed must be from 0 to 4294967295, not -1."),
        (["--top-k", "many"], "Invalid value for '--top-k': 'many' is not a valid integer."),
        (["--prompt", "a" * 10_001], "The prompt may have at most 10000 characters, not 10001."),
        (["--prompt"], "Option '--prompt' requires an argument."),
        (["Candide"], "Got unexpected extra argument (Candide)"),
        (["--colour"], "No such option '--colour'."),
        (["--model", "no.zip"], "Invalid value for '--model': 'no.zip': No such file or directory"),
    ],
)  # fmt: skip
def test_wrong_words_of_generate(say, words, line):
    assert say("generate", *words) == (2, "", f"Error: {line}\n")


def test_a_model_that_is_none(say, tmp_path):
    file = tmp_path / "model.zip"
    file.write_bytes(b"what?")
    line = "Error: The file is damaged or not a zip file.\n"
    assert say("generate", "--model", file) == (2, "", line)


def test_no_shipped_model(say, weights):
    (weights / "voltaire.npz").unlink()
    line = "Error: There is no shipped model voltaire; there are: -.\n"
    assert say("generate") == (2, "", line)


def test_bpc_is_of_the_text_without_its_licence_unless_it_is_wanted(say, tmp_path):
    body = "le chat et la souris de la ville ne dort pas. " * 9
    file = tmp_path / "book.txt"
    file.write_text(
        f"*** START OF THE PROJECT GUTENBERG EBOOK X ***\n{body.strip()}\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK X ***\nEnglish terms.\n"
    )
    code, out, err = say("bpc", file, "--json")
    assert (code, err) == (0, "Left out: Project Gutenberg's licence (108 characters).\n")
    assert json.loads(out)["characters"] == len(body.strip())
    code, out, err = say("bpc", file, "--json", "--as-it-is")
    assert (code, err) == (0, "")
    assert json.loads(out)["characters"] == len(file.read_text())


def test_bpc_of_a_file(say, model, tmp_path):
    file = tmp_path / "text.txt"
    file.write_bytes("abc dé.\r\n☃☃".encode())
    bits = model.bits_per_char("abc dé.\n☃☃")
    assert json.loads(say("bpc", file, "--json").out) == {
        "bits_per_char": pytest.approx(bits, rel=1e-12),
        "perplexity": pytest.approx(2**bits, rel=1e-12),
        "characters": 10,
        "unknown_characters": 2,
        "unknown": ["☃"],
    }
    assert bits > 2 * 20 / 10
    assert say("bpc", file) == (
        0,
        f"bits per char       {bits:.4f}\nperplexity          {2**bits:.4f}\n"
        "characters          10\nunknown characters  2\n",
        "",
    )


def test_bpc_of_standard_input(process, model):
    child = process("sys.exit(main(sys.argv[2:]))", "bpc", "-", "--json")
    out, err = child.communicate("caché".encode(), timeout=300)
    assert (child.returncode, err) == (0, b"")
    assert json.loads(out)["bits_per_char"] == pytest.approx(model.bits_per_char("caché"), rel=1e-9)


def test_bpc_of_a_book_is_that_of_its_cleaned_text(say, model, tmp_path, monkeypatch):
    raw = "*** START OF THIS PROJECT ***\n\nIl faut\ncultiver.\n\n*** END OF THIS PROJECT ***\n"
    (tmp_path / "le_jardin.txt").write_text(raw, encoding="utf-8")
    known = {"sha256": hashlib.sha256((tmp_path / "le_jardin.txt").read_bytes()).hexdigest()}
    monkeypatch.setattr(fetch, "manifest", lambda: {"le_jardin.txt": known})
    monkeypatch.setenv("PANGLOSS_DATA", str(tmp_path))
    result = json.loads(say("bpc", "--book", "le_jardin", "--json").out)
    corpora.book.cache_clear()
    assert result["characters"] == len("Il faut cultiver.")
    assert result["bits_per_char"] == pytest.approx(model.bits_per_char("Il faut cultiver."))


def test_wrong_words_of_bpc(say, tmp_path):
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.write_bytes(b"\n")
    binary.write_bytes(bytes(range(32)))
    for words, line in {
        (): "Give either FILE or --book NAME.",
        (empty, "--book", "candide"): "Give either FILE or --book NAME.",
        (empty,): "The text is empty; at least 1 characters are expected.",
        (binary,): "The file is not text but binary data; plain text in UTF-8 is expected.",
        (tmp_path,): f"Invalid value for 'FILE': '{tmp_path}': Is a directory",
        ("--book", "candide\n"): "There is no corpus or book called candide .",
    }.items():
        assert say("bpc", *words) == (2, "", f"Error: {line}\n"), words


@pytest.mark.skipif("voltaire" not in pretrained.names(), reason="no shipped model here")
def test_the_shipped_model(say, tmp_path, monkeypatch):
    monkeypatch.undo()
    pretrained.load.cache_clear()
    text = say("generate", "--length", "400", "--temperature", "0.5").out
    assert len(text) == 401
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    result = json.loads(say("bpc", tmp_path / "text.txt", "--json").out)
    assert result["bits_per_char"] < 1.6  # its own cautious words surprise it less than a book's
    assert result["unknown_characters"] == 0
