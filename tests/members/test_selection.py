"""Ticked people: named by keys or by the filter, never fewer or others than were shown."""

import csv
import io
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import actions
from members.forms.roster import ORDER
from members.models import GroupAssignment, Member
from members.selection import ACTS_OWN
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.audit import first_broken
from unionoffice.errors import RuleBroken
from unionoffice.held import held
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

GROUP, SHEET = "/members/selection/group/", "/members/selection/sheet/"
MEMBERSHIP, EXPORT = "/members/selection/membership/", "/members/export/columns/"


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def confirm(client, url, address, seal=None):
    """What a browser does with the page that says what will become of it."""
    page = client.get(url, address)
    seal = page.context["selection"].seal if seal is None else seal
    return client.post(f"{url}?{page.request['QUERY_STRING']}", {"seal": seal}, follow=True)


def placed(member) -> list[tuple]:
    rows = GroupAssignment.objects.filter(member=member)
    return [(row.group.name, row.start, row.end) for row in rows]


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("", "还没有选人。在姓名前面打勾，再点下面的按钮。"),
        ("pk=a", "选的人看不懂，回名册重新选。"),
        (f"pk={'9' * 25}", "选的人看不懂，回名册重新选。"),
        (f"pk={'9' * 5000}", "选的人看不懂，回名册重新选。"),
        ("pk=999999", "选的人里有 1 位不在您看得到的名册里了，重新选一遍。"),
        ("all=yes&on=x", "筛选条件看不懂，没有选到人。重新选一下筛选条件，再选人。"),
    ],
)
def test_who_names_nobody_is_led_back_with_a_sentence(chair, address, text):
    response = chair.get(f"{GROUP}?{address}", follow=True)
    assert response.redirect_chain == [("/members/", 302)]
    assert said(response) == [text]


def test_all_means_everyone_of_the_filter_on_every_page(chair):
    group = make_group()
    for _ in range(53):
        make_member(group=group)
    make_member("旁人")
    page = chair.get(GROUP, {"all": "yes", "group": group.pk})
    assert page.context["selection"].count == 53
    assert "选了 53 人：" in page.text


def test_ticked_rows_win_over_nothing_else(chair):
    one, other = make_member("甲一"), make_member("乙二")
    make_member("丙三")
    page = chair.get(GROUP, {"pk": [one.pk, other.pk]})
    assert [member.name for member in page.context["selection"].people] == ["甲一", "乙二"]


def test_people_move_to_a_group_as_the_sentence_says_and_back_with_one_click(chair):
    old, new = make_group("语文组"), make_group("第二工会小组")
    movers = [make_member("甲一", group=old), make_member("乙二", group=old), make_member("丙三")]
    stays = make_member("丁四", group=new)
    before = {member.pk: placed(member) for member in [*movers, stays]}
    address = {"pk": [m.pk for m in [*movers, stays]], "to": new.pk, "since": "2026-09-01"}
    page = chair.get(GROUP, address)
    assert page.context["sentence"] == (
        "3 人从语文组（2 人）、没有小组的（1 人）调到第二工会小组，从2026年9月1日起。"
        "另外 1 人已经在“第二工会小组”，不动。"
    )
    assert placed(movers[0]) == before[movers[0].pk]

    done = confirm(chair, GROUP, address)
    assert said(done) == ["3 人调到第二工会小组了"]
    assert placed(movers[0]) == [
        ("语文组", before[movers[0].pk][0][1], date(2026, 8, 31)),
        ("第二工会小组", date(2026, 9, 1), None),
    ]
    assert placed(stays) == before[stays.pk]

    (message,) = done.context["messages"]
    undone = chair.post(message.extra_tags.removeprefix("undo:"), follow=True)
    assert said(undone) == ["撤销了，3 人和以前一样。"]
    assert {member.pk: placed(member) for member in [*movers, stays]} == before
    again = chair.post(message.extra_tags.removeprefix("undo:"), follow=True)
    assert "后来又调过，不能整批撤销。调错的人，再调回去。" in said(again)[0]
    assert first_broken() is None


def test_a_move_is_taken_back_only_by_who_made_it(chair, log_in):
    member = make_member("甲一", group=make_group())
    address = {"pk": member.pk, "to": make_group("新").pk, "since": "2026-09-01"}
    (message,) = confirm(chair, GROUP, address).context["messages"]
    other = log_in(Role.ORGANISATION)
    response = other.post(message.extra_tags.removeprefix("undo:"), follow=True)
    assert said(response) == ["这不是您刚才办的，不能撤销。"]
    assert len(placed(member)) == 2


