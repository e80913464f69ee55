"""What the visits put on the home page."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.members import make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.home import HomePart
from unionoffice.periods import Period
from unionoffice.roles import Role
from welfare.home import home_part

pytestmark = pytest.mark.django_db
TODAY, YEAR = date(2026, 4, 2), Period.year(2026)


def test_the_chair_sees_visits_money_and_months(django_assert_num_queries):
    make_visit(day=date(2026, 1, 5), money=Decimal(300))
    make_visit(day=date(2026, 3, 5))
    make_visit(day=date(2026, 3, 9), voided="记重了")
    chair = make_user(Role.CHAIR)
    with django_assert_num_queries(1):
        (figure,) = home_part(chair, TODAY, YEAR).figures
    assert (figure.fact.value, figure.second.value) == (2, Decimal(900))
    assert figure.bars == (1, 0, 1, 0, *[None] * 8)


def test_a_group_leader_sees_the_own_group():
    group = make_group()
    make_visit(make_member(group=group))
    make_visit(make_member(group=make_group()))
    leader = make_user(Role.GROUP_LEADER, group=group)
    assert home_part(leader, TODAY, YEAR).figures[0].fact.value == 1


def test_a_member_sees_nothing():
    make_visit()
    assert home_part(make_user(Role.MEMBER), TODAY, YEAR) == HomePart()


def test_weddings_and_births_of_the_month_are_counted_without_names(django_assert_num_queries):
    make_visit(make_member("张三"), kind="wedding", relation="self", day=date(2026, 4, 1))
    make_visit(make_member("李四"), kind="birth", relation="spouse", day=date(2026, 4, 2))
    make_visit(kind="wedding", relation="child", day=date(2026, 4, 2))
    make_visit(kind="birth", relation="self", day=date(2026, 3, 31))
    chair = make_user(Role.CHAIR)
    with django_assert_num_queries(1):
        (line,) = home_part(chair, TODAY, YEAR).dates
    assert line.text == "这个月 1 人新婚，1 人生育"
    assert line.url == "/members/milestones/?tab=joys&period=2026-04-01..2026-04-30"
    leader = make_user(Role.GROUP_LEADER, group=make_group())
    assert home_part(leader, TODAY, YEAR).dates == ()
