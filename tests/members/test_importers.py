"""What an import would do: who a row is about, and what it changes."""

from datetime import date

import pytest

from members import actions
from members.choices import RowFate
from members.importers import (
    known_roster,
    plan_roster,
    reading_from_json,
    reading_to_json,
)
from members.importers.matching import compatible
from members.importers.preview import WARNED, pills, preview_rows
from members.models import Member, Membership
from members.roster_reader import Rejection
from tests.factories.members import (
    make_department,
    make_group,
    make_member,
    make_reading,
    make_row,
)
from unionoffice.periods import Precision

BIRTH = date(1986, 4, 12)


def plan(*rows, rejected=()):
    return plan_roster(make_reading(*rows, rejected=rejected), known_roster())


def only(*rows):
    """What happens to the first row."""
    return plan(*rows).rows[0]


def changes(row_plan) -> list[tuple[str, str, str]]:
    return [(c.label, c.old_text, c.new_text) for c in row_plan.changes]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((BIRTH, Precision.DAY), (BIRTH, Precision.DAY), True),
        ((BIRTH, Precision.DAY), (date(1986, 4, 1), Precision.MONTH), True),
        ((BIRTH, Precision.DAY), (date(1986, 1, 1), Precision.YEAR), True),
        ((BIRTH, Precision.DAY), (date(1986, 4, 1), Precision.DAY), False),
        ((BIRTH, Precision.DAY), (date(1986, 5, 1), Precision.MONTH), False),
        ((date(1986, 4, 1), Precision.MONTH), (date(1986, 1, 1), Precision.YEAR), True),
    ],
)
def test_dates_agree_as_far_as_both_are_known(one, other, same):
    assert compatible(*one, *other) is same
    assert compatible(*other, *one) is same


@pytest.mark.django_db
class TestMatching:
    def test_a_number_that_nobody_has_is_someone_new(self):
        make_member("甲一", staff_no="1001")
        found = only(make_row("乙二", staff_no="1002"))
        assert (found.fate, found.member, found.warnings) == (RowFate.NEW, None, ())

    def test_the_number_decides(self):
        make_member("李文静", staff_no="1001")
        second = make_member("李文静", staff_no="1002")
        assert only(make_row("李文静", staff_no="1002")).member == second.pk

    def test_a_number_under_another_name_is_held(self):
        make_member("甲一", staff_no="1001")
        found = only(make_row("乙二", staff_no="1001"))
        assert found.fate == RowFate.HELD
        assert found.reason == (
            "工号 1001 在名册里是甲一，名字对不上。核对工号；改了名的话，选这个人。"
        )

    def test_a_new_number_goes_to_the_namesake_who_had_none(self):
        member = make_member("甲一", staff_no=None, birth=BIRTH)
        found = only(make_row("甲一", staff_no="1001", birth=BIRTH))
        assert (found.member, changes(found)) == (member.pk, [("工号", "", "1001")])

    def test_a_new_number_for_a_namesake_born_on_the_same_day_is_held(self):
        make_member("甲一", staff_no="1001", birth=BIRTH)
        found = only(make_row("甲一", staff_no="1009", birth=BIRTH))
        assert found.fate == RowFate.HELD
        assert found.reason == ("名册里的甲一同一天出生，工号是 1001。选是不是同一个人。")

    def test_a_new_number_for_a_namesake_born_on_another_day_is_someone_new_with_a_warning(self):
        make_member("甲一", staff_no="1001", birth=BIRTH)
        found = only(make_row("甲一", staff_no="1009", birth=date(1990, 1, 1)))
        assert (found.fate, found.warnings) == (
            RowFate.NEW,
            ("名册里已有同名的甲一，按另一个人新增。",),
        )

    def test_without_a_number_name_and_birth_decide_as_far_as_known(self):
        make_member("李文静", birth=date(1979, 1, 1))
        member = make_member("李文静", birth=BIRTH)
        row = make_row("李文静", birth=date(1986, 4, 1), birth_precision=Precision.MONTH)
        assert only(row).member == member.pk

    def test_without_a_number_the_phone_decides_among_namesakes(self):
        make_member("李文静", phone="13900000001")
        member = make_member("李文静", phone="13900000002")
        assert only(make_row("李文静", phone="13900000002")).member == member.pk

    def test_two_namesakes_in_the_roster_hold_the_row(self):
        make_member("李文静")
        make_member("李文静")
        found = only(make_row("李文静"))
        assert found.fate == RowFate.HELD
        assert found.reason == "名册里有 2 位李文静，分不清是哪一位，选一位，或者在表里写上工号。"

    def test_two_namesakes_in_the_file_hold_both_rows(self):
        make_member("李文静")
        found = plan(make_row("李文静"), make_row("李文静", department="语文组"))
        assert [row.fate for row in found.rows] == [RowFate.HELD, RowFate.HELD]
        assert found.rows[0].reason == (
            "表里有 2 行李文静，分不清哪一行是名册里的那一位，选一位，或者在表里写上工号。"
        )

    def test_a_name_that_stands_once_on_both_sides_is_enough(self):
        member = make_member("甲一")
        assert only(make_row("甲一")).member == member.pk

    def test_another_birth_is_another_person(self):
        make_member("甲一", birth=BIRTH)
        found = only(make_row("甲一", birth=date(1990, 1, 1)))
        assert (found.fate, found.warnings) == (
            RowFate.NEW,
            ("名册里已有同名的甲一，按另一个人新增。",),
        )

    def test_a_second_row_about_the_same_person_is_held(self):
        make_member("甲一", staff_no="1001", birth=BIRTH)
        found = plan(make_row("甲一", staff_no="1001"), make_row("甲一", birth=BIRTH))
        assert [row.fate for row in found.rows] == [RowFate.SAME, RowFate.HELD]
        assert found.rows[1].reason == "和第 2 行说的是同一个人，只留一行就能导入。"


