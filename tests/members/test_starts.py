"""Since when someone counts whose days are not all known; what is put down later changes no past
year."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members import actions
from members.facts import roster_totals, staff_totals
from members.models import Member, RosterImport
from members.queries.changes import changes_in
from members.rules.starts import Starts, earliest, starts, undated_from
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.models import Office
from unionoffice.periods import Period, Precision
from unionoffice.roles import Role

ARRIVED = date(2015, 8, 20)
TODAY = date(2026, 3, 8)
days = st.dates(date(1900, 1, 1), TODAY)


def roster_landed() -> None:
    RosterImport.objects.create(file_name="去年.xlsx", state="landed", reading={})


def begun(member: Member) -> list[date | None]:
    """The first days of the 会籍, the work, the department, the group."""
    rows = (
        member.memberships,
        member.employments,
        member.department_assignments,
        member.group_assignments,
    )
    return [row.start for each in rows for row in each.all()]


def make_placed(**values) -> Member:
    values = {"employment": "working", "joined": None} | values
    return make_member(group=make_group(), department=make_department(), **values)


class TestTheRule:
    def test_nobody_begins_before_the_age_the_work_or_the_school(self):
        assert earliest(date(1990, 3, 1), None, None) == date(2004, 3, 1)
        assert earliest(date(1990, 3, 1), date(2012, 7, 1), None) == date(2012, 7, 1)
        assert earliest(date(1990, 3, 1), date(2012, 7, 1), ARRIVED) == ARRIVED
        assert earliest(None, None, None) is None

    def test_after_the_first_roster_what_has_no_date_holds_from_today(self):
        assert undated_from(TODAY, first_roster=True) is None
        assert undated_from(TODAY, first_roster=False) == TODAY

    @given(st.none() | days, st.none() | days, st.none() | days, st.none() | days, st.booleans())
    def test_an_unknown_day_is_never_earlier_than_can_be(
        self, birth, began, arrived, joined, first
    ):
        person = Member(birth=birth, work_began=began, arrived=arrived)
        begin = undated_from(TODAY, first_roster=first)
        since = starts(person, joined, Precision.MONTH, work="working", begin=begin)
        bound = earliest(birth, began, arrived)
        if joined:
            assert (since.membership, since.precision) == (joined, Precision.MONTH)
        else:
            assert since.membership == (bound if first else TODAY)
            assert (since.precision == Precision.UNKNOWN) == (since.membership is not None)
        assert since.employment == since.department == (arrived or joined or since.membership)
        assert since.group == (max(joined, arrived or joined) if joined else since.membership)

    def test_who_is_retired_did_not_begin_to_be_on_arriving(self):
        person = Member(arrived=date(1980, 9, 1))
        since = starts(person, date(1981, 5, 1), Precision.DAY, work="retired", begin=TODAY)
        assert since == Starts(
            date(1981, 5, 1), Precision.DAY, TODAY, date(1980, 9, 1), date(1981, 5, 1)
        )


@pytest.mark.django_db
class TestSomeoneIsAdded:
    def test_later_without_a_date_the_past_stays_and_the_page_says_since_when(self, log_in):
        chair = log_in(Role.CHAIR)
        roster_landed()
        make_member("甲一", joined=date(2009, 9, 1))
        before = roster_totals(date(2024, 12, 31))
        form = chair.get("/members/new/")
        assert "不知道就空着，从今天起算会员，以前各年的人数不变" in form.text
        response = chair.post("/members/new/", {"name": "曾晓燕", "status": "active"}, follow=True)
        after = roster_totals(date(2024, 12, 31))
        assert (after.active, after.left) == (before.active, before.left)
        row = Member.objects.get(name="曾晓燕").memberships.get()
        today = timezone.localdate()
        assert (row.start, row.start_precision) == (today, Precision.UNKNOWN)
        assert f"{today.year}年{today.month}月{today.day}日起算" in response.text

    def test_before_the_first_roster_since_the_day_of_arrival(self, log_in):
        assert "按到校、参加工作的时间起算" in log_in(Role.CHAIR).get("/members/new/").text
        member = make_placed(arrived=ARRIVED, birth=date(1988, 1, 1))
        assert begun(member) == [ARRIVED] * 4
        assert roster_totals(date(2015, 8, 19)).active == 0
        assert roster_totals(ARRIVED).active == 1

    def test_of_whom_nothing_is_known_it_is_since_before_our_records(self):
        assert begun(make_placed()) == [None] * 4

    @pytest.mark.parametrize("landed", [False, True])
    def test_work_and_department_begin_with_the_arrival_the_group_with_the_membership(self, landed):
        if landed:
            roster_landed()
        joined = date(2016, 9, 1)
        member = make_placed(arrived=ARRIVED, joined=joined, joined_precision=Precision.MONTH)
        assert begun(member) == [joined, ARRIVED, ARRIVED, joined]
        assert staff_totals(date(2015, 8, 19)).working == 0
        assert staff_totals(ARRIVED).working == 1

    def test_a_month_begins_with_its_first_day(self):
        joined = date(2006, 9, 1)
        member = make_placed(joined=joined, joined_precision=Precision.MONTH)
        assert begun(member) == [joined] * 4

    def test_the_form_offers_that_someone_works_here(self, log_in):
        form = log_in(Role.CHAIR).get("/members/new/").context["form"]
        assert form["employment"].value() == "working"
        assert "" not in dict(form.fields["employment"].choices)

    def test_who_is_added_without_a_word_on_it_works_here(self, log_in):
        log_in(Role.CHAIR).post("/members/new/", {"name": "曾晓燕", "status": "active"})
        assert Member.objects.get(name="曾晓燕").employments.get().status == "working"

    def test_the_chair_who_sets_the_office_up_works_here(self):
        actions.set_up(
            office=Office(school_name="示例三中", short_name="三中", union_name="示例三中工会"),
            name="曾晓燕",
            login="1001",
            password="table-tennis-2026",
            is_chair=True,
        )
        staff = staff_totals(timezone.localdate())
        assert (staff.working, staff.members) == (1, 1)


@pytest.mark.django_db
class TestWhatIsLearntLater:
    def test_the_day_of_arrival_begins_what_began_nobody_knew_when(self):
        member, chair = make_placed(), make_user(Role.CHAIR)
        member.arrived = ARRIVED
        actions.update_member(member=member, by=chair)
        assert begun(member) == [ARRIVED] * 4
        assert member.memberships.get().start_precision == Precision.UNKNOWN

    def test_a_corrected_day_of_arrival_takes_along_what_began_on_it(self):
        member, chair = make_placed(arrived=ARRIVED, joined=date(2018, 9, 1)), make_user(Role.CHAIR)
        member.arrived = date(2017, 8, 20)
        actions.update_member(member=member, by=chair)
        assert begun(member) == [
            date(2018, 9, 1),
            date(2017, 8, 20),
            date(2017, 8, 20),
            date(2018, 9, 1),
        ]

    def test_the_day_of_joining_becomes_known_and_unknown_again(self):
        member, chair = make_placed(arrived=ARRIVED), make_user(Role.CHAIR)
        joined = date(2016, 9, 1)
        actions.update_member(member=member, by=chair, joined=(joined, Precision.DAY))
        assert begun(member) == [joined, ARRIVED, ARRIVED, joined]
        actions.update_member(member=member, by=chair, joined=(None, Precision.DAY))
        row = member.memberships.get()
        assert (row.start, row.start_precision) == (ARRIVED, Precision.UNKNOWN)

    def test_what_someone_wrote_down_stays(self):
        member, chair = make_member(joined=ARRIVED, arrived=ARRIVED), make_user(Role.CHAIR)
        member.arrived = date(2014, 8, 20)
        actions.update_member(member=member, by=chair)
        row = member.memberships.get()
        assert (row.start, row.start_precision) == (ARRIVED, Precision.DAY)

    def test_saving_the_form_as_it_is_changes_nothing(self, log_in):
        chair = log_in(Role.CHAIR)
        member = make_placed(arrived=ARRIVED)
        url = f"{member.get_absolute_url()}edit/"
        form = chair.get(url).context["form"]
        data = {}
        for field in form:
            value = form.fields[field.name].prepare_value(field.value())
            data[field.name] = data[f"initial-{field.name}"] = "" if value is None else value
        data["since"] = data["initial-since"] = timezone.localdate().isoformat()
        assert data["joined"] == ""
        assert chair.post(url, data).status_code == 302
        row = member.memberships.get()
        assert (row.start, row.start_precision) == (ARRIVED, Precision.UNKNOWN)


@pytest.mark.django_db
def test_a_reckoned_day_is_never_shown_as_that_of_joining(log_in):
    chair = log_in(Role.CHAIR)
    member = make_placed(arrived=ARRIVED)
    page = chair.get(member.get_absolute_url()).text
    assert "2015年8月20日起算" in page
    change = changes_in(chair.user, Period.year(2015))[0]
    assert (change.day, change.precision, change.what) == (
        ARRIVED,
        Precision.DAY,
        "算作会员，没写入会时间",
    )
    rows = chair.get("/members/").context["rows"]
    assert [row["joined"] for row in rows if row["pk"] == member.pk] == [""]
