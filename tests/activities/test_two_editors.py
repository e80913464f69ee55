"""Two people have the same activity open: the second is told, and loses nothing typed."""

import pytest
from django.urls import reverse

from activities.models import Activity, Check, ContestStage, Study
from tests.factories.activities import make_activity, make_prize
from tests.factories.members import make_member
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def sent_from(page) -> dict[str, list[str]]:
    """Every field of the page's main form as a browser would send it untouched."""
    form = page.context["form"]
    data: dict[str, list[str]] = {}
    parts = [form]
    if own := page.context.get("parts"):
        parts += [own.study, own.check, *own.stages.shown]
        data["stage"] = [str(row.key) for row in own.stages.shown]
    for part in parts:
        for bound in part:
            value = bound.value()
            if value not in (None, "", False) and bound.name != "files":
                data[bound.html_name] = [str(getattr(value, "pk", value))]
    return data


def open_twice(client, address: str) -> tuple[dict, dict]:
    return sent_from(client.get(address)), sent_from(client.get(address))


@pytest.fixture
def contest():
    activity = make_activity("2026-03-06", title="区拔河赛", kind="contest")
    for level, result in (("school", "选拔"), ("district", "二等奖")):
        ContestStage.objects.create(activity=activity, level=level, result=result)
    return activity


def test_both_changes_stay_where_they_touch_different_rows(log_in, contest):
    client, address = log_in(Role.CHAIR), url("activity_update", contest.pk)
    first, second = contest.stages.all()
    one, other = open_twice(client, address)
    sent = one | {f"stage{first.pk}-result": "选出 8 人"}
    assert client.post(address, sent).status_code == 302
    sent = other | {f"stage{second.pk}-result": "一等奖", "place": "区体育馆"}
    assert client.post(address, sent).status_code == 302
    assert list(contest.stages.values_list("result", flat=True)) == ["选出 8 人", "一等奖"]
    contest.refresh_from_db()
    assert contest.place == "区体育馆"


def test_who_changes_the_same_stage_is_told_and_keeps_what_was_typed(log_in, contest):
    client, address = log_in(Role.CHAIR), url("activity_update", contest.pk)
    first = contest.stages.first()
    one, other = open_twice(client, address)
    client.post(address, one | {f"stage{first.pk}-result": "选出 8 人"})
    sent = other | {f"stage{first.pk}-result": "选出 9 人", "outcome": "大家尽力了"}
    told = client.post(address, sent)
    assert told.status_code == 422
    assert "成绩刚被改成“选出 8 人”了，还要按这里写的改，就再保存一次。" in told.text
    assert "选出 9 人" in told.text
    assert "大家尽力了" in told.text
    assert client.post(address, sent_from(told)).status_code == 302
    first.refresh_from_db()
    contest.refresh_from_db()
    assert (first.result, contest.outcome) == ("选出 9 人", "大家尽力了")


def test_a_stage_that_someone_added_meanwhile_stays(log_in, contest):
    client, address = log_in(Role.CHAIR), url("activity_update", contest.pk)
    one, other = open_twice(client, address)
    new = [key for key in one["stage"] if key.startswith("new")] or ["new0"]
    added = one | {"stage": [*one["stage"], *new], f"stage{new[0]}-level": "city"}
    assert client.post(address, added).status_code == 302
    assert client.post(address, other | {"place": "操场"}).status_code == 302
    levels = list(contest.stages.values_list("level", flat=True))
    assert levels == ["school", "district", "city"]


def test_a_stage_taken_off_stays_off_unless_more_was_written_into_it(log_in, contest):
    client, address = log_in(Role.CHAIR), url("activity_update", contest.pk)
    first = contest.stages.first()
    one, other = open_twice(client, address)
    client.post(address, one | {f"stage{first.pk}-drop": "on"})
    assert client.post(address, other | {"place": "操场"}).status_code == 302
    assert contest.stages.count() == 1
    told = client.post(address, other | {f"stage{first.pk}-result": "选出 9 人"})
    assert told.status_code == 422
    assert "这一级刚被别人去掉了；还要它，就再保存一次，会重新加上。" in told.text
    assert client.post(address, sent_from(told)).status_code == 302
    assert sorted(contest.stages.values_list("result", flat=True)) == ["二等奖", "选出 9 人"]


def test_who_takes_off_a_stage_that_was_just_changed_is_told(log_in, contest):
    client, address = log_in(Role.CHAIR), url("activity_update", contest.pk)
    first = contest.stages.first()
    one, other = open_twice(client, address)
    client.post(address, one | {f"stage{first.pk}-result": "选出 8 人"})
    told = client.post(address, other | {f"stage{first.pk}-drop": "on"})
    assert told.status_code == 422
    assert "这一级刚被改过，看一看；还要去掉，就再保存一次。" in told.text
    assert contest.stages.count() == 2
    assert client.post(address, sent_from(told)).status_code == 302
    assert contest.stages.count() == 1


@pytest.mark.parametrize(
    ("kind", "model", "name", "sentence"),
    [
        ("study", Study, "study-topic", "内容刚被改成“师德”了，"),
        ("check", Check, "check-scope", "查了哪里刚被改成“师德”了，"),
    ],
)
def test_a_part_that_someone_just_wrote_first_is_told_too(log_in, kind, model, name, sentence):
    activity = make_activity("2026-03-06", kind=kind)
    client, address = log_in(Role.CHAIR), url("activity_update", activity.pk)
    one, other = open_twice(client, address)
    form = {"study-form": "lecture"} if kind == "study" else {}
    assert client.post(address, one | form | {name: "师德"}).status_code == 302
    told = client.post(address, other | form | {name: "法律"})
    assert told.status_code == 422
    assert sentence in told.text
    assert client.post(address, sent_from(told)).status_code == 302
    assert getattr(model.objects.get(), name.split("-")[1]) == "法律"


def test_who_changes_a_prize_that_another_one_just_changed_is_told(log_in):
    prize = make_prize("一等奖", people=13)
    make_member("王示例")
    client, address = log_in(Role.CHAIR), url("prize_update", prize.pk)
    one, other = open_twice(client, address)
    assert client.post(address, one | {"people": "12"}).status_code == 302
    told = client.post(address, other | {"people": "14", "event": "拔河"})
    assert told.status_code == 422
    assert "几名刚被改成“12”了，" in told.text
    assert client.post(address, sent_from(told)).status_code == 302
    prize.refresh_from_db()
    assert (prize.people, prize.event) == (14, "拔河")


def test_one_holds_it_while_the_other_edits_the_notice(log_in):
    activity = make_activity("2026-03-06")
    Activity.objects.update(state="announced")
    client = log_in(Role.CHAIR)
    hold, edit = url("activity_hold", activity.pk), url("activity_update", activity.pk)
    held, edited = sent_from(client.get(hold)), sent_from(client.get(edit))
    assert client.post(hold, held | {"headcount": "86"}).status_code == 302
    assert client.post(edit, edited | {"place": "操场"}).status_code == 302
    activity.refresh_from_db()
    assert (activity.headcount, activity.place, activity.state) == (86, "操场", "held")


def test_a_result_typed_while_another_one_takes_the_holding_back_is_kept(log_in):
    activity = make_activity("2026-03-06")
    client, address = log_in(Role.CHAIR), url("activity_update", activity.pk)
    sent = sent_from(client.get(address))
    Activity.objects.update(state="announced")
    assert client.post(address, sent | {"outcome": "语文组第一"}).status_code == 302
    activity.refresh_from_db()
    assert (activity.state, activity.outcome) == ("announced", "语文组第一")
