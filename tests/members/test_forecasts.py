"""Who reaches the statutory age, whose birthday it is: who is in the list and who is not."""

from datetime import date

import pytest

from members.choices import EmploymentStatus, Gender, MembershipExit, MembershipStatus
from members.models import Member
from members.queries import forecasts
from members.queries.forecasts import birthday_in, next_birthday, retiring
from tests.factories.members import make_group, make_member, make_user
from unionoffice.periods import Period, Precision
from unionoffice.roles import Role

TODAY = date(2026, 11, 22)
NEXT_YEAR = Period.parse("2026-11-01..2027-10-31")
MAN = {"gender": Gender.MALE, "employment": EmploymentStatus.WORKING}
WOMAN = {"gender": Gender.FEMALE, "employment": EmploymentStatus.WORKING}
pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


def names(reached) -> list[str]:
    found = Member.objects.in_bulk([each.pk for each in reached])
    return [found[each.pk].name for each in reached]


def due(user, period=NEXT_YEAR, **places) -> list[str]:
    return names(retiring(user, TODAY, period, **places).due)


def test_those_who_reach_the_age_in_the_period_stand_in_the_order_of_the_day(chair):
    make_member("张三", birth=date(1967, 3, 12), **MAN)  # 60 岁 7 个月
    make_member("李四", birth=date(1971, 7, 1), **WOMAN)  # 55 岁 5 个月
    make_member("王五", birth=date(1976, 8, 9), retirement_line="50", **WOMAN)  # 50 岁 10 个月
    make_member("赵六", birth=date(1967, 4, 1), **MAN)  # 2027-11
    assert due(chair) == ["李四", "王五", "张三"]
    found = retiring(chair, TODAY, NEXT_YEAR).due
    assert [each.forecast.day_text for each in found] == [
        "2026年12月1日",
        "2027年6月9日",
        "2027年10月12日",
    ]


def test_a_woman_without_a_line_retires_by_the_line_of_fifty_five(chair):
    make_member("王五", birth=date(1976, 8, 9), **WOMAN)
    assert due(chair) == []


def test_who_is_known_by_month_or_year_is_found_in_every_month_that_may_be(chair):
    make_member("张三", birth=date(1967, 3, 1), birth_precision=Precision.MONTH, **MAN)
    make_member("李四", birth=date(1967, 1, 1), birth_precision=Precision.YEAR, **MAN)
    assert due(chair) == ["李四", "张三"]
    assert due(chair, Period.parse("2028-09-01..2028-09-30")) == ["李四"]
    assert due(chair, Period.parse("2028-10-01..2028-10-31")) == []


def test_the_one_who_still_works_after_the_day_is_told_of_apart(chair):
    make_member("张三", birth=date(1966, 5, 30), **MAN)  # 2026-10-30
    make_member("李四", birth=date(1966, 6, 22), **MAN)  # 2026-11-22: today
    make_member("钱七", birth=date(1966, 6, 23), **MAN)
    make_member("王五", birth=date(1930, 1, 1), **MAN)
    make_member("赵六", birth=date(1966, 1, 1), birth_precision=Precision.YEAR, **MAN)
    found = retiring(chair, TODAY, NEXT_YEAR)
    assert names(found.over) == ["王五", "张三", "李四"]
    assert names(found.due) == ["赵六", "李四", "钱七"]


def test_who_has_no_birth_or_no_gender_is_told_of_as_unknown(chair):
    make_member("张三", **MAN)
    make_member("李四", birth=date(1966, 6, 1), employment=EmploymentStatus.WORKING)
    make_member("王五", birth=date(1990, 6, 1), **MAN)
    found = retiring(chair, TODAY, NEXT_YEAR)
    assert sorted(names(found.unknown)) == ["张三", "李四"]
    assert found.due == []


@pytest.mark.parametrize(
    "status", [EmploymentStatus.RETIRED, EmploymentStatus.RETIRED_CADRE, EmploymentStatus.LEFT]
)
def test_who_retired_or_left_is_in_no_list(chair, status):
    make_member("张三", birth=date(1966, 5, 30), gender=Gender.MALE, employment=status)
    make_member("李四", birth=date(1966, 7, 30), gender=Gender.MALE, employment=status)
    make_member("王五", gender=Gender.MALE, employment=status)
    found = retiring(chair, TODAY, NEXT_YEAR)
    assert (found.due, found.over, found.unknown) == ([], [], [])


def test_who_went_home_early_still_retires_on_the_day(chair):
    make_member("张三", birth=date(1966, 7, 30), **MAN | {"employment": "early_retired"})
    assert due(chair) == ["张三"]


def test_a_member_without_a_recorded_employment_counts_as_at_work(chair):
    active = make_member("张三", birth=date(1966, 7, 30), gender=Gender.MALE, employment=None)
    retained = make_member("李四", birth=date(1966, 7, 30), gender=Gender.MALE, employment=None)
    for member in (active, retained):
        member.employments.all().delete()
    retained.memberships.update(status=MembershipStatus.RETAINED)
    assert due(chair) == ["张三"]


