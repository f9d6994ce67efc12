"""A file of one's own for ``train``: kept as what the experiment takes, or refused."""

import io

import click
import pytest

from core.cli.data.own_file import settings_of
from core.data import uploads
from core.data.language.labelled.sets import labelled_texts
from core.data.language.tagged.sets import tagged_corpus
from core.data.sequences.labelled import labelled
from core.experiments import experiment

NUMBERS = b"a,b,c\n" + b"".join(b"%d,%d,%d\n" % (i, i * i % 7, -i) for i in range(60))
WORDS = b"s,label\n" + b"".join(
    b"%s,%s\n" % (b"abab"[: 2 + i % 3], b"xy"[i % 2 :][:1]) for i in range(60)
)
TEXTS = b"review,label\n" + b"".join(
    b"a film of the year %d,%s\n" % (1900 + i, b"xy"[i % 2 :][:1]) for i in range(60)
)
TAGGED = b"le D\nchat N\ndort V\n\n" * 30
OF_IMAGES = [
    f"{kind}autoencoder" for kind in ("", "linear-", "denoising-", "sparse-", "variational-")
]


@pytest.mark.parametrize(
    ("name", "raw", "field", "load"),
    [
        ("voltaire", b"Il faut\r\ncultiver.", "corpus", uploads.get),
        ("next-value", NUMBERS, "data", uploads.load_table),
        ("text-class", TEXTS, "data", lambda digest: labelled_texts("upload", digest)),
        ("sequence-class", WORDS, "data", lambda digest: labelled("upload", digest)),
        ("tagger", TAGGED, "data", lambda digest: tagged_corpus("upload", digest)),
        *((name, NUMBERS, "data", uploads.load_images) for name in OF_IMAGES),
    ],
)
def test_a_file_is_kept_as_what_the_experiment_takes(name, raw, field, load, tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    found = experiment(name)
    config = found.Config.parse(settings_of(found, io.BytesIO(raw), text=False))
    assert getattr(config, field) == "upload"
    assert load(config.upload) is not None


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("calculator", True, "The experiment calculator takes no text."),
        ("calculator", False, "The experiment calculator takes no file of yours."),
        (
            "next-value",
            True,
            "The experiment next-value takes no text but a table of numbers (CSV): give it with "
            "--file.",
        ),
        (
            "sequence-class",
            True,
            "The experiment sequence-class takes no text but a table of sequences and their "
            "classes (CSV): give it with --file.",
        ),
        *(
            (
                name,
                True,
                f"The experiment {name} takes no text but images (.npz) or a table (CSV): give it "
                "with --file.",
            )
            for name in OF_IMAGES
        ),
    ],
)
def test_a_file_that_an_experiment_does_not_take(name, text, line):
    with pytest.raises(click.UsageError) as error:
        settings_of(experiment(name), io.BytesIO(b"abc"), text=text)
    assert error.value.format_message() == line


TWO_CLASSES = b"s,kind,colour\n" + b"".join(
    b"%s,%s,%s\n" % (b"abab"[: 2 + i % 3], b"xy"[i % 2 :][:1], b"rgb"[i % 3 :][:1])
    for i in range(60)
)


def test_an_answer_goes_with_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    genes = experiment("sequence-class")

    def kept(**choices):
        return settings_of(genes, io.BytesIO(TWO_CLASSES), text=False, choices=choices)["upload"]

    assert labelled("upload", kept()).classes == ("x", "y")
    assert labelled("upload", kept(label="colour")).classes == ("r", "g", "b")
    with pytest.raises(click.UsageError) as error:
        kept(label="size")
    assert error.value.format_message() == "label is one of 's', 'kind', 'colour', not 'size'."
    with pytest.raises(click.UsageError) as error:
        kept(decimal=",")
    assert error.value.format_message() == "The file leaves no 'decimal' open; it asks: label."
