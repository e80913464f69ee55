"""Groups, and moving many people at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
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


def test_many_people_move_to_a_department(chair):
    people = [make_member("甲一"), make_member("乙二")]
    actions.move_to_department(
        members=people, department=make_department("教务处"), since=SPRING, by=chair
    )
    rows = DepartmentAssignment.objects.values_list("member__name", "department__name", "start")
    assert sorted(rows) == [("乙二", "教务处", SPRING), ("甲一", "教务处", SPRING)]
