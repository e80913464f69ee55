"""Activities that are announced first: the day ahead, held later, or called off with a reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from activities import actions, queries
from activities.choices import ActivityState
from activities.home import records_part
from activities.models import Activity
from activities.rules import ACTIVITY_MOVES
from tests.factories.activities import make_activity, make_item
from tests.factories.forms import posted_back
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.queries import log_of
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
YEAR = Period.year(2026)
AHEAD = {"title": "冬季健步走", "when": "day", "day": "2026-12-05", "field": "culture"}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def announced(day: str = "2026-12-05", *, by=None, **values) -> Activity:
    fields = {"field": "culture", "title": "冬季健步走", "day": date.fromisoformat(day)}
    by = by or make_user(Role.CHAIR)
    return actions.announce_activity(activity=Activity(**fields | values), by=by)


def test_what_is_announced_may_be_ahead_and_counts_nowhere(log_in):
    client = log_in(Role.GROUP_LEADER)
    response = client.post(url("activity_announce"), AHEAD | {"time": "15:30", "to_time": "17:00"})
    activity = Activity.objects.get()
    assert response.url == url("activity_detail", activity.pk)
    assert (activity.state, activity.day) == (ActivityState.ANNOUNCED, date(2026, 12, 5))
    assert activity.hours_text == "15:30–17:00"
    page = client.get(url("activity_list") + "?period=2026")
    assert (page.context["totals"].held, page.context["announced"]) == (0, 1)
    ahead = client.get(url("activity_list") + "?period=2026&state=announced")
    assert [row.title for row in ahead.context["rows"]] == ["冬季健步走"]
    assert "1 场已通知，还没办，不计入任何数字" in ahead.text


def test_what_is_over_is_recorded_and_not_announced(log_in):
    response = log_in(Role.CHAIR).post(url("activity_announce"), AHEAD | {"day": "2026-11-17"})
    assert response.status_code == 422
    assert "2026年11月17日已经过了，不用发通知，直接记活动。" in response.text


def test_a_year_that_is_far_off_is_a_slip(log_in):
    response = log_in(Role.CHAIR).post(url("activity_announce"), AHEAD | {"day": "2062-12-05"})
    assert "2062年12月5日太远了，看看年份是不是写错了。" in response.text


def test_teachers_see_what_is_announced(log_in):
    activity = announced()
    page = log_in(Role.MEMBER).get(url("activity_detail", activity.pk))
    assert page.status_code == 200
    assert "已举行，补记结果" not in page.text
    assert list(queries.find_activities(make_user(Role.MEMBER), "健步")) == [activity]


def test_an_announced_activity_leaves_its_item_open():
    item = make_item(month="2026-12")
    announced(plan_item=item)
    assert Activity.objects.standing().filter(plan_item=item).exists() is False


def test_holding_it_takes_the_result_and_counts(log_in):
    activity = announced("2026-11-18")
    client, address = log_in(Role.CHAIR), url("activity_hold", activity.pk)
    data = posted_back(client.get(address)) | {"headcount": "86", "outcome": "走完八公里"}
    assert client.post(address, data).status_code == 302
    activity.refresh_from_db()
    assert (activity.state, activity.headcount) == (ActivityState.HELD, 86)
    assert queries.totals_of(Activity.objects.standing()).attendance == 86
    entry = log_of(activity)[0]
    assert (entry.act, entry.changes["headcount"]) == ("activities.hold_activity", [None, 86])


def test_it_is_not_held_before_its_day(log_in):
    activity = announced()
    client, address = log_in(Role.CHAIR), url("activity_hold", activity.pk)
    response = client.post(address, posted_back(client.get(address)))
    assert response.status_code == 422
    assert "2026年12月5日还没到，等办了再记" in response.text
    activity.refresh_from_db()
    assert activity.state == ActivityState.ANNOUNCED


def test_what_was_held_by_mistake_goes_back_at_one_click(log_in):
    activity = announced("2026-11-18")
    client, address = log_in(Role.CHAIR), url("activity_hold", activity.pk)
    page = client.post(address, posted_back(client.get(address)), follow=True)
    back = url("activity_move", activity.pk, "unhold")
    assert f'action="{back}"' in page.text
    client.post(back)
    activity.refresh_from_db()
    assert activity.state == ActivityState.ANNOUNCED


def test_calling_off_needs_a_reason_that_everyone_reads(log_in):
    activity = announced()
    client, address = log_in(Role.CHAIR), url("activity_call_off", activity.pk)
    refused = client.post(address, {"off-reason": ""})
    assert refused.status_code == 422
    assert "写上为什么不办了，报了名的人看得到。" in refused.text
    client.post(address, {"off-reason": "场馆维修"})
    activity.refresh_from_db()
    assert (activity.state, activity.off_reason) == (ActivityState.CALLED_OFF, "场馆维修")
    assert "场馆维修" in log_in(Role.MEMBER).get(url("activity_detail", activity.pk)).text
    listed = client.get(url("activity_list") + "?period=2026&state=called_off")
    assert [row.title for row in listed.context["rows"]] == ["冬季健步走"]


def test_what_was_called_off_can_take_place_after_all(log_in):
    activity = announced()
    actions.call_off_activity(activity=activity, reason="下雨", by=make_user(Role.CHAIR))
    client = log_in(Role.CHAIR)
    assert "还是要办" in client.get(url("activity_detail", activity.pk)).text
    client.post(url("activity_move", activity.pk, "resume"))
    activity.refresh_from_db()
    assert (activity.state, activity.off_reason) == (ActivityState.ANNOUNCED, "")


def test_what_was_called_off_is_not_changed(log_in):
    activity = announced()
    chair = make_user(Role.CHAIR)
    actions.call_off_activity(activity=activity, reason="下雨", by=chair)
    with pytest.raises(RuleBroken, match="不办了，不能再改"):
        actions.update_activity(activity=Activity.objects.get(), by=chair)


@pytest.mark.parametrize("state", ActivityState.values)
@pytest.mark.parametrize("move", ACTIVITY_MOVES)
def test_each_move_starts_only_where_the_table_says(state, move):
    chair = make_user(Role.CHAIR)
    activity = announced("2026-11-18", by=chair)
    reason = "下雨" if state == ActivityState.CALLED_OFF else ""
    Activity.objects.update(state=state, off_reason=reason)
    activity.refresh_from_db()
    values = {"reason": "场馆维修"} if move == "call_off" else {}
    act = getattr(actions, f"{move}_activity")
    if state in ACTIVITY_MOVES[move].sources:
        act(activity=activity, by=chair, **values)
        assert Activity.objects.get().state == ACTIVITY_MOVES[move].target
    else:
        with pytest.raises(RuleBroken, match="状态下不能"):
            act(activity=activity, by=chair, **values)


@pytest.mark.parametrize("name", ["activity_hold", "activity_call_off", "activity_move"])
def test_others_records_are_moved_by_those_who_may_change_them(log_in, name):
    activity = announced("2026-11-18")
    args = [activity.pk, "resume"] if name == "activity_move" else [activity.pk]
    assert log_in(Role.WOMEN).post(url(name, *args)).status_code == 404


def test_the_notice_is_changed_without_what_nobody_knows_yet(log_in):
    activity = announced()
    client, address = log_in(Role.CHAIR), url("activity_update", activity.pk)
    page = client.get(address)
    assert not {"headcount", "outcome", "spent"} & page.context["form"].fields.keys()
    client.post(address, posted_back(page) | {"place": "滨江公园", "time": "15:30"})
    activity.refresh_from_db()
    assert (activity.place, activity.precision) == ("滨江公园", "minute")


def test_a_notice_just_sent_is_taken_back_at_one_click(log_in):
    client = log_in(Role.GROUP_LEADER)
    client.post(url("activity_announce"), AHEAD)
    client.post(url("activity_undo", Activity.objects.get().pk))
    assert Activity.objects.get().voided_at is not None


def test_what_is_over_and_has_no_result_stands_on_the_home_page():
    chair = make_user(Role.CHAIR)
    activity = announced("2026-11-18", by=chair)
    make_activity(by=chair)
    assert records_part(chair, date(2026, 11, 18), YEAR).todos == ()
    todos = records_part(chair, date(2026, 11, 20), YEAR).todos
    assert [(todo.title, todo.act_url) for todo in todos] == [
        ("冬季健步走", url("activity_hold", activity.pk))
    ]
    assert records_part(make_user(Role.MEMBER), date(2026, 11, 20), YEAR).todos == ()


@pytest.mark.parametrize(
    ("known", "last", "final"),
    [
        ({"day": "2026-11-22"}, date(2026, 11, 22), date(2026, 11, 22)),
        (
            {"day": "2026-11-22", "last_day": date(2026, 11, 25)},
            date(2026, 11, 25),
            date(2026, 11, 25),
        ),
        ({"day": "2026-11-01", "precision": "month"}, date(2026, 11, 30), date(2026, 11, 30)),
    ],
)
def test_a_result_is_asked_for_once_the_last_day_is_over(log_in, monkeypatch, known, last, final):
    activity = announced(**known)
    client = log_in(Role.CHAIR)
    for day, asked in ((last, False), (last + timedelta(days=1), True)):
        todos = records_part(client.user, day, YEAR).todos
        assert [todo.due for todo in todos] == [final] * asked
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, day=day: day)
        page = client.get(activity.get_absolute_url())
        assert ("日子过了，还没记结果" in page.text) is asked


def test_of_this_month_one_may_still_announce_of_the_last_one_not(log_in):
    client = log_in(Role.CHAIR)
    sent = AHEAD | {"when": "month", "day": ""}
    page = client.post(url("activity_announce"), sent | {"month": "2026-10"})
    assert "2026年10月已经过了，不用发通知，直接记活动。" in page.text
    assert client.post(url("activity_announce"), sent | {"month": "2026-11"}).status_code == 302


def test_on_the_page_of_an_item_what_does_not_count_stands_apart(log_in):
    client, item = log_in(Role.CHAIR), make_item()
    held = make_activity("2026-03-06", "办了的", plan_item=item)
    void = make_activity("2026-03-07", "作废的", plan_item=item)
    actions.void_activity(activity=void, reason="记重了", by=client.user)
    ahead = announced(plan_item=item, title="要办的")
    off = announced(plan_item=item, title="没办的")
    actions.call_off_activity(activity=off, reason="下雨", by=client.user)
    page = client.get(item.get_absolute_url())
    assert page.context["activities"] == [held]
    assert {each.title for each in page.context["beside"]} == {"作废的", ahead.title, off.title}
    assert "通知了或者不算数的" in page.text
