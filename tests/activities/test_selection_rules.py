"""What the notice of a selection asks for, and for whom one waits."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from activities.actions import selections as actions
from activities.queries.honours import (
    last_public_day,
    selections_waiting,
    working_days_between,
)
from activities.rules.honours import public_advice, share_of
from tests.factories.forms import posted_back
from tests.factories.honours import make_nominee, make_selection
from tests.factories.members import make_group, make_member, make_user
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
UPDATE = "activities:selection_update"


def test_days_of_work_leave_out_weekends():
    assert working_days_between(date(2026, 6, 8), date(2026, 6, 14)) == 5
    assert public_advice(5) == ""
    assert public_advice(3).startswith(
        "公示只有 3 个工作日。公示多为 5 个工作日，也有 7 个工作日的"
    )


def test_a_selection_asks_for_the_days_on_show_that_its_notice_names():
    assert public_advice(5, 7, "示教工〔2026〕3号") == (
        "公示只有 5 个工作日，这次评选要公示 7 个（依据示教工〔2026〕3号）。"
    )
    assert public_advice(7, 7) == ""
    # a Monday; the weekend does not count
    assert last_public_day(date(2026, 6, 8), 5) == date(2026, 6, 12)
    assert last_public_day(date(2026, 6, 8), 7) == date(2026, 6, 16)


@pytest.mark.parametrize(
    ("title", "own", "text"),
    [
        (
            "工会积极分子",
            (None, "", ""),
            "名额最多占会员的 10%（常见的规定，也有 5% 的，以上级通知为准）",
        ),
        (
            "优秀工会工作者",
            (None, "", ""),
            "名额最多占工会干部的 30%（常见的规定，各地不同，以上级通知为准）",
        ),
        (
            "工会积极分子",
            (Decimal("5.0"), "members", "3号通知"),
            "名额最多占会员的 5%（依据3号通知）",
        ),
        ("师德标兵", (Decimal("2.5"), "members", ""), "名额最多占会员的 2.5%（这次评选定的）"),
    ],
)
def test_the_share_is_the_one_of_its_notice_else_the_usual_one(title, own, text):
    assert share_of(title, *own).text == text


def test_of_a_title_without_a_usual_share_nothing_is_told():
    assert share_of("师德标兵", None, "", "") is None


def test_more_places_than_the_share_are_said_and_not_refused(log_in):
    for _ in range(20):
        make_member()
    selection = make_selection(quota=3, share=Decimal(10), share_of="members", notice="3号通知")
    page = log_in(Role.CHAIR).get(selection.get_absolute_url())
    assert page.context["advice"] == [
        "名额最多占会员的 10%（依据3号通知），现在会员 20 人，最多 2 名；这次定了 3 名。"
    ]
    assert log_in(Role.GROUP_LEADER).get(selection.get_absolute_url()).context["advice"] == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"share": "10"}, "写了比例，再选占谁的。"),
        ({"share_of": "members"}, "选了占谁的，再写百分之几。"),
        ({"share": "200", "share_of": "members"}, "比例写 0 到 100 之间的数"),
        ({"public_days": "0"}, "公示至少 1 个工作日。"),
    ],
)
def test_a_rule_of_the_notice_that_is_half_written_is_said(values, said, log_in):
    selection = make_selection()
    client, address = log_in(Role.CHAIR), reverse(UPDATE, args=[selection.pk])
    page = client.get(address)
    answer = client.post(address, posted_back(page) | values)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_what_waits_is_told_to_whom_it_waits_for_in_one_query(today, django_assert_num_queries):
    chair, leader = make_user(Role.CHAIR), make_user(Role.GROUP_LEADER, group=make_group())
    late = make_selection("甲", recommend_until=date(2026, 6, 10))
    asked = make_selection("乙", recommend_until=date(2026, 12, 1))
    done = make_selection("丙", recommend_until=date(2026, 12, 2))
    make_nominee(done, by=leader)
    shown = make_selection(by=chair)
    make_nominee(shown, by=chair, chosen=True)
    days = {"public_from": date(2026, 6, 8), "public_until": date(2026, 6, 12)}
    actions.publish_selection(selection=shown, by=chair, **days)
    with django_assert_num_queries(1):
        mine = selections_waiting(leader)
    assert [(one.title, one.what) for one in mine] == [("乙", "推荐")]
    assert mine[0].url == asked.get_absolute_url()
    assert [(one.pk, one.what, one.due) for one in selections_waiting(chair)] == [
        (late.pk, "定名单，公示", date(2026, 6, 10)),
        (shown.pk, "公示满了，上报", date(2026, 6, 12)),
        (asked.pk, "推荐", date(2026, 12, 1)),
        (done.pk, "推荐", date(2026, 12, 2)),
    ]
    assert selections_waiting(make_user(Role.MEMBER)) == []
