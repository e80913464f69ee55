"""评选: how one is started, who recommends whom, who is put forward."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import selections as actions
from activities.models import Nominee, Selection
from tests.factories.forms import posted_back
from tests.factories.honours import make_nominee, make_selection, states
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST = reverse("activities:selection_list")
NEW = reverse("activities:selection_create")


def url(name: str, row, *more) -> str:
    return reverse(f"activities:{name}", args=[row.pk, *more])


def sentence(page) -> str:
    assert page.status_code == 422
    return page.content.decode()


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


def test_the_chair_starts_one_with_the_shares_of_the_groups(log_in):
    group, other = make_group("第一工会小组"), make_group("第二工会小组")
    client = log_in(Role.CHAIR)
    form = {
        "title": "优秀工会积极分子",
        "level": "city",
        "awarding_body": "示例市教育工会",
        "quota": "5",
        "started_on": "2026-06-01",
        f"group_{group.pk}": "2",
        f"group_{other.pk}": "",
    }
    page = client.post(NEW, form, follow=True)
    selection = Selection.objects.get()
    assert [(q.group, q.limit) for q in selection.quotas.all()] == [(group, 2)]
    assert "名额最多占会员的 10%（常见的规定" in page.content.decode()
    again = client.post(NEW, form)
    assert "刚才已经有了同样的一次评选" in sentence(again)


def test_a_change_of_shares_and_title_is_told(log_in):
    group = make_group("第一工会小组")
    selection = make_selection(title="旧名", quotas=[(group, 2)])
    client = log_in(Role.ORGANISATION)
    page = client.get(url("selection_update", selection))
    sent = posted_back(page) | {"title": "新名", f"group_{group.pk}": "3"}
    client.post(url("selection_update", selection), sent)
    entry = AuditEntry.objects.get(act="activities.update_selection")
    assert entry.changes == {"title": ["旧名", "新名"], "quotas": ["第一工会小组 3 名"]}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "写上评什么。"),
        ({"level": ""}, "选一个级别。"),
        ({"awarding_body": ""}, "写上由谁授予。"),
        ({"started_on": ""}, "写上哪天开始。"),
        ({"recommend_until": "2026-05-01"}, "推荐的最后一天早于开始的日子，对调一下。"),
        ({"quota": "-1"}, "名额写数字，上级还没有定就空着。"),
    ],
)
def test_the_form_says_what_is_wrong(values, said, log_in):
    form = {"title": "甲", "level": "city", "awarding_body": "市工会", "started_on": "2026-06-01"}
    page = log_in(Role.CHAIR).post(NEW, form | values)
    assert said in sentence(page)


def test_a_leader_recommends_people_of_the_own_group_only(log_in):
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    mine, other = make_member("王芳", group=group), make_member("李静", group=make_group())
    selection = make_selection()
    client = log_in(user=leader)
    client.post(url("nominee_create", selection), {"member": mine.pk, "deeds": "带头献课。"})
    nominee = Nominee.objects.get()
    assert (nominee.member, nominee.recommended_by) == (mine, str(group))
    page = client.post(url("nominee_create", selection), {"member": other.pk})
    assert "没有这个人，或者不是您能推荐的" in sentence(page)
    assert Nominee.objects.count() == 1


def test_several_are_recommended_at_once_or_none(log_in):
    one = make_member("王芳")
    make_member("李静")
    selection = make_selection()
    client = log_in(Role.CHAIR)
    client.post(url("nominee_create", selection), {"member": one.pk, "more": "李静"})
    assert [str(n) for n in selection.nominees.order_by("pk")] == ["王芳", "李静"]
    make_member("陈刚")
    page = client.post(url("nominee_create", selection), {"more": "陈刚、王芳"})
    assert "王芳已经推荐过了。" in sentence(page)
    assert selection.nominees.count() == 2


def test_a_group_is_recommended_as_a_whole(log_in):
    group, selection = make_group("第一工会小组"), make_selection(title="先进工会小组")
    log_in(Role.CHAIR).post(url("nominee_create", selection), {"group": group.pk})
    assert selection.nominees.get().group == group


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "写上推荐谁，从找到的人里选一位。"),
        ({"more": "张三丰"}, "名册里没有“张三丰”，写全名或工号。"),
        ({"member": "99999"}, "没有这个人，或者不是您能推荐的"),
    ],
)
def test_recommending_says_what_is_wrong(values, said, log_in):
    page = log_in(Role.CHAIR).post(url("nominee_create", make_selection()), values)
    assert said in sentence(page)


def test_a_group_recommends_no_more_than_its_share(chair):
    group = make_group("第一工会小组")
    selection = make_selection(quotas=[(group, 1)], by=chair)
    make_nominee(selection, make_member(group=group, joined=date(2020, 9, 1)), by=chair)
    with pytest.raises(RuleBroken) as refusal:
        make_nominee(selection, make_member(group=group, joined=date(2020, 9, 1)), by=chair)
    assert str(refusal.value) == "第一工会小组的推荐名额是 1 名，已经推荐了 1 名，先去掉一名。"
    make_nominee(selection, make_member(group=make_group()), by=chair)


def test_no_more_are_put_forward_than_there_are_places(log_in):
    selection = make_selection(quota=1)
    keys = [make_nominee(selection).pk, make_nominee(selection).pk]
    client = log_in(Role.CHAIR)
    page = client.post(url("selection_choose", selection), {"chosen": keys})
    assert "名额是 1 名，拟上报的有 2 名，去掉 1 名。" in sentence(page)
    client.post(url("selection_choose", selection), {"chosen": keys[1]})
    assert states(selection) == ("open", ["recommended", "chosen"])
    client.post(url("selection_choose", selection), {"chosen": keys[0]})
    assert states(selection) == ("open", ["chosen", "recommended"])


def test_someone_of_another_selection_cannot_be_ticked(log_in):
    other = make_nominee(make_selection())
    page = log_in(Role.CHAIR).post(
        url("selection_choose", make_selection()), {"chosen": [other.pk]}
    )
    assert "有一位不在推荐名单里，重新勾一下。" in sentence(page)


def test_deeds_are_written_by_who_recommended_and_who_manages(log_in):
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    nominee = make_nominee(make_selection(), make_member(group=group), by=leader)
    for client in (log_in(user=leader), log_in(Role.ORGANISATION)):
        page = client.get(url("nominee_update", nominee))
        sent = posted_back(page) | {"deeds": f"事迹 {client.user}"}
        client.post(url("nominee_update", nominee), sent)
        nominee.refresh_from_db()
        assert nominee.deeds == f"事迹 {client.user}"
    other = log_in(Role.GROUP_LEADER)
    assert other.get(url("nominee_update", nominee)).status_code == 404
    assert other.post(url("nominee_drop", nominee)).status_code == 404


@pytest.mark.parametrize("rows", [1, 4])
def test_the_pages_cost_the_same_for_one_and_many(rows, log_in, django_assert_max_num_queries):
    selection = make_selection()
    for _ in range(rows):
        make_selection()
        make_nominee(selection)
    client = log_in(Role.CHAIR)
    with django_assert_max_num_queries(7):
        client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(url("selection_detail", selection))


def test_a_step_that_there_is_not_is_said(log_in):
    selection = make_selection()
    page = log_in(Role.CHAIR).post(url("selection_move", selection, "fly"), follow=True)
    assert "没有“fly”这一步" in page.content.decode()


def test_who_was_taken_off_comes_back_with_the_deeds(log_in):
    group = make_group()
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    selection = make_selection()
    nominee = make_nominee(selection, make_member("王芳", group=group), by=leader.user)
    Nominee.objects.update(deeds="写了三百字的事迹", recommended_by="语文组")
    page = leader.post(url("nominee_drop", nominee), follow=True)
    assert selection.nominees.count() == 0
    [undo] = re.findall(r'action="([^"]*/restore/)"', page.content.decode())
    assert log_in(Role.ORGANISATION).post(undo, follow=True).status_code == 200
    assert selection.nominees.count() == 0  # only who took it off
    page = leader.post(undo, follow=True)
    assert "又在推荐名单里了，事迹也在。" in page.content.decode()
    back = selection.nominees.get()
    assert back.pk == nominee.pk  # in its place, and where a page still leads to
    assert (str(back), back.deeds, back.recommended_by) == ("王芳", "写了三百字的事迹", "语文组")
    assert (back.added_by, back.state) == (leader.user, "recommended")
    again = leader.post(undo, follow=True)
    assert "已经撤销过了，它又在名单里。" in again.content.decode()
    assert selection.nominees.count() == 1


def test_taken_off_is_undone_only_while_recommending_and_soon(log_in, monkeypatch):
    chair = log_in(Role.CHAIR)
    selection = make_selection(by=chair.user)
    nominee = make_nominee(selection, by=chair.user)
    entry = actions.drop_nominee(nominee=nominee, by=chair.user)
    values = {"selection": selection, "entry": entry.number, "by": chair.user}
    make_nominee(selection, nominee.member, by=chair.user)
    with pytest.raises(RuleBroken, match="已经推荐过了。"):
        actions.restore_nominee(**values)
    selection.nominees.all().delete()
    later = timezone.now() + timedelta(minutes=31)
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        with pytest.raises(RuleBroken, match="不能撤销了，重新加上。"):
            actions.restore_nominee(**values)
    actions.move_selection(selection=selection, move="drop", reason="停评", by=chair.user)
    with pytest.raises(RuleBroken, match="推荐停了"):
        actions.restore_nominee(**values)


def test_an_undo_takes_no_more_than_the_share_of_the_group():
    chair, group = make_user(Role.CHAIR), make_group("语文组")
    selection = make_selection(by=chair, quotas=[(group, 1)])
    first, second = (make_member(name, group=group) for name in ("王芳", "李静"))
    entry = actions.drop_nominee(nominee=make_nominee(selection, first, by=chair), by=chair)
    make_nominee(selection, second, by=chair)
    with pytest.raises(RuleBroken, match="语文组"):
        actions.restore_nominee(selection=selection, entry=entry.number, by=chair)
    assert [str(row) for row in selection.nominees.all()] == ["李静"]


def test_a_group_leader_hears_that_only_the_own_group_can_be_recommended(log_in):
    leader = make_user(Role.GROUP_LEADER, group=make_group("第一工会小组"))
    make_member("潘海示", group=make_group("第二工会小组"))
    client, selection = log_in(user=leader), make_selection()
    assert "本组里没有“潘海示”" in client.get("/members/find/", {"q": "潘海示"}).text
    text = sentence(client.post(url("nominee_create", selection), {"deeds": "带队练球"}))
    assert "写上推荐谁，从找到的人里选一位。只能推荐本组的人。" in text
    text = sentence(client.post(url("nominee_create", selection), {"more": "潘海示、没有这人"}))
    for name in (
        "潘海示",
        "没有这人",
    ):  # the same words of both: nothing tells who is on the roster
        assert f"本组里没有“{name}”，写全名或工号。" in text
    assert "名册里没有" not in text
