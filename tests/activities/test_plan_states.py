"""A plan from draft to published and back, and what is kept of its changes after it was passed."""

from datetime import date

import pytest
from django.urls import reverse

from activities import actions, queries
from activities.home import home_part
from activities.models import Plan, PlanChange, PlanItem
from tests.factories.activities import make_item, make_plan
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import COMMITTEE, Role

pytestmark = pytest.mark.usefixtures("office")
TODAY = date(2026, 11, 18)
MAY = date(2026, 5, 1)
PASSED = {"passed_on": date(2026, 1, 9), "passed_by": "工会委员会议"}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def draft() -> Plan:
    return make_plan(state="draft")


def passed(chair, plan: Plan | None = None) -> Plan:
    return actions.move_plan(plan=plan or draft(), move="pass", by=chair, **PASSED)


def test_a_plan_is_passed_published_taken_back_and_redrafted():
    chair, plan = make_user(Role.CHAIR), draft()
    plan = passed(chair, plan)
    assert (plan.state, plan.passed_on, plan.passed_by) == (
        "passed",
        date(2026, 1, 9),
        "工会委员会议",
    )
    plan = actions.move_plan(plan=plan, move="publish", by=chair)
    assert plan.state == "published"
    assert plan.published_at
    plan = actions.move_plan(plan=plan, move="unpublish", by=chair, reason="预算要改")
    assert (plan.state, plan.published_at) == ("passed", None)
    plan = actions.move_plan(plan=plan, move="redraft", by=chair, reason="重新讨论")
    assert (plan.state, plan.passed_on, plan.passed_by) == ("draft", None, "")
    acts = AuditEntry.objects.order_by("number").values_list("act", flat=True)
    assert list(acts)[-4:] == [
        "activities.pass_plan",
        "activities.publish_plan",
        "activities.unpublish_plan",
        "activities.redraft_plan",
    ]


@pytest.mark.parametrize(
    ("move", "values", "sentence"),
    [
        ("publish", {}, "“起草中”状态下不能公布，刷新页面看最新进展。"),
        ("pass", {}, "写上哪天通过的。"),
        (
            "pass",
            PASSED | {"passed_on": date(2026, 11, 19)},
            "2026年11月19日还没到，通过以后再记。",
        ),
        ("pass", PASSED | {"passed_by": ""}, "写上哪次会议通过的，例如：工会委员会议。"),
        ("bless", {}, "没有“bless”这一步，返回上一页重新选择。"),
    ],
)
def test_a_draft_refuses(move, values, sentence):
    with pytest.raises(RuleBroken) as caught:
        actions.move_plan(plan=draft(), move=move, by=make_user(Role.CHAIR), **values)
    assert str(caught.value) == sentence


def test_turning_back_takes_a_reason():
    with pytest.raises(RuleBroken) as caught:
        actions.move_plan(plan=make_plan(), move="unpublish", by=make_user(Role.CHAIR))
    assert str(caught.value) == "撤回公布要写原因。"


@pytest.mark.parametrize("state", ["draft", "passed", "published"])
@pytest.mark.parametrize("role", Role)
def test_only_the_committee_sees_what_is_not_published(log_in, role, state):
    plan = make_plan(state=state)
    item = make_item(plan, text="教师节庆祝", month="2026-11")
    client = log_in(role)
    sees = state == "published" or role in COMMITTEE
    for name, pk in (("plan_detail", plan.pk), ("plan_source", plan.pk), ("plan_changes", plan.pk)):
        assert client.get(url(name, pk)).status_code == (200 if sees else 404)
    assert client.get(url("plan_item_detail", item.pk)).status_code == (200 if sees else 404)
    for page in (url("plan_list"), url("plan_item_list") + "?period=2026", "/"):
        content = client.get(page).content.decode()
        assert (plan.title in content or "教师节庆祝" in content) <= sees
    assert home_part(client.user, TODAY, Period.year(2026)).has_plan == sees


