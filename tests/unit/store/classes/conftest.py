"""Classes of this test's database."""

import pytest


@pytest.fixture
def classes(archive):
    return archive.classes


@pytest.fixture
def opened(classes):
    """A function that opens a class; returns its number and its code."""

    def opened(name="4B", teacher="teacher"):
        number, _phrase = classes.open(teacher, name)
        return number, classes.snapshot(number).of.code

    return opened
