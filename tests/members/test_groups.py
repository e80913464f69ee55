"""Groups, and moving many people at once."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions, queries
from members.facts import roster_tables
from members.models import DepartmentAssignment, GroupAssignment
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 1)


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


def spans(member) -> list[tuple]:
    rows = GroupAssignment.objects.filter(member=member).order_by("start")
    return [(row.group.name, row.start, row.end) for row in rows]


def test_many_people_move_to_a_group_at_once_and_each_has_it_in_the_own_log(chair):
    old, new = make_group("语文组"), make_group("数学组")
    people = [make_member(name, group=old) for name in ("甲一", "乙二")]
    already = make_member("丙三", group=new)
    moved = actions.move_to_group(members=[*people, already], group=new, since=SPRING, by=chair)
    assert moved == people
    for member in people:
        assert spans(member) == [
            ("语文组", date(2020, 9, 1), date(2026, 2, 28)),
            ("数学组", SPRING, None),
        ]
    log = AuditEntry.objects.filter(act="members.change_groupassignment")
    assert sorted(log.values_list("target_name", flat=True)) == ["乙二", "甲一"]


def test_to_move_to_no_group_ends_the_old_one(chair):
    member = make_member("甲一", group=make_group("语文组"))
    assert actions.move_to_group(members=[member], group=None, since=SPRING, by=chair) == [member]
    assert spans(member) == [("语文组", date(2020, 9, 1), date(2026, 2, 28))]


def test_nobody_moves_when_one_can_not(chair):
    group = make_group("语文组")
    people = [make_member("甲一", group=group), make_member("乙二", group=group)]
    actions.move_to_group(
        members=people[1:], group=make_group("英语组"), since=date(2026, 5, 1), by=chair
    )
    before = [spans(member) for member in people]
    with pytest.raises(RuleBroken) as refusal:
        actions.move_to_group(members=people, group=make_group("数学组"), since=SPRING, by=chair)
    assert str(refusal.value) == (
        "一个人都没有动。乙二的“英语组”是从2026年5月1日起的，变动日期 2026-03-01 比它早。"
        "变动日期要在那以后；那天就记错了的话，写 2026-05-01，会改正那一条。"
    )
    assert [spans(member) for member in people] == before


def test_a_reason_that_holds_for_all_is_told_once(chair):
    people = [make_member(group=make_group()) for _ in range(2)]
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken) as refusal:
        actions.move_to_group(members=people, group=make_group(), since=tomorrow, by=chair)
    assert str(refusal.value) == f"一个人都没有动。变动日期 {tomorrow} 还没到，到了那天再改。"


def test_a_long_list_of_refusals_is_cut(chair):
    people = [make_member(group=make_group()) for _ in range(7)]
    with pytest.raises(RuleBroken) as refusal:
        actions.move_to_group(members=people, group=make_group(), since=date(2020, 1, 1), by=chair)
    assert str(refusal.value).endswith("另有 2 人也动不了。")
    assert str(refusal.value).count("2020年9月1日") == 5


def test_nobody_moves_to_a_group_that_is_dissolved(chair):
    group, member = make_group("语文组"), make_member("甲一")
    group.last_day = date(2025, 12, 31)
    with pytest.raises(RuleBroken) as refusal:
        actions.move_to_group(members=[member], group=group, since=SPRING, by=chair)
    assert str(refusal.value) == "语文组到2025年12月31日就撤销了，换一个小组。"
    assert not GroupAssignment.objects.exists()


def test_on_its_last_day_a_group_is_still_there(chair):
    group, member = make_group("语文组"), make_member("甲一")
    group.last_day = SPRING
    actions.move_to_group(members=[member], group=group, since=SPRING, by=chair)
    assert spans(member) == [("语文组", SPRING, None)]
    joining = make_member("乙二", status=None)
    actions.move_member(member=joining, move="join", since=SPRING, group=group, by=None)
    assert spans(joining) == [("语文组", SPRING, None)]
    late = {"member": make_member("丙三", status=None), "move": "join", "group": group, "by": None}
    assert refused(actions.move_member, since=SPRING + timedelta(days=1), **late) == (
        "语文组到2026年3月1日就撤销了，换一个小组。"
    )


def test_many_people_move_to_a_department(chair):
    people = [make_member("甲一"), make_member("乙二")]
    actions.move_to_department(
        members=people, department=make_department("教务处"), since=SPRING, by=chair
    )
    rows = DepartmentAssignment.objects.values_list("member__name", "department__name", "start")
    assert sorted(rows) == [("乙二", "教务处", SPRING), ("甲一", "教务处", SPRING)]


YESTERDAY = timezone.localdate() - timedelta(days=1)


def refused(action, **values) -> str:
    with pytest.raises(RuleBroken) as refusal:
        action(**values)
    return str(refusal.value)


def test_a_dissolved_group_hands_its_people_on_and_last_year_stays(chair):
    old, new = make_group("语文组"), make_group("文科组")
    member = make_member("甲一", group=old)
    leader = make_member("乙二").offices.create(office="group_leader", group=old, start=SPRING)
    moved = actions.dissolve_group(group=old, last_day=YESTERDAY, to=new, by=chair)
    assert moved == [member]
    today = YESTERDAY + timedelta(days=1)
    assert spans(member) == [("语文组", date(2020, 9, 1), YESTERDAY), ("文科组", today, None)]
    leader.refresh_from_db()
    assert leader.end == YESTERDAY
    assert queries.groups_there().get() == new
    assert old in queries.groups_there(YESTERDAY)
    actions.restore_group(group=old, by=chair)
    assert set(queries.groups_there()) == {old, new}


def test_a_group_is_not_dissolved_into_itself_ahead_or_twice(chair):
    group = make_group("语文组")
    values = {"group": group, "last_day": YESTERDAY, "to": None, "by": chair}
    assert refused(actions.dissolve_group, **values | {"to": group}) == (
        "语文组要撤销，人移到别的小组。"
    )
    today = YESTERDAY + timedelta(days=1)
    assert refused(actions.dissolve_group, **values | {"last_day": today}) == (
        "最后一天写到昨天为止，人从第二天起在新的小组。"
    )
    actions.dissolve_group(**values)
    assert refused(actions.dissolve_group, **values).endswith("已经撤销了。")


def test_a_group_whose_leader_began_later_is_not_dissolved(chair):
    group = make_group("语文组")
    make_member("乙二").offices.create(office="group_leader", group=group, start=SPRING)
    sentence = refused(
        actions.dissolve_group, group=group, last_day=date(2026, 2, 1), to=None, by=chair
    )
    assert sentence == (
        "乙二从2026年3月1日起才任语文组组长，先在“职务”里改日期或者去掉，再撤小组。"
    )
    group.refresh_from_db()
    assert group.last_day is None


@pytest.mark.parametrize("order", ["32768", "-1", "x", ""])
def test_the_order_of_a_group_is_a_number_that_every_database_keeps(log_in, order):
    chair = log_in(Role.CHAIR)
    data = {"name": "语文组", "kind": "area", "order": order}
    group = make_group("一组")
    for url in ("/organisation/groups/new/", f"/organisation/groups/{group.pk}/edit/"):
        response = chair.post(url, data)
        assert response.status_code == 422
        assert response.context["form"].errors["order"] == [
            "排序写 0 到 32767 的整数，不用排就写 0。"
        ]
    assert chair.post(url, data | {"order": "32767"}).status_code == 302


def test_groups_are_put_in_order(chair):
    first, second, third = make_group("一组"), make_group("二组"), make_group("三组")
    actions.raise_group(group=third, by=chair)
    assert list(queries.groups()) == [first, third, second]
    actions.raise_group(group=third, by=chair)
    actions.raise_group(group=third, by=chair)
    assert list(queries.groups()) == [third, first, second]


def test_only_a_group_that_nobody_was_in_is_taken_away(chair):
    used, unused = make_group("一组"), make_group("二组")
    make_member(group=used)
    assert refused(actions.drop_group, group=used, by=chair) == (
        "一组编过人，不能去掉，要撤就写上最后一天。"
    )
    actions.drop_group(group=unused, by=chair)
    assert list(queries.groups()) == [used]


def test_group_pages_in_the_browser(log_in):
    client = log_in(Role.CHAIR)
    old, new = make_group("语文组"), make_group("文科组")
    make_member("甲一", group=old)
    url = f"/organisation/groups/{old.pk}/"
    data = {"name": "语文一组", "kind": "area", "order": "3"}
    assert client.post(f"{url}edit/", data).status_code == 302
    old.refresh_from_db()
    assert (old.name, old.kind, old.order) == ("语文一组", "area", 3)
    missing = client.post(f"{url}dissolve/", {"last_day": str(YESTERDAY)})
    assert missing.context["form"].errors == {"to": ["选一个小组，或者选“不编组”。"]}
    text = client.post(
        f"{url}dissolve/", {"last_day": str(YESTERDAY), "to": new.pk}, follow=True
    ).text
    assert "撤销了：语文一组，1 人移走了" in text
    then = client.get(url, {"on": str(YESTERDAY)})
    assert [member.name for member in then.context["page"]] == ["甲一"]
    assert "撤销了的" in client.get("/organisation/groups/").text
    assert "恢复了：语文一组" in client.post(f"{url}restore/", follow=True).text


def test_a_group_leader_sees_the_page_of_the_own_group_only(log_in):
    own, other = make_group("一组"), make_group("二组")
    make_member("甲一", group=own)
    make_member("乙二", group=other)
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=own))
    page = leader.get(f"/organisation/groups/{own.pk}/")
    assert [member.name for member in page.context["page"]] == ["甲一"]
    assert leader.get(f"/organisation/groups/{other.pk}/").status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_a_group_takes_as_many_queries_for_many(
    log_in, people, django_assert_num_queries
):
    client, group = log_in(Role.CHAIR), make_group()
    for _ in range(people):
        make_user(Role.GROUP_LEADER, group=group)
        make_member(group=group)
    with django_assert_num_queries(15):
        page = client.get(f"/organisation/groups/{group.pk}/")
    assert page.context["page"].paginator.count == people


def test_nobody_is_offered_a_group_that_is_dissolved(log_in):
    there, gone = make_group("一组"), make_group("二组")
    actions.dissolve_group(group=gone, last_day=YESTERDAY, to=None, by=make_user(Role.ADMIN))
    client = log_in(Role.CHAIR)
    member = make_member()
    for url in ("/members/new/", f"/members/{member.pk}/edit/"):
        assert list(client.get(url).context["form"].fields["group"].queryset) == [there]


def test_nobody_is_in_a_group_before_joining_the_union_or_coming_to_the_school(chair):
    group = make_group("语文组")
    joined = make_member("甲一", joined=date(2003, 9, 1), arrived=date(1999, 7, 1))
    came = make_member("乙二", joined=date(1995, 5, 1), arrived=date(2005, 9, 1))
    born = make_member("丙三", joined=None, birth=date(1970, 1, 1), birth_precision="year")
    with pytest.raises(RuleBroken) as refusal:
        actions.move_to_group(
            members=[joined, came, born], group=group, since=date(1969, 1, 1), by=chair
        )
    assert str(refusal.value) == (
        "一个人都没有动。"
        "甲一的入会时间是2003年9月1日，变动日期 1969-01-01 比它早，改成那时或以后。"
        "乙二的到校时间是2005年9月1日，变动日期 1969-01-01 比它早，改成那时或以后。"
        "丙三的出生时间是1970年，变动日期 1969-01-01 比它早，改成那时或以后。"
    )
    assert not GroupAssignment.objects.exists()
    actions.move_to_group(members=[joined], group=group, since=date(2003, 9, 1), by=chair)
    assert spans(joined) == [("语文组", date(2003, 9, 1), None)]


def test_a_group_is_not_left_before_it_could_be_joined(chair):
    member = make_member("甲一", joined=date(2003, 9, 1))
    row = member.group_assignments.create(group=make_group("语文组"))
    with pytest.raises(RuleBroken, match="甲一的入会时间是2003年9月1日"):
        actions.move_to_group(members=[member], group=None, since=date(1980, 1, 1), by=chair)
    assert spans(member) == [("语文组", None, None)]
    assert row.member.group_assignments.get() == row


def test_one_may_work_in_a_department_before_joining_the_union(chair):
    office = make_department("总务处")
    known = make_member("甲一", joined=date(2012, 9, 1), arrived=date(2010, 9, 1))
    unknown = make_member("乙二", joined=date(2012, 9, 1))
    values = {"department": office, "since": date(2011, 9, 1), "by": chair}
    assert actions.move_to_department(members=[known], **values) == [known]
    with pytest.raises(RuleBroken, match="乙二的入会时间是2012年9月1日，变动日期 2011-09-01"):
        actions.move_to_department(members=[unknown], **values)


def test_a_group_is_not_shown_on_a_day_before_it_was_there(log_in):
    client = log_in(Role.CHAIR)
    old, new, led, empty = (make_group(name) for name in ("一组", "二组", "三组", "四组"))
    make_member("甲一", group=old)
    member = make_member("乙二")
    actions.move_to_group(members=[member], group=new, since=SPRING, by=client.user)
    member.offices.create(office="group_leader", group=led, start=date(2026, 2, 1))

    def shown(day: date) -> list:
        page = client.get("/organisation/", {"on": str(day)})
        return [row.group for row in page.context["groups"]]

    assert shown(timezone.localdate()) == [old, new, led, empty]
    assert shown(SPRING) == [old, new, led]
    assert shown(SPRING - timedelta(days=1)) == [old, led]
    assert shown(date(2026, 1, 31)) == [old]
    then = {"on": str(SPRING - timedelta(days=1))}
    assert "那天还没有这个小组" in client.get(f"/organisation/groups/{new.pk}/", then).text
    assert "在册会员 1 人" in client.get(f"/organisation/groups/{new.pk}/").text


def test_the_head_of_a_groups_page_says_what_the_figures_say(log_in):
    client, group = log_in(Role.CHAIR), make_group("一组")
    make_member("甲一", group=group)
    make_member("乙二", group=group, joined=date(2026, 3, 2))
    make_member("丙三", group=group, status="retained")
    make_member("丁四", group=group, status=None)
    for day, size, head in (
        (SPRING, 1, "在册会员 1 人，另有保留会籍 1 人，还不是会员 1 人"),
        (SPRING + timedelta(days=1), 2, "在册会员 2 人，另有保留会籍 1 人，还不是会员 1 人"),
    ):
        page = client.get(f"/organisation/groups/{group.pk}/", {"on": str(day)})
        assert head in re.sub(r"<[^>]+>", "", page.text)
        (table,) = (t for t in roster_tables(day).members if t.head == "工会小组")
        assert [(row.label, row.number) for row in table.rows] == [("一组", size)]
        assert page.context["row"].size == size
