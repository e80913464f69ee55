"""An item of a plan moved by its form, put off, taken up again; what a draft offers of it."""

from datetime import date, time

import pytest
from django.urls import reverse

from activities import actions, rules
from activities.models import PlanChange, PlanItem, Semester
from activities.rules.weeks import Term
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.forms import posted_back
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def edited(client, item: PlanItem, **values):
    same = posted_back(client.get(url("plan_item_update", item.pk)))
    return client.post(url("plan_item_update", item.pk), same | values)


def test_a_later_month_by_the_form_puts_the_item_off(log_in):
    item = make_item(month="2026-03", text="摄影展", day=date(2026, 3, 6))
    client = log_in(Role.CHAIR)
    asked = edited(client, item, first_month="2026-05", day="")
    assert (asked.status_code, "改月份要写原因，总结里会用到。" in asked.text) == (422, True)
    done = edited(client, item, first_month="2026-05", day="", why="展厅维修")
    assert "改期好了：2026年5月 摄影展" in client.get(done.url).text
    item.refresh_from_db()
    assert (item.state, item.moved_from, item.reason) == (
        "postponed",
        date(2026, 3, 1),
        "展厅维修",
    )
    assert (item.months_text, item.day) == ("2026年5月", None)
    change = PlanChange.objects.get()
    assert (change.kind, change.reason, change.before["月份"]) == (
        "postponed",
        "展厅维修",
        "2026年3月",
    )
    item = actions.move_item(item=item, move="resume", by=client.user)
    assert (item.state, item.months_text, item.day) == (
        "planned",
        "2026年3月",
        date(2026, 3, 6),
    )


def test_putting_off_by_the_form_is_taken_back(log_in):
    item, client = make_item(month="2026-03"), log_in(Role.CHAIR)
    edited(client, item, first_month="2026-05", why="展厅维修")
    client.post(url("plan_item_undo", item.pk))
    item.refresh_from_db()
    assert (item.state, item.moved_from, item.months_text) == ("planned", None, "2026年3月")
    assert PlanChange.objects.count() == 0


def test_an_earlier_or_longer_time_by_the_form_is_an_adjustment_with_a_reason(log_in):
    item, client = make_item(month="2026-05"), log_in(Role.CHAIR)
    assert edited(client, item, first_month="2026-04").status_code == 422
    edited(client, item, first_month="2026-04", why="场地先空出来")
    edited(client, item, last_month="2026-06", why="分两批办")
    item.refresh_from_db()
    assert (item.state, item.moved_from, item.months_text) == ("planned", None, "2026年4月至6月")
    kept = PlanChange.objects.order_by("pk").values_list("kind", "reason")
    assert list(kept) == [("adjusted", "场地先空出来"), ("adjusted", "分两批办")]


def test_an_item_is_put_off_past_the_plans_end_by_the_form_as_by_the_move(log_in):
    item, client = make_item(month="2026-11"), log_in(Role.CHAIR)
    assert edited(client, item, first_month="2027-01", why="等新场馆").status_code == 302
    assert PlanItem.objects.get().months_text == "2027年1月"
    far = edited(client, make_item(item.plan, "2026-10"), first_month="2030-01", why="等新场馆")
    assert "改期最晚改到2028年12月" in far.text


def test_what_was_recorded_is_not_put_off_by_the_form(log_in):
    item, client = make_item(month="2026-03", text="拔河"), log_in(Role.CHAIR)
    make_activity(plan_item=item)
    page = edited(client, item, first_month="2026-05", why="x")
    assert "“拔河”已有活动记录，不能再改期" in page.text


def test_in_a_draft_the_form_just_changes_the_month(log_in):
    item = make_item(make_plan(state="draft"), "2026-03")
    assert edited(log_in(Role.CHAIR), item, first_month="2026-05").status_code == 302
    item.refresh_from_db()
    assert (item.state, item.moved_from, item.months_text) == ("planned", None, "2026年5月")


def test_a_draft_offers_neither_putting_off_nor_cancelling(log_in):
    item, client = make_item(make_plan(state="draft")), log_in(Role.CHAIR)
    assert "改期" not in client.get(item.get_absolute_url()).text
    answer = {"to_month": "2026-05", "reason": "x"}
    page = client.post(url("plan_item_move", item.pk, "postpone"), answer)
    assert (page.status_code, PlanItem.objects.get().state) == (422, "planned")
    with pytest.raises(RuleBroken) as caught:
        actions.move_item(item=item, move="cancel", by=client.user, reason="不办了")
    assert str(caught.value) == (
        "计划还在起草，不用取消：换个月办，直接改月份；不办了，删掉这一项。"
    )


