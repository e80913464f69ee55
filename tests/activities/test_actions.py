from datetime import date, time
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from activities import actions
from activities.choices import ImportState, ItemState
from activities.models import Activity, Plan, PlanImport, PlanItem, PlanSection
from tests.factories.activities import PLAN_TEXT, make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 example"


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("act", flat=True))


def test_plan_is_made_with_all_its_parts():
    item = PlanItem(text="拔河", first_month=date(2026, 3, 1), last_month=date(2026, 3, 1))
    plan = make_plan(items=[item], sections=[PlanSection(order=0, title="目标")], unread=["附言"])
    assert [i.text for i in plan.items.all()] == ["拔河"]
    assert [s.title for s in plan.sections.all()] == ["目标"]
    assert (plan.period, plan.unread) == (Period.year(2026), ["附言"])
    assert acts() == ["activities.add_plan"]


def test_second_plan_of_a_period_is_refused():
    make_plan(title="甲计划")
    with pytest.raises(RuleBroken) as caught:
        make_plan(title="乙计划")
    assert str(caught.value) == (
        "2026年已有计划《甲计划》，打开它接着改；要整个换掉，先撤回原来那份。"
    )
    make_plan(Period.school_year(2026))
    assert Plan.objects.count() == 2


def test_plan_lands_whole_or_not_at_all():
    broken = PlanItem(text="", first_month=date(2026, 3, 1), last_month=date(2026, 3, 1))
    with pytest.raises(IntegrityError):
        make_plan(items=[broken])
    assert (Plan.objects.count(), PlanItem.objects.count(), acts()) == (0, 0, [])


def test_plan_without_records_is_withdrawn_whole():
    plan = make_plan(sections=[PlanSection(order=0)], state="draft")
    make_item(plan)
    actions.withdraw_plan(plan=plan, by=make_user(Role.CHAIR))
    assert (Plan.objects.count(), PlanItem.objects.count(), PlanSection.objects.count()) == (
        0,
        0,
        0,
    )
    assert acts() == ["activities.add_plan", "activities.withdraw_plan"]


def test_plan_with_a_record_stays():
    item = make_item(make_plan(title="甲计划", state="draft"))
    make_activity(plan_item=item)
    with pytest.raises(RuleBroken) as caught:
        actions.withdraw_plan(plan=item.plan, by=make_user(Role.CHAIR))
    assert str(caught.value) == (
        "《甲计划》已有活动记录，不能整份撤回；哪一项不办了，就取消哪一项。"
    )


def test_kept_text_becomes_a_plan_once():
    chair = make_user(Role.CHAIR)
    kept = actions.keep_text(text=PLAN_TEXT, file_name="计划.txt", by=chair)
    plan = actions.land_import(kept=kept, title="计划", period=Period.year(2026), by=chair)
    assert [(i.text, i.months_text) for i in plan.items.all()] == [
        ("走访慰问退休教师", "2026年1月"),
        ("开展三八妇女节庆祝活动", "2026年3月"),
        ("组织教职工疗休养", "2026年7月至8月"),
    ]
    assert plan.source_text == PLAN_TEXT
    with pytest.raises(RuleBroken) as caught:
        actions.land_import(kept=kept, title="计划", period=Period.year(2027), by=chair)
    assert str(caught.value) == "这份文字已经建成计划了，在年度计划里打开它。"


def test_withdrawn_plan_can_be_made_again_from_its_text():
    chair = make_user(Role.CHAIR)
    kept = actions.keep_text(text=PLAN_TEXT, file_name="", by=chair)
    plan = actions.land_import(kept=kept, title="计划", period=Period.year(2025), by=chair)
    actions.withdraw_plan(plan=plan, by=chair)
    kept = PlanImport.objects.get()
    assert (kept.state, kept.plan) == (ImportState.PREVIEWED, None)
    actions.land_import(kept=kept, title="计划", period=Period.year(2026), by=chair)
    assert [p.period.code for p in Plan.objects.all()] == ["2026"]


def test_text_that_is_too_long_is_refused():
    with pytest.raises(FileRefused) as caught:
        actions.keep_text(text="字" * 200_001, file_name="", by=make_user(Role.CHAIR))
    assert str(caught.value) == (
        "这份文字有 200001 字，一份计划最多收 200000 字，去掉不是计划的部分再来。"
    )


def test_title_is_changed_and_recorded_once():
    plan, chair = make_plan(title="甲"), make_user(Role.CHAIR)
    plan.title = "乙"
    actions.update_plan(plan=plan, by=chair)
    actions.update_plan(plan=plan, by=chair)
    assert acts() == ["activities.add_plan", "activities.update_plan"]
    assert AuditEntry.objects.first().changes == {"title": ["甲", "乙"]}


