"""A plan passed, turned back and passed anew: what goes, what is kept, under which passing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import actions, queries
from activities.models import Plan, PlanChange, PlanItem, PlanSection
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
PASSED = {"passed_on": date(2026, 1, 9), "passed_by": "工会委员会议"}
AGAIN = {"passed_on": date(2026, 3, 6), "passed_by": "会员代表大会"}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def passed(plan: Plan, chair, **how) -> Plan:
    return actions.move_plan(plan=plan, move="pass", by=chair, **how or PASSED)


def redrafted(plan: Plan, chair) -> Plan:
    return actions.move_plan(plan=plan, move="redraft", by=chair, reason="重新讨论")


def late_item(plan: Plan, chair, text: str = "防汛慰问") -> PlanItem:
    may = date(2026, 5, 1)
    item = PlanItem(plan=plan, text=text, field="warmth", first_month=may, last_month=may)
    return actions.add_item(item=item, by=chair)


def old_plan(**values) -> Plan:
    """A draft that was not made a moment ago."""
    plan = make_plan(title="甲计划", state="draft", **values)
    Plan.objects.filter(pk=plan.pk).update(created_at=timezone.now() - timedelta(days=2))
    return plan


def test_a_draft_is_withdrawn_after_one_was_told_what_goes(log_in):
    plan = old_plan(sections=[PlanSection(order=0, title="指导思想")])
    make_item(plan)
    client = log_in(Role.CHAIR)
    assert url("plan_withdraw", plan.pk) in client.get(url("plan_update", plan.pk)).text
    asked = client.post(url("plan_withdraw", plan.pk))
    assert asked.status_code == 200
    assert "撤回以后就没有了：1 项事项、1 章。" in asked.text
    assert client.get(url("plan_withdraw", plan.pk)).status_code == 200
    assert Plan.objects.count() == 1
    done = client.post(url("plan_withdraw", plan.pk), {"sure": "yes"})
    assert (done.url, Plan.objects.count()) == (url("plan_list"), 0)


def test_a_plan_made_a_moment_ago_goes_at_one_click_of_its_maker_alone(log_in):
    client = log_in(Role.CHAIR)
    plan = make_plan(state="draft", by=client.user)
    log_in(Role.CHAIR).post(url("plan_withdraw", plan.pk))
    assert Plan.objects.count() == 1
    client.post(url("plan_withdraw", plan.pk))
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("passed", "《甲计划》已通过，不能整份撤回；要撤回，先退回起草。"),
        ("published", "《甲计划》已公布，不能整份撤回；要撤回，先撤回公布，再退回起草。"),
    ],
)
def test_what_was_passed_is_not_withdrawn(log_in, state, sentence):
    plan = make_plan(title="甲计划", state=state)
    client = log_in(Role.CHAIR)
    page = client.post(url("plan_withdraw", plan.pk), {"sure": "yes"}, follow=True)
    assert sentence in page.text
    assert page.redirect_chain[0][0] == url("plan_state", plan.pk)
    assert (
        f'href="{url("plan_withdraw", plan.pk)}"'
        not in client.get(url("plan_update", plan.pk)).text
    )
    with pytest.raises(RuleBroken, match=sentence):
        actions.withdraw_plan(plan=plan, by=client.user)


def test_a_draft_that_was_passed_once_is_withdrawn_with_a_reason(log_in):
    client = log_in(Role.CHAIR)
    plan = passed(old_plan(), client.user)
    late_item(plan, client.user)
    plan = redrafted(plan, client.user)
    asked = client.post(url("plan_withdraw", plan.pk), {"sure": "yes"})
    assert asked.status_code == 422
    assert "以前通过时留下的 1 处变化" in asked.text
    assert "这份计划通过过，写上为什么撤回。" in asked.text
    with pytest.raises(RuleBroken, match="《甲计划》通过过，撤回要写原因。"):
        actions.withdraw_plan(plan=plan, by=client.user)
    client.post(url("plan_withdraw", plan.pk), {"sure": "yes", "reason": "改成学年计划"})
    entry = AuditEntry.objects.get(act="activities.withdraw_plan")
    told = {name: entry.changes[name] for name in ("reason", "items", "sections", "changes")}
    assert told == {"reason": "改成学年计划", "items": 1, "sections": 0, "changes": 1}
    assert Plan.objects.count() == PlanChange.objects.count() == 0


def test_an_item_dropped_from_a_plan_that_was_passed_is_kept_with_its_reason(log_in):
    client = log_in(Role.CHAIR)
    plan = make_plan(state="draft")
    item = make_item(plan, text="拔河")
    plan = redrafted(passed(plan, client.user), client.user)
    assert "drop_reason" in client.get(item.get_absolute_url()).text
    asked = client.post(url("plan_item_drop", item.pk))
    assert asked.status_code == 422
    assert "这份计划通过过，写上为什么删。" in asked.text
    page = client.post(url("plan_item_drop", item.pk), {"reason": "没有场地"}, follow=True)
    change = PlanChange.objects.get()
    assert (change.kind, change.item_text, change.reason, change.item) == (
        "dropped",
        "拔河",
        "没有场地",
        None,
    )
    assert change.before == {"月份": "2026年3月", "板块": "文体"}
    undo = next(m.extra_tags for m in page.context["messages"]).removeprefix("undo:")
    client.post(undo)
    assert (PlanItem.objects.get().text, PlanChange.objects.count()) == ("拔河", 0)


def test_an_item_put_back_has_what_was_kept_of_it_before():
    chair = make_user(Role.CHAIR)
    plan = passed(make_plan(state="draft"), chair)
    item = late_item(plan, chair)
    plan = redrafted(plan, chair)
    entry = actions.drop_item(item=item, by=chair, reason="不办了")
    back = actions.restore_item(plan=plan, entry=entry.number, by=chair)
    assert [(c.kind, c.item) for c in PlanChange.objects.all()] == [("added", back)]


def test_without_a_reason_nothing_is_dropped_from_what_was_passed():
    chair, item = make_user(Role.CHAIR), make_item(make_plan(state="draft"))
    redrafted(passed(item.plan, chair), chair)
    with pytest.raises(RuleBroken) as caught:
        actions.drop_item(item=item, by=chair)
    assert str(caught.value) == "这份计划通过过，删掉要写原因，会留在“通过以后的变化”里。"
    make_activity(plan_item=item)
    with pytest.raises(RuleBroken, match="已有活动记录，不能删；通过以后不办了，就取消它。"):
        actions.drop_item(item=item, by=chair, reason="不办了")


def test_passed_anew_what_was_added_is_part_of_it_and_older_changes_stand_apart(log_in):
    client = log_in(Role.CHAIR)
    chair, plan = client.user, make_plan(state="draft")
    make_item(plan, text="拔河")
    plan = passed(plan, chair)
    late = late_item(plan, chair)
    plan = redrafted(plan, chair)
    actions.drop_item(item=plan.items.get(text="拔河"), by=chair, reason="没有场地")
    assert [p.title for p in shown(client, plan)] == ["上次通过（2026年1月9日）以后"]
    plan = passed(plan, chair, **AGAIN)
    late.refresh_from_db()
    assert not late.added_late
    assert queries.changes_now(plan).count() == 0
    assert set(queries.changes_counted(plan).values()) == {0}
    actions.move_item(item=late, move="cancel", by=chair, reason="没有汛情")
    groups = [(p.title, [c.kind for c in p.changes]) for p in shown(client, plan)]
    assert groups == [
        ("", ["cancelled"]),
        ("上次通过（2026年1月9日）以后", ["dropped", "added"]),
    ]
    assert queries.changes_counted(plan)["cancelled"] == 1
    assert "通过以后有 1 处变化" in client.get(plan.get_absolute_url()).text


def shown(client, plan: Plan) -> list:
    return client.get(url("plan_changes", plan.pk)).context["passings"]


def test_of_three_passings_each_has_its_own_changes():
    chair, plan = make_user(Role.CHAIR), make_plan(state="draft")
    for number, day in enumerate((date(2026, 1, 9), date(2026, 2, 6), date(2026, 3, 6))):
        plan = passed(plan, chair, passed_on=day, passed_by="工会委员会议")
        late_item(plan, chair, f"临时任务{number}")
        plan = redrafted(plan, chair) if number < 2 else plan
    passings = queries.changes_by_passing(plan, queries.changes_of(plan))
    assert [(p.title, [c.item_text for c in p.changes]) for p in passings] == [
        ("", ["临时任务2"]),
        ("上次通过（2026年2月6日）以后", ["临时任务1"]),
        ("更早一次通过（2026年1月9日）以后", ["临时任务0"]),
    ]


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (
            {"passed_on": date(2020, 1, 1)},
            "这是2026年的计划，通过的日子写2025年1月1日到2026年12月31日之间的。",
        ),
        ({"passed_by": "x"}, "写上哪次会议通过的，例如：工会委员会议。"),
        ({"passed_by": "会"}, "写上哪次会议通过的，例如：工会委员会议。"),
        ({"passed_by": "2026-1"}, "写上哪次会议通过的，例如：工会委员会议。"),
    ],
)
def test_when_and_by_whom_a_plan_was_passed_has_bounds(log_in, how, sentence):
    client, plan = log_in(Role.CHAIR), make_plan(state="draft")
    answer = client.post(url("plan_move", plan.pk, "pass"), PASSED | how)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert Plan.objects.get().state == "draft"


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 20), date(2026, 6, 1)])
def test_a_plan_is_passed_in_the_year_before_it_or_while_it_runs(day):
    plan = passed(
        make_plan(state="draft"), make_user(Role.CHAIR), passed_on=day, passed_by="教代会"
    )
    assert plan.passed_on == day
