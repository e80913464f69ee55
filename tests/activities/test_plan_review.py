"""The review of a plan's text: every line looked at, corrected at one click, landed as it stands."""

from datetime import date, time

import pytest
from django.urls import reverse

from activities import actions
from activities.models import Plan, PlanImport, PlanItem
from activities.plan_review import read_choice
from tests.factories.members import make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TEXT = (
    "2026年工会工作计划\n"
    "一、指导思想\n"
    "围绕中心工作。\n"
    "三月份：\n"
    "1、为五月教代会做准备\n"
    "2、双周五下午4：20-5：00活动\n"
    "四月份：\n"
    "1、4月10日春游\n"
    "五月份：\n"
    "1、体检\n"
    "常年：\n"
    "1、探望病人\n"
)


def detail(kept) -> str:
    return reverse("activities:plan_import_detail", args=[kept.pk])


def choose(client, kept, line: int, choice: str):
    address = reverse("activities:plan_import_choose", args=[kept.pk, line])
    return client.post(address, {"choice": choice})


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.fixture
def kept(chair) -> PlanImport:
    return actions.keep_text(text=TEXT, file_name="计划.txt", by=chair.user)


def test_each_line_stands_beside_what_it_was_read_as(chair, kept):
    rows = chair.get(detail(kept)).context["rows"]
    assert [(row.number, row.line.role.value) for row in rows if row.doubt or row.left] == [
        (5, "item"),
        (11, "aside"),
        (12, "aside"),
    ]
    assert rows[4].doubt == "排在3月，话里又提到五月"
    assert rows[5].items[0].when == "双周五 16:20–17:00"
    assert rows[7].items[0].when == "4月10日"


def test_a_click_puts_an_item_into_another_month_and_the_landing_keeps_it(chair, kept):
    response = choose(chair, kept, 4, "item:5")
    assert response.url == detail(kept) + "?done=5#line-5"
    page = chair.get(response.url)
    row = page.context["rows"][4]
    assert (row.months, row.doubt, row.chosen) == ("5月", "", True)
    assert page.context["doubts"] == []
    kept.refresh_from_db()
    assert kept.choices == {"4": {"as": "item", "months": [5]}}
    chair.post(detail(kept), {"period": "2026", "title": "计划", "seen": kept.fingerprint})
    moved = PlanItem.objects.get(text="为五月教代会做准备")
    assert moved.first_month == date(2026, 5, 1)


def test_what_was_not_placed_is_put_into_a_month(chair, kept):
    choose(chair, kept, 11, "item:9")
    kept.refresh_from_db()
    chair.post(detail(kept), {"period": "2026", "title": "计划", "seen": kept.fingerprint})
    plan = Plan.objects.get()
    assert plan.items.get(text="探望病人").first_month == date(2026, 9, 1)
    assert plan.unread == ["常年："]


def test_times_land_with_the_items(chair, kept):
    chair.post(detail(kept), {"period": "2026", "title": "计划"})
    found = PlanItem.objects.get(rhythm="even_weeks")
    assert (found.weekday, found.from_time, found.to_time) == (4, time(16, 20), time(17))
    assert PlanItem.objects.get(text="4月10日春游").day == date(2026, 4, 10)


def test_a_correction_is_taken_back(chair, kept):
    choose(chair, kept, 4, "out")
    choose(chair, kept, 4, "reset")
    kept.refresh_from_db()
    assert kept.choices == {}


def test_two_people_correct_different_lines_and_keep_both(chair, kept):
    other = make_user(Role.CULTURE)
    stale = PlanImport.objects.get(pk=kept.pk)
    actions.choose_line(kept=kept, line=4, choice={"as": "out"}, by=chair.user)
    actions.choose_line(kept=stale, line=9, choice={"as": "text"}, by=other)
    kept.refresh_from_db()
    assert kept.choices == {"4": {"as": "out"}, "9": {"as": "text"}}


def test_what_another_one_changed_meanwhile_is_looked_at_first(chair, kept):
    choose(chair, kept, 4, "out")
    response = chair.post(detail(kept), {"period": "2026", "title": "计划", "seen": ""})
    assert response.status_code == 422
    assert response.context["form"].errors["__all__"] == [
        "刚才有人改了这份文字的读法，先看一遍再建。"
    ]
    assert not Plan.objects.exists()


