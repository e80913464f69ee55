"""Another one voided, finished or took away what the form is about: nothing typed is lost."""

import json
from dataclasses import dataclass
from datetime import date

import pytest
from django import forms
from django.urls import reverse

from activities import actions
from activities.actions.honours import void_honour
from activities.actions.places import write_off_asset
from activities.actions.selections import drop_nominee, move_selection
from activities.actions.signups import drop_signup, open_signup
from activities.models import Activity, Honour, Nominee, Prize, Signup
from tests.factories.activities import make_activity, make_asset, make_prize
from tests.factories.honours import make_honour, make_nominee, make_selection
from tests.factories.members import make_member, make_user
from tests.factories.photos import make_photo
from tests.factories.signups import make_announced, make_signup
from unionoffice.roles import Role
from unionoffice.too_late import words_of

pytestmark = pytest.mark.usefixtures("office")

RESULT = {"when": "day", "day": "2026-11-18", "field": "culture", "title": "拔河"}


@dataclass
class Case:
    """What is sent to the page `name` of `key` after `other` did it; `back`: where it leads."""

    name: str
    key: int
    sent: dict
    typed: tuple[str, ...]
    back: str
    sentence: str
    log: str = ""


def held_twice(by):
    activity = make_announced("秋季拔河赛", day=date(2026, 11, 18), by=by)
    actions.hold_activity(activity=Activity.objects.get(), by=by)
    sent = RESULT | {"headcount": "86", "outcome": "语文组第一"}
    return Case(
        "activity_hold", activity.pk, sent, ("86", "语文组第一"), activity.get_absolute_url(),
        "“秋季拔河赛”已经记成已举行了；要补什么，在“修改或补充”里补。", "记成已举行",
    )  # fmt: skip


def held_after_off(by):
    activity = make_announced("秋季拔河赛", day=date(2026, 11, 18), by=by)
    actions.call_off_activity(activity=activity, reason="下雨", by=by)
    return Case(
        "activity_hold", activity.pk, RESULT | {"outcome": "语文组第一"}, ("语文组第一",),
        activity.get_absolute_url(), "“秋季拔河赛”记成不办了；还是要办的话，先点“还是要办”。",
    )  # fmt: skip


def edited_after_off(by):
    activity = make_announced("秋季拔河赛", day=date(2026, 11, 25), by=by)
    actions.call_off_activity(activity=activity, reason="下雨", by=by)
    return Case(
        "activity_update", activity.pk, RESULT | {"place": "东操场"}, ("东操场",),
        activity.get_absolute_url(), "“秋季拔河赛”记成不办了；",
    )  # fmt: skip


def edited_after_void(by):
    activity = make_activity("2026-03-06", "拔河", by=by)
    actions.void_activity(activity=activity, reason="记重了", by=by)
    sent = RESULT | {"kind": "study", "study-form": "lecture", "study-topic": "师德师风"}
    return Case(
        "activity_update", activity.pk, sent | {"outcome": "语文组第一"},
        ("语文组第一", "师德师风", "讲座"), activity.get_absolute_url(),
        "“拔河”已经作废了，不能再改；要补就重新记一条。",
    )  # fmt: skip


def voided_twice(by):
    activity = make_activity("2026-03-06", "拔河", by=by)
    actions.void_activity(activity=activity, reason="记重了", by=by)
    return Case(
        "activity_void", activity.pk, {"reason": "和上一条一样"}, ("和上一条一样",),
        activity.get_absolute_url(), "“拔河”已经作废了，",
    )  # fmt: skip


def called_off_twice(by):
    activity = make_announced("秋季拔河赛", by=by)
    actions.call_off_activity(activity=activity, reason="下雨", by=by)
    return Case(
        "activity_call_off", activity.pk, {"off-reason": "场地在修"}, ("场地在修",),
        activity.get_absolute_url(), "“秋季拔河赛”记成不办了；",
    )  # fmt: skip


