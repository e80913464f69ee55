"""What the roster puts on the home page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.choices import Gender
from members.home import home_part
from tests.factories.applications import make_application, make_colleague
from tests.factories.members import make_group, make_member, make_user
from unionoffice.home import DateAhead, HomePart
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
TODAY, YEAR = date(2026, 12, 29), Period.year(2026)
MAN = {"gender": Gender.MALE, "employment": "working"}
BIRTHDAYS, RETIRING = (
    "/members/birthdays/?when=7",
    "/members/retirements/?period=2026-12-01..2027-02-28",
)


def test_the_week_s_birthdays_and_the_quarter_s_retirements_are_a_line_each():
    make_member("张三", birth=date(1980, 1, 4))
    make_member("李四", birth=date(1990, 12, 29))
    make_member("王五", birth=date(1990, 1, 5))
    make_member("赵六", birth=date(1966, 8, 11), **MAN)  # 2027-01-11
    make_member("钱七", birth=date(1966, 6, 27), **MAN)  # 2026-11-27: over
    make_member("孙八", birth=date(1966, 10, 11), **MAN)  # 2027-04
    assert home_part(make_user(Role.CHAIR), TODAY, YEAR).dates == (
        DateAhead(date(2026, 12, 29), "7 天内 2 人（李四、张三）过生日", BIRTHDAYS),
        DateAhead(date(2027, 1, 11), "3 个月内 1 人（赵六）到退休年龄", RETIRING),
    )


def test_of_many_only_the_first_two_are_named():
    for number, name in enumerate("甲乙丙丁"):
        make_member(f"{name}某", birth=date(1980, 12, 29 + number % 3))
    (line,) = home_part(make_user(Role.WELFARE), TODAY, YEAR).dates
    assert line.text == "7 天内 4 人（丁某、甲某等）过生日"


def test_a_group_leader_sees_the_birthdays_of_the_group_and_no_retirements():
    mine = make_group()
    make_member("张三", birth=date(1980, 12, 30), group=mine)
    make_member("李四", birth=date(1980, 12, 30))
    make_member("王五", birth=date(1966, 8, 11), group=mine, **MAN)
    (line,) = home_part(make_user(Role.GROUP_LEADER, group=mine), TODAY, YEAR).dates
    assert line.text == "7 天内 1 人（张三）过生日"


def test_a_teacher_sees_nothing_of_it():
    make_member(birth=date(1980, 12, 30))
    assert home_part(make_user(Role.MEMBER), TODAY, YEAR) == HomePart()


def test_what_waits_stands_there_in_a_line_of_each_kind(django_assert_num_queries):
    chair, other = make_user(Role.CHAIR), make_user(Role.WELFARE)
    for number in range(1, 4):
        make_member(birth=date(1966, 8, number), **MAN)
        make_application(make_colleague(f"申请{number}"), by=chair)
    with django_assert_num_queries(2):
        part = home_part(chair, TODAY, YEAR)
    (todo,) = part.todos
    assert todo.title == "3 人（申请1、申请2等）申请入会"
    assert home_part(other, TODAY, YEAR).todos == ()


def test_the_home_page_of_the_chair_takes_fourteen_queries_however_much_waits(log_in):
    client = log_in(Role.CHAIR)
    for people in (1, 3):
        for _ in range(people):
            make_member(birth=date(1980, 12, 30))
            make_application(by=client.user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        assert len(queries) <= 14


def test_who_is_past_the_age_and_still_stands_as_working_is_to_be_looked_at():
    make_member("张三", birth=date(1966, 8, 28), **MAN)  # 2027-01: to come
    make_member("李四", birth=date(1966, 5, 11), **MAN)
    make_member("赵六", birth=date(1960, 5, 11), **MAN)  # told through the whole year 2020
    make_member("王五", birth=date(1966, 5, 11), **MAN | {"employment": "retired"})
    (todo,) = home_part(make_user(Role.CHAIR), TODAY, YEAR).todos
    assert (todo.title, todo.act_url) == (
        "近一年 1 人（李四）到了退休年龄，还记着在岗",
        "/members/retirements/?tab=over",
    )
    assert home_part(make_user(Role.WELFARE), TODAY, YEAR).todos == ()


def test_the_month_s_round_years_at_work_and_new_colleagues_are_a_line_each():
    work = {"employment": "working", "work_began_precision": "month"}
    make_member("张三", work_began=date(2016, 12, 1), **work)
    make_member("李四", work_began=date(1996, 12, 1), **work)
    make_member("王五", work_began=date(2017, 12, 1), **work)  # nine years
    make_member("赵六", arrived=date(2026, 12, 3), employment="working")
    make_member("钱七", arrived=date(2026, 11, 30), employment="working")
    assert home_part(make_user(Role.CHAIR), TODAY, YEAR).dates == (
        DateAhead(
            date(2026, 12, 31),
            "这个月 2 人满整年教龄（李四 30 年、张三 10 年）",
            "/members/milestones/?period=2026-12-01..2026-12-31",
        ),
        DateAhead(
            TODAY,
            "这个月 1 人（赵六）新到校",
            "/members/milestones/?tab=new&period=2026-12-01..2026-12-31",
        ),
    )


def test_what_the_home_page_counts_is_what_its_links_list(log_in):
    chair, today = log_in(Role.CHAIR), timezone.localdate()
    for years in (10, 30):
        began = today.replace(year=today.year - years, day=1)
        make_member(work_began=began, work_began_precision="month", employment="working")
    make_member(arrived=today, employment="working")
    make_member(birth=today.replace(year=today.year - 60, day=1) - timedelta(days=210), **MAN)
    part = home_part(chair.user, today, Period.year(today.year))
    for line, number in zip(part.dates, (2, 1), strict=True):
        assert chair.get(line.url).context["page"].paginator.count == number
    (todo,) = part.todos
    assert chair.get(todo.url).context["page"].paginator.count == 1
