"""Numbering in all its spellings."""

import pytest

from activities.plan_reader.numerals import value


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("12", 12), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("⑫", 12), ("十十", 10)],
)
def test_a_numeral_has_its_value_and_a_malformed_one_does_not_stop_the_reading(numeral, number):
    assert value(numeral) == number
