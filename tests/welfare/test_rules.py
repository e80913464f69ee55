"""Every refusal reads as a whole sentence."""

from datetime import date
from decimal import Decimal

import pytest

from unionoffice.errors import RuleBroken
from welfare import rules
from welfare.choices import VisitState
from welfare.models import Visit

TODAY = date(2026, 3, 12)


def test_only_a_day_to_come_is_refused():
    refused = {}
    for day in (date(2025, 12, 31), TODAY, date(2026, 3, 13)):
        try:
            rules.check_day(day, TODAY)
        except RuleBroken as refusal:
            refused[day] = str(refusal)
    assert refused == {date(2026, 3, 13): "2026-03-13 还没有到，去过以后再记。"}


def test_nobody_records_what_is_out_of_reach():
    rules.check_reach(in_reach=True)
    with pytest.raises(RuleBroken) as refusal:
        rules.check_reach(in_reach=False)
    assert str(refusal.value) == (
        "小组长只记本组会员的慰问，名册外的人、那天不在本组的人，由福利委员来记。"
    )


def test_a_voided_visit_stays_as_it_is():
    rules.check_not_voided(Visit(state=VisitState.RECORDED))
    with pytest.raises(RuleBroken) as refusal:
        rules.check_not_voided(Visit(state=VisitState.VOIDED))
    assert str(refusal.value) == "这一笔已经作废，不能再改，需要的话重新记一笔。"


@pytest.mark.parametrize("reason", ["", "  "])
def test_voiding_takes_a_reason(reason):
    with pytest.raises(RuleBroken) as refusal:
        rules.check_void_reason(reason)
    assert str(refusal.value) == "作废要写明原因，以后查得清楚。"


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({"money": Decimal(600)}, []),
        ({"goods": "水果"}, []),
        ({}, ["慰问金和慰问品都没有写。只是去看望的话，这样就行。"]),
        ({"money": Decimal(600), "day": date(2025, 3, 12)}, []),
        (
            {"money": Decimal(600), "day": date(2025, 3, 10)},
            ["2025年3月10日是一年多以前，看一下年份写对没有。"],
        ),
        (
            {"money": Decimal(600), "day": date(2024, 5, 1), "day_precision": "month"},
            ["2024年5月是一年多以前，看一下年份写对没有。"],
        ),
    ],
)
def test_what_is_odd_is_said_and_taken_all_the_same(values, sentences):
    assert rules.oddities(Visit(**{"day": TODAY} | values), TODAY) == sentences
