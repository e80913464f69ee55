"""Whatever stands in a roster file: landing and taking back leaves the same rows, and what goes out
comes in again unchanged."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import actions
from members.choices import ImportState, RowFate
from members.exporters.roster import COLUMNS, MemberRegister
from members.importers import Posted, choices_from_json, known_roster, plan_roster
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
from members.queries import EXPORT_COLUMNS
from members.queries.roster import with_places
from members.roster_reader import RosterRow, read_roster
from tests.factories.members import make_reading, make_user
from unionoffice.errors import RuleBroken
from unionoffice.exports import as_csv, as_xlsx
from unionoffice.periods import Precision
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TABLES = (
    Department,
    UnionGroup,
    Member,
    Membership,
    Employment,
    GroupAssignment,
    DepartmentAssignment,
)
NAMES = ("曾晓燕", "单明", "李文静", "古丽娜尔·买买提", "𠮷野明", "李镕基", "Mary Smith")
words = st.sampled_from(["", "高级教师", "组长（兼）", "1", "乒乓球、合唱", "350100-0001"])
precisions = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR])


@st.composite
def dates(draw, field: str) -> dict:
    if draw(st.booleans()):
        return {}
    day, precision = draw(st.dates(date(1950, 1, 1), date(2024, 1, 1))), draw(precisions)
    if precision != Precision.DAY:
        day = day.replace(day=1)
    if precision == Precision.YEAR:
        day = day.replace(month=1)
    return {field: day, f"{field}_precision": precision}


@st.composite
def rows(draw) -> RosterRow:
    """Someone of the few, who may well have a namesake; one in four without a 工号."""
    number = draw(st.integers(0, 12))
    return RosterRow(
        sheet="",
        row=2,
        name=NAMES[number % len(NAMES)],
        staff_no=f"{number:04}" if number % 4 else "",
        gender=draw(st.sampled_from(["", "男", "女"])),
        phone=draw(st.sampled_from(["", "13800000001", "13900000002"])),
        status=draw(st.sampled_from(["", "在职", "退休", "离休", "内退", "调出"])),
        group=draw(st.sampled_from(["", "第一小组", "理化生组", "物化生组"])),
        department=draw(st.sampled_from(["", "语文组", "总务处"])),
        is_teacher=draw(st.sampled_from(["", "是", "否"])),
        contract=draw(st.sampled_from(["", "在编", "聘用", "劳务派遣", "其他"])),
        retirement_line=draw(st.sampled_from(["", "55", "50"])),
        **{field: draw(words) for field in ("title", "post", "hobbies", "card_no", "note")},
        **draw(dates("birth")),
        **draw(dates("joined")),
        **draw(dates("work_began")),
        **draw(dates("arrived")),
    )


readings = st.lists(rows(), max_size=8, unique_by=lambda row: (row.name, row.staff_no)).map(
    lambda found: make_reading(*found)
)
choices = st.fixed_dictionaries(
    {
        "rows": st.dictionaries(
            st.integers(0, 7), st.sampled_from(["", "leave", "new", "1"]), max_size=3
        ),
        "groups": st.sampled_from([{}, {"物化生组": "new"}, {"物化生组": "理化生组"}]),
        "shown": st.just(frozenset({"phone", "title", "employment"})),
        "taken": st.frozensets(st.sampled_from(["phone", "title", "employment"])),
    }
)


def dump() -> dict:
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


def land(reading, chosen=None) -> RosterImport:
    kept = actions.keep_reading(file_name="名册.xlsx", reading=reading, by=None)
    posted = Posted(**(chosen or {"groups": {"物化生组": "new"}}))
    kept = actions.choose_for_import(roster_import=kept, posted=posted, by=None)
    plan = plan_roster(reading, known_roster(), choices_from_json(kept.choices))
    try:
        return actions.land_roster(roster_import=kept, fingerprint=plan.fingerprint, by=None)
    except RuleBroken:
        assert plan.landing == 0
        return kept


def written(as_file) -> bytes:
    today = timezone.localdate()
    found = with_places(Member.objects.order_by("pk"), today).values(*EXPORT_COLUMNS)
    return as_file(MemberRegister(found, today, list(COLUMNS)))


@FEW
@given(before=readings, later=readings, chosen=choices)
def test_undoing_an_import_leaves_every_row_as_it_was(office, before, later, chosen):
    chair = make_user(Role.CHAIR)
    with transaction.atomic():
        land(before)
        there = dump()
        kept = land(later, chosen)
        if kept.state == ImportState.LANDED:
            actions.undo_import(roster_import=kept, by=chair)
        assert dump() == there
        transaction.set_rollback(True)


@FEW
@given(reading=readings, is_text=st.booleans())
def test_what_goes_out_comes_in_again_unchanged(office, reading, is_text):
    with transaction.atomic():
        land(reading)
        if Member.objects.exists():
            content = written(as_csv if is_text else as_xlsx)
            again = read_roster("名册.csv" if is_text else "名册.xlsx", content)
            plan = plan_roster(again, known_roster())
            changes = [(p.fate, p.changes) for p in plan.rows]
            assert {fate for fate, _ in changes} <= {RowFate.SAME, RowFate.HELD}, changes
        transaction.set_rollback(True)


@FEW
@given(reading=readings)
def test_the_same_file_again_makes_nobody_new_and_changes_nothing(office, reading):
    with transaction.atomic():
        land(reading)
        plan = plan_roster(reading, known_roster())
        assert (plan.counts[RowFate.NEW], plan.counts[RowFate.CHANGED]) == (0, 0)
        transaction.set_rollback(True)