@pytest.mark.parametrize(("minutes", "undone"), [(29, True), (31, False)])
def test_a_move_of_many_is_taken_back_within_half_an_hour(chair, monkeypatch, minutes, undone):
    people, group = [make_member(), make_member()], make_group()
    move = partial(actions.move_to_group, members=people, group=group, since=timezone.localdate())
    _, (first, last) = actions.move_at_once(move=move, people=people, by=chair.user)
    later = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: later)
    if undone:
        assert actions.undo_moves(first=first, last=last, by=chair.user) == 2
    else:
        with pytest.raises(RuleBroken) as refusal:
            actions.undo_moves(first=first, last=last, by=chair.user)
        assert str(refusal.value) == (
            "办过超过 30 分钟，不能整批撤销了。办错的人，一个一个改回去。"
        )
    assert [bool(placed(member)) for member in people] == [not undone] * 2


def test_entries_of_other_acts_are_never_undone(chair):
    make_member("甲一")
    last = AuditEntry.objects.latest("number").number
    response = chair.post(reverse("members:selection_undo", args=[1, last]), follow=True)
    assert said(response) == ["这不是您刚才办的，不能撤销。"]


@pytest.mark.parametrize(("first", "last"), [(1, 10**25), (10**25, 10**25), (9, 3), (0, 1)])
def test_numbers_that_the_chain_does_not_have_are_nobodys(chair, first, last):
    response = chair.post(reverse("members:selection_undo", args=[first, last]), follow=True)
    assert said(response) == ["这不是您刚才办的，不能撤销。"]


def test_a_list_that_changed_since_it_was_shown_moves_nobody(chair):
    old, new = make_group("旧"), make_group("新")
    member = make_member("甲一", group=old)
    address = {"all": "yes", "group": old.pk, "to": new.pk, "since": "2026-09-01"}
    seal = chair.get(GROUP, address).context["selection"].seal
    make_member("后来的", group=old)
    response = confirm(chair, GROUP, address, seal)
    assert response.status_code == 422
    text = "名单刚才变了，现在是 2 人，什么都还没有做。再看一遍，对的话再按一次。"
    assert text in response.text
    assert len(placed(member)) == 1


def test_one_who_cannot_be_moved_keeps_all_where_they_are(chair):
    new = make_group("新")
    early, late = make_member("甲一", group=make_group()), make_member("乙二")
    actions.move_to_group(
        members=[late], group=make_group("另"), since=date(2026, 10, 1), by=chair.user
    )
    address = {"pk": [early.pk, late.pk], "to": new.pk, "since": "2026-09-01"}
    response = confirm(chair, GROUP, address)
    assert response.status_code == 422
    assert "一个人都没有动。" in response.text
    assert len(placed(early)) == 1


def test_everyone_can_be_taken_out_of_the_groups(chair):
    member = make_member("甲一", group=make_group("旧"))
    address = {"pk": member.pk, "to": "none", "since": "2026-09-01"}
    page = chair.get(GROUP, address)
    assert page.context["sentence"] == "1 人从旧出来，不编在任何小组，从2026年9月1日起。"
    assert said(confirm(chair, GROUP, address)) == ["1 人不编在任何小组了"]
    assert placed(member)[0][2] == date(2026, 8, 31)


def test_people_move_to_a_department(chair):
    member = make_member("甲一", department=make_department("数学组"))
    url = "/members/selection/department/"
    address = {"pk": member.pk, "to": make_department("教务处").pk, "since": "2026-09-01"}
    assert said(confirm(chair, url, address)) == ["1 人调到教务处了"]
    names = member.department_assignments.values_list("department__name", flat=True)
    assert list(names) == ["数学组", "教务处"]


def test_nobody_moves_to_where_all_are_already(chair):
    group = make_group("语文组")
    member = make_member("甲一", group=group)
    page = chair.get(GROUP, {"pk": member.pk, "to": group.pk, "since": "2026-09-01"})
    sentence = "这 1 人在2026年9月1日都已经在“语文组”，没有要调的。"
    assert (page.context["sentence"], page.context["moving"]) == (sentence, 0)
    assert 'type="submit" class="btn btn-primary"' not in page.text


def test_the_membership_of_many_is_retained_and_that_taken_back(chair):
    people = [make_member("甲一"), make_member("乙二")]
    address = {"pk": [p.pk for p in people], "to": "retain", "since": "2026-09-01", "note": "停薪"}
    page = chair.get(MEMBERSHIP, address)
    assert page.context["sentence"] == "2 人从2026年9月1日起保留会籍。原因：停薪"
    done = confirm(chair, MEMBERSHIP, address)
    assert said(done) == ["2 人登记好了保留会籍"]
    assert [p.memberships.last().status for p in people] == ["retained"] * 2
    (message,) = done.context["messages"]
    chair.post(message.extra_tags.removeprefix("undo:"))
    assert [p.memberships.get().status for p in people] == ["active"] * 2


