"""The roster in numbers: each equals its list, and a period equals the sum of its days."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from members import actions
from members.choices import AgeBand, MembershipEntry, MembershipExit, MembershipStatus, Moved
from members.facts import breakdowns, roster_tables, roster_totals, staff_totals, told, told_on
from members.facts.staff import band_ends
from members.models import Employment, Member, Membership
from members.queries import CAME, WENT, aged, moved
from tests.factories.members import make_department, make_group, make_member
from unionoffice.periods import Period, PeriodKind
from unionoffice.roles import Role

PAGE = "/members/figures/"
YEAR = Period.year(2025)
DAY = date(2025, 12, 31)
PAGE_QUERIES = 10


def make_people() -> None:
    chinese, maths = make_department("语文组"), make_department("数学组")
    first = make_group("一组")
    teacher = {"employment": "working", "is_teacher": True}
    make_member(
        "甲一", gender="female", group=first, department=chinese, birth=date(1990, 3, 1),
        party="中共党员", education="大学本科", title="一级教师", campus="东校区",
        contract="established", **teacher,
    )  # fmt: skip
    make_member(
        "乙二", gender="male", department=chinese, birth=date(1970, 3, 1), party="中共党员",
        title="高级教师", **teacher,
    )  # fmt: skip
    make_member("丙三", gender="female", group=first, department=maths, employment="working")
    make_member("丁四", gender="female", status="retained", employment="retired")
    make_member("戊五", status=None, employment="working", birth=date(2000, 3, 1))
    make_member("己六", department=maths, employment="early_retired", is_teacher=False)


def rows_of(table) -> list[tuple]:
    return [(row.label, row.number, row.part) for row in table.rows]


@pytest.mark.django_db
def test_the_tables_of_the_members_add_up_to_those_on_the_roster():
    make_people()
    tables = {table.head: table for table in roster_tables(DAY).members}
    assert {(table.total, sum(r.number for r in table.rows)) for table in tables.values()} == {
        (roster_totals(DAY).active, 4)
    }
    assert {table.part_total for table in tables.values()} == {roster_totals(DAY).women}
    assert rows_of(tables["工会小组"]) == [("一组", 2, 2), ("没有编组", 2, 0)]
    assert rows_of(tables["部门"]) == [("数学组", 2, 1), ("语文组", 2, 1)]
    assert rows_of(tables["年龄"]) == [
        ("35 岁及以下（青年）", 1, 1),
        ("46 至 55 岁", 1, 0),
        ("没填", 2, 1),
    ]
    assert rows_of(tables["政治面貌"]) == [("中共党员", 2, 1), ("没填", 2, 1)]
    assert rows_of(tables["用工形式"]) == [("在编", 1, 1), ("没填", 3, 1)]


@pytest.mark.django_db
def test_the_tables_of_the_staff_tell_the_young_and_who_teaches():
    make_people()
    tables = {table.head: table for table in roster_tables(DAY).staff}
    staff = staff_totals(DAY)
    assert {(table.total, table.part_total) for table in tables.values()} == {
        (staff.working, staff.young)
    }
    assert (staff.working, staff.young, staff.birth_known) == (4, 2, 3)
    assert rows_of(tables["部门"]) == [("数学组", 1, 0), ("语文组", 2, 1), ("没填", 1, 1)]
    assert rows_of(tables["专任教师"]) == [("专任教师", 2, 1), ("没填", 2, 1)]


def test_every_number_of_the_tables_is_as_many_as_its_list(log_in):
    chair = log_in(Role.CHAIR)
    make_people()
    tables = roster_tables(DAY)
    told_numbers, listed = {}, {}
    for table in (*tables.members, *tables.staff):
        for row in table.rows:
            told_numbers |= {row.url: row.number, row.part_url: row.part}
    for url in told_numbers:
        context = chair.get(url).context
        assert not context["form"].errors, url
        listed[url] = context["page"].paginator.count
    assert len(told_numbers) > 40
    assert listed == told_numbers


def test_every_way_of_coming_and_going_is_as_many_as_its_list(log_in):
    chair = log_in(Role.CHAIR)
    for entry in ("", *MembershipEntry.values):
        member = make_member(joined=None, status=None)
        Membership.objects.create(
            member=member, status="active", start=date(2025, 3, 1), entry=entry
        )
    for way in ("", *MembershipExit.values):
        member = make_member(joined=None, status=None)
        Membership.objects.create(member=member, status="active", end=date(2025, 6, 30), exit=way)
    year = told(YEAR)
    numbers = {fact.label: fact.value for fact in (*year.came, *year.went)}
    assert numbers == {
        "入会": 1, "转入": 1, "恢复会籍": 1, "没写怎样入会": 1,
        "转出": 1, "退会": 3, "去世": 1, "没写怎样离开": 1,
    }  # fmt: skip
    listed = {
        fact.label: chair.get(fact.source).context["page"].paginator.count
        for fact in (*year.came, *year.went)
    }
    assert listed == numbers
    by_key = {fact.key: fact.value for fact in year.facts}
    for key, parts in (("members.new", year.came), ("members.left", year.went)):
        months, ways = breakdowns(key, YEAR)
        assert {sum(n for _, n in months.rows), sum(n for _, n in ways.rows)} == {by_key[key]}
        assert sum(fact.value for fact in parts) == by_key[key]


@pytest.mark.django_db
def test_the_first_way_in_and_the_last_way_out_of_a_period_count():
    member = make_member(joined=None, status=None)
    for start, end, entry, leave in (
        (date(2025, 2, 1), date(2025, 3, 31), "transferred", "resigned"),
        (date(2025, 5, 1), date(2025, 6, 30), "restored", "died"),
    ):
        Membership.objects.create(
            member=member, status="active", start=start, end=end, entry=entry, exit=leave
        )
    year = told(YEAR)
    assert [(fact.label, fact.value) for fact in year.came] == [("转入", 1)]
    assert [(fact.label, fact.value) for fact in year.went] == [("去世", 1)]


@pytest.mark.django_db
def test_nobody_arrives_in_two_periods():
    make_member(arrived=date(2025, 1, 1), arrived_precision="year")
    make_member(arrived=date(2025, 8, 1), arrived_precision="month")
    halves = [Period.half(2025, 1), Period.half(2025, 2), YEAR]
    assert [_fact("arrivals", period) for period in halves] == [1, 1, 2]


def _fact(name: str, period: Period):
    return next(fact.value for fact in told(period).facts if fact.key == f"members.{name}")


@pytest.mark.django_db
def test_without_anyone_at_work_there_is_no_rate():
    make_member()
    facts = {fact.key: fact.value for fact in told(YEAR).facts}
    assert facts["members.active"] == 1
    assert {facts[key] for key in ("members.rate", "members.young_rate", "members.employed")} == {
        None
    }


@pytest.mark.django_db
def test_the_day_can_be_another_than_the_end_of_the_period():
    make_member(joined=date(2025, 6, 1))
    told_then = {fact.key: fact.value for fact in told_on(date(2025, 5, 31), YEAR).facts}
    assert (told_then["members.active"], told_then["members.new"]) == (None, 1)


@pytest.mark.django_db
@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.dates(date(2023, 12, 1), DAY))
@settings(max_examples=30)
def test_everyone_is_in_exactly_one_band_and_it_is_that_of_the_list(birth, day):
    with transaction.atomic():
        Member.objects.create(name="示例", birth=birth).memberships.create(status="active")
        (table,) = (t for t in roster_tables(day).members if t.head == "年龄")
        bands = [
            band.label
            for band in AgeBand
            if aged(Member.objects.all(), day, *band_ends(band)).exists()
        ]
        transaction.set_rollback(True)
    assert [(row.label, row.number) for row in table.rows] == [(band, 1) for band in bands]
    assert len(bands) == 1


FIRST = date(2025, 12, 27)
span = st.tuples(
    st.integers(0, 3),
    st.integers(1, 4),
    st.sampled_from(MembershipStatus.values),
    st.sampled_from(["", *MembershipEntry.values]),
    st.sampled_from(["", *MembershipExit.values]),
)
lives = st.lists(st.tuples(st.lists(span, max_size=3), st.booleans()), max_size=4)


def live(rows, stays_open: bool) -> None:
    member, day = Member.objects.create(name="示例"), FIRST
    for number, (gap, length, status, entry, leave) in enumerate(rows):
        start, day = day + timedelta(days=gap), day + timedelta(days=gap + length)
        stays = stays_open and number == len(rows) - 1
        Membership.objects.create(
            member=member, status=status, start=start, entry=entry,
            end=None if stays else day - timedelta(days=1), exit="" if stays else leave,
        )  # fmt: skip


@pytest.mark.django_db
@given(lives, st.integers(0, 8), st.integers(0, 8))
@settings(max_examples=15)
def test_a_period_is_the_sum_of_its_days_and_joins_the_heads_before_and_after(
    people, begins, length
):
    start = FIRST + timedelta(days=begins)
    period = Period(PeriodKind.FREE, start, start + timedelta(days=length))
    with transaction.atomic():
        for rows, stays_open in people:
            live(rows, stays_open)
        before, after = (heads(day) for day in (start - timedelta(days=1), period.end))
        came_less_went = balance(period)
        days = [Period(PeriodKind.FREE, d, d) for d in days_of(period)]
        by_day = sum(balance(day) for day in days)
        parts = parts_of(period)
        transaction.set_rollback(True)
    assert after - before == came_less_went == by_day
    assert parts[Moved.JOINED] == sum(parts[move] for move in CAME)
    assert parts[Moved.LEFT] == sum(parts[move] for move in WENT)


def heads(day: date) -> int:
    totals = roster_totals(day)
    return totals.active + totals.retained


def days_of(period: Period) -> list[date]:
    return [
        period.start + timedelta(days=number)
        for number in range((period.end - period.start).days + 1)
    ]


def balance(period: Period) -> int:
    year = told_on(period.end, period)
    facts = {fact.key: fact.value or 0 for fact in year.facts}
    assert facts["members.new"] == sum(fact.value for fact in year.came)
    assert facts["members.left"] == sum(fact.value for fact in year.went)
    return facts["members.new"] - facts["members.left"]


def parts_of(period: Period) -> dict[Moved, int]:
    return {move: moved(Member.objects.order_by(), move, period).count() for move in Moved}


@pytest.mark.django_db
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()), max_size=6))
@settings(max_examples=20)
def test_the_rate_is_what_one_counts_by_hand(people):
    with transaction.atomic():
        for enrolled, working, teaches, young in people:
            member = Member.objects.create(
                name="示例", is_teacher=teaches, birth=date(2000, 1, 1) if young else None
            )
            Employment.objects.create(member=member, status="working" if working else "retired")
            if enrolled:
                Membership.objects.create(member=member, status="active")
        staff = staff_totals(DAY)
        transaction.set_rollback(True)
    at_work = [person for person in people if person[1]]
    assert staff.working == len(at_work)
    assert staff.members == sum(enrolled for enrolled, *_ in at_work)
    assert staff.teachers == sum(teaches for *_, teaches, _ in at_work)
    assert staff.young == staff.birth_known == sum(young for *_, young in at_work)
    assert staff.retirees == len(people) - len(at_work)


def test_the_page_shows_what_the_facts_tell(log_in):
    chair = log_in(Role.CHAIR)
    make_people()
    response = chair.get(PAGE, {"period": "2025"})
    assert response.context["day"] == DAY
    assert response.context["figures"] == told(YEAR)
    assert response.context["tables"] == roster_tables(DAY)
    assert "入会率" in response.content.decode()


def test_the_export_has_the_numbers_of_the_page(log_in):
    chair = log_in(Role.CHAIR)
    make_people()
    response = chair.get(f"{PAGE}export/", {"period": "2025", "format": "xlsx"})
    rows = list(load_workbook(BytesIO(response.getvalue())).active.values)
    numbers = {(row[0], row[1]): row[2] for row in rows}
    facts = {fact.label: fact.value for fact in told(YEAR).facts}
    assert {label: numbers["总数", label] for label in facts} == {
        label: None if value is None else float(value) for label, value in facts.items()
    }
    assert numbers["在册会员按部门", "语文组"] == 2
    assert numbers["在职教职工按专任教师", "合计"] == 4


def test_nonsense_in_the_address_leads_back(log_in):
    response = log_in(Role.CHAIR).get(PAGE, {"on": "2025-02-30"})
    assert response.status_code == 422
    assert "没有这一天，写成 2026-08-31 这样。" in response.content.decode()


@pytest.mark.parametrize("people", [1, 6])
def test_the_page_costs_the_same_queries_at_any_size(people, log_in, django_assert_num_queries):
    client = log_in(Role.CHAIR)
    for number in range(people):
        make_member(group=make_group(), employment="working", party=f"示例{number}")
    client.get(PAGE)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PAGE)


@pytest.mark.django_db
class TestRetired:
    """退休 of a period: who worked here and then retired."""

    MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)

    @staticmethod
    def retire(name: str, day: date, work: str = "retired", **values) -> Member:
        member = make_member(name, employment="working", **values)
        actions.move_member(member=member, move="retire", since=day, by=None, work=work)
        return member

    def test_counts_who_went_from_work_and_leads_to_them(self, log_in):
        self.retire("甲一", self.MARCH)
        self.retire("乙二", self.JULY, "retired_cadre")
        self.retire("丙三内退", self.JULY, "early_retired")
        self.retire("丁四上一年", date(2024, 12, 31))
        make_member("戊五进来就退休", status="retained", employment="retired")
        fact = next(fact for fact in told(YEAR).facts if fact.key == "members.retired")
        assert (fact.label, fact.value, fact.unit) == ("退休", 2, "人")
        page = log_in(Role.CHAIR).get(fact.source)
        assert [row["name"] for row in page.context["rows"]] == ["甲一", "乙二"]
        months, ways = breakdowns("members.retired", YEAR)
        assert months.rows == (("2025年3月", 1), ("2025年7月", 1))
        assert ways.rows == (("退休", 1), ("离休", 1))

    def test_a_period_is_the_sum_of_its_days(self):
        for day in (date(2025, 2, 27), date(2025, 2, 28), self.MARCH):
            self.retire(f"示例{day}", day)
        days = [Period(PeriodKind.FREE, d, d) for d in (date(2025, 2, 27), date(2025, 2, 28))]
        assert [_fact("retired", day) for day in days] == [1, 1]
        assert _fact("retired", Period(PeriodKind.FREE, days[0].start, self.MARCH)) == 3

    def test_who_only_passes_from_one_kind_to_the_other_is_not_retired_anew(self):
        member = self.retire("甲一", date(2024, 7, 1))
        actions.change_dated(
            model=Employment, member=member, since=self.MARCH, by=None, status="retired_cadre"
        )
        assert _fact("retired", YEAR) is None


def test_a_day_alone_moves_the_period_along_and_every_number_says_its_time(log_in):
    context = log_in(Role.CHAIR).get(PAGE, {"on": "2010-05-01"}).context
    assert context["period"] == Period.year(2010)
    both = log_in(Role.CHAIR).get(PAGE, {"on": "2010-05-01", "period": "2026"})
    assert both.context["period"] == Period.year(2026)
    assert [fact.key for fact in both.context["figures"].moves] == [
        "members.new",
        "members.left",
        "members.retired",
        "members.arrivals",
        "members.titles",
    ]
    assert "2010年5月1日" in both.text
    assert "2026年" in both.text


def test_a_day_that_has_not_come_is_said_to_be_ahead(log_in):
    chair = log_in(Role.CHAIR)
    assert "2999年1月1日还没到" in chair.get(PAGE, {"on": "2999-01-01"}).text
    assert "还没到" not in chair.get(PAGE, {"on": "2025-01-01"}).text


def test_the_ranks_stand_in_their_own_order_and_other_words_behind(log_in):
    """Not by size: 博士 before 大学本科, however few they are."""
    for words in ("大学本科", "大学本科", "硕士研究生", "夜大", "夜大", "夜大", "博士研究生"):
        make_member(education=words)
    table = next(table for table in roster_tables(DAY).members if table.head == "学历")
    assert [row.label for row in table.rows] == ["博士研究生", "硕士研究生", "大学本科", "夜大"]


@pytest.mark.django_db
def test_a_group_counts_while_a_member_is_in_it():
    """On the day: not the one that was left, nor the one of somebody who is no 会员."""
    make_member(group=make_group(), joined=date(2020, 9, 1))
    make_member(group=make_group(), joined=None, status=None, employment="working")
    gone = make_member(group=make_group(), joined=date(2020, 9, 1))
    actions.move_member(
        member=gone, move="resign", since=date(2025, 6, 1), by=None, note="本人提出"
    )
    make_group("没有人的组")
    assert [_fact("groups", Period.year(year)) for year in (2024, 2025)] == [2, 1]