def test_item_outside_of_the_plan_is_not_added():
    item = PlanItem(
        plan=make_plan(), text="联欢", first_month=date(2027, 1, 1), last_month=date(2027, 1, 1)
    )
    with pytest.raises(RuleBroken, match="“联欢”排在2027年1月，不在2026年里"):
        actions.add_item(item=item, by=make_user(Role.CHAIR))
    assert not PlanItem.objects.exists()


def test_item_is_added_at_the_end():
    plan = make_plan()
    make_item(plan)
    month = date(2026, 3, 1)
    item = PlanItem(plan=plan, text="联欢", first_month=month, last_month=month)
    actions.add_item(item=item, by=make_user(Role.CHAIR))
    assert PlanItem.objects.get(text="联欢").order == 1


def test_months_of_a_postponed_item_are_not_edited():
    item, chair = make_item(text="拔河"), make_user(Role.CHAIR)
    item = postpone(item, chair)
    item.first_month = item.last_month = date(2026, 6, 1)
    with pytest.raises(RuleBroken) as caught:
        actions.update_item(item=item, by=chair)
    assert str(caught.value) == "“拔河”已延期，先恢复它，再改月份。"


def test_text_of_a_postponed_item_is_edited():
    item, chair = make_item(text="拔河"), make_user(Role.CHAIR)
    item = postpone(item, chair)
    item.text = "拔河赛"
    actions.update_item(item=item, by=chair)
    assert PlanItem.objects.get().text == "拔河赛"


def postpone(item, by, to_month=date(2026, 10, 1), reason="场地维修"):
    return actions.move_item(item=item, move="postpone", by=by, reason=reason, to_month=to_month)


def test_postponing_moves_the_whole_span_and_keeps_where_it_was():
    item = make_item(month="2026-07", until="2026-08")
    moved = postpone(item, make_user(Role.CHAIR))
    assert (moved.months_text, moved.moved_from) == ("2026年10月至11月", date(2026, 7, 1))
    assert (moved.state, moved.reason) == (ItemState.POSTPONED, "场地维修")


def test_postponing_twice_keeps_the_first_month():
    chair = make_user(Role.CHAIR)
    item = postpone(postpone(make_item(), chair), chair, date(2026, 12, 1))
    assert (item.months_text, item.moved_from) == ("2026年12月", date(2026, 3, 1))


def test_resumed_item_is_back_in_its_first_month():
    chair = make_user(Role.CHAIR)
    item = postpone(make_item(month="2026-07", until="2026-08"), chair)
    item = actions.move_item(item=item, move="resume", by=chair)
    assert (item.months_text, item.moved_from) == ("2026年7月至8月", None)
    assert (item.state, item.reason) == (ItemState.PLANNED, "")


def test_postponed_item_is_cancelled_and_resumed():
    chair = make_user(Role.CHAIR)
    item = postpone(make_item(), chair)
    item = actions.move_item(item=item, move="cancel", by=chair, reason="不办了")
    assert (item.state, item.moved_from) == (ItemState.CANCELLED, date(2026, 3, 1))
    item = actions.move_item(item=item, move="resume", by=chair)
    assert (item.state, item.months_text) == (ItemState.PLANNED, "2026年3月")


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        ("postpone", "改期要写原因，总结里会用到。"),
        ("cancel", "取消要写原因，总结里会用到。"),
    ],
)
def test_move_that_needs_a_reason_is_refused_without_one(move, sentence):
    with pytest.raises(RuleBroken) as caught:
        actions.move_item(item=make_item(), move=move, by=make_user(Role.CHAIR))
    assert str(caught.value) == sentence


@pytest.mark.parametrize("month", [date(2206, 1, 1), date(9999, 12, 1)])
def test_postponing_far_past_the_plan_leaves_the_item_as_it_was(month):
    item = make_item(month="2026-07", until="2026-08")
    with pytest.raises(RuleBroken):
        postpone(item, make_user(Role.CHAIR), to_month=month)
    item.refresh_from_db()
    assert (item.months_text, item.state) == ("2026年7月至8月", ItemState.PLANNED)


def test_postponing_to_nowhere_is_refused():
    with pytest.raises(RuleBroken) as caught:
        postpone(make_item(), make_user(Role.CHAIR), to_month=None)
    assert str(caught.value) == "写上改到哪个月。"