def test_what_was_cancelled_before_the_plan_was_turned_back_can_be_taken_up(log_in):
    item = make_item(make_plan(state="draft"), state="cancelled", reason="没有场地")
    client = log_in(Role.CHAIR)
    assert list(rules.item_moves("draft")) == ["resume"]
    client.post(url("plan_item_move", item.pk, "resume"))
    assert PlanItem.objects.get().state == "planned"


@pytest.mark.parametrize(
    "exactly",
    [
        {"day": date(2026, 12, 30), "last_day": date(2026, 12, 31), "from_time": time(15)},
        {"week": 2, "weekday": 4},
    ],
)
def test_taken_up_again_an_item_has_its_day_or_week_back(exactly):
    chair, item = make_user(Role.CHAIR), make_item(month="2026-12", **exactly)
    for month in (date(2027, 1, 1), date(2027, 3, 1)):
        item = actions.move_item(
            item=item, move="postpone", by=chair, reason="撞上考试", to_month=month
        )
    assert (item.day, item.week, item.weekday) == (None, None, None)
    item.day = date(2027, 3, 5)
    actions.update_item(item=item, by=chair)
    item = actions.move_item(item=item, move="cancel", by=chair, reason="不办了")
    item = actions.move_item(item=item, move="resume", by=chair)
    assert {name: getattr(item, name) for name in exactly} == exactly
    assert item.months_text == "2026年12月"


def test_a_move_says_which_day_or_week_it_takes_away(log_in):
    client, plan = log_in(Role.CHAIR), make_plan(state="draft")
    one = make_item(plan, "2026-03", "拔河", day=date(2026, 3, 6))
    other = make_item(make_plan(Period.year(2027)), "2027-03", "健步走", week=2, weekday=4)
    page = client.post(url("plan_item_month", one.pk), {"to_month": "2026-05"}, follow=True)
    assert "“拔河”移到了2026年5月。原来定的3月6日不算了，定下日子再补上" in page.text
    answer = {"to_month": "2027-05", "reason": "雨季"}
    page = client.post(url("plan_item_move", other.pk, "postpone"), answer, follow=True)
    assert "改期好了：2027年5月 健步走。原来定的第2周不算了，定下日子再补上" in page.text
    assert PlanItem.objects.get(pk=other.pk).weekday is None


def months_of(page) -> list[str]:
    return [code for code, _ in page.context["form"].fields["to_month"].widget.choices]


def test_only_months_are_offered_to_which_the_item_can_go(log_in):
    client = log_in(Role.CHAIR)
    page = client.get(url("plan_item_month", make_item(month="2026-11").pk))
    months = months_of(page)
    assert (months[:3], months[-1]) == (["", "2026-12", "2027-01"], "2028-12")
    assert page.context["form"]["to_month"].value() is None
    draft = make_item(make_plan(Period.year(2027), state="draft"), "2027-11")
    months = months_of(client.get(url("plan_item_month", draft.pk)))
    assert (len(months), "2027-11" in months, "2027-10" in months) == (12, False, True)


TERMS = [
    Term(date(2026, 2, 23), date(2026, 7, 3)),
    Term(date(2026, 9, 1), date(2027, 1, 22)),
]


@pytest.mark.parametrize(
    ("month", "week", "sentence"),
    [
        (3, 30, "2026年3月那个学期只有 19 周，没有第 30 周，改第几周。"),
        (3, 12, "第 12 周是5月11日至5月17日，不在2026年3月里，改第几周，或者改月份。"),
        (8, 3, "2026年8月不在学期里，没有第 3 周，第几周空着，或者改月份。"),
        (3, 2, ""),
        (1, 3, ""),
    ],
)
def test_a_week_of_the_term_touches_its_month(month, week, sentence):
    first = date(2026, month, 1)
    item = PlanItem(first_month=first, last_month=first, week=week)
    said = ""
    try:
        rules.check_item_week(item, TERMS)
    except RuleBroken as refusal:
        said = str(refusal)
    assert said == sentence


def test_a_week_that_does_not_fit_the_new_month_is_asked_about(log_in):
    for term in TERMS:
        Semester.objects.create(first_day=term.first, last_day=term.last, name="学期")
    item = make_item(make_plan(state="draft"), "2026-03", week=3)
    page = edited(log_in(Role.CHAIR), item, first_month="2026-05")
    assert page.status_code == 422
    assert "第 3 周是3月9日至3月15日，不在2026年5月里" in page.text
    assert PlanItem.objects.get().months_text == "2026年3月"
