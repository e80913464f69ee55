"""Dated rows: what changes from a day on, and that what was before it stays."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members import actions
from members.choices import EmploymentStatus
from members.models import Employment, GroupAssignment, Membership
from tests.factories.members import make_group, make_member
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry

pytestmark = pytest.mark.django_db

BEGUN = date(2020, 9, 1)
SPRING = date(2026, 3, 1)


def spans(model, *fields) -> list[tuple]:
    return list(model.objects.order_by("pk").values_list(*fields, "start", "end"))


def move(member, group, since):
    return actions.change_dated(
        model=GroupAssignment, member=member, since=since, by=None, group=group
    )


def last_changes() -> dict:
    return AuditEntry.objects.order_by("number").last().changes


@pytest.fixture
def moved():
    """Someone who was in three groups."""
    one, two, three = make_group("一组"), make_group("二组"), make_group("三组")
    member = make_member("甲一", group=one, joined=date(2000, 1, 1))
    move(member, two, date(2010, 1, 1))
    move(member, three, date(2020, 1, 1))
    return member


@pytest.mark.parametrize("since", [date(2006, 5, 1), date(2019, 12, 31)])
def test_a_day_before_the_present_row_is_refused_and_the_history_stays(moved, since):
    """2006 typed for 2026 once took two rows with it."""
    before, entries = spans(GroupAssignment, "group"), AuditEntry.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        move(moved, make_group(), since)
    assert str(refusal.value) == (
        f"甲一的“三组”是从2020年1月1日起的，变动日期 {since} 比它早。"
        "变动日期要在那以后；那天就记错了的话，写 2020-01-01，会改正那一条。"
    )
    with pytest.raises(RuleBroken):
        actions.end_dated(model=GroupAssignment, member=moved, since=since, by=None)
    assert spans(GroupAssignment, "group") == before
    assert AuditEntry.objects.count() == entries


def test_the_first_day_of_the_present_row_corrects_it_and_old_and_new_are_recorded(moved):
    four = make_group("四组")
    row = moved.group_assignments.get(end=None)
    move(moved, four, date(2020, 1, 1))
    corrected = moved.group_assignments.get(end=None)
    assert (corrected.pk, corrected.group, corrected.start) == (row.pk, four, date(2020, 1, 1))
    assert last_changes() == {
        "since": "2020-01-01",
        "rows": [
            [
                {"what": "三组", "start": "2020-01-01", "end": None},
                {"what": "四组", "start": "2020-01-01", "end": None},
            ]
        ],
    }


def test_a_later_day_ends_the_present_row_and_both_are_recorded(moved):
    move(moved, make_group("四组"), SPRING)
    assert last_changes() == {
        "since": "2026-03-01",
        "rows": [
            [
                {"what": "三组", "start": "2020-01-01", "end": None},
                {"what": "三组", "start": "2020-01-01", "end": "2026-02-28"},
            ],
            [None, {"what": "四组", "start": "2026-03-01", "end": None}],
        ],
    }


def test_ending_on_the_first_day_takes_the_row_away_and_records_it(moved):
    actions.end_dated(model=GroupAssignment, member=moved, since=date(2020, 1, 1), by=None)
    assert [end for _, end in spans(GroupAssignment)] == [date(2009, 12, 31), date(2019, 12, 31)]
    assert last_changes() == {
        "since": "2020-01-01",
        "rows": [[{"what": "三组", "start": "2020-01-01", "end": None}, None]],
    }


def test_nothing_begins_before_the_last_row_was_over(moved):
    actions.end_dated(model=GroupAssignment, member=moved, since=SPRING, by=None)
    before = spans(GroupAssignment, "group")
    with pytest.raises(RuleBroken) as refusal:
        move(moved, make_group(), date(2026, 2, 28))
    assert str(refusal.value) == "甲一的“三组”到2026年2月28日才结束，变动日期要在那以后。"
    assert spans(GroupAssignment, "group") == before
    five = make_group()
    move(moved, five, SPRING)
    assert spans(GroupAssignment, "group") == [*before, (five.pk, SPRING, None)]


def test_what_lies_ahead_is_not_written_down():
    member = make_member("甲一", employment="working")
    tomorrow = timezone.localdate() + timedelta(days=1)
    sentence = f"变动日期 {tomorrow} 还没到，到了那天再改。"
    with pytest.raises(RuleBroken) as refusal:
        actions.change_dated(
            model=Membership, member=member, since=tomorrow, by=None, status="retained"
        )
    assert str(refusal.value) == sentence
    with pytest.raises(RuleBroken) as refusal:
        actions.end_dated(model=Employment, member=member, since=tomorrow, by=None)
    assert str(refusal.value) == sentence
    assert spans(Membership, "status") == [("active", BEGUN, None)]


def test_a_row_of_the_same_value_that_lies_ahead_does_not_pass_for_the_present_one():
    """A row of an older version may begin after today: saying the same from today is a change."""
    member = make_member("甲一", joined=timezone.localdate() + timedelta(days=30))
    with pytest.raises(RuleBroken):
        actions.change_dated(
            model=Membership, member=member, since=timezone.localdate(), by=None, status="active"
        )


def test_what_is_so_already_changes_nothing():
    member = make_member("甲一")
    entries = AuditEntry.objects.count()
    same = actions.change_dated(
        model=Membership, member=member, since=SPRING, by=None, status="active"
    )
    assert (same, AuditEntry.objects.count()) == (None, entries)


def test_ending_what_is_not_there_does_nothing():
    member = make_member("甲一")
    entries = AuditEntry.objects.count()
    assert actions.end_dated(model=Employment, member=member, since=SPRING, by=None) is None
    assert AuditEntry.objects.count() == entries


DAYS = 12  # of the little world that the changes below happen in
steps = st.lists(
    st.tuples(st.integers(0, DAYS), st.sampled_from([None, *EmploymentStatus.values])), max_size=8
)


def day(number: int) -> date:
    """The last of the days is today: a number beyond them lies ahead."""
    return timezone.localdate() - timedelta(days=DAYS - 1 - number)


def expected_after(told: list, since: int, number: int, value) -> tuple[list, int]:
    """What holds on each day, and since when, once `value` holds from `number`. Refused is what
    comes before the present row or before the end of the last one, and what lies ahead."""
    if number >= DAYS or number < since or value == told[-1]:
        return told, since
    told = told[:number] + [value] * (DAYS - number)
    first_free = max((n + 1 for n in range(DAYS) if told[n]), default=0)
    return told, number if value else first_free


@given(steps)
def test_any_changes_leave_one_value_a_day_and_never_rewrite_the_past(changes):
    with transaction.atomic():
        member = make_member()
        told, since = [None] * DAYS, 0
        for number, value in changes:
            told, since = expected_after(told, since, number, value)
            try:
                if value:
                    actions.change_dated(
                        model=Employment, member=member, since=day(number), by=None, status=value
                    )
                else:
                    actions.end_dated(model=Employment, member=member, since=day(number), by=None)
            except RuleBroken:
                pass
        found = [
            list(member.employments.on(day(n)).values_list("status", flat=True))
            for n in range(DAYS)
        ]
        transaction.set_rollback(True)
    assert found == [[value] if value else [] for value in told]