def test_who_died_is_in_no_list(chair):
    dead = make_member("张三", birth=date(1966, 11, 25), **MAN)
    dead.memberships.update(end=TODAY, exit=MembershipExit.DIED)
    found = retiring(chair, TODAY, NEXT_YEAR)
    assert (found.due, found.over) == ([], [])
    assert kept(chair, date(2026, 11, 1), date(2026, 11, 30)) == []


def test_the_list_is_narrowed_to_a_group(chair):
    group = make_group("第一工会小组")
    make_member("张三", birth=date(1967, 3, 12), group=group, **MAN)
    make_member("李四", birth=date(1967, 3, 12), **MAN)
    assert due(chair, group=group.pk) == ["张三"]


def kept(user, first: date, last: date, **places) -> list[str]:
    people = forecasts.birthdays(user, TODAY, first, last, **places)
    return [person.name for person in people]


def test_birthdays_of_a_month_stand_by_day_and_those_without_a_day_at_the_end(chair):
    make_member("张三", birth=date(1980, 11, 30))
    make_member("李四", birth=date(1990, 11, 2))
    make_member("王五", birth=date(1985, 11, 1), birth_precision=Precision.MONTH)
    make_member("赵六", birth=date(1985, 12, 1))
    make_member("钱七", birth=date(1985, 11, 1), birth_precision=Precision.YEAR)
    assert kept(chair, date(2026, 11, 1), date(2026, 11, 30)) == ["李四", "张三", "王五"]


def test_days_around_new_year_stand_in_the_order_in_which_they_come(chair):
    make_member("张三", birth=date(1980, 1, 3))
    make_member("李四", birth=date(1990, 12, 31))
    make_member("王五", birth=date(1990, 1, 20))
    assert kept(chair, date(2026, 12, 20), date(2027, 1, 18)) == ["李四", "张三"]


def test_who_was_born_on_29_february_has_a_birthday_every_year(chair):
    make_member("张三", birth=date(1988, 2, 29))
    assert kept(chair, date(2027, 2, 28), date(2027, 2, 28)) == ["张三"]
    assert kept(chair, date(2028, 2, 28), date(2028, 2, 28)) == []
    assert kept(chair, date(2028, 2, 29), date(2028, 2, 29)) == ["张三"]
    assert kept(chair, date(2027, 3, 1), date(2027, 3, 31)) == []
    assert birthday_in(2027, date(1988, 2, 29)) == date(2027, 2, 28)
    assert next_birthday(date(1988, 2, 29), date(2027, 3, 1)) == date(2028, 2, 29)


def test_the_retired_have_birthdays_and_those_who_left_do_not(chair):
    born = {"birth": date(1950, 11, 25)}
    make_member("张三", employment="retired", status="retained", **born)
    make_member("李四", employment="left", **born)
    gone = make_member("王五", **born)
    gone.memberships.update(end=date(2026, 8, 31), exit=MembershipExit.TRANSFERRED)
    make_member("赵六", joined=None, status=None, **born)
    assert kept(chair, TODAY, date(2026, 11, 30)) == ["张三"]


def test_a_group_leader_sees_the_birthdays_of_the_own_group_only(chair):
    mine, other = make_group("第一工会小组"), make_group("第二工会小组")
    make_member("张三", birth=date(1980, 11, 25), group=mine)
    make_member("李四", birth=date(1980, 11, 26), group=other)
    leader = make_user(Role.GROUP_LEADER, group=mine)
    assert kept(leader, TODAY, date(2026, 11, 30)) == ["张三"]
    assert kept(leader, TODAY, date(2026, 11, 30), group=other.pk) == []
    assert kept(chair, TODAY, date(2026, 11, 30)) == ["张三", "李四"]


def test_by_group_the_birthdays_stand_in_the_order_of_the_groups(chair):
    first, second = make_group("第一工会小组"), make_group("第二工会小组")
    make_member("张三", birth=date(1980, 11, 25))
    make_member("李四", birth=date(1980, 11, 27), group=second)
    make_member("王五", birth=date(1980, 11, 29), group=first)
    make_member("赵六", birth=date(1980, 11, 26), group=first)
    people = forecasts.birthdays(chair, TODAY, TODAY, date(2026, 11, 30))
    assert [p.name for p in forecasts.by_group(people)] == ["赵六", "王五", "李四", "张三"]


def test_who_has_no_day_of_birth_is_counted(chair):
    make_member("张三")
    make_member("李四", birth=date(1980, 1, 1), birth_precision=Precision.YEAR)
    make_member("王五", birth=date(1980, 1, 1), birth_precision=Precision.MONTH)
    assert forecasts.without_birthday(chair, TODAY).count() == 2


def test_the_lists_take_one_query_for_one_person_and_for_many(chair, django_assert_num_queries):
    for number in range(1, 8):
        make_member(birth=date(1967, 3, number), **MAN)
        make_member(birth=date(1960, 3, number), **MAN)
        with django_assert_num_queries(1):
            found = retiring(chair, TODAY, NEXT_YEAR)
        assert (len(found.due), len(found.over)) == (number, number)
