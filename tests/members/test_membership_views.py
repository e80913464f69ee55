"""The pages of 会籍变动: the form of a move, its undo, the list and the table of a period."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import actions
from members.models import UnionGroup
from members.timeline import timeline
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

SPRING = date(2026, 3, 1)


def url(member, move: str) -> str:
    return f"/members/{member.pk}/moves/{move}/"


def moved(member, move, since=SPRING, **how):
    return actions.move_member(member=member, move=move, since=since, by=None, **how)


def test_the_form_says_what_follows_before_it_is_done(log_in):
    group = make_group("语文小组")
    member = make_member("甲一", group=group)
    make_user(Role.WELFARE, member=member)
    page = log_in(Role.CHAIR).get(url(member, "transfer_out"))
    assert page.context["follows"] == [
        "离开语文小组。",
        "福利委员的职务同时结束，到前一天为止。",
        "账号停用，不能再登录；以前记的都留着。",
    ]
    assert list(page.context["form"].fields) == ["since", "union", "note"]


def test_offices_of_the_school_are_said_to_stay(log_in):
    member = make_member()
    make_user(Role.SCHOOL_LEADER, member=member)
    page = log_in(Role.CHAIR).get(url(member, "resign"))
    assert page.context["follows"] == ["校领导不是工会的职务，不跟着结束，账号也不停用。"]


def test_a_move_is_made_from_the_form_and_taken_back_from_the_page(log_in):
    member, client = make_member("甲一", employment="working"), log_in(Role.CHAIR)
    data = {"since": "2026-03-01", "work": "retired", "stays": "", "group": "", "note": ""}
    page = client.post(url(member, "retire"), data, follow=True)
    assert "记下了：甲一退休" in page.content.decode()
    assert member.memberships.on(SPRING).get().status == "retained"
    assert page.context["moves"].last == "退休"
    page = client.post(f"/members/{member.pk}/moves/undo/", follow=True)
    assert "撤销了“退休”，甲一的会籍、职务、账号和以前一样。" in page.content.decode()
    assert member.memberships.get().end is None


def test_the_membership_of_who_retires_may_stay(log_in):
    member = make_member(employment="working")
    data = {"since": "2026-03-01", "work": "retired", "stays": "stays"}
    log_in(Role.CHAIR).post(url(member, "retire"), data)
    assert [row.status for row in member.memberships.all()] == ["active"]


@pytest.mark.parametrize(
    ("move", "field", "sentence"),
    [
        ("transfer_out", "union", "写上转到哪个工会。"),
        ("expel", "note", "写明原因和依据，以后才查得到。"),
        ("resign", "since", "写上从哪天起。"),
    ],
)
def test_what_is_missing_is_said_at_its_field(move, field, sentence, log_in):
    page = log_in(Role.CHAIR).post(url(make_member(), move), {})
    assert page.status_code == 422
    assert page.context["form"].errors[field] == [sentence]


def test_a_refusal_of_the_action_stands_above_the_form(log_in):
    member = make_member("甲一", joined=SPRING)
    page = log_in(Role.CHAIR).post(url(member, "resign"), {"since": "2026-03-01"})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "甲一的“在册”从2026年3月1日才开始，申请退会最早从第二天算起。"
    ]


def test_a_button_of_an_old_page_leads_back_with_a_sentence(log_in):
    member = make_member()
    page = log_in(Role.CHAIR).get(url(member, "join"), follow=True)
    assert "已经是会员，不用再入会。" in page.content.decode()
    assert log_in(Role.CHAIR).get(url(member, "fly")).status_code == 404


def test_a_group_leader_sees_no_moves_and_no_notes(log_in):
    group = make_group()
    member = make_member(group=group, employment="working")
    moved(member, "retain", note="病休两年")
    client = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    text = client.get(f"/members/{member.pk}/").content.decode()
    assert "病休两年" not in text
    assert "会籍变动" not in text
    assert "病休两年" in log_in(Role.CHAIR).get(f"/members/{member.pk}/").content.decode()


# The years of one person


def test_the_years_of_someone_read_as_a_story():
    first, second = make_group("一组"), make_group("退休组")
    member = make_member(
        joined=date(2019, 9, 1),
        employment="working",
        group=first,
        department=make_department("语文组"),
    )
    moved(member, "retire", date(2026, 3, 1), work="retired", group=second, note="到龄")
    moved(member, "transfer_out", date(2026, 6, 1), union="示例社区工会")
    lines = timeline(
        memberships=member.memberships.all(),
        employments=member.employments.all(),
        group_assignments=member.group_assignments.all(),
        department_assignments=member.department_assignments.all(),
        offices=member.offices.all(),
    )
    assert [(line.day, line.text, line.notes) for line in lines] == [
        ("2026年6月1日", "转出到示例社区工会，离开语文组，离开退休组", ()),
        ("2026年3月1日", "退休，保留会籍，编入退休组", ("到龄",)),
        ("2019年9月1日", "在职，入会，到语文组，编入一组", ()),
    ]


def test_what_began_with_a_day_that_is_known_in_part_is_known_no_better():
    member = make_member(
        joined=date(2019, 9, 1),
        joined_precision="month",
        employment="working",
        group=make_group("一组"),
        department=make_department("语文组"),
        arrived=date(2018, 8, 1),
        arrived_precision="month",
    )
    lines = timeline(
        memberships=member.memberships.all(),
        employments=member.employments.all(),
        group_assignments=member.group_assignments.all(),
        department_assignments=member.department_assignments.all(),
        offices=member.offices.all(),
        arrived=(member.arrived, member.arrived_precision),
    )
    assert [(line.day, line.text) for line in lines] == [
        ("2019年9月", "入会，编入一组"),
        ("2018年8月", "在职，到语文组"),
    ]


def test_who_was_elected_again_went_on():
    member = make_member()
    for start, end in ((date(2019, 12, 18), date(2024, 12, 17)), (date(2024, 12, 18), None)):
        member.offices.create(office="organisation", start=start, end=end)
    nothing = member.group_assignments.none()
    lines = timeline(
        memberships=nothing,
        employments=nothing,
        group_assignments=nothing,
        department_assignments=nothing,
        offices=member.offices.all(),
    )
    assert [(line.day, line.text) for line in lines] == [
        ("2024年12月18日", "连任组织委员"),
        ("2019年12月18日", "任组织委员"),
    ]


# Who came and went


@pytest.fixture
def a_year():
    """One who joined, one who came and went, one who retired, in 2026."""
    moved(make_member("甲一", status=None), "join", date(2026, 2, 1))
    passing = make_member(
        "乙二", status=None, staff_no="1002", department=make_department("语文组")
    )
    moved(passing, "transfer_in", SPRING, union="示例二中工会")
    moved(passing, "transfer_out", date(2026, 7, 1), union="示例五中工会", note="调回原籍")
    moved(make_member("丙三", employment="working"), "retire", date(2026, 5, 1), work="retired")


def test_the_list_tells_who_came_and_went_in_the_period(a_year, log_in):
    client = log_in(Role.CHAIR)
    page = client.get("/members/moves/?period=2026")
    assert [(str(c.day), str(c.member), c.what, c.union) for c in page.context["page"]] == [
        ("2026-07-01", "乙二", "转出", "示例五中工会"),
        ("2026-05-01", "丙三", "退休", ""),
        ("2026-03-01", "乙二", "转入", "示例二中工会"),
        ("2026-02-01", "甲一", "入会", ""),
    ]
    half = client.get("/members/moves/?period=2026H1").context["page"]
    assert [c.what for c in half] == ["退休", "转入", "入会"]
    assert list(client.get("/members/moves/?period=2025").context["page"]) == []
    assert client.get("/members/moves/?period=2O26").status_code == 422


def test_the_table_of_changes_says_the_same_and_leaves_a_trace(a_year, log_in):
    client = log_in(Role.CHAIR)
    response = client.get("/members/moves/export/?period=2026&format=csv")
    rows = response.getvalue().decode("utf-8-sig").splitlines()
    assert rows[0] == "日期,姓名,工号,性别,部门,变动,转自、转到的工会,说明"
    assert rows[2] == "2026-03-01,乙二,1002,,语文组,转入,示例二中工会,"
    assert rows[4] == "2026-07-01,乙二,1002,,语文组,转出,示例五中工会,调回原籍"
    entry = AuditEntry.objects.get(act="members.export_moves")
    assert entry.changes.pop("held")
    assert entry.changes == {"period": "2026", "rows": 4}


def test_one_who_left_and_came_back_the_next_day_is_told_twice(log_in):
    member = make_member("甲一")
    moved(member, "resign", SPRING)
    moved(member, "join", SPRING)
    page = log_in(Role.CHAIR).get("/members/moves/?period=2026")
    assert [c.what for c in page.context["page"]] == ["入会", "申请退会"]


def test_the_list_of_changes_costs_the_same_for_one_and_for_three(log_in):
    client = log_in(Role.CHAIR)
    counts = []
    for people in (1, 2):
        for _ in range(people):
            moved(make_member(status=None), "join")
        for address in ("/members/moves/?period=2026", "/members/moves/export/?period=2026"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address).getvalue()
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_the_form_says_that_the_retired_who_transfer_leave_the_department_too(log_in):
    member = make_member("甲一", department=make_department("总务处"), employment="retired")
    page = log_in(Role.CHAIR).get(url(member, "transfer_out"))
    assert page.context["follows"] == ["离开总务处。"]
    assert log_in(Role.CHAIR).get(url(member, "resign")).context["follows"] == []


def test_the_retirement_of_someone_well_before_the_age_is_warned_of_and_can_be_done(log_in):
    chair, born = log_in(Role.CHAIR), date(1990, 5, 6)
    young = make_member("甲一", gender="male", birth=born, employment="working")
    page = chair.get(url(young, "retire"))
    assert "按出生日期，最早可退的时间是2050年5月6日，" in page.text
    assert "早了一年以上。" in page.text
    assert chair.get(url(young, "resign")).context["warning"] == ""
    data = {"since": "2026-03-01", "work": "early_retired"}
    assert chair.post(url(young, "retire"), data).status_code == 302
    old = make_member("乙二", gender="male", birth=date(1966, 5, 6), employment="working")
    assert chair.get(url(old, "retire")).context["warning"] == ""
    unknown = make_member("丙三", gender="male", employment="working")
    assert chair.get(url(unknown, "retire")).context["warning"] == ""


@pytest.fixture
def retirees():
    """The groups of the retired: one for all, two by where they live."""
    found = [make_group("退休一组"), make_group("城东片"), make_group("城西片")]
    for group, kind in zip(found, ("retired", "area", "area"), strict=True):
        group.kind = kind
        group.save()
    return found


@pytest.mark.parametrize(
    ("area", "name"), [("城东", "城东片"), ("城西片", "城西片"), ("", "退休一组")]
)
def test_who_retires_finds_the_group_of_the_retired_chosen(area, name, retirees, log_in):
    member = make_member("甲一", employment="working", group=make_group("语文小组"), area=area)
    form = log_in(Role.CHAIR).get(url(member, "retire")).context["form"]
    chosen = UnionGroup.objects.get(pk=form["group"].value())
    assert (chosen.name, form["area"].value()) == (name, area)


def test_of_several_groups_none_is_chosen_without_a_word_on_where_the_home_is(retirees, log_in):
    retirees[0].kind = "area"
    retirees[0].save()
    member = make_member("甲一", employment="working")
    form = log_in(Role.CHAIR).get(url(member, "retire")).context["form"]
    assert form["group"].value() is None


def test_a_colleague_who_is_no_member_is_put_in_no_group_on_retiring(retirees, log_in):
    member = make_user(Role.COLLEAGUE).member
    form = log_in(Role.CHAIR).get(url(member, "retire")).context["form"]
    assert form["group"].value() is None


def test_who_retires_goes_to_the_group_and_where_the_home_is_is_kept(retirees, log_in):
    member, chair = (
        make_member("甲一", employment="working", group=make_group()),
        log_in(Role.CHAIR),
    )
    east = retirees[1]
    data = {"since": "2026-03-01", "work": "retired", "area": "城东", "group": east.pk}
    assert chair.post(url(member, "retire"), data).status_code == 302
    member.refresh_from_db()
    assert member.area == "城东"
    assert member.group_assignments.get(end=None).group == east
    actions.undo_move(member=member, by=chair.user)
    assert not member.group_assignments.filter(group=east).exists()


def test_where_the_home_is_is_asked_on_retiring_alone(log_in):
    member = make_member("甲一", employment="working")
    form = log_in(Role.CHAIR).get(url(member, "retain")).context["form"]
    assert "area" not in form.fields


class TestTheListOfMoves:
    """Retirements as such, by kind and name; what can be taken back says so."""

    ADDRESS = "/members/moves/?period=2026"

    def people(self) -> None:
        moved(make_member("甲一", employment="working"), "retire", work="retired", note="到龄")
        stays = make_member("乙二", employment="working")
        moved(stays, "retire", date(2026, 4, 1), work="retired_cadre", stays=True)
        moved(make_member("丙三"), "transfer_out", date(2026, 5, 1), union="示例二中工会")
        make_member("丁四", status="retained", employment="retired")

    @staticmethod
    def told(page) -> list[tuple]:
        return [(row.member.name, row.what, row.note) for row in page.context["rows"]]

    def test_who_retires_is_told_once_whatever_becomes_of_the_membership(self, log_in):
        self.people()
        page = log_in(Role.CHAIR).get(self.ADDRESS)
        assert self.told(page) == [
            ("丙三", "转出", ""),
            ("乙二", "离休", ""),
            ("甲一", "退休", "保留会籍；到龄"),
        ]
        assert "退休 1 人次" in page.text

    def test_who_comes_back_to_work_is_told_as_such(self, log_in):
        member = make_member("甲一", employment="working")
        moved(member, "retire", work="retired")
        moved(member, "return", date(2026, 6, 1))
        assert self.told(log_in(Role.CHAIR).get(self.ADDRESS))[0] == ("甲一", "返岗", "恢复会籍")

    def test_by_kind_and_by_name_also_in_the_table(self, log_in):
        self.people()
        chair = log_in(Role.CHAIR)
        page = chair.get(f"{self.ADDRESS}&kind=退休")
        assert self.told(page) == [("甲一", "退休", "保留会籍；到龄")]
        assert "清除筛选" in page.text
        assert [row[0] for row in self.told(chair.get(f"{self.ADDRESS}&q=ye"))] == ["乙二"]
        table = chair.get("/members/moves/export/?period=2026&kind=退休&format=csv")
        assert table.getvalue().decode("utf-8-sig").count("\n") == 2
        assert "没有这样的变动，换个条件试试" in chair.get(f"{self.ADDRESS}&kind=去世").text
        assert chair.get(f"{self.ADDRESS}&kind=结婚").status_code == 422

    def test_the_last_move_of_someone_leads_to_where_it_is_taken_back(self, log_in):
        member = make_member("甲一", employment="working")
        moved(member, "retire", work="retired")
        moved(member, "return", date(2026, 6, 1))
        chair = log_in(Role.CHAIR)
        page = chair.get(self.ADDRESS)
        assert [(row.what, row.undoable) for row in page.context["rows"]] == [
            ("返岗", True),
            ("退休", False),
        ]
        assert page.text.count(f'href="/members/{member.pk}/#undo-move"') == 1
        assert 'id="undo-move"' in chair.get(f"/members/{member.pk}/").text
        actions.undo_move(member=member, by=chair.user)
        rows = chair.get(self.ADDRESS).context["rows"]
        assert [(row.what, row.undoable) for row in rows] == [("退休", True)]

    def test_who_came_to_the_roster_retired_is_no_move(self, log_in):
        make_member(status="retained", employment="retired", joined=None)
        assert self.told(log_in(Role.CHAIR).get(self.ADDRESS)) == []
