"""Numbers read as one says them."""

import pytest

from unionoffice.numerals import chinese_number


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"),
        (21, "二十一"), (90, "九十"), (99, "九十九"),
    ],
)  # fmt: skip
def test_chinese_number_reads_as_one_says_it(number, word):
    assert chinese_number(number) == word


def test_chinese_number_never_says_two_numbers_alike():
    assert len({chinese_number(number) for number in range(1, 100)}) == 99
