"""An item of the board moved to another month: a draft just changes, a passed plan keeps why."""

from datetime import date

import pytest
from django.urls import reverse

from activities.choices import ChangeKind, ItemState
from activities.models import PlanChange, PlanItem
from tests.factories.activities import make_activity, make_item, make_plan
from unionoffice.roles import Role


def move(client, item, **data):
    return client.post(reverse("activities:plan_item_month", args=[item.pk]), data)


def test_in_a_draft_the_month_is_just_another(log_in):
    item = make_item(make_plan(state="draft"), month="2026-03", until="2026-04")
    response = move(log_in(Role.CHAIR), item, to_month="2026-02")
    assert response.url == f"{item.plan.get_absolute_url()}#item-{item.pk}"
    item = PlanItem.objects.get()
    assert (item.first_month, item.last_month) == (date(2026, 2, 1), date(2026, 3, 1))
    assert (item.state, item.moved_from) == (ItemState.PLANNED, None)
    assert PlanChange.objects.count() == 0


def test_a_day_goes_with_its_month(log_in):
    item = make_item(make_plan(state="draft"), month="2026-03", day=date(2026, 3, 8))
    move(log_in(Role.CHAIR), item, to_month="2026-05")
    assert PlanItem.objects.get().day is None


def test_once_passed_it_is_put_off_and_the_reason_kept(log_in):
    item = make_item(month="2026-11", text="摄影展")
    client = log_in(Role.CHAIR)
    refused = move(client, item, to_month="2026-12")
    assert refused.status_code == 422
    assert "写上为什么改期" in refused.content.decode()
    assert PlanItem.objects.get().first_month == date(2026, 11, 1)
    move(client, item, to_month="2026-12", reason="场地没空")
    item = PlanItem.objects.get()
    assert (item.state, item.moved_from) == (ItemState.POSTPONED, date(2026, 11, 1))
    change = PlanChange.objects.get()
    assert (change.kind, change.reason) == (ChangeKind.POSTPONED, "场地没空")


def test_a_move_can_be_taken_back(log_in):
    item = make_item(month="2026-11")
    client = log_in(Role.CHAIR)
    move(client, item, to_month="2026-12", reason="场地没空")
    client.post(reverse("activities:plan_item_undo", args=[item.pk]))
    assert PlanItem.objects.get().first_month == date(2026, 11, 1)
    assert PlanChange.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"to_month": "2026-11", "reason": "x"}, "它现在就排在2026年11月"),
        ({"to_month": "2026-10", "reason": "x"}, "要改到它后面的月份"),
        ({"to_month": "2026-13", "reason": "x"}, "没有“2026-13”这个月"),
        ({"to_month": "", "reason": "x"}, "选一下移到哪个月"),
    ],
)
def test_a_move_that_can_not_be_is_refused_in_words(data, sentence, log_in):
    item = make_item(month="2026-11")
    page = move(log_in(Role.CHAIR), item, **data)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_month_outside_a_drafts_period_is_refused(log_in):
    item = make_item(make_plan(state="draft"), month="2026-11", until="2026-12")
    page = move(log_in(Role.CHAIR), item, to_month="2026-12")
    assert page.status_code == 422
    assert "不在2026年里" in page.content.decode()


def test_what_was_recorded_stays_where_it_is(log_in):
    item = make_item(month="2026-11")
    make_activity("2026-11-06", plan_item=item)
    client = log_in(Role.CHAIR)
    assert move(client, item, to_month="2026-12", reason="x").status_code == 422
    board = client.get(item.plan.get_absolute_url()).content.decode()
    assert f'id="item-{item.pk}"' not in board


def test_the_board_offers_the_move_only_to_those_who_may(log_in):
    item = make_item(month="2026-12")
    address = reverse("activities:plan_item_month", args=[item.pk])
    assert address in log_in(Role.CHAIR).get(item.plan.get_absolute_url()).content.decode()
    assert address not in log_in(Role.MEMBER).get(item.plan.get_absolute_url()).content.decode()


def test_what_came_after_the_plan_was_passed_can_be_shown_alone(log_in):
    plan = make_plan()
    make_item(plan, "2026-03", "早就有的")
    make_item(plan, "2026-11", "上级临时交办", added_late=True)
    page = log_in(Role.MEMBER).get(f"{plan.get_absolute_url()}?mark=added")
    board = page.context["board"]
    assert [line.text for month in board.months for line in month.lines] == ["上级临时交办"]
    pill = next(pill for pill in board.pills if pill.mark == "added")
    assert (pill.look.word, pill.count, pill.on) == ("其中新增", 1, True)
