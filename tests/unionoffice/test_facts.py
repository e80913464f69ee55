"""A fact prints its number the way a document writes it; nothing recorded is not 0."""

from decimal import Decimal

import pytest

from unionoffice.facts import Fact, count_or_none, number_text, percent


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (47, "人", "47"),
        (28300, "元", "28300"),
        (Decimal("28300.00"), "元", "28300"),
        (Decimal("28300.5"), "元", "28300.50"),
        (Decimal("0.10"), "元", "0.10"),
        (Decimal("84.2"), "%", "84.2"),
        (Decimal("100.0"), "%", "100"),
    ],
)
def test_a_number_is_written_plainly_with_places_only_where_there_are_any(value, unit, text):
    assert number_text(value, money=unit == "元") == text
    assert Fact("a.b", "某数", value, unit, "/").text == text


def test_a_fact_without_records_is_missing_and_a_zero_is_not():
    assert [Fact("a.b", "某数", value, "项", "/").missing for value in (None, 0)] == [True, False]
    assert Fact("a.b", "某数", None, "项", "/").text == ""
    assert [count_or_none(n) for n in (0, 3)] == [None, 3]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 3, Decimal("33.3")),
        (1, 16, Decimal("6.3")),
        (2, 3, Decimal("66.7")),
        (3, 3, Decimal("100.0")),
        (0, 0, None),
    ],
)
def test_a_percentage_has_one_place_and_needs_a_whole(part, whole, expected):
    assert percent(part, whole) == expected