def prize_after_void(by):
    activity = make_activity("2026-03-06", "拔河", by=by)
    actions.void_activity(activity=activity, reason="记重了", by=by)
    sent = {"prize-award": "一等奖", "prize-team": "语文一队", "prize-people": "1"}
    return Case(
        "prize_create", activity.pk, sent, ("一等奖", "语文一队"),
        activity.get_absolute_url(), "“拔河”已经作废了，",
    )  # fmt: skip


def prize_gone(by):
    activity = make_activity("2026-03-06", "拔河", by=by)
    prize = make_prize("一等奖", activity=activity, by=by)
    key = prize.pk
    actions.drop_prize(prize=prize, by=by)
    return Case(
        "prize_update", key, {"award": "二等奖", "team": "语文一队", "people": "1"},
        ("二等奖", "语文一队"), activity.get_absolute_url(), "这个奖去掉了；", "去掉",
    )  # fmt: skip


def captioned_after_removal(by):
    photo = make_photo(by=by)
    actions.remove_photo(photo=photo, reason="本人不愿意放", by=by)
    return Case(
        "photo_update", photo.pk, {"caption": "语文组拿了第一"}, ("语文组拿了第一",),
        reverse("activities:photo_list", args=[photo.activity_id]),
        "这张照片去掉了，说明没有地方写。", "去掉",
    )  # fmt: skip


def signup_twice(by):
    activity = make_announced("秋游", by=by)
    signup = open_signup(signup=Signup(activity=activity), quotas={}, by=by)
    return Case(
        "signup_create", activity.pk, {"notice": "带好水和帽子", "limit": "40"},
        ("带好水和帽子", "40"), signup.get_absolute_url(), "这场活动已经可以报名了。",
    )  # fmt: skip


def signup_gone(by):
    signup = make_signup("秋游", by=by)
    key, activity = signup.pk, signup.activity
    drop_signup(signup=signup, by=by)
    return Case(
        "signup_update", key, {"notice": "带好水和帽子"}, ("带好水和帽子",),
        activity.get_absolute_url(), "“秋游”的报名去掉了；还要报名，重新发起。",
    )  # fmt: skip


def nominee_gone(by):
    selection = make_selection("师德标兵", by=by)
    nominee = make_nominee(selection, by=by)
    key = nominee.pk
    drop_nominee(nominee=nominee, by=by)
    return Case(
        "nominee_update", key, {"deeds": "三十年如一日"}, ("三十年如一日",),
        selection.get_absolute_url(), "推荐的这一位去掉了，",
    )  # fmt: skip


def nominee_after_end(by):
    selection = make_selection("师德标兵", by=by)
    nominee = make_nominee(selection, by=by)
    move_selection(selection=selection, move="drop", reason="上级取消了", by=by)
    return Case(
        "nominee_update", nominee.pk, {"deeds": "三十年如一日"}, ("三十年如一日",),
        selection.get_absolute_url(), "这次评选不评了，不再改。",
    )  # fmt: skip


def nominated_late(by):
    selection = make_selection("师德标兵", by=by)
    move_selection(selection=selection, move="drop", reason="上级取消了", by=by)
    member = make_member("王示例")
    return Case(
        "nominee_create", selection.pk, {"member": member.pk, "deeds": "三十年如一日"},
        ("王示例", "三十年如一日"), selection.get_absolute_url(), "推荐停了。",
    )  # fmt: skip


def honour_after_void(by):
    honour = make_honour("女子气排球队", title="优秀集体", by=by)
    void_honour(honour=honour, reason="记重了", by=by)
    return Case(
        "honour_update", honour.pk, {"title": "优秀集体", "document_number": "示教工〔2026〕12号"},
        ("示教工〔2026〕12号",), honour.get_absolute_url(), "“优秀集体”已经作废了，",
    )  # fmt: skip


def asset_after_write_off(by):
    asset = make_asset("球台")
    write_off_asset(asset=asset, day=date(2026, 3, 1), reason="塌了", by=by)
    back = reverse("activities:asset_update", args=[asset.pk])
    return Case(
        "asset_update", asset.pk, {"name": "红双喜球台", "quantity": "2"}, ("红双喜球台",), back,
        "球台已经报废了，要改先撤销报废。",
    )  # fmt: skip