def test_the_page_of_a_draft_leads_to_passing_and_publishing(log_in):
    client, plan = log_in(Role.CHAIR), draft()
    assert url("plan_state", plan.pk) in client.get(plan.get_absolute_url()).content.decode()
    page = client.post(url("plan_move", plan.pk, "pass"), {"passed_on": "2026-01-09"})
    assert page.status_code == 422
    assert "写上哪次会议通过的，例如：工会委员会议。" in page.content.decode()
    assert 'value="2026-01-09"' in page.content.decode()
    answer = {"passed_on": "2026-01-09", "passed_by": "会员代表大会"}
    assert client.post(url("plan_move", plan.pk, "pass"), answer).url == url("plan_state", plan.pk)
    assert client.post(url("plan_move", plan.pk, "publish")).url == plan.get_absolute_url()
    assert "会员代表大会通过" in client.get(plan.get_absolute_url()).content.decode()
    assert client.post(url("plan_move", plan.pk, "nonsense")).status_code == 404


def kept() -> list[tuple]:
    rows = PlanChange.objects.order_by("pk")
    return [(row.kind, row.item_text, row.reason, row.before, row.after) for row in rows]


def changed_every_way(plan: Plan, chair) -> None:
    item = make_item(plan, text="摄影展")
    item.text, item.field = "教职工摄影展", "study"
    actions.update_item(item=item, by=chair)
    to = date(2026, 5, 1)
    actions.move_item(item=item, move="postpone", by=chair, reason="展厅维修", to_month=to)
    actions.move_item(item=item, move="cancel", by=chair, reason="不办了")
    actions.move_item(item=item, move="resume", by=chair)
    late = PlanItem(plan=plan, text="防汛慰问", first_month=to, last_month=to, field="warmth")
    actions.add_item(item=late, by=chair)


def test_nothing_is_kept_while_a_plan_is_a_draft():
    chair, plan = make_user(Role.CHAIR), draft()
    item = make_item(plan, text="摄影展")
    item.text, item.first_month, item.last_month = "教职工摄影展", MAY, MAY
    actions.update_item(item=item, by=chair)
    late = PlanItem(plan=plan, text="防汛慰问", first_month=MAY, last_month=MAY, field="warmth")
    actions.add_item(item=late, by=chair)
    actions.drop_item(item=item, by=chair)
    assert kept() == []
    assert not PlanItem.objects.filter(added_late=True).exists()


def test_changes_after_passing_are_kept_field_by_field():
    chair = make_user(Role.CHAIR)
    changed_every_way(passed(chair), chair)
    assert kept() == [
        (
            "adjusted",
            "摄影展",
            "",
            {"事项": "摄影展", "板块": "文体"},
            {"事项": "教职工摄影展", "板块": "学习师德"},
        ),
        (
            "postponed",
            "教职工摄影展",
            "展厅维修",
            {"月份": "2026年3月", "状态": "计划中"},
            {"月份": "2026年5月", "状态": "已延期"},
        ),
        ("cancelled", "教职工摄影展", "不办了", {"状态": "已延期"}, {"状态": "已取消"}),
        (
            "resumed",
            "教职工摄影展",
            "",
            {"月份": "2026年5月", "状态": "已取消"},
            {"月份": "2026年3月", "状态": "计划中"},
        ),
        ("added", "防汛慰问", "", {}, {"月份": "2026年5月", "板块": "送温暖"}),
    ]
    assert PlanItem.objects.get(text="防汛慰问").added_late


def test_changes_are_shown_filtered_counted_and_exported(log_in):
    client = log_in(Role.CHAIR)
    plan = passed(client.user)
    changed_every_way(plan, client.user)
    page = client.get(url("plan_changes", plan.pk))
    assert [change.kind for change in page.context["changes"]] == [
        "added",
        "resumed",
        "cancelled",
        "postponed",
        "adjusted",
    ]
    assert queries.changes_counted(plan)["postponed"] == 1
    assert queries.changes_in(Period.year(2025)).count() == 0
    only = client.get(url("plan_changes", plan.pk) + "?kind=postponed")
    assert [change.reason for change in only.context["changes"]] == ["展厅维修"]
    assert client.get(url("plan_changes", plan.pk) + "?kind=zzz").status_code == 422
    table = client.get(url("plan_changes_export", plan.pk) + "?format=csv&kind=postponed")
    lines = table.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "哪天,变化,事项,哪一栏,原来,现在,原因,谁改的"
    assert "推迟,教职工摄影展,月份,2026年3月,2026年5月,展厅维修" in lines[1]


