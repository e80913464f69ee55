"""People, groups and accounts for tests: small functions with the field's own defaults."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count

from openpyxl import Workbook

from members import actions
from members.backends import with_roles
from members.choices import OfficeName
from members.models import Department, Member, OfficeHolding, Regulation, UnionGroup, User
from members.roster_reader import Rejection, RosterReading, RosterRow
from unionoffice.models import Office
from unionoffice.roles import Role

PASSWORD = "table-tennis-2026"
LONG_AGO = date(2020, 9, 1)
numbers = count(1)


def make_office(**values) -> Office:
    fields = {
        "pk": 1,
        "school_name": "示例市第三中学",
        "short_name": "示例三中",
        "union_name": "示例市第三中学工会委员会",
        "higher_union_name": "示例市教育工会",
    }
    return Office.objects.create(**fields | values)


def make_group(name: str = "") -> UnionGroup:
    return UnionGroup.objects.create(name=name or f"第{next(numbers)}工会小组")


def make_department(name: str = "") -> Department:
    return Department.objects.create(name=name or f"示例{next(numbers)}组")


def make_member(name: str = "", *, joined: date | None = LONG_AGO, **values) -> Member:
    """A 会员 since `joined`. `group`, `department`, `status`, `employment` go to the dated rows."""
    own = ("group", "department", "status", "employment", "joined_precision")
    dated = {k: values.pop(k) for k in own if k in values}
    number = next(numbers)
    fields = {"name": name or f"示例会员{number}", "staff_no": f"T{number:05}"} | values
    return actions.add_member(member=Member(**fields), by=None, joined=joined, **dated)


def make_regulation(title: str, *, start: date = LONG_AGO, **values) -> Regulation:
    regulation = Regulation(title=title, start=start, **values)
    return actions.add_regulation(regulation=regulation, by=None)


def make_user(*roles: Role | OfficeName, member: Member | None = None, **values) -> User:
    """An account that has exactly these roles or offices today; 会员 when MEMBER is among them,
    someone who works at the school and is none when COLLEAGUE is.

    GROUP_LEADER and DEPARTMENT_HEAD get a new group or department unless `group=` or
    `department=` is given.
    """
    group, department = values.pop("group", None), values.pop("department", None)
    if member is None:
        number = next(numbers)
        member = Member(name=f"示例教师{number}", staff_no=f"U{number:05}")
        actions.fill_search_keys(member).save()
        if Role.MEMBER in roles:
            member.memberships.create(status="active", start=LONG_AGO)
        if Role.COLLEAGUE in roles:
            member.employments.create(status="working", start=LONG_AGO)
    for role in set(roles) - {Role.MEMBER, Role.COLLEAGUE}:
        holding = OfficeHolding(member=member, office=role.value, start=LONG_AGO)
        if role == Role.GROUP_LEADER:
            holding.group = group or make_group()
        if role == Role.DEPARTMENT_HEAD:
            holding.department = department or make_department()
        holding.save()
    user = User(member=member, username=member.staff_no, must_change_password=False)
    user.password = "!"  # tests log in with force_login; hashing is slow
    for field, value in values.items():
        setattr(user, field, value)
    user.save()
    return with_roles(user)


def make_row(name: str, *, row: int = 2, **values) -> RosterRow:
    """One accepted row of a roster file."""
    return RosterRow(**{"sheet": "花名册", "row": row, "name": name} | values)


def make_reading(*rows: RosterRow, rejected: tuple[Rejection, ...] = ()) -> RosterReading:
    """Rows from the second line of the sheet on."""
    placed = (replace(row, row=number) for number, row in enumerate(rows, start=2))
    return RosterReading(accepted=tuple(placed), rejected=rejected)


def make_roster_file(*people: dict) -> bytes:
    """An .xlsx whose headings are the keys of the first person."""
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet.append(list(people[0]))
    for person in people:
        sheet.append(list(person.values()))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