def written_off_twice(by):
    asset = make_asset("球台")
    write_off_asset(asset=asset, day=date(2026, 3, 1), reason="塌了", by=by)
    back = reverse("activities:asset_update", args=[asset.pk])
    return Case(
        "asset_write_off", asset.pk, {"day": "2026-03-02", "reason": "腿断了"}, ("腿断了",), back,
        "球台已经报废了，",
    )  # fmt: skip


CASES = (
    held_twice, held_after_off, edited_after_off, edited_after_void, voided_twice,
    called_off_twice, prize_after_void, prize_gone, captioned_after_removal, signup_twice, signup_gone, nominee_gone,
    nominee_after_end, nominated_late, honour_after_void, asset_after_write_off,
    written_off_twice,
)  # fmt: skip


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_what_was_typed_comes_back_with_who_was_faster_and_the_way_on(log_in, make):
    other = make_user(Role.CHAIR, member=make_member("常示例"))
    case = make(other)
    address = reverse(f"activities:{case.name}", args=[case.key])
    page = log_in(Role.CHAIR).post(address, case.sent)
    assert page.status_code == 409
    assert [word for word in (case.sentence, *case.typed) if word not in page.text] == []
    assert "常示例" in page.text
    assert case.log in page.text
    assert f'href="{case.back}"' in page.text


def test_of_several_that_were_chosen_those_still_there_are_named():
    class Form(forms.Form):
        came = forms.MultipleChoiceField(label="谁来了", choices=[("1", "甲示"), ("2", "乙示")])

    told = list(words_of(Form({"came": ["1", "2", "77"]})))
    assert [(row.label, row.words) for row in told] == [("谁来了", "甲示、乙示")]


def test_nothing_is_written_by_it(log_in):
    case = edited_after_void(make_user(Role.CHAIR))
    before = Activity.objects.values().get()
    log_in(Role.CHAIR).post(reverse("activities:activity_update", args=[case.key]), case.sent)
    assert Activity.objects.values().get() == before


def test_who_only_opens_the_form_is_led_to_the_record(log_in):
    case = edited_after_void(make_user(Role.CHAIR))
    page = log_in(Role.CHAIR).get(
        reverse("activities:activity_update", args=[case.key]), follow=True
    )
    assert page.redirect_chain == [(case.back, 302)]
    assert "已经作废了，不能再改" in page.text


@pytest.mark.parametrize(
    ("name", "model"),
    [("signup_update", Signup), ("nominee_update", Nominee), ("prize_update", Prize)],
)
def test_what_never_was_is_not_found(log_in, name, model):
    client, address = log_in(Role.CHAIR), reverse(f"activities:{name}", args=[77])
    assert client.get(address).status_code == 404
    assert client.post(address, {"deeds": "三十年如一日"}).status_code == 404


def test_what_one_never_saw_is_not_found_either(log_in):
    """A group leader learns nothing of the sign-up that the office took off."""
    case = signup_gone(make_user(Role.CHAIR))
    address = reverse("activities:signup_update", args=[case.key])
    assert log_in(Role.GROUP_LEADER).post(address, case.sent).status_code == 404


def test_of_an_edit_only_what_was_changed_is_given_back(log_in):
    client = log_in(Role.CHAIR)
    honour = make_honour("女子气排球队", title="优秀集体", by=client.user)
    address = reverse("activities:honour_update", args=[honour.pk])
    seen = client.get(address).context["form"].initial["seen"]
    void_honour(honour=Honour.objects.get(), reason="记重了", by=client.user)
    sent = {
        "title": "优秀集体", "level": "city", "awarding_body": "示例市教育工会",
        "when": "2026-09-10", "holder": "team", "team": "女子气排球队", "note": "奖牌在活动室",
        "seen": json.dumps(seen()),
    }  # fmt: skip
    page = client.post(address, sent)
    assert [(row.label, row.words) for row in page.context["typed"]] == [("备注", "奖牌在活动室")]
