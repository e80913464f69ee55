"""Last year's plan moved to this year: what goes where, why, and what is asked."""

from datetime import date

import pytest
from django.urls import reverse

from activities import queries
from activities.choices import PlanState
from activities.models import Plan, PlanItem, PlanSection
from activities.queries import off_days
from activities.rules.carry import festival_days, proposal
from tests.factories.activities import make_activity, make_item, make_plan
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
OLD, NEW = Period.year(2026), Period.year(2027)
TODAY = date(2026, 11, 18)


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def moved(text: str, month: int, *, target=NEW, source=OLD, recorded=True, **values):
    first = date(2026, month, 1)
    item = PlanItem(text=text, first_month=first, last_month=first, **values)
    why = off_days(source, target)
    return proposal(item, source=source, target=target, recorded=recorded, off=why)


@pytest.mark.parametrize(
    ("text", "month", "then", "now", "reason"),
    [
        ("春节慰问", 2, date(2026, 2, 10), date(2027, 1, 30), "春节由2026年2月17日到2027年2月6日"),
        ("端午包粽子", 6, date(2026, 6, 17), date(2027, 6, 7), "端午由2026年6月19日到2027年6月9日"),
        ("中秋联欢", 9, date(2026, 9, 24), date(2027, 9, 14), "中秋由2026年9月25日到2027年9月15日"),
        (
            "重阳登山",
            10,
            date(2026, 10, 16),
            date(2027, 10, 6),
            "重阳由2026年10月18日到2027年10月8日",
        ),
    ],
)
def test_lunar_festivals_take_their_items_along(text, month, then, now, reason):
    to = moved(text, month, day=then)
    assert to.reason.startswith(reason)
    assert to.day >= now
    if to.day == now:
        assert to.reason == reason


def test_what_stands_before_a_festival_goes_to_a_working_day_before_it():
    """3 April 2027 is a Saturday, and the days off last until 清明 is over."""
    to = moved("清明祭扫", 4, day=date(2026, 4, 3))
    assert to.day == date(2027, 4, 2)
    assert to.reason.endswith("2027年4月3日是周六，提前到周五")


def test_an_item_of_a_lunar_festivals_month_goes_to_its_new_month():
    """元宵 is on 3 March 2026 and on 20 February 2027; 两节 before it goes along by months."""
    to = moved("元宵猜灯谜", 3)
    assert (to.first_month, to.last_month) == (date(2027, 2, 1), date(2027, 2, 1))
    assert to.reason == "元宵由2026年3月3日到2027年2月20日"
    before = moved("春节前摸底", 1)
    assert before.first_month == date(2027, 1, 1)


@pytest.mark.parametrize("year", range(2024, 2035))
def test_every_lunar_festival_is_found_in_every_year(year):
    for name in ("春节", "元宵", "端午", "中秋", "重阳"):
        assert len(festival_days(name, Period.year(year))) == 1


def test_fixed_festivals_keep_their_day_and_say_when_nobody_works():
    to = moved("三八节插花", 3, day=date(2026, 3, 6))
    assert (to.day, to.reason) == (date(2027, 3, 6), "妇女节的日子不变")
    assert to.ask == "2027年3月6日是周六，看看放在哪天"
    teachers = moved("教师节庆祝", 9, day=date(2026, 9, 10))
    assert (teachers.day, teachers.ask) == (date(2027, 9, 10), "")


def test_a_weekday_stays_and_a_day_off_gives_way_to_the_next_working_day():
    friday = moved("拔河赛", 11, day=date(2026, 11, 20))
    assert (friday.day, friday.reason) == (date(2027, 11, 19), "还在周五")
    holiday = moved("工会会议", 10, day=date(2026, 10, 9))
    assert holiday.day == date(2027, 10, 8)
    on_holiday = moved("运动会", 5, day=date(2026, 4, 30).replace(month=5, day=8))
    assert on_holiday.day.weekday() == 4
    labour = moved("健步走", 4, day=date(2026, 4, 30))
    assert (labour.day, labour.reason) == (date(2027, 4, 29), "还在周四")
    new_year = moved("开年会", 1, day=date(2026, 1, 5))
    assert new_year.day == date(2027, 1, 4)


def test_a_day_that_falls_on_a_day_off_is_put_off(monkeypatch):
    to = moved("中秋茶话会", 9, day=date(2026, 9, 22))
    assert (to.day, to.reason.endswith("顺延到周一")) == (date(2027, 9, 13), True)