@pytest.mark.parametrize("rows", [1, 4])
def test_changes_query_count_is_flat(log_in, rows, django_assert_num_queries):
    client = log_in(Role.CHAIR)
    plan = passed(client.user)
    for number in range(rows):
        item = make_item(plan, text=f"事项{number}")
        actions.move_item(item=item, move="cancel", by=client.user, reason="不办了")
    with django_assert_num_queries(9):
        client.get(url("plan_changes", plan.pk))


def test_the_last_change_is_taken_back_with_what_was_kept_of_it(log_in):
    client = log_in(Role.CHAIR)
    plan = passed(client.user)
    item = make_item(plan, text="摄影展", day=date(2026, 3, 6))
    answer = {"to_month": "2026-05", "reason": "展厅维修"}
    client.post(url("plan_item_move", item.pk, "postpone"), answer)
    moved = PlanItem.objects.get(pk=item.pk)
    assert (moved.first_month, moved.day) == (date(2026, 5, 1), None)
    client.post(url("plan_item_undo", item.pk))
    back = PlanItem.objects.get(pk=item.pk)
    assert (back.state, back.first_month, back.day, back.moved_from, back.reason) == (
        "planned",
        date(2026, 3, 1),
        date(2026, 3, 6),
        None,
        "",
    )
    assert kept() == []
    with pytest.raises(RuleBroken, match="不能撤销了"):
        actions.undo_item_change(item=back, by=client.user)


def test_an_item_just_added_goes_again_and_another_persons_change_stays(log_in):
    client = log_in(Role.CHAIR)
    plan = passed(client.user)
    month = date(2026, 5, 1)
    item = PlanItem(plan=plan, text="防汛", first_month=month, last_month=month, field="warmth")
    actions.add_item(item=item, by=client.user)
    with pytest.raises(RuleBroken, match="不是您改的"):
        actions.undo_item_change(item=item, by=make_user(Role.CHAIR))
    assert client.post(url("plan_item_undo", item.pk)).url == plan.get_absolute_url()
    assert (PlanItem.objects.count(), kept()) == (0, [])


def test_a_group_leader_is_offered_no_item_of_a_draft(log_in):
    item = make_item(draft(), "2026-11", "起草中的事")
    leader, chair = log_in(Role.GROUP_LEADER), log_in(Role.CHAIR)
    assert item not in queries.items_to_choose(TODAY, user=leader.user)
    assert item not in queries.due_items(TODAY, leader.user)
    assert item in queries.items_to_choose(TODAY, item.pk, leader.user)
    assert item not in queries.due_items(TODAY, chair.user)
    assert "起草中的事" not in leader.get("/activities/new/").content.decode()


def test_a_plan_that_is_not_published_is_no_document_for_others(log_in):
    make_plan(state="passed")
    for address in ("/reports/plan/?period=2026", "/reports/plan/export/?period=2026"):
        refused = log_in(Role.HIGHER_UNION).get(address)
        assert refused.status_code == 400
        assert "还没有公布，公布以后就能看。" in refused.content.decode()
    assert log_in(Role.CHAIR).get("/reports/plan/?period=2026").status_code == 200


def test_the_search_box_finds_items_that_one_may_see(log_in):
    make_item(draft(), text="摄影展布展")
    make_item(make_plan(Period.year(2025)), "2025-10", "摄影展评奖")
    heads = {"摄影展布展": Role.CHAIR, "摄影展评奖": Role.MEMBER}
    for text, role in heads.items():
        assert text in log_in(role).get("/find/?q=摄影展").content.decode()
    assert "摄影展布展" not in log_in(Role.MEMBER).get("/find/?q=摄影展").content.decode()