def test_those_who_can_move_without_those_who_cannot_or_nobody_does(chair):
    people = [make_member("甲一"), make_member("乙二", status="retained"), make_member("丙三")]
    people[2].memberships.update(start=date(2026, 9, 1))
    address = {"pk": [p.pk for p in people], "to": "retain", "since": "2026-09-01", "note": "停薪"}
    page = chair.get(MEMBERSHIP, address | {"tab": "all"})
    assert page.context["preview"].refused == [
        "丙三的“在册”从2026年9月1日才开始，保留会籍最早从第二天算起。",
        "乙二的会籍已经保留着，不用再办。",
    ]
    whole = confirm(chair, MEMBERSHIP, address)
    assert whole.status_code == 422
    assert "一个人都没有动。" in whole.text
    assert people[0].memberships.get().status == "active"

    url = f"{MEMBERSHIP}?{page.request['QUERY_STRING']}"
    data = {"seal": page.context["selection"].seal, "only": page.context["preview"].seal}
    assert said(chair.post(url, data, follow=True)) == ["1 人登记好了保留会籍"]
    assert [p.memberships.last().status for p in people] == ["retained", "retained", "active"]
    again = chair.post(url, data)
    assert "名单刚才变了，现在是 0 人，什么都还没有做。" in again.text


@pytest.mark.parametrize(
    ("move", "standing", "answers"),
    [
        ("join", None, {}),
        ("transfer_in", None, {"union": "示例二中工会"}),
        ("restore", "retained", {}),
        ("retire", "active", {"work": "early_retired", "stays": "stays"}),
        ("transfer_out", "active", {"union": "示例五中工会"}),
        ("resign", "active", {}),
        ("lapse", "retained", {"note": "半年没有交会费"}),
        ("expel", "active", {"note": "委员会决定"}),
    ],
)
def test_each_move_of_many_is_made_audited_and_taken_back_as_a_whole(
    chair, move, standing, answers
):
    group = make_group("语文组")
    people = [
        make_member(name, status=standing, employment="working", group=group)
        for name in ("甲一", "乙二")
    ]
    officer = make_user(Role.WELFARE, member=people[0]) if standing else None
    before = [history(person) for person in people]
    address = {"pk": [p.pk for p in people], "to": move, "since": "2026-09-01", **answers}
    done = confirm(chair, MEMBERSHIP, address)
    assert said(done)[0].startswith("2 人登记好了")
    assert [history(person) for person in people] != before
    entries = AuditEntry.objects.filter(act=f"members.{move}_member")
    assert {entry.target_name for entry in entries} == {"甲一", "乙二"}
    (message,) = done.context["messages"]
    undone = chair.post(message.extra_tags.removeprefix("undo:"), follow=True)
    assert said(undone) == ["撤销了，2 人和以前一样。"]
    assert [history(person) for person in people] == before
    if officer:
        officer.refresh_from_db()
        assert officer.is_active
    assert first_broken() is None


def history(member) -> list:
    names = ("memberships", "employments", "group_assignments", "offices")
    return [list(getattr(member, name).order_by("pk").values()) for name in names]


def test_every_move_that_makes_sense_for_many_is_offered_with_how_many_can(chair):
    people = [make_member("甲一"), make_member("乙二", status=None)]
    page = chair.get(MEMBERSHIP, {"pk": [p.pk for p in people]})
    counts = {one["name"]: one["count"] for one in page.context["offered"]}
    assert counts == {
        **dict.fromkeys(["join", "transfer_in", "retain", "transfer_out"], 1),
        **dict.fromkeys(["resign", "lapse", "expel"], 1),
        "retire": 2,
        "return": 0,
        "restore": 0,
    }
    page = chair.get(MEMBERSHIP, {"pk": people[0].pk, "to": "die"})
    assert page.status_code == 422
    assert "没有“die”这一步，从下面选。" in page.text


def test_what_was_answered_is_there_when_it_is_answered_again(chair):
    address = {"pk": make_member("甲一").pk, "to": "retain", "since": "2026-09-01", "note": "停薪"}
    form = chair.get(MEMBERSHIP, address | {"again": "yes"}).context["form"]
    assert (form.is_bound, form["note"].value(), form["since"].value()) == (
        False,
        "停薪",
        "2026-09-01",
    )


