"""What may be said of a plan item beside its month, and where it is shown."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from activities import rules
from activities.board import build
from activities.models import PlanChange, PlanItem
from activities.queries import item_rows
from tests.factories.activities import make_item, make_plan
from tests.factories.forms import posted_back
from tests.factories.members import make_member
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TODAY = date(2026, 11, 18)
MARCH = date(2026, 3, 1)
ALL = {
    "text": "教职工羽毛球赛",
    "first_month": "2026-04",
    "last_month": "",
    "field": "culture",
    "day": "2026-04-17",
    "last_day": "2026-04-18",
    "from_time": "16:20",
    "to_time": "17:00",
    "audience": "全体会员",
    "co_organiser": "体卫艺处",
    "budget": "1200.50",
    "evidence": "通知、签到表、照片",
}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def item_of(**values) -> PlanItem:
    return PlanItem(**{"text": "活动", "first_month": MARCH, "last_month": MARCH} | values)


@pytest.mark.parametrize(
    ("values", "words", "with_year"),
    [
        ({}, "3月", "2026年3月"),
        ({"last_month": date(2026, 6, 1)}, "3月至6月", "2026年3月至6月"),
        ({"last_month": date(2027, 1, 1)}, "2026年3月至2027年1月", "2026年3月至2027年1月"),
        ({"day": date(2026, 3, 8)}, "3月8日", "2026年3月8日"),
        (
            {"day": date(2026, 3, 8), "last_day": date(2026, 3, 10)},
            "3月8日至10日",
            "2026年3月8日至10日",
        ),
        (
            {"day": date(2026, 3, 30), "last_day": date(2026, 4, 2), "from_time": time(8)},
            "3月30日至4月2日 08:00",
            "2026年3月30日至4月2日 08:00",
        ),
        ({"week": 3}, "第3周", "第3周，2026年3月"),
        (
            {
                "rhythm": "even_weeks",
                "weekday": 4,
                "from_time": time(16, 20),
                "to_time": time(17),
                "last_month": date(2026, 6, 1),
            },
            "双周五 16:20–17:00",
            "双周五 16:20–17:00，2026年3月至6月",
        ),
        ({"rhythm": "weekly", "weekday": 3}, "每周四", "每周四，2026年3月"),
        ({"rhythm": "monthly"}, "每月", "每月，2026年3月"),
        ({"rhythm": "monthly", "weekday": 4}, "每月周五", "每月周五，2026年3月"),
    ],
)
def test_when_an_item_is_to_be_done_in_words(values, words, with_year):
    item = item_of(**values)
    assert rules.item_when(item) == words
    assert rules.item_when(item, with_year=True) == with_year


def test_an_item_keeps_all_that_is_said_of_it(log_in):
    client, plan, person = log_in(Role.CHAIR), make_plan(), make_member(name="示例甲")
    answer = client.post(url("plan_item_create", plan.pk), ALL | {"responsible": person.pk})
    assert answer.status_code == 302
    item = PlanItem.objects.get()
    assert (item.first_month, item.last_month) == (date(2026, 4, 1), date(2026, 4, 1))
    assert (item.day, item.last_day) == (date(2026, 4, 17), date(2026, 4, 18))
    assert (item.responsible, item.budget) == (person, Decimal("1200.50"))
    page = client.get(url("plan_item_detail", item.pk)).content.decode()
    for words in ("示例甲", "体卫艺处", "1200.50", "通知、签到表、照片", "2026年4月17日至18日"):
        assert words in page
    same = client.get(url("plan_item_update", item.pk))
    assert client.post(url("plan_item_update", item.pk), posted_back(same)).status_code == 302
    assert PlanItem.objects.get().budget == Decimal("1200.50")
    assert not PlanChange.objects.filter(kind="adjusted").exists()


def test_a_day_alone_tells_the_month(log_in):
    client, plan = log_in(Role.CHAIR), make_plan()
    answer = {"text": "联欢", "field": "culture", "day": "2026-12-30", "last_day": "2026-12-31"}
    client.post(url("plan_item_create", plan.pk), answer)
    assert PlanItem.objects.get().months_text == "2026年12月"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"first_month": "", "day": "", "last_day": ""}, "写上哪个月办。"),
        (
            {"day": "2026-05-17", "last_day": ""},
            "2026年5月17日不在2026年4月里，改月份，或者改日子。",
        ),
        ({"last_day": "2026-04-16"}, "结束的日子早于开始的日子，对调一下。"),
        ({"week": "3"}, "写了哪天就不用写第几周，留一个。"),
        ({"week": "31", "day": "", "last_day": ""}, "第几周写 1 到 30。"),
        ({"rhythm": "weekly"}, "定期的事项写多久一次，不写哪一天。"),
        ({"to_time": "16:00"}, "几点结束要晚于几点开始。"),
        ({"budget": "-1"}, "预算不能是负数。"),
        ({"budget": "一千"}, "预算只写数字，例如 1200。"),
        ({"from_time": "25:00"}, "没有这个时间，写成 16:20 这样。"),
        ({"responsible": "999999"}, "名册里没有这个人，重新选一下。"),
        ({"first_month": "2027-04", "day": "", "last_day": ""}, "不在2026年里，改成期间内的月份。"),
    ],
)
def test_what_can_not_be_is_said_and_nothing_typed_is_lost(log_in, values, sentence):
    page = log_in(Role.CHAIR).post(url("plan_item_create", make_plan().pk), ALL | values)
    assert page.status_code == 422
    said = [str(one) for errors in page.context["form"].errors.values() for one in errors]
    assert [one for one in said if one.endswith(sentence)], said
    assert "通知、签到表、照片" in page.content.decode()
    assert not PlanItem.objects.exists()


def test_the_list_is_narrowed_by_who_answers_for_it_and_exported(log_in):
    plan, person = make_plan(), make_member(name="示例乙")
    make_item(plan, text="拔河", responsible=person, day=date(2026, 3, 6), evidence="照片")
    make_item(plan, text="插花", added_late=True)
    client = log_in(Role.HIGHER_UNION)
    page = client.get(url("plan_item_list") + f"?period=2026&responsible={person.pk}")
    assert [row.text for row in page.context["page"]] == ["拔河"]
    late = client.get(url("plan_item_list") + "?period=2026&late=yes&q=插")
    assert [row.text for row in late.context["page"]] == ["插花"]
    table = client.get(url("plan_item_export") + f"?period=2026&format=csv&responsible={person.pk}")
    lines = table.getvalue().decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "逾期未记,拔河,2026年3月6日,文体,,示例乙,,,照片,,,,,2026年计划",
    ]
    assert client.get(url("plan_item_export") + "?responsible=zzz").status_code == 400


def test_the_board_says_the_day_the_rhythm_and_what_was_added(log_in):
    plan = make_plan()
    make_item(plan, "2026-12", "大会", day=date(2026, 12, 4))
    make_item(plan, "2026-12", "训练", rhythm="weekly", weekday=3)
    make_item(plan, "2026-12", "临时", added_late=True)
    board = build(Period.year(2026), item_rows(plan.items.all(), TODAY), [], TODAY)
    found = board.months[11].lines
    assert [(line.when, line.text, line.note, line.added) for line in found] == [
        ("4", "大会", "", False),
        ("", "训练", "每周四", False),
        ("", "临时", "", True),
    ]
    page = log_in(Role.MEMBER).get(plan.get_absolute_url()).content.decode()
    assert '<span class="shift">新增</span>' in page


def test_an_item_of_a_draft_is_dropped_and_put_back(log_in):
    client, person = log_in(Role.CHAIR), make_member(name="示例丙")
    plan = make_plan(state="draft")
    item = make_item(
        plan, text="拔河", responsible=person, day=date(2026, 3, 6), budget=Decimal(300)
    )
    assert "删掉这一项" in client.get(item.get_absolute_url()).content.decode()
    page = client.post(url("plan_item_drop", item.pk), follow=True)
    assert not PlanItem.objects.exists()
    undo = next(m.extra_tags for m in page.context["messages"]).removeprefix("undo:")
    client.post(undo)
    back = PlanItem.objects.get()
    assert (back.text, back.responsible, back.day, back.budget, back.field) == (
        "拔河",
        person,
        date(2026, 3, 6),
        Decimal(300),
        "culture",
    )
    client.post(undo)
    assert PlanItem.objects.count() == 1


def test_an_item_of_a_passed_plan_is_not_dropped(log_in):
    client, item = log_in(Role.CHAIR), make_item(make_plan(state="passed"))
    assert "删掉这一项" not in client.get(item.get_absolute_url()).content.decode()
    page = client.post(url("plan_item_drop", item.pk), follow=True)
    assert "计划已经通过，事项不能删；不办了就取消它，写上原因。" in page.content.decode()
    assert PlanItem.objects.exists()