def test_what_was_on_a_day_off_stays_on_one():
    outing = moved("钓鱼比赛", 5, day=date(2026, 5, 16))
    assert (outing.day, outing.reason) == (date(2027, 5, 15), "还在周六")


def test_days_and_spans_keep_their_length_and_recurring_ones_stay():
    item = moved("师德论坛", 11, day=date(2026, 11, 19), last_day=date(2026, 11, 20))
    assert (item.day, item.last_day) == (date(2027, 11, 18), date(2027, 11, 19))
    weekly = moved("球队训练", 3, rhythm="weekly", weekday=3)
    assert (weekly.first_month, weekly.reason, weekly.ask) == (date(2027, 3, 1), "", "")


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"state": "cancelled", "reason": "疫情"}, "上一期取消了：疫情"),
        (
            {"state": "postponed", "reason": "维修", "moved_from": date(2026, 2, 1)},
            "上一期延期了：维修",
        ),
        ({"recorded": False}, "上一期没有记录"),
        ({"added_late": True}, "上一期临时增加的"),
        ({}, ""),
    ],
)
def test_what_did_not_go_as_planned_is_asked_about(values, asked):
    assert moved("摄影展", 3, **values).ask == asked


@pytest.mark.parametrize(
    "text", ["召开八届一次教代会", "制定2026年计划", "迎接二〇二六年", "第6届运动会"]
)
def test_years_and_terms_in_the_words_are_asked_about(text):
    assert moved(text, 3).ask == "写着年份或届次，看看要不要改"


def test_what_is_not_in_the_new_period_is_left_out_unless_chosen():
    to = moved("暑期疗休养", 7, target=Period.semester(2026, 1))
    assert (to.outside, to.first_month) == (True, date(2026, 9, 1))
    assert to.reason == "原来的月份不在2026—2027学年第一学期里"


@pytest.fixture
def plan():
    plan = make_plan(OLD, sections=[PlanSection(order=0, title="指导思想", body="团结。")])
    make_activity("2026-03-06", plan_item=make_item(plan, text="拔河赛", day=date(2026, 3, 6)))
    make_item(plan, "2026-12", "迎新联欢", evidence="照片")
    make_item(plan, "2026-05", "摄影展", state="cancelled", reason="展厅维修")
    return plan