@pytest.mark.django_db
class TestChanges:
    def test_what_differs_is_told_old_and_new(self):
        make_member(
            "甲一",
            staff_no="1",
            gender="female",
            phone="13812342046",
            title="一级教师",
            group=make_group("英语组"),
            department=make_department("教务处"),
        )
        found = only(
            make_row(
                "甲一",
                staff_no="1",
                gender="男",
                phone="13912347715",
                title="高级教师",
                group="语文组",
                department="德育处",
            )
        )
        assert changes(found) == [
            ("工会小组", "英语组", "语文组"),
            ("部门", "教务处", "德育处"),
            ("性别", "女", "男"),
            ("手机", "138****2046", "139****7715"),
            ("职称", "一级教师", "高级教师"),
        ]

    def test_an_empty_cell_clears_nothing(self):
        make_member(
            "甲一",
            staff_no="1",
            gender="female",
            birth=BIRTH,
            phone="13812342046",
            ethnicity="汉族",
            party="群众",
            title="一级教师",
            post="组长",
            note="备注",
            group=make_group(),
            department=make_department(),
            employment="working",
        )
        assert only(make_row("甲一", staff_no="1")).fate == RowFate.SAME

    @pytest.mark.parametrize(
        ("birth", "precision", "expected"),
        [
            (date(1986, 4, 1), Precision.MONTH, []),
            (date(1986, 1, 1), Precision.YEAR, []),
            (date(1986, 5, 1), Precision.MONTH, [("出生日期", "1986-04-12", "1986-05")]),
        ],
    )
    def test_a_date_that_only_says_less_changes_nothing(self, birth, precision, expected):
        make_member("甲一", staff_no="1", birth=BIRTH)
        row = make_row("甲一", staff_no="1", birth=birth, birth_precision=precision)
        assert changes(only(row)) == expected

    def test_a_date_that_says_more_is_a_change(self):
        make_member("甲一", staff_no="1", birth=date(1986, 1, 1), birth_precision="year")
        row = make_row("甲一", staff_no="1", birth=BIRTH)
        assert changes(only(row)) == [("出生日期", "1986", "1986-04-12")]

    def test_joined_fills_and_corrects_the_first_membership(self):
        make_member("甲一", staff_no="1", joined=None)
        row = make_row(
            "甲一", staff_no="1", joined=date(2009, 9, 1), joined_precision=Precision.MONTH
        )
        assert changes(only(row)) == [("入会时间", "", "2009-09")]

    def test_joined_after_the_end_of_the_first_membership_is_left_alone(self):
        member = make_member("甲一", staff_no="1", joined=date(2010, 1, 1))
        actions.end_dated(model=Membership, member=member, since=date(2020, 1, 1), by=None)
        assert only(make_row("甲一", staff_no="1", joined=date(2021, 1, 1))).fate == RowFate.SAME

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ("在职", []),
            ("", []),
            ("内退", [("在岗情况", "在职", "内退")]),
            ("退休", [("在岗情况", "在职", "退休"), ("会籍", "在册", "保留会籍")]),
            ("离休", [("在岗情况", "在职", "离休"), ("会籍", "在册", "保留会籍")]),
            ("调出", [("在岗情况", "在职", "调出"), ("会籍", "在册", "不是会员")]),
        ],
    )
    def test_the_membership_follows_the_work(self, status, expected):
        make_member("甲一", staff_no="1", employment="working")
        assert changes(only(make_row("甲一", staff_no="1", status=status))) == expected

    def test_where_the_work_is_the_same_the_membership_stays_as_the_committee_set_it(self):
        make_member("甲一", staff_no="1", employment="retired", status="active")
        assert only(make_row("甲一", staff_no="1", status="退休")).fate == RowFate.SAME

    def test_who_left_the_union_stays_out_but_who_returns_to_the_school_is_in_again(self):
        quit_ = make_member("甲一", staff_no="1", employment="working")
        actions.end_dated(model=Membership, member=quit_, since=date(2024, 1, 1), by=None)
        back = make_member("乙二", staff_no="2", employment="left")
        actions.end_dated(model=Membership, member=back, since=date(2024, 1, 1), by=None)
        found = plan(
            make_row("甲一", staff_no="1", status="退休"),
            make_row("乙二", staff_no="2", status="在职"),
        )
        assert [changes(row) for row in found.rows] == [
            [("在岗情况", "在职", "退休")],
            [("在岗情况", "调出", "在职"), ("会籍", "不是会员", "在册")],
        ]

    def test_a_colleague_who_never_was_one_becomes_a_member(self):
        make_member("甲一", staff_no="1", status=None)
        assert changes(only(make_row("甲一", staff_no="1"))) == [("会籍", "不是会员", "在册")]


