"""Tables with a class in each row: examples to learn from."""

from __future__ import annotations

import pytest

from core.cli.data.read import kind_of
from core.data.images.files import read_images
from core.data.sequences.labelled import read_labelled
from core.data.tables import read_table
from core.data.tables.classes import label_column, with_classes

LABELLED = {
    "the class last, without names": (
        "".join(f"5.{i % 7},3.{i % 5},{'ab'[i % 2]}\n" for i in range(40)),
        "x3",
    ),
    "the class in the middle": (
        "t1,classe,t2\n" + "".join(f"5.{i % 7},{'ab'[i % 2]},3.{i % 5}\n" for i in range(40)),
        "classe",
    ),
    "a class of numbers last": (
        "".join(f"{i * 7},{i % 9},{i % 11},{2 + i % 2 * 2}\n" for i in range(40)),
        "x4",
    ),
    "letters, parted by commas and tabs": (
        "".join(f"{'+-'[i % 2]},S{i},\t\t{'acgt' * 5}{'acgt'[i % 4]}\n" for i in range(40)),
        "x1",
    ),
    "letters, beside names that are numbers, too": (
        "".join(
            f"{'+-'[i // 20]},{'' if i // 10 else 'AMP'}{i},\t\t{'acgt' * 5}{'acgt'[i % 4]}\n"
            for i in range(40)
        ),
        "x1",
    ),
    "ARFF": (
        "% note\n@RELATION r\n@ATTRIBUTE a NUMERIC\n@ATTRIBUTE 'b c' NUMERIC\n"
        "@ATTRIBUTE class {x,y}\n@DATA\n"
        + "".join(f"0.{i % 7},0.{i % 5},{'xy'[i % 2]}\n" for i in range(40)),
        "class",
    ),
    "series of aeon": (
        "@problemName p\n@classLabel true a b\n@data\n"
        + "".join(f"0.{i % 7},0.5,0.{i % 5}:{'ab'[i % 2]}\n" for i in range(40)),
        "label",
    ),
}


@pytest.mark.parametrize("brought", LABELLED, ids=LABELLED)
def test_rows_with_a_class_are_examples(brought):
    text, label = LABELLED[brought]
    assert kind_of(text.encode()) == "sequences"
    table = read_table(text.encode(), needs_numbers=False)
    assert label_column(table) == label
    assert len(read_labelled(table).labels) == 40 and len(read_labelled(table).classes) == 2


@pytest.mark.parametrize("cell", ["[{}, {}, {}]", "({} {} {})", "{},{},{}", "{};{};{}", "{} {} {}"])
def test_lists_in_cells_are_parted(cell):
    text = "seq\tlabel\n" + "".join(
        cell.format(i % 10, 7, 12) + f"\t{'ab'[i % 2]}\n" for i in range(20)
    )
    labelled = read_labelled(read_table(text.encode(), needs_numbers=False))
    assert labelled.tokens[3] == ("3", "7", "12")


def test_the_pixels_of_an_image_may_stand_in_one_cell():
    text = "emotion,pixels,use\n" + "".join(
        f"{i % 3},{' '.join(str((7 * i + k) % 256) for k in range(64))},train\n" for i in range(60)
    )
    images = read_images(text.encode())
    assert images.shape == (8, 8) and images.class_names == ("0", "1", "2")
    assert images.pixels[1, 0] == pytest.approx(7 / 255) and images.labels[4] == 1
    assert kind_of(text.encode()) == "images"


def test_rows_without_a_class_are_left_out_and_yes_is_yes_in_any_case():
    words = ["Yes", "yes ", "no", "NO"]
    text = "a,b,label\n" + "".join(
        f"0.{i % 7},0.{i % 5},{'' if i == 5 else words[i % 4]}\n" for i in range(40)
    )
    table = with_classes(read_table(text.encode(), needs_numbers=False))
    assert table.rows == 39 and str(table.removed[-1]) == "rows without a class left out: 1"
    assert read_labelled(table).classes == ("Yes", "no")