def test_nothing_is_written_before_it_is_confirmed_and_every_question_is_asked(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_carry", plan.pk)
    page = client.get(address)
    assert [row.carried.item.text for row in page.context["form"].rows] == [
        "摄影展",
        "拔河赛",
        "迎新联欢",
    ]
    assert page.context["form"].counts == {"asked": 1, "moved": 1, "outside": 0}
    data = answers(page)
    refused = client.post(address + "?to=2027", data)
    assert refused.status_code == 422
    assert "还有 1 项没定留不留。" in refused.content.decode()
    assert Plan.objects.count() == 1


def answers(page, **changed) -> dict:
    form = page.context["form"]
    data = {name: form.initial.get(name, form.fields[name].initial) for name in form.fields}
    data = {name: form.fields[name].prepare_value(value) for name, value in data.items()}
    return {k: v for k, v in (data | changed).items() if v not in (None, "", False)}


def test_a_confirmed_plan_is_a_draft_that_knows_where_it_came_from(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_carry", plan.pk) + "?to=2027"
    photo = PlanItem.objects.get(text="摄影展")
    change = {
        f"keep_{photo.pk}": "keep",
        f"text_{photo.pk}": "书画展",
        f"month_{photo.pk}": "2027-06",
    }
    page = client.get(address)
    made = client.post(address, answers(page, **change), follow=True)
    new = queries.plan_for(NEW)
    assert (new.state, new.title) == ("draft", "2027年工会工作计划")
    items = {item.text: item for item in new.items.all()}
    assert items.keys() == {"拔河赛", "迎新联欢", "书画展"}
    assert (items["书画展"].first_month, items["书画展"].state) == (date(2027, 6, 1), "planned")
    assert (items["拔河赛"].day, items["拔河赛"].carried_from.plan) == (date(2027, 3, 5), plan)
    assert items["迎新联欢"].evidence == "照片"
    assert [each.body for each in new.sections.all()] == ["团结。"]
    undo = next(m.extra_tags for m in made.context["messages"]).removeprefix("undo:")
    client.post(undo)
    assert queries.plan_for(NEW) is None
    assert plan.items.count() == 3


def test_a_month_is_one_of_the_new_plan_and_another_is_refused(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_carry", plan.pk) + "?to=2027"
    photo = PlanItem.objects.get(text="摄影展")
    change = {f"keep_{photo.pk}": "keep", f"month_{photo.pk}": "2028-06"}
    page = client.post(address, answers(client.get(address), **change))
    assert page.status_code == 422
    assert "不在2027年里，改成期间内的。" in page.content.decode()
    months = page.context["form"].fields[f"month_{photo.pk}"].widget.choices
    assert months[:2] == [("", "选一个月"), ("2027-01", "2027年1月")]
    assert len(months) == 13
    assert 'type="month"' not in page.content.decode()


def test_a_text_that_was_emptied_is_asked_for_and_one_that_is_left_is_not(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_carry", plan.pk) + "?to=2027"
    photo = PlanItem.objects.get(text="摄影展")
    data = answers(client.get(address), **{f"keep_{photo.pk}": "keep"}) | {f"text_{photo.pk}": " "}
    page = client.post(address, data)
    assert page.status_code == 422
    assert "办什么是空的，填上；不再办就选“不留”。" in page.text
    assert client.post(address, data | {f"keep_{photo.pk}": "leave"}).status_code == 302


@pytest.mark.parametrize(
    ("target", "texts", "outside"),
    [
        (Period.school_year(2027), ["10月的事", "02月的事", "08月的事"], 0),
        (Period.semester(2027, 1), ["10月的事", "02月的事", "08月的事"], 2),
    ],
)
def test_into_another_order_of_months_the_rows_follow_it_and_both_numbers_are_said(
    target, texts, outside, log_in
):
    """A calendar year's plan for a school year, which begins in September, and for its first half."""
    plan = make_plan(OLD)
    for month in ("2026-02", "2026-10", "2026-08"):
        make_item(plan, month, f"{month[-2:]}月的事")
    page = log_in(Role.CHAIR).get(url("plan_carry", plan.pk) + f"?to={target.code}")
    form = page.context["form"]
    assert [row.carried.item.text for row in form.rows] == texts
    assert (form.counts["moved"], form.counts["outside"]) == (0, outside)
    assert (f"{outside} 项不在{target.label}里" in page.text) is bool(outside)
    assert "挪了日子" not in page.text


@pytest.mark.parametrize(
    ("target", "chosen"),
    [
        (None, Period.year(2025)),
        (Period.year(2026), Period.year(2025)),
        (Period.semester(2026, 1), Period.semester(2025, 1)),
        (Period.half(2026, 1), Period.year(2025)),
        (Period.year(2020), None),
    ],
)
def test_the_plan_to_go_by_was_passed_and_is_of_the_same_kind(target, chosen):
    for period in (Period.year(2024), Period.year(2025), Period.semester(2025, 1)):
        make_plan(period)
    make_plan(Period.semester(2025, 2), state=PlanState.DRAFT)
    found = queries.plan_to_repeat(Plan.objects.all(), target)
    assert (found and found.period) == chosen


def test_the_list_and_a_new_plan_lead_to_the_plan_to_go_by(log_in):
    whole = make_plan(Period.year(2026))
    make_plan(Period.semester(2026, 2), state=PlanState.DRAFT)
    client, address = log_in(Role.CHAIR), url("plan_carry", whole.pk)
    pages = ("plan_list", ()), ("plan_create", ()), ("plan_detail", (whole.pk,))
    assert [f'href="{address}"' in client.get(url(name, *args)).text for name, args in pages] == [
        True, True, True,
    ]  # fmt: skip


def test_another_plan_can_be_gone_by_on_the_same_page(log_in, plan):
    other = make_plan(Period.year(2025))
    page = log_in(Role.CHAIR).get(url("plan_carry", plan.pk) + "?to=2027")
    assert f"{url('plan_carry', other.pk)}?to=2027" in page.text


def test_a_period_that_has_a_plan_says_so_and_nonsense_is_answered(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_carry", plan.pk)
    make_plan(NEW)
    assert "2027年已有计划" in client.get(address).content.decode()
    nonsense = client.get(address + "?to=zzz")
    assert nonsense.status_code == 422
    assert "看不懂期间“zzz”" in nonsense.content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_carry_query_count_is_flat(log_in, rows, django_assert_num_queries):
    client, plan = log_in(Role.CHAIR), make_plan(OLD)
    for number in range(rows):
        make_item(plan, text=f"事项{number}", day=date(2026, 3, 6))
    with django_assert_num_queries(11):
        client.get(url("plan_carry", plan.pk))