def test_planned_item_is_not_resumed():
    with pytest.raises(RuleBroken) as caught:
        actions.move_item(item=make_item(), move="resume", by=make_user(Role.CHAIR))
    assert str(caught.value) == "“计划中”状态下不能恢复，刷新页面看最新进展。"


def test_recorded_item_is_moved_only_after_its_record_was_voided():
    item, chair = make_item(text="拔河"), make_user(Role.CHAIR)
    activity = make_activity(plan_item=item)
    with pytest.raises(RuleBroken, match="“拔河”已有活动记录，不能再改期"):
        postpone(item, chair)
    actions.void_activity(activity=activity, reason="记重了", by=chair)
    assert postpone(item, chair).state == ItemState.POSTPONED


def test_members_do_not_move_items():
    with pytest.raises(RuleBroken) as caught:
        postpone(make_item(), make_user(Role.MEMBER))
    assert str(caught.value) == "您没有“改期”的权限，联系工会主席办理。"


def test_activity_is_recorded_with_its_author():
    chair = make_user(Role.CHAIR)
    activity = make_activity(by=chair)
    assert Activity.objects.get() == activity
    assert activity.recorded_by == chair
    assert acts() == ["activities.record_activity"]


def test_activity_of_a_cancelled_item_is_not_recorded():
    item = make_item(text="拔河", state="cancelled", reason="不办了")
    with pytest.raises(RuleBroken, match="“拔河”在计划里已取消"):
        make_activity(plan_item=item)
    assert not Activity.objects.exists()


def test_update_records_what_changed_and_only_that():
    activity, chair = make_activity(headcount=20), make_user(Role.CHAIR)
    activity.headcount, activity.spent = 86, Decimal("1200.50")
    activity.time, activity.precision = time(16, 30), "minute"
    actions.update_activity(activity=activity, by=chair)
    assert AuditEntry.objects.first().changes == {
        "headcount": [20, 86],
        "spent": [None, "1200.50"],
        "time": [None, "16:30:00"],
        "precision": ["day", "minute"],
    }


def test_voided_activity_is_not_changed_again():
    activity, chair = make_activity(title="拔河"), make_user(Role.CHAIR)
    activity = actions.void_activity(activity=activity, reason="记重了", by=chair)
    for again in (
        lambda: actions.update_activity(activity=activity, by=chair),
        lambda: actions.void_activity(activity=activity, reason="还是重了", by=chair),
    ):
        with pytest.raises(RuleBroken) as caught:
            again()
        assert str(caught.value) == "“拔河”已经作废了，不能再改；要补就重新记一条。"


def test_voiding_needs_a_reason():
    with pytest.raises(RuleBroken) as caught:
        actions.void_activity(activity=make_activity(), reason="", by=make_user(Role.CHAIR))
    assert str(caught.value) == "作废要写原因，例如：和 3月8日那条重复。"


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"field": ""},
        {"precision": "minute"},
        {"time": time(8, 0)},
        {"last_day": date(2026, 3, 5)},
        {"precision": "month", "last_day": date(2026, 3, 9)},
        {"headcount": 0},
        {"spent": Decimal("-1")},
        {"is_highlight": True},
        {"void_reason": "没有日期"},
    ],
)
def test_database_refuses_what_can_never_be_true_of_an_activity(values):
    fields = {"title": "拔河", "field": "culture", "day": date(2026, 3, 6)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(recorded_by=make_user(Role.CHAIR), **fields | values)


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""},
        {"until": "2026-02"},
        {"state": "done"},
        {"field": ""},
        {"state": "postponed", "reason": "维修"},
        {"moved_from": date(2026, 1, 1)},
        {"state": "cancelled"},
    ],
)
def test_database_refuses_what_can_never_be_true_of_an_item(values):
    plan = make_plan()
    month = date(2026, 3, 1)
    fields = {"text": "拔河", "first_month": month, "last_month": month}
    until = values.pop("until", None)
    if until:
        fields["last_month"] = date(2026, 2, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.create(plan=plan, **fields | values)


def test_record_activity_refuses_the_same_activity_sent_twice(office):
    chair = make_user(Role.CHAIR)
    make_activity(title="插花", by=chair)
    with pytest.raises(RuleBroken, match="刚才已经记下这一场，没有再记一次。"):
        make_activity(title="插花", by=chair)
    make_activity(title="插花", by=chair, headcount=12)
    assert Activity.objects.count() == 2


def test_record_activity_refuses_a_headcount_with_zeros_too_many(office):
    chair = make_user(Role.CHAIR)
    with pytest.raises(RuleBroken, match="参加人数写了 9999999，超过 100000"):
        make_activity(by=chair, headcount=9_999_999)