@pytest.mark.django_db
def test_the_plan_counts_and_names_what_is_new_and_who_is_absent():
    make_group("语文组")
    make_member("甲在表里", staff_no="1")
    make_member("乙不在表里", staff_no="2")
    make_member("丙不是会员", staff_no="3", status=None)
    make_member("丁退休", staff_no="4", employment="working")
    found = plan(
        make_row("甲在表里", staff_no="1"),
        make_row("戊新人", staff_no="5", group="数学组", department="教务处"),
        make_row("己新退休", staff_no="6", group="语文组", status="退休"),
        make_row("丁退休", staff_no="4", status="退休"),
        rejected=(Rejection("花名册", 9, "", "姓名是空的"),),
    )
    assert dict(found.counts) == {
        RowFate.SAME: 1,
        RowFate.NEW: 2,
        RowFate.CHANGED: 1,
        RowFate.REJECTED: 1,
    }
    assert (found.landing, found.left_out) == (3, 1)
    assert (found.new_groups, found.new_departments) == (("数学组",), ("教务处",))
    assert found.absent == ("乙不在表里",)
    assert found.active_gain == 0  # one more, one retired


@pytest.mark.django_db
def test_the_fingerprint_changes_with_the_roster_and_only_then():
    member = make_member("甲一", staff_no="1", phone="13800000000")
    reading = make_reading(make_row("甲一", staff_no="1", phone="13900000000"))
    first = plan_roster(reading, known_roster()).fingerprint
    assert plan_roster(reading, known_roster()).fingerprint == first
    Member.objects.filter(pk=member.pk).update(phone="13700000000")
    assert plan_roster(reading, known_roster()).fingerprint != first


def test_a_reading_survives_being_kept():
    reading = make_reading(
        make_row(
            "甲一",
            gender="女",
            birth=date(1986, 4, 1),
            birth_precision=Precision.MONTH,
            joined=date(2009, 1, 1),
            joined_precision=Precision.YEAR,
            warnings=("核对一下",),
        ),
        make_row("乙二", staff_no="2", note="备注"),
        rejected=(Rejection("花名册", 9, "丙三", "手机号少一位"),),
    )
    assert reading_from_json(reading_to_json(reading)) == reading


@pytest.mark.django_db
def test_new_groups_are_set_up_in_the_order_of_their_numbers():
    names = ["退休教职工小组", "第十小组", "第二小组", "第3小组", "语文组", "第一小组"]
    rows = [make_row(f"甲{number}", group=name) for number, name in enumerate(names)]
    assert plan(*rows).new_groups == (
        "第一小组",
        "第二小组",
        "第3小组",
        "第十小组",
        "退休教职工小组",
        "语文组",
    )


@pytest.mark.django_db
def test_the_preview_begins_with_what_needs_a_look():
    make_member("李文静", staff_no=None)
    make_member("李文静", staff_no=None)
    make_member("甲一", staff_no="1")
    make_member("乙二", staff_no="2")
    found = plan(
        make_row("甲一", staff_no="1"),
        make_row("丙三", staff_no="3", department="语文组", status="在职", warnings=("核对",)),
        make_row("乙二", staff_no="2", phone="13900000000"),
        make_row("李文静"),
        rejected=(Rejection("花名册", 9, "丁四", "手机号少一位"),),
    )
    rows = [(row.row, row.name, row.fate, row.text) for row in preview_rows(found)]
    assert rows == [
        (
            5,
            "李文静",
            RowFate.HELD,
            "名册里有 2 位李文静，分不清是哪一位，选一位，或者在表里写上工号。",
        ),
        (9, "丁四", RowFate.REJECTED, "手机号少一位"),
        (4, "乙二", RowFate.CHANGED, ""),
        (3, "丙三", RowFate.NEW, "语文组，在职"),
        (2, "甲一", RowFate.SAME, ""),
    ]
    assert [row.name for row in preview_rows(found, "new")] == ["丙三"]
    assert [row.name for row in preview_rows(found, WARNED)] == ["丙三"]
    assert [(pill.label, pill.count) for pill in pills(found)] == [
        ("全部", 5),
        ("要您定", 1),
        ("不能导入", 1),
        ("更新", 1),
        ("新增", 1),
        ("没有变化", 1),
        ("有提醒", 1),
    ]
