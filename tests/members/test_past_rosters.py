"""The roster on another day: nobody who had yet to come; how those went who are gone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import actions
from members.facts import roster_totals
from members.models import Employment, Member
from members.queries import counted_in_tabs
from tests.factories.members import make_department, make_group, make_member
from unionoffice.roles import Role

THEN = date(2010, 1, 1)


def names(page) -> list[str]:
    return [row["name"] for row in page.context["rows"]]


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def test_the_whole_roster_of_a_day_leaves_out_who_had_yet_to_come(chair):
    make_member("甲早就在", joined=date(2001, 9, 1))
    make_member("乙以后入会", joined=date(2015, 9, 1))
    make_member("丙以后到校", status=None, employment="working", arrived=date(2015, 8, 20))
    make_member("丁只有到校时间", status=None, arrived=date(2015, 8, 20))
    make_member("戊什么都没写", status=None)
    page = chair.get(f"/members/?tab=all&on={THEN}")
    own = chair.user.member.name
    assert [name for name in names(page) if name != own] == ["甲早就在", "戊什么都没写"]
    everyone = page.context["page"].paginator.count
    assert everyone == roster_totals(THEN).everyone
    assert everyone == counted_in_tabs(Member.objects.all(), THEN)["all"]
    assert chair.get("/members/?tab=all").context["page"].paginator.count == 6


def test_a_day_that_has_not_come_is_answered_with_a_note(chair):
    ahead = timezone.localdate() + timedelta(days=1)
    make_member("甲一")
    page = chair.get(f"/members/?on={ahead}")
    assert "甲一" in names(page)
    assert f"{ahead.year}年{ahead.month}月{ahead.day}日还没到" in page.text
    assert "还没到" not in chair.get("/members/").text


def test_who_went_is_listed_with_how_and_from_where(chair):
    member = make_member(
        "甲一",
        group=make_group("第一工会小组"),
        department=make_department("语文组"),
        employment="working",
    )
    actions.move_member(
        member=member, move="transfer_out", since=date(2026, 9, 1), by=None, union="市二中工会"
    )
    known = make_member("乙调走", status=None)
    Employment.objects.create(member=known, status="left", start=date(2025, 7, 1))
    page = chair.get("/members/?tab=left")
    told = [
        (row["name"], row["day"], row["how"], row["group"], row["department"])
        for row in page.context["rows"]
    ]
    assert told == [
        ("甲一", "2026-09-01", "转出到市二中工会", "第一工会小组", "语文组"),
        ("乙调走", "2025-07-01", "调出", "", ""),
    ]
    assert [head["word"] for head in page.context["heads"]][2:4] == ["哪天离开", "怎样离开"]
    assert "缺 " not in page.text
    went = chair.get("/members/?moved=transferred_out&period=2026").context
    assert [row["how"] for row in went["rows"]] == ["转出到市二中工会"]


def test_the_list_of_those_who_went_costs_the_same_for_one_and_for_three(chair):
    counts = []
    for people in (1, 2):
        for _ in range(people):
            member = make_member(group=make_group(), department=make_department())
            actions.move_member(member=member, move="resign", since=date(2026, 3, 1), by=None)
        with CaptureQueriesContext(connection) as queries:
            chair.get("/members/?tab=left")
        counts.append(len(queries))
    assert counts[0] == counts[1]