def test_offices_that_end_with_it_are_named_and_who_may_not_end_them_is_told(chair, log_in):
    member = make_member("甲一")
    make_user(Role.WELFARE, member=member)
    address = {"pk": member.pk, "to": "resign", "since": "2026-09-01"}
    assert chair.get(MEMBERSHIP, address).context["preview"].offices == ["甲一的福利委员"]
    refused = log_in(Role.ORGANISATION).get(MEMBERSHIP, address).context["preview"].refused
    assert refused == ["甲一的福利委员由主席、副主席或管理员结束，找他们办。"]


def test_the_preview_of_a_move_costs_the_same_for_one_and_for_three(chair):
    people = [make_member(group=make_group()) for _ in range(3)]
    address = {"to": "transfer_out", "since": "2026-09-01", "union": "示例五中工会"}
    counts = []
    for keys in ([people[0].pk], [p.pk for p in people]):
        with CaptureQueriesContext(connection) as queries:
            assert chair.get(MEMBERSHIP, address | {"pk": keys}).context["moving"] == len(keys)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def exported(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_columns_of_an_export_are_chosen_and_remembered(chair):
    member = make_member("甲一", campus="东校区", is_teacher=True, arrived=date(2019, 9, 1))
    make_member("乙二")
    data = {"columns": ["name", "campus", "is_teacher", "arrived"], "format": "csv"}
    response = chair.post(f"{EXPORT}?pk={member.pk}", data)
    rows = [["姓名", "校区", "专任教师", "到校时间"], ["甲一", "东校区", "是", "2019-09-01"]]
    assert exported(response) == rows
    assert exported(chair.get("/members/export/", {"format": "csv", "q": "甲"})) == rows
    page = chair.get(EXPORT)
    assert page.context["selection"].count == 2
    assert page.context["form"]["columns"].value() == data["columns"]


def test_a_click_on_export_remembers_no_columns(chair):
    """Taken with a GET: it leaves its trace, and changes nothing else."""
    make_member("甲一")
    assert exported(chair.get("/members/export/", {"format": "csv"}))[1][1] == "甲一"
    chair.user.refresh_from_db()
    assert chair.user.export_columns == []


def test_an_export_is_on_record_with_its_columns(chair):
    member = make_member("甲一")
    chair.post(EXPORT, {"columns": ["name"], "format": "csv"}).getvalue()
    entry = AuditEntry.objects.get(act="members.export_members")
    assert entry.changes == {"columns": ["name"], "rows": 1, "held": held([member.pk])}


def test_an_export_without_a_column_is_refused_in_words(chair):
    make_member("甲一")
    response = chair.post(EXPORT, {"format": "csv"})
    assert response.status_code == 422
    assert "一列也没有选，至少选一列。" in response.text


def test_the_bar_offers_what_one_may_do(chair, log_in):
    make_member("甲一")
    labels = [act["label"] for act in chair.get("/members/").context["acts"]]
    own = ["调小组", "调部门", "会籍变动", "发通知", "导出", "签到表", "标签"]
    assert [label for label in labels if label in own] == own
    leader = log_in(Role.GROUP_LEADER)
    make_member("乙二", group=leader.user.member.offices.get().group)
    labels = [act["label"] for act in leader.get("/members/").context["acts"]]
    assert labels == ["发通知", "签到表", "标签"]


def test_a_leader_cannot_tick_people_of_other_groups(log_in):
    leader = log_in(Role.GROUP_LEADER)
    other = make_member("乙旁人", group=make_group())
    response = leader.get(
        SHEET, {"pk": other.pk, "heading": "签到表", "format": "pdf"}, follow=True
    )
    assert said(response) == ["选的人里有 1 位不在您看得到的名册里了，重新选一遍。"]


def test_a_selection_of_a_past_day_holds_who_was_there(chair):
    gone = make_member("甲一")
    yesterday = timezone.localdate() - timedelta(days=1)
    gone.memberships.update(end=yesterday)
    page = chair.get(GROUP, {"all": "yes", "on": str(yesterday)})
    assert [m.name for m in page.context["selection"].people] == ["甲一"]
    assert Member.objects.count() == 2


def test_what_an_act_adds_to_the_address_is_no_filter_of_the_list():
    assert set(ACTS_OWN) & set(ORDER) == set()


def test_a_move_from_a_day_before_someone_joined_is_refused_with_a_sentence(chair):
    group, member = make_group("数学组"), make_member("甲一", group=make_group("语文组"))
    member.group_assignments.update(start=None)
    address = {"pk": member.pk, "to": group.pk, "since": "1980-01-01"}
    response = confirm(chair, GROUP, address)
    assert response.status_code == 422
    assert (
        "甲一的入会时间是2020年9月1日，变动日期 1980-01-01 比它早，改成那时或以后。"
        in response.text
    )
    assert placed(member) == [("语文组", None, None)]
