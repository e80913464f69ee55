"""Landing an import and taking it back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.actions.landing import MEMBER_COLUMNS
from members.choices import ImportState
from members.importers import known_roster, plan_roster, reading_from_json
from members.models import (
    Department,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    RosterImport,
    UnionGroup,
)
from members.models.people import SEARCH_KEYS
from tests.factories.members import (
    make_department,
    make_group,
    make_member,
    make_reading,
    make_row,
    make_user,
)
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Precision
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

TABLES = (
    Department,
    UnionGroup,
    Member,
    Membership,
    Employment,
    GroupAssignment,
    DepartmentAssignment,
)


def dump() -> dict:
    """Every row of every table that an import writes."""
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


def rows(model, *fields) -> list[tuple]:
    return list(model.objects.order_by("member__name", "pk").values_list("member__name", *fields))


def land(*file_rows) -> RosterImport:
    reading = make_reading(*file_rows)
    return actions.import_roster(file_name="名册.xlsx", reading=reading, by=None)[0]


def today():
    return timezone.localdate()


def yesterday():
    return timezone.localdate() - timedelta(days=1)


FULL = {
    "gender": "女",
    "birth": date(1986, 4, 1),
    "birth_precision": Precision.MONTH,
    "staff_no": "1001",
    "phone": "13800000001",
    "ethnicity": "汉族",
    "party": "群众",
    "department": "教务处",
    "group": "语文组",
    "title": "一级教师",
    "post": "干事",
    "status": "在职",
    "joined": date(2009, 9, 1),
    "joined_precision": Precision.MONTH,
    "campus": "南校区",
    "is_teacher": "是",
    "contract": "聘用",
    "education": "本科",
    "work_began": date(2008, 7, 1),
    "work_began_precision": Precision.MONTH,
    "arrived": date(2009, 9, 1),
    "arrived_precision": Precision.YEAR,
    "retirement_line": "55",
    "card_no": "350100-0001",
    "hobbies": "乒乓球",
    "area": "城东片",
    "note": "备注",
}


def test_what_a_row_leaves_out_is_stored_as_for_any_new_person():
    land(make_row("曾晓燕"))
    empty = Member(name="曾晓燕")
    stored = Member.objects.get()
    left_out = {f.name for f in Member._meta.concrete_fields} - {"id", *SEARCH_KEYS}
    assert {n: getattr(stored, n) for n in left_out} == {n: getattr(empty, n) for n in left_out}


def test_a_new_person_is_stored_whole():
    land(make_row("曾晓燕", **FULL))
    assert Member.objects.values(*MEMBER_COLUMNS).get() == {
        "name": "曾晓燕",
        "name_key": "曾晓燕",
        "pinyin": "zeng xiao yan",
        "pinyin_joined": "zengxiaoyan",
        "initials": "zxy",
        "gender": "female",
        "birth": date(1986, 4, 1),
        "birth_precision": "month",
        "ethnicity": "汉族",
        "party": "群众",
        "staff_no": "1001",
        "phone": "13800000001",
        "title": "一级教师",
        "post": "干事",
        "campus": "南校区",
        "is_teacher": True,
        "contract": "contracted",
        "education": "本科",
        "work_began": date(2008, 7, 1),
        "work_began_precision": "month",
        "arrived": date(2009, 9, 1),
        "arrived_precision": "year",
        "retirement_line": "55",
        "card_no": "350100-0001",
        "hobbies": "乒乓球",
        "area": "城东片",
        "note": "备注",
    }
    day = date(2009, 9, 1)
    assert rows(Membership, "status", "start", "start_precision", "end") == [
        ("曾晓燕", "active", day, "month", None)
    ]
    assert rows(Employment, "status", "start", "end") == [("曾晓燕", "working", day, None)]
    assert rows(GroupAssignment, "group__name", "start", "end") == [("曾晓燕", "语文组", day, None)]
    assert rows(DepartmentAssignment, "department__name", "start", "end") == [
        ("曾晓燕", "教务处", day, None)
    ]


def test_a_day_of_joining_is_also_the_first_in_group_and_department():
    day = date(2009, 9, 15)
    land(make_row("甲一", joined=day, group="语文组", department="教务处"))
    assert rows(GroupAssignment, "start") == rows(DepartmentAssignment, "start") == [("甲一", day)]


@pytest.mark.parametrize(
    ("status", "employment", "membership"),
    [
        ("在职", ["working"], ["active"]),
        ("内退", ["early_retired"], ["active"]),
        ("退休", ["retired"], ["retained"]),
        ("离休", ["retired_cadre"], ["retained"]),
        ("调出", ["left"], []),
        ("", ["working"], ["active"]),  # nobody says otherwise
    ],
)
def test_status_becomes_work_and_membership(status, employment, membership):
    land(make_row("甲一", status=status))
    assert list(Employment.objects.values_list("status", flat=True)) == employment
    found = list(Membership.objects.values_list("status", "start"))
    assert found == [(each, None) for each in membership]


def test_what_changes_ends_yesterday_and_begins_today():
    make_member(
        "甲一",
        staff_no="1",
        group=make_group("英语组"),
        department=make_department("教务处"),
        employment="working",
    )
    land(make_row("甲一", staff_no="1", group="语文组", department="德育处", status="退休"))
    begun = date(2020, 9, 1)
    assert rows(Membership, "status", "start", "end") == [
        ("甲一", "active", begun, yesterday()),
        ("甲一", "retained", today(), None),
    ]
    assert rows(Employment, "status", "start", "end") == [
        ("甲一", "working", date(2020, 9, 1), yesterday()),
        ("甲一", "retired", today(), None),
    ]
    assert rows(GroupAssignment, "group__name", "start", "end") == [
        ("甲一", "英语组", begun, yesterday()),
        ("甲一", "语文组", today(), None),
    ]
    assert rows(DepartmentAssignment, "department__name", "start", "end") == [
        ("甲一", "教务处", begun, yesterday()),
        ("甲一", "德育处", today(), None),
    ]


def test_who_moves_away_is_a_member_until_yesterday():
    make_member("甲一", staff_no="1", employment="working")
    land(make_row("甲一", staff_no="1", status="调出"))
    assert rows(Membership, "status", "end") == [("甲一", "active", yesterday())]


def test_a_row_that_began_today_is_changed_in_place():
    make_member("甲一", staff_no="1", joined=today(), group=make_group("英语组"))
    land(make_row("甲一", staff_no="1", group="语文组"))
    assert rows(GroupAssignment, "group__name", "start", "end") == [
        ("甲一", "语文组", today(), None)
    ]


def test_joined_is_written_to_the_first_membership():
    member = make_member("甲一", staff_no="1", joined=None, employment="retired")
    actions.change_dated(
        model=Membership, member=member, since=date(2020, 1, 1), by=None, status="retained"
    )
    land(make_row("甲一", staff_no="1", joined=date(1990, 9, 1), joined_precision=Precision.MONTH))
    assert rows(Membership, "status", "start", "start_precision") == [
        ("甲一", "active", date(1990, 9, 1), "month"),
        ("甲一", "retained", date(2020, 1, 1), "day"),
    ]


def test_importing_the_same_file_again_changes_nothing():
    file_rows = (
        make_row("曾晓燕", **FULL),
        make_row("甲退休", staff_no="2", status="退休", birth=date(1955, 1, 1)),
        make_row("乙调出", staff_no="3", status="调出"),
        make_row("丙只有名"),
    )
    land(*file_rows)
    before = dump()
    with pytest.raises(RuleBroken) as refusal:
        land(*file_rows)
    assert str(refusal.value) == "表里的内容和名册一样，没有要导入的。"
    assert dump() == before


def test_the_rehearsal_equals_the_run_and_leaves_nothing():
    make_member("甲一", staff_no="1", phone="13800000000")
    reading = make_reading(
        make_row("甲一", staff_no="1", phone="13900000000"), make_row("曾晓燕", **FULL)
    )
    before = dump()
    rehearsed = plan_roster(reading, known_roster())
    assert dump() == before
    _, run = actions.import_roster(file_name="名册.xlsx", reading=reading, by=None)
    assert run.fingerprint == rehearsed.fingerprint
    assert (Member.objects.count(), Member.objects.get(staff_no="1").phone) == (2, "13900000000")


def test_a_landing_writes_one_audit_entry():
    imported = land(make_row("甲一", staff_no="1"), make_row("乙二", staff_no="2"))
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.target_id) == ("members.land_roster", str(imported.pk))
    assert entry.changes == {
        "held": 0,
        "rejected": 0,
        "skipped": 0,
        "new": 2,
        "changed": 0,
        "same": 0,
    }


@pytest.mark.parametrize("people", [3, 30])
def test_a_landing_takes_the_same_number_of_queries_at_any_size(people, django_assert_num_queries):
    file_rows = [
        make_row(f"甲{n}", staff_no=str(n), group="一组", department="教务处", status="在职")
        for n in range(people)
    ]
    with django_assert_num_queries(27):
        land(*file_rows)


def test_more_people_than_one_statement_takes_land_and_go_again():
    user = make_user(Role.CHAIR)
    before = dump()
    imported = land(*(make_row(f"甲{n}", staff_no=str(n), status="在职") for n in range(1001)))
    assert Employment.objects.filter(member__name__startswith="甲").count() == 1001
    actions.undo_import(roster_import=imported, by=user)
    assert dump() == before


class TestConfirming:
    def keep(self, *file_rows):
        user = make_user(Role.CHAIR)
        reading = make_reading(*file_rows)
        return actions.keep_reading(file_name="名册.xlsx", reading=reading, by=user), user

    def fingerprint(self, kept):
        return plan_roster(reading_from_json(kept.reading), known_roster()).fingerprint

    def test_keeping_a_reading_leaves_the_roster_alone(self):
        make_user(Role.CHAIR)
        before = dump()
        reading = make_reading(make_row("甲一"))
        actions.keep_reading(file_name="名册.xlsx", reading=reading, by=None)
        assert dump() == before

    def test_what_was_looked_at_lands(self):
        kept, user = self.keep(make_row("甲一", staff_no="1"))
        actions.land_roster(roster_import=kept, fingerprint=self.fingerprint(kept), by=user)
        kept.refresh_from_db()
        assert kept.state == ImportState.LANDED
        assert Member.objects.filter(staff_no="1").count() == 1

    def test_a_roster_that_changed_meanwhile_refuses_the_landing(self):
        make_member("甲一", staff_no="1", phone="13800000000")
        kept, user = self.keep(make_row("甲一", staff_no="1", phone="13900000000"))
        seen = self.fingerprint(kept)
        Member.objects.filter(staff_no="1").update(phone="13700000000")
        before = dump()
        with pytest.raises(RuleBroken) as refusal:
            actions.land_roster(roster_import=kept, fingerprint=seen, by=user)
        assert str(refusal.value) == (
            "您看过预览以后名册又有改动，结果会不一样。看看下面新的预览，再点导入。"
        )
        assert dump() == before

    def test_it_lands_only_once(self):
        kept, user = self.keep(make_row("甲一", staff_no="1"))
        seen = self.fingerprint(kept)
        actions.land_roster(roster_import=kept, fingerprint=seen, by=user)
        with pytest.raises(RuleBroken) as refusal:
            actions.land_roster(roster_import=kept, fingerprint=seen, by=user)
        assert str(refusal.value) == "“名册.xlsx”已导入，不能再导一次。要再导入，重新选文件。"


class TestUndoing:
    def make_roster(self):
        """People of every kind that an import may change."""
        make_member(
            "甲改资料",
            staff_no="1",
            birth=date(1986, 1, 1),
            birth_precision="year",
            group=make_group("英语组"),
            employment="working",
        )
        make_member("乙退休", staff_no="2", employment="working", department=make_department("处"))
        make_member("丙今天来", staff_no="3", joined=today(), employment="working")
        make_member("丁不是会员", staff_no="4", status=None)
        make_member("戊没变", staff_no="5")
        make_member("己入会不详", staff_no="6", joined=None)

    def land_on_it(self):
        return land(
            make_row("甲改资料", staff_no="1", birth=date(1986, 4, 12), group="语文组", note="新"),
            make_row("乙退休", staff_no="2", status="退休", department="德育处"),
            make_row("丙今天来", staff_no="3", status="调出"),
            make_row("丁不是会员", staff_no="4", group="语文组"),
            make_row("戊没变", staff_no="5"),
            make_row("己入会不详", staff_no="6", joined=date(2001, 9, 1)),
            make_row("曾晓燕", **FULL),
        )

    def test_every_row_is_as_it_was(self):
        self.make_roster()
        user = make_user(Role.CHAIR)
        before = dump()
        imported = self.land_on_it()
        changed = [model for model in TABLES if dump()[model] != before[model]]
        assert changed == list(TABLES)
        undone = actions.undo_import(roster_import=imported, by=user)
        assert dump() == before
        assert undone.state == ImportState.UNDONE

    def test_undone_it_can_be_imported_again(self):
        user = make_user(Role.CHAIR)
        imported = land(make_row("甲一", **FULL))
        actions.undo_import(roster_import=imported, by=user)
        land(make_row("甲一", **FULL))
        assert Member.objects.filter(staff_no="1001").count() == 1

    def refused(self, imported, user) -> str:
        before = dump()
        with pytest.raises(RuleBroken) as refusal:
            actions.undo_import(roster_import=imported, by=user)
        assert dump() == before
        return str(refusal.value)

    def test_only_the_latest_can_be_taken_back(self):
        user = make_user(Role.CHAIR)
        first = land(make_row("甲一", staff_no="1"))
        reading = make_reading(make_row("乙二", staff_no="2"))
        actions.import_roster(file_name="第二份.xlsx", reading=reading, by=None)
        assert self.refused(first, user) == "这之后又导入过“第二份.xlsx”，先撤回那一份。"

    def test_not_after_someone_was_changed(self):
        user = make_user(Role.CHAIR)
        imported = land(make_row("甲一", staff_no="1"))
        member = Member.objects.get(staff_no="1")
        member.phone = "13900000000"
        actions.update_member(member=member, by=user)
        assert self.refused(imported, user) == (
            "导入以后改过甲一的资料，整批撤回会丢掉这些改动，不能撤回。"
        )

    def test_not_after_someone_was_moved_who_was_only_changed_by_it(self):
        user = make_user(Role.CHAIR)
        member = make_member("甲一", staff_no="1")
        imported = land(make_row("甲一", staff_no="1", group="语文组"))
        actions.change_dated(
            model=Employment, member=member, since=today(), by=user, status="working"
        )
        assert self.refused(imported, user) == (
            "导入以后改过甲一的资料，整批撤回会丢掉这些改动，不能撤回。"
        )

    def test_not_after_someone_got_an_account(self):
        user = make_user(Role.CHAIR)
        imported = land(make_row("甲一", staff_no="1"))
        make_user(member=Member.objects.get(staff_no="1"))  # leaves no audit entry
        assert self.refused(imported, user) == "甲一已经用在别的记录里，不能整批撤回。"

    def test_not_after_a_group_that_it_made_got_others(self):
        user = make_user(Role.CHAIR)
        imported = land(make_row("甲一", staff_no="1", group="语文组"))
        make_member("乙二", group=UnionGroup.objects.get(name="语文组"))
        assert self.refused(imported, user) == "语文组已经用在别的记录里，不能整批撤回。"

    def test_only_what_landed_can_be_taken_back(self):
        user = make_user(Role.CHAIR)
        kept = actions.keep_reading(
            file_name="名册.xlsx", reading=make_reading(make_row("甲一")), by=user
        )
        assert self.refused(kept, user) == "“名册.xlsx”没有导入，不用撤回。"

    def test_a_change_of_someone_else_does_not_matter(self):
        user = make_user(Role.CHAIR)
        other = make_member("乙二", staff_no="2")
        imported = land(make_row("甲一", staff_no="1"))
        other.phone = "13900000000"
        actions.update_member(member=other, by=user)
        actions.undo_import(roster_import=imported, by=user)
        assert not Member.objects.filter(staff_no="1").exists()
