"""How many came: a number that was typed, the names that are recorded, the sheet to sign on."""

import re
import subprocess
from datetime import time
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from activities.actions import attendance
from activities.exporters.attendance import SHEET, paper_file
from activities.models import Activity, Participation
from activities.rules import signups as rules
from tests.factories.activities import make_activity
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


def typed(headcount: int = 30, *, came: int = 1) -> tuple[Activity, list[Participation]]:
    """A record of today with a typed number, and `came` names that are marked."""
    held = make_activity(f"{timezone.localdate()}", headcount=headcount)
    if not came:
        return held, []
    by, people = held.recorded_by, [make_member() for _ in range(came)]
    rows = attendance.put_on_roll(activity=held, members=people, by=by)
    marks = {row.pk: "present" for row in rows}
    attendance.mark_attendance(activity=held, marks=marks, seen={}, by=by)
    held.refresh_from_db()
    return held, rows


def url(name: str, held: Activity) -> str:
    return reverse(f"activities:{name}", args=[held.pk])


def test_a_typed_number_stays_when_a_name_is_marked_until_somebody_says_to_count():
    held, _ = typed(30)
    assert (held.headcount, held.counted) == (30, False)
    attendance.count_by_names(activity=held, by=held.recorded_by)
    held.refresh_from_db()
    assert (held.headcount, held.typed_headcount, held.counted) == (1, 30, True)
    entry = AuditEntry.objects.get(act="activities.count_by_names")
    assert entry.changes == {"headcount": [30, 1]}


def test_the_typed_number_comes_back_when_no_name_is_left():
    held, [row] = typed(30)
    attendance.count_by_names(activity=held, by=held.recorded_by)
    attendance.drop_participation(participation=row, by=held.recorded_by)
    held.refresh_from_db()
    assert (held.headcount, held.typed_headcount, held.counted) == (30, None, False)


def test_each_number_that_the_names_made_stands_in_the_audit():
    held = make_activity(f"{timezone.localdate()}")
    by, people = held.recorded_by, [make_member(), make_member()]
    rows = attendance.put_on_roll(activity=held, members=people, by=by)
    for row in rows:
        attendance.mark_attendance(activity=held, marks={row.pk: "present"}, seen={}, by=by)
    attendance.drop_participation(participation=rows[0], by=by)
    signup = attendance.open_sign_in(activity=held, by=by)
    code = rules.code_at(signup.secret, timezone.now())
    attendance.sign_in(signup=signup, code=code, by=make_user(Role.MEMBER), joins=True)
    told = AuditEntry.objects.filter(changes__has_key="headcount").order_by("pk")
    assert [entry.changes["headcount"] for entry in told] == [[None, 1], [1, 2], [2, 1], [1, 2]]


def test_only_leave_makes_no_number_of_nothing():
    held = make_activity(f"{timezone.localdate()}", headcount=30)
    rows = attendance.put_on_roll(activity=held, members=[make_member()], by=held.recorded_by)
    marks = {rows[0].pk: "leave"}
    attendance.mark_attendance(activity=held, marks=marks, seen={}, by=held.recorded_by)
    assert Activity.objects.get().headcount == 30


def test_a_late_scan_does_not_lower_a_typed_number():
    held, _ = typed(30, came=0)
    signup = attendance.open_sign_in(activity=held, by=held.recorded_by)
    code = rules.code_at(signup.secret, timezone.now())
    attendance.sign_in(signup=signup, code=code, by=make_user(Role.MEMBER), joins=True)
    assert Activity.objects.get().headcount == 30


def test_the_page_asks_before_it_counts_and_takes_it_back(log_in):
    held, _ = typed(30)
    chair = log_in(user=held.recorded_by)
    page = chair.get(url("attendance_update", held)).text
    assert "原来写的 30 人会换成名单上的 1 人" in page
    page = chair.post(url("attendance_count", held), follow=True).text
    assert url("attendance_uncount", held) in page
    assert "原来写的是 30 人" in page
    chair.post(url("attendance_uncount", held))
    assert Activity.objects.get().headcount == 30


def test_who_only_keeps_a_group_does_not_decide_the_number(log_in):
    held, _ = typed(30)
    leader = log_in(Role.GROUP_LEADER)
    assert leader.post(url("attendance_count", held)).status_code == 404
    assert Activity.objects.get().headcount == 30


@pytest.mark.parametrize("act", ["count_by_names", "keep_typed_headcount"])
def test_without_names_or_a_typed_number_there_is_nothing_to_change(act):
    held, _ = typed(30, came=0)
    with pytest.raises(RuleBroken):
        getattr(attendance, act)(activity=held, by=held.recorded_by)


def test_more_guests_than_the_typed_number_are_refused():
    held, _ = typed(3)
    with pytest.raises(RuleBroken, match="名册以外的不会有 9 人"):
        attendance.mark_attendance(activity=held, marks={}, seen={}, by=held.recorded_by, guests=9)


def test_two_who_write_the_guests_are_told_of_each_other(log_in):
    held, _ = typed(30)
    chair = log_in(user=held.recorded_by)
    page = url("attendance_update", held)
    chair.post(page, {"guests": "3", "seen_guests": ""})
    second = chair.post(page, {"guests": "7", "seen_guests": ""})
    assert second.status_code == 422
    assert "名册以外的人刚被改成 3了，还要按这里写的改，就再保存一次。" in second.text
    assert 'name="seen_guests" value="3"' in second.text
    assert 'value="7"' in second.text
    assert Activity.objects.get().guests == 3
    chair.post(page, {"guests": "7", "seen_guests": "3"})
    assert Activity.objects.get().guests == 7


# Papers


def test_the_sheet_to_sign_on_says_when_and_where_and_has_its_groups_one_below_the_other(office):
    group = make_group("一组")
    held = make_activity(
        "2026-03-06",
        "趣味运动会",
        time=time(16, 30),
        to_time=time(17, 30),
        precision="minute",
        place="操场",
    )
    people = [make_member("甲示", group=group), make_member("乙示")]
    rows = attendance.put_on_roll(activity=held, members=people, by=held.recorded_by)
    content, name = paper_file(held, rows, "docx", SHEET)
    paper = Document(BytesIO(content))
    assert (name, len(paper.tables)) == ("趣味运动会签到表", 1)
    lines = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [line[:2] for line in lines] == [
        ["时间", "2026年3月6日16:30–17:30"],
        ["地点", "操场"],
        ["序号", "姓名"],
        ["一组，1 人"] * 2,
        ["1", "甲示"],
        ["没有编组，1 人"] * 2,
        ["2", "乙示"],
        ["临时来的"] * 2,
        *([str(number), ""] for number in range(3, 8)),
    ]


def pages_of(content: bytes) -> int:
    told = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True)
    return int(re.search(rb"Pages:\s+(\d+)", told.stdout)[1])


def test_the_sheet_runs_over_as_few_pages_as_it_needs(office):
    held = make_activity("2026-03-06")
    people = [make_member(group=make_group(f"第{n}组")) for n in range(5)]
    rows = attendance.put_on_roll(activity=held, members=people, by=held.recorded_by)
    content, _ = paper_file(held, rows, "pdf", SHEET)
    assert pages_of(content) == 1
