"""Whatever happens to someone in which order: one status a day, figures that add up, a true undo."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import actions, queries
from members.choices import EmploymentStatus
from members.models import Member, Membership
from members.queries.changes import changes_in
from members.queries.membership import last_membership, standing_of, work_of
from members.rules.moves import member_offers
from tests.factories.members import make_member, make_user
from unionoffice.periods import Period, PeriodKind
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 1, 1), date(2026, 3, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
FEW = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANSWERS = {"union": "示例二中工会", "note": "依据见会议记录", "work": EmploymentStatus.RETIRED}
# each step: which of the moves on offer, how many days later, whether the 会籍 stays as it is
histories = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 90), st.booleans()), min_size=1, max_size=6
)
starts = st.sampled_from([None, "active", "retained"])


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


def live(history, status, chair) -> Member:
    """Someone to whom these moves happened, one after the other."""
    member = make_member(status=status, employment="working", joined=FIRST - timedelta(days=50))
    day = FIRST
    for choice, later, stays in history:
        day = min(day + timedelta(days=later), LAST)
        standing = standing_of(last_membership(member))
        offered = member_offers(standing, work_of(member), chair)
        if not offered or _ended_on(member, day):
            break
        name = offered[choice % len(offered)].name
        actions.move_member(member=member, move=name, since=day, by=None, **ANSWERS, stays=stays)
    return member


def _ended_on(member, day) -> bool:
    """Whether something of today is recorded already: the next move must lie after it."""
    row = last_membership(member)
    return row is not None and bool(row.start == day or (row.end and row.end >= day))


def statuses(member) -> dict[date, list[str]]:
    rows = list(member.memberships.all())
    return {
        day: [r.status for r in rows if (r.start or day) <= day and (r.end or day) >= day]
        for day in DAYS
    }


@FEW
@given(history=histories, status=starts)
def test_on_every_day_there_is_exactly_one_status(chair, history, status):
    with transaction.atomic():
        member = live(history, status, chair)
        assert max(map(len, statuses(member).values())) <= 1
        on_a_day = DAYS[:: len(DAYS) // 7]
        assert [Membership.objects.on(d).filter(member=member).count() for d in on_a_day] == [
            len(statuses(member)[d]) for d in on_a_day
        ]
        transaction.set_rollback(True)


@FEW
@given(history=st.lists(st.tuples(histories, starts), min_size=1, max_size=3), span=st.data())
def test_the_figures_of_a_period_are_the_sum_of_its_days(chair, history, span):
    with transaction.atomic():
        people = [live(each, status, chair) for each, status in history]
        first, last = sorted(span.draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
        period = Period(PeriodKind.FREE, first, last)
        new, left = _by_day(people, period)
        counted = Member.objects.order_by()
        assert queries.joined_in(counted, period).count() == new["whole"]
        assert queries.left_in(counted, period).count() == left["whole"]
        assert new["whole"] - left["whole"] == new["days"] - left["days"]
        transaction.set_rollback(True)


def _by_day(people, period) -> tuple[dict, dict]:
    """Who came and went: compared at both ends of the period, and summed up day by day."""
    new, left = {"whole": 0, "days": 0}, {"whole": 0, "days": 0}
    for member in people:
        rows = list(member.memberships.all())
        day = period.start - timedelta(days=1)
        was = before = _enrolled(rows, day)
        ever = False
        while day < period.end:
            day += timedelta(days=1)
            now = _enrolled(rows, day)
            new["days"] += now and not was
            left["days"] += was and not now
            ever, was = ever or now, now
        new["whole"] += ever and not before
        left["whole"] += (ever or before) and not was
    return new, left


def _enrolled(rows, day) -> bool:
    return any((r.start or day) <= day and (r.end or day) >= day for r in rows)


@FEW
@given(history=histories, status=starts)
def test_what_the_table_of_changes_says_leads_from_one_day_to_the_next(chair, history, status):
    """Coming and going, in the list that is exported, are the days on which the status changes."""
    with transaction.atomic():
        member = live(history, status, chair)
        told = {
            change.day
            for change in changes_in(chair, Period(PeriodKind.FREE, FIRST, LAST))
            if change.member == member
        }
        rows = statuses(member)
        changed = {day for before, day in pairwise(DAYS) if rows[before] != rows[day]}
        assert changed <= told
        transaction.set_rollback(True)


@FEW
@given(history=histories, status=starts)
def test_undone_from_the_last_to_the_first_everything_is_as_it_was(chair, history, status):
    with transaction.atomic():
        member = live([], status, chair)
        seen = [_rows(member)]
        day = FIRST
        for choice, later, _ in history:
            day = min(day + timedelta(days=later), LAST)
            offered = member_offers(standing_of(last_membership(member)), work_of(member), chair)
            if not offered or _ended_on(member, day):
                break
            name = offered[choice % len(offered)].name
            actions.move_member(member=member, move=name, since=day, by=None, **ANSWERS)
            seen.append(_rows(member))
        for rows in reversed(seen[:-1]):
            actions.undo_move(member=member, by=chair)
            assert _rows(member) == rows
        transaction.set_rollback(True)


def _rows(member) -> list:
    return [list(rows.order_by("pk").values()) for rows in (member.memberships, member.employments)]
