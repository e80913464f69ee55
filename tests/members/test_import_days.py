"""From which day on what an import says holds; the numbers of past years stay."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.choices import RowFate
from members.facts import facts, roster_totals
from members.models import (
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    RosterImport,
)
from members.queries import roles_of
from tests.factories.members import make_group, make_member, make_reading, make_row
from unionoffice.models import Office
from unionoffice.periods import Period, Precision
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


def rows(model, *fields) -> list[tuple]:
    name = "name" if model is Member else "member__name"
    return list(model.objects.order_by(name, "pk").values_list(name, *fields))


def land(*file_rows) -> None:
    actions.import_roster(file_name="名册.xlsx", reading=make_reading(*file_rows), by=None)


def earlier_roster(state: str = "landed") -> None:
    RosterImport.objects.create(file_name="去年.xlsx", state=state, reading={})


def today() -> date:
    return timezone.localdate()


def yesterday() -> date:
    return today() - timedelta(days=1)


def last_year() -> dict:
    period = Period.year(today().year - 1)
    return {fact.key: fact.value for fact in facts(period)}


class TestFromWhenOn:
    """Without 入会时间: since before our records in the first roster, since today in a later one."""

    ROWS = (
        make_row("甲不是会员", staff_no="1", group="语文组", department="教务处", status="在职"),
        make_row("乙新人", staff_no="2", group="语文组", department="教务处", status="在职"),
        make_row("丙调出", staff_no="3", status="调出"),
        make_row("丁没编组", staff_no="4", group="语文组"),
    )

    def test_a_later_roster_leaves_the_numbers_of_last_year_alone(self):
        earlier_roster()
        make_member("戊老会员", group=make_group("英语组"))
        make_member("甲不是会员", staff_no="1", status=None)
        make_member("丁没编组", staff_no="4")
        before, totals = last_year(), roster_totals(yesterday())
        land(*self.ROWS)
        assert last_year() == before
        assert before["members.active"] == 2
        after = roster_totals(yesterday())
        assert (after.active, after.retained, after.left) == (
            totals.active,
            totals.retained,
            totals.left,
        )
        assert rows(Membership, "start") == [
            ("丁没编组", date(2020, 9, 1)),
            ("乙新人", today()),
            ("戊老会员", date(2020, 9, 1)),
            ("甲不是会员", today()),
        ]
        assert rows(Employment, "start") == [
            ("丙调出", today()),
            ("乙新人", today()),
            ("甲不是会员", today()),
        ]
        assert rows(GroupAssignment, "start") == [
            ("丁没编组", today()),
            ("乙新人", today()),
            ("戊老会员", date(2020, 9, 1)),
            ("甲不是会员", today()),
        ]
        assert rows(DepartmentAssignment, "start") == [
            ("乙新人", today()),
            ("甲不是会员", today()),
        ]

    def test_the_first_roster_tells_of_people_who_were_there_before(self):
        """Whoever set the office up is on the roster already, but was never recorded as 会员."""
        make_member("甲不是会员", staff_no="1", status=None)
        assert set(last_year().values()) == {None}
        land(*self.ROWS)
        every = (Membership, Employment, GroupAssignment, DepartmentAssignment)
        assert {row.start for model in every for row in model.objects.all()} == {None}
        assert (last_year()["members.active"], last_year()["members.new"]) == (3, None)

    @pytest.mark.parametrize("state", ["previewed", "undone"])
    def test_people_put_down_by_hand_and_files_that_did_not_land_leave_the_first_roster_first(
        self, state
    ):
        make_member("戊老会员", joined=date(2020, 9, 1))
        earlier_roster(state)
        land(*self.ROWS)
        assert rows(Membership, "start") == [
            ("丁没编组", None),
            ("乙新人", None),
            ("戊老会员", date(2020, 9, 1)),
            ("甲不是会员", None),
        ]

    def test_a_day_in_the_file_counts_in_any_roster(self):
        make_member("戊老会员")
        day = date(2009, 9, 15)
        land(make_row("乙新人", staff_no="2", joined=day, group="语文组", status="在职"))
        assert rows(Membership, "start")[0] == ("乙新人", day)
        assert rows(GroupAssignment, "start") == [("乙新人", day)]
        assert rows(Employment, "start") == [("乙新人", day)]

    def test_a_month_in_the_file_begins_with_its_first_day(self):
        make_member("戊老会员")
        row = make_row(
            "乙新人",
            staff_no="2",
            joined=date(2009, 9, 1),
            joined_precision=Precision.MONTH,
            group="语文组",
        )
        land(row)
        assert rows(GroupAssignment, "start") == [("乙新人", date(2009, 9, 1))]

    def test_without_a_day_of_joining_nobody_begins_before_the_arrival_or_the_age_to_work(self):
        """The same as for who is put down by hand."""
        values = {"group": "语文组", "department": "教务处"}
        land(
            make_row("甲一", arrived=date(2015, 8, 20), birth=date(1988, 1, 1), **values),
            make_row("乙二", birth=date(1990, 3, 1), **values),
            make_row("丙三", **values),
            make_row("丁四", birth=today() - timedelta(days=900), **values),
        )
        every = (Membership, Employment, GroupAssignment, DepartmentAssignment)
        begun = {"甲一": date(2015, 8, 20), "乙二": date(2004, 3, 1), "丙三": None, "丁四": today()}
        for model in every:
            assert dict(rows(model, "start")) == begun
        assert dict(rows(Membership, "start_precision")) == {
            "甲一": Precision.UNKNOWN,
            "乙二": Precision.UNKNOWN,
            "丙三": Precision.DAY,
            "丁四": Precision.UNKNOWN,
        }
        assert roster_totals(date(1960, 1, 1)).active == 1

    def test_a_day_of_joining_takes_the_place_of_the_one_that_was_reckoned(self):
        land(make_row("甲一", staff_no="1", arrived=date(2015, 8, 20)))
        joined = {"joined": date(2015, 8, 20), "joined_precision": Precision.MONTH}
        land(make_row("甲一", staff_no="1", **joined))
        assert rows(Membership, "start", "start_precision") == [
            ("甲一", date(2015, 8, 20), Precision.MONTH)
        ]

    @pytest.mark.parametrize("first", [True, False])
    def test_someone_who_was_there_gets_a_first_group_as_early_as_can_be_or_from_today(self, first):
        if not first:
            earlier_roster()
        make_member("甲一", staff_no="1", birth=date(1990, 3, 1))
        land(make_row("甲一", staff_no="1", group="语文组"))
        assert rows(GroupAssignment, "start") == [("甲一", date(2004, 3, 1) if first else today())]

    @pytest.mark.parametrize("start", [date(2012, 9, 1), None])
    def test_of_several_memberships_the_first_begins_on_the_day_of_joining(self, start):
        """Whichever was put down first; one since before our records is the first of all."""
        chair = make_member("甲一", staff_no="1", joined=date(2020, 9, 1))
        chair.memberships.update(end=date(2021, 8, 31))
        make_open = {"member": chair, "status": "active"}
        Membership.objects.create(start=date(2023, 9, 1), **make_open)
        early = Membership.objects.create(start=start, end=date(2015, 8, 31), **make_open)
        land(make_row("甲一", staff_no="1", joined=date(2011, 5, 4)))
        assert list(Membership.objects.order_by("start").values_list("start", "end")) == [
            (date(2011, 5, 4), date(2015, 8, 31)),
            (date(2020, 9, 1), date(2021, 8, 31)),
            (date(2023, 9, 1), None),
        ]
        early.refresh_from_db()
        assert early.start == date(2011, 5, 4)


def test_joined_and_a_change_of_the_membership_land_together():
    """The day of joining is written first: the row that began today is then not the first day."""
    make_member("甲一", staff_no="1", joined=today(), employment="working")
    land(make_row("甲一", staff_no="1", status="退休", joined=date(1990, 9, 1)))
    assert rows(Membership, "status", "start", "end") == [
        ("甲一", "active", date(1990, 9, 1), yesterday()),
        ("甲一", "retained", today(), None),
    ]


@pytest.mark.parametrize("status", ["退休", "调出"])
def test_joined_today_with_a_change_of_the_membership_is_held(status):
    make_member("甲一", staff_no="1", employment="working")
    earlier_roster()
    reading = make_reading(
        make_row("甲一", staff_no="1", status=status, joined=today()),
        make_row("乙二", staff_no="2"),
    )
    _, plan = actions.import_roster(file_name="名册.xlsx", reading=reading, by=None)
    assert [(each.fate, each.reason) for each in plan.rows] == [
        (
            RowFate.HELD,
            "入会时间写的是今天，会籍又从今天起变，两样对不上。把入会时间改对或者空着，就能导入。",
        ),
        (RowFate.NEW, ""),
    ]
    assert rows(Employment, "status") == [("乙二", "working"), ("甲一", "working")]
    assert rows(Membership, "start", "end") == [
        ("乙二", today(), None),
        ("甲一", date(2020, 9, 1), None),
    ]


def test_joined_today_alone_is_taken_from_the_file():
    make_member("甲一", staff_no="1", employment="working")
    land(make_row("甲一", staff_no="1", status="在职", joined=today()))
    assert rows(Membership, "status", "start", "end") == [("甲一", "active", today(), None)]


class TestTheChairOfTheFirstRunPage:
    """A 会员 like any other, whom the first roster recognises and does not make a second time."""

    @staticmethod
    def set_up(login: str, **values) -> Member:
        office = Office(school_name="示例三中", short_name="三中", union_name="示例三中工会")
        values = {"name": "曾晓燕", "password": "table-tennis-2026", "is_chair": True} | values
        return actions.set_up(office=office, login=login, **values).member

    def test_is_a_member_but_nobody_new(self):
        chair = self.set_up("1001")
        assert rows(Membership, "status", "start", "end") == [("曾晓燕", "active", None, None)]
        assert Role.MEMBER in roles_of(chair.user)
        year = {fact.key: fact.value for fact in facts(Period.year(today().year))}
        assert (year["members.active"], year["members.new"]) == (1, None)

    def test_alone_is_no_roster_yet(self, client):
        chair = self.set_up("1001")
        client.force_login(chair.user, backend="members.backends.RoleBackend")
        assert not client.get("/").context["home"].has_members
        assert "名册里还只有一位" in client.get("/members/").text
        make_member("乙二")
        assert client.get("/").context["home"].has_members
        assert "名册里还只有一位" not in client.get("/members/").text

    def test_an_administrator_who_is_not_the_chair_is_none(self):
        self.set_up("1001", is_chair=False)
        assert not Membership.objects.exists()

    @pytest.mark.parametrize("login", ["1001", "13800004471", "zengxy"])
    def test_the_first_roster_finds_the_chair_by_number_phone_or_name(self, login):
        chair = self.set_up(login)
        joined = date(2009, 9, 1)
        land(
            make_row("曾晓燕", staff_no="1001", phone="13800004471", joined=joined),
            make_row("乙二", staff_no="1002"),
        )
        assert rows(Member, "staff_no") == [("乙二", "1002"), ("曾晓燕", "1001")]
        assert rows(Membership, "start") == [("乙二", None), ("曾晓燕", joined)]
        assert chair.user.username == login

    def test_the_preview_says_that_it_went_by_the_name(self):
        chair = self.set_up("zengxy")
        reading = make_reading(make_row("曾晓燕", staff_no="1001"))
        _, plan = actions.import_roster(file_name="名册.xlsx", reading=reading, by=None)
        assert [(each.member, each.warnings) for each in plan.rows] == [
            (chair.pk, ("名册里的曾晓燕工号记的是 zengxy，改成表里的。",))
        ]

    def test_two_of_that_name_in_the_file_are_two_others(self):
        self.set_up("zengxy")
        land(make_row("曾晓燕", staff_no="1001"), make_row("曾晓燕", staff_no="1002"))
        assert sorted(Member.objects.values_list("staff_no", flat=True)) == [
            "1001",
            "1002",
            "zengxy",
        ]

    def test_a_later_roster_takes_another_number_for_another_person(self):
        self.set_up("zengxy")
        earlier_roster()
        land(make_row("曾晓燕", staff_no="1001"))
        assert Member.objects.count() == 2