def test_a_correction_is_on_record(chair, kept):
    choose(chair, kept, 4, "out")
    entry = AuditEntry.objects.get(act="activities.correct_plan_text")
    assert entry.changes == {"line": 5, "choice": {"as": "out"}}


def test_months_outside_the_period_are_said_at_the_line(chair, kept):
    choose(chair, kept, 4, "item:9")
    page = chair.post(detail(kept), {"period": "2026H1", "title": "计划", "seen": ""})
    assert page.context["rows"][4].doubt == "月份不在这一期里，不会排进去"


def test_another_period_is_looked_at_before_months_fall_outside_of_it(chair, kept):
    data = {"period": "2025-2026-1", "title": "计划", "seen": "", "looked": "2026"}
    page = chair.post(detail(kept), data)
    assert page.context["form"].errors["__all__"] == [
        "2025—2026学年第一学期里没有其中 4 项的月份，标在下面了，看一遍再建。"
    ]
    assert page.context["looked"] == "2025-2026-1"
    chair.post(detail(kept), {"period": "2026", "title": "计划", "looked": "2026"})
    assert Plan.objects.get().items.count() == 4


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("4月10日至14日", ("2026-04-10", "2026-04-14")),
        ("4月20日至5月5日", ("2026-04-20", "2026-05-05")),
        ("4月31日", (None, None)),
        ("4月20日至10日", (None, None)),
    ],
)
def test_days_that_the_year_has_are_taken(chair, words, days):
    text = f"2026年工会工作计划\n三月：\n1、插花\n四月：\n1、春游（{words}）\n五月：\n1、体检\n"
    kept = actions.keep_text(text=text, file_name="", by=chair.user)
    chair.post(detail(kept), {"period": "2026", "title": "计划"})
    found = PlanItem.objects.get(text__startswith="春游")
    assert (found.day, found.last_day) == tuple(day and date.fromisoformat(day) for day in days)


@pytest.mark.parametrize(
    "words", ["", "item", "item:0", "item:13", "month:x", "join:3", "drop", "item:²"]
)
def test_nonsense_is_no_choice(words):
    with pytest.raises(RuleBroken, match="没有认出要改成什么，刷新再看。"):
        read_choice(words)


def test_a_line_that_is_not_there_is_said(chair, kept):
    response = choose(chair, kept, 99, "out")
    page = chair.get(response.url).content.decode()
    assert "原文没有第 100 行，刷新再看。" in page


def test_a_refusal_is_said_on_the_whole_page(chair, kept):
    address = reverse("activities:plan_import_choose", args=[kept.pk, 4])
    response = chair.post(address, {"choice": "?"}, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, detail(kept))
    assert "没有认出要改成什么，刷新再看。" in chair.get(detail(kept)).content.decode()


def test_a_landed_text_is_corrected_no_more(chair, kept):
    chair.post(detail(kept), {"period": "2026", "title": "计划"})
    choose(chair, kept, 4, "out")
    kept.refresh_from_db()
    assert kept.choices == {}


def test_the_person_in_charge_is_the_only_one_of_that_name(chair):
    teacher = make_member(name="张三")
    make_member(name="李四")
    make_member(name="李四")
    text = (
        "2026年工会工作安排\n时间\t内容\t参加对象\t负责人\n"
        "3月\t插花\t女教师\t张三\n4月\t春游\t全体\t李四\n5月\t体检\t全体\t王五\n"
    )
    kept = actions.keep_text(text=text, file_name="", by=chair.user)
    chair.post(detail(kept), {"period": "2026", "title": "计划"})
    found = PlanItem.objects.order_by("first_month").values_list("audience", "responsible")
    assert list(found) == [("女教师", teacher.pk), ("全体", None), ("全体", None)]
    texts = PlanItem.objects.order_by("first_month").values_list("text", flat=True)
    assert list(texts) == ["插花", "春游（负责人：李四）", "体检（负责人：王五）"]
    assert Plan.objects.get().unread == []


@pytest.mark.parametrize("lines", [3, 60])
def test_the_review_needs_the_same_queries_at_any_length(chair, lines, django_assert_num_queries):
    body = "".join(f"{n}、走访第{n}位教师\n" for n in range(1, lines + 1))
    text = f"2026年工会工作计划\n三月：\n{body}四月：\n1、春游\n五月：\n1、体检\n"
    kept = actions.keep_text(text=text, file_name="", by=chair.user)
    with django_assert_num_queries(5):
        chair.get(detail(kept))
