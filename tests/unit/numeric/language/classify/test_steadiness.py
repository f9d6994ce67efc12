"""How far an n-gram is trusted by how steady its rate is, by hand."""

import numpy as np

from core.numeric.language.classify.steadiness import steadiness


def test_what_comes_in_one_part_alone_is_trusted_less_by_hand():
    # Eight texts of one class in four parts. Row 1 is in one text of each part, row 2 in both of
    # the first two parts, row 3 in every text, row 4 in none.
    rows = [
        np.array(row) for row in ([1, 2, 3], [2, 3], [1, 2, 3], [2, 3], [1, 3], [3], [1, 3], [3])
    ]
    steady = steadiness(rows, np.zeros(8, int), 5, parts=4)
    # Row 2: its rates are 1, 1, 0, 0, of variance 1/4; chance gives 1/2 * 1/2 / 2 = 1/8.
    np.testing.assert_allclose(steady, [1, 1, 1 / 2, 1, 1])


def test_of_several_classes_the_variances_add_up_and_few_texts_are_parts_of_their_own():
    rows = [np.array([1]), np.array([1]), np.array([0]), np.array([0])]
    both = steadiness([*rows, *rows], np.repeat([0, 2], 4), 2, parts=2)
    np.testing.assert_allclose(both, [1 / 2, 1 / 2])
    mixed = steadiness([*rows, *rows[::2], *rows[::2]], np.repeat([0, 2], 4), 2, parts=2)
    np.testing.assert_allclose(mixed, 1.0)  # 1/8 + 1/8 by chance, 1/4 + 0 in fact
    alone = steadiness(rows, np.arange(4), 2)
    np.testing.assert_allclose(alone, 1.0)
