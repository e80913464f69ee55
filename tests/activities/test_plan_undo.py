"""撤销 in plans: within its time, by who did it, and never past a passing or a record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import actions
from activities.actions.sections import drop_section, restore_section
from activities.models import Plan, PlanChange, PlanItem, PlanSection
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.roles import Role
from unionoffice.undo import UNDO_WITHIN

pytestmark = pytest.mark.usefixtures("office")
MAY, NEXT = date(2026, 5, 1), Period.year(2027)
MINUTE = timedelta(minutes=1)


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


@pytest.fixture
def chair(db):
    return make_user(Role.CHAIR)


def passed(plan: Plan, chair) -> Plan:
    how = {"passed_on": date(2026, 1, 9), "passed_by": "工会委员会议"}
    return actions.move_plan(plan=plan, move="pass", by=chair, **how)


def added(chair, plan: Plan, text: str = "拔河") -> PlanItem:
    item = PlanItem(plan=plan, text=text, field="culture", first_month=MAY, last_month=MAY)
    return actions.add_item(item=item, by=chair)


@pytest.fixture
def wait(monkeypatch):
    """wait(over) -> so long over the undo time it is now."""

    def until(over: timedelta) -> None:
        later = timezone.now() + UNDO_WITHIN + over
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    return until


def refusal(act, **how) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(**how)
    return str(caught.value)


# ------------------------------------------------------------------ past a passing
PASSED_SINCE = "计划在这以后通过了，不能撤销；直接改这一项，改动会留下来。"


def test_what_was_added_to_a_draft_stays_once_the_plan_was_passed(chair):
    item = added(chair, make_plan(state="draft"))
    passed(item.plan, chair)
    assert refusal(actions.undo_item_change, item=item, by=chair) == PASSED_SINCE
    assert PlanItem.objects.get().text == "拔河"


def test_what_was_changed_in_a_draft_stays_once_the_plan_was_passed(chair):
    item = make_item(make_plan(state="draft"), text="拔河")
    item.text = "拔河比赛"
    actions.update_item(item=item, by=chair)
    passed(item.plan, chair)
    assert refusal(actions.undo_item_change, item=item, by=chair) == PASSED_SINCE
    assert PlanItem.objects.get().text == "拔河比赛"


def test_what_was_dropped_from_a_draft_stays_away_once_the_plan_was_passed(chair):
    plan = make_plan(state="draft")
    entry = actions.drop_item(item=make_item(plan), by=chair)
    passed(plan, chair)
    assert refusal(actions.restore_item, plan=plan, entry=entry.number, by=chair) == (
        "计划在这以后通过了，不能撤销；重新加这一项，会记成新增。"
    )
    assert PlanItem.objects.count() == PlanChange.objects.count() == 0


def test_a_chapter_dropped_from_a_draft_stays_away_once_the_plan_was_passed(chair):
    plan = make_plan(state="draft", sections=[PlanSection(order=0, title="指导思想")])
    entry = drop_section(plan=plan, section=plan.sections.get().pk, by=chair)
    passed(plan, chair)
    assert refusal(restore_section, plan=plan, entry=entry.number, by=chair) == (
        "计划在这以后通过了，不能撤销；重新写这一章，改动会留下来。"
    )
    assert plan.sections.count() == 0


def test_what_was_done_after_the_passing_is_taken_back_with_what_was_kept_of_it(chair):
    plan = passed(make_plan(state="draft"), chair)
    item = added(chair, plan)
    assert PlanChange.objects.get().kind == "added"
    assert actions.undo_item_change(item=item, by=chair) is None
    assert PlanItem.objects.count() == PlanChange.objects.count() == 0


def test_the_passing_of_another_plan_changes_nothing(chair):
    item = added(chair, make_plan(state="draft"))
    passed(make_plan(state="draft", title="另一份", period=NEXT), chair)
    assert actions.undo_item_change(item=item, by=chair) is None


def test_the_button_that_comes_too_late_says_why(log_in):
    client = log_in(Role.CHAIR)
    item = added(client.user, make_plan(state="draft"))
    passed(item.plan, client.user)
    page = client.post(url("plan_item_undo", item.pk), follow=True)
    assert PASSED_SINCE in page.text


# ------------------------------------------------------------------ past a record
def test_an_item_that_was_recorded_since_is_not_cancelled_by_an_undo(chair):
    item = make_item(text="拔河")
    actions.move_item(item=item, move="cancel", by=chair, reason="下雨")
    item = actions.move_item(item=item, move="resume", by=chair)
    made = make_activity(plan_item=item, by=chair)
    assert refusal(actions.undo_item_change, item=item, by=chair) == (
        "“拔河”已有活动记录，不能再撤销；记错了的话，先作废那条活动。"
    )
    assert PlanItem.objects.get().state == "planned"
    actions.void_activity(activity=made, reason="记错了", by=chair)
    assert actions.undo_item_change(item=item, by=chair).state == "cancelled"


def test_an_item_that_was_recorded_since_is_not_moved_by_an_undo(chair):
    item = make_item(make_plan(state="draft"))
    item.first_month = item.last_month = MAY
    actions.update_item(item=item, by=chair)
    make_activity("2026-05-06", plan_item=item, by=chair)
    assert "已有活动记录，不能再撤销" in refusal(actions.undo_item_change, item=item, by=chair)
    assert PlanItem.objects.get().first_month == MAY


def test_other_words_of_an_item_that_was_recorded_are_taken_back(chair):
    item = make_item(text="拔河")
    make_activity(plan_item=item, by=chair)
    item.text = "拔河比赛"
    actions.update_item(item=item, by=chair)
    assert actions.undo_item_change(item=item, by=chair).text == "拔河"


def test_an_item_that_was_just_added_and_recorded_does_not_go(chair):
    item = added(chair, make_plan())
    make_activity(plan_item=item, by=chair)
    assert refusal(actions.undo_item_change, item=item, by=chair) == (
        "“拔河”已有活动记录，不能撤销；不办了就取消它。"
    )
    assert (PlanItem.objects.count(), PlanChange.objects.count()) == (1, 1)


def test_an_item_of_a_draft_that_was_recorded_is_not_dropped(chair):
    item = make_item(make_plan(state="draft"), text="拔河")
    make_activity(plan_item=item, by=chair)
    assert refusal(actions.drop_item, item=item, by=chair) == (
        "“拔河”已有活动记录，不能删；通过以后不办了，就取消它。"
    )


# ------------------------------------------------------------------ past the time
def test_after_the_undo_time_a_change_stays(chair, wait):
    item = make_item(text="拔河")
    item.text = "拔河比赛"
    actions.update_item(item=item, by=chair)
    wait(MINUTE)
    assert refusal(actions.undo_item_change, item=item, by=chair) == (
        "超过 30 分钟，不能撤销了，直接改这一项。"
    )
    assert PlanItem.objects.get().text == "拔河比赛"


def test_after_the_undo_time_a_dropped_item_stays_away(chair, wait):
    plan = make_plan(state="draft")
    entry = actions.drop_item(item=make_item(plan), by=chair)
    wait(MINUTE)
    assert refusal(actions.restore_item, plan=plan, entry=entry.number, by=chair) == (
        "删掉太久了，不能撤销，重新加这一项。"
    )
    assert PlanItem.objects.count() == 0


def test_within_the_undo_time_both_are_taken_back(chair, wait):
    item, plan = make_item(text="拔河"), make_plan(NEXT, state="draft")
    item.text = "拔河比赛"
    actions.update_item(item=item, by=chair)
    entry = actions.drop_item(item=make_item(plan, "2027-03", "登山"), by=chair)
    wait(-MINUTE)
    assert actions.undo_item_change(item=item, by=chair).text == "拔河"
    assert actions.restore_item(plan=plan, entry=entry.number, by=chair).text == "登山"


def test_what_another_one_did_is_not_taken_back(chair):
    item = added(chair, make_plan())
    other = make_user(Role.CHAIR)
    assert "不是您改的，不能撤销了" in refusal(actions.undo_item_change, item=item, by=other)
    assert PlanItem.objects.exists()
