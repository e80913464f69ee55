"""What an import would do, row by row. The preview shows it, the landing carries it out."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from members.choices import (
    Contract,
    EmploymentStatus,
    Gender,
    MembershipStatus,
    PrivateField,
    RetirementLine,
    RowFate,
)
from members.importers.choices import NONE, Choices
from members.roster_reader import Rejection, RosterRow
from members.rules import masked_phone
from unionoffice.periods import iso_date

LABELS = {
    "area": "居住片区",
    "arrived": "到校时间",
    "birth": "出生日期",
    "campus": "校区",
    "card_no": "会员证号",
    "contract": "用工形式",
    "department": "部门",
    "education": "学历",
    "employment": "在岗情况",
    "ethnicity": "民族",
    "gender": "性别",
    "group": "工会小组",
    "hobbies": "特长爱好",
    "is_teacher": "专任教师",
    "joined": "入会时间",
    "name": "姓名",
    "note": "备注",
    "party": "政治面貌",
    "phone": "手机",
    "post": "职务",
    "staff_no": "工号",
    "retirement_line": "退休类别",
    "status": "会籍",
    "title": "职称",
    "work_began": "参加工作时间",
    **dict(PrivateField.choices),
}
WORDS = {
    value: word
    for choices in (Gender, MembershipStatus, EmploymentStatus, Contract, RetirementLine)
    for value, word in choices.choices
} | {True: "是", False: "否"}

PRIVATE = frozenset(PrivateField.values)

# what can be left as it is for everyone; the 会籍 goes with the work
KINDS = (
    "employment",
    *(field for field in LABELS if field not in ("employment", "status")),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one person. Dates stand with their precision: (day, precision); None: nothing.
    A private one is sealed, and never shown."""

    field: str
    old: str | bool | tuple[date, str] | None
    new: str | bool | tuple[date, str] | None

    @property
    def label(self) -> str:
        return LABELS[self.field]

    @property
    def kind(self) -> str:
        """The field by which it can be left out."""
        return "employment" if self.field == "status" else self.field

    @property
    def old_text(self) -> str:
        if self.field in PRIVATE:
            return "记着的" if self.old else ""
        return _text(self.field, self.old)

    @property
    def new_text(self) -> str:
        if self.field in PRIVATE:
            return "表里的（不显示）"
        return _text(self.field, self.new)


def _text(name: str, value) -> str:
    if isinstance(value, tuple):
        return iso_date(*value)
    if value is None and name == "status":
        return "不是会员"
    if name == "phone":
        return masked_phone(value or "")
    return WORDS.get(value, value or "")


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to what becomes of a row; the empty one is what happens by itself."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """A group or department of the file that the roster lacks, and the one that it may mean."""

    field: str
    name: str
    like: str
    rows: int
    choice: str


@dataclass(slots=True)
class RowPlan:
    """What happens to one accepted row. `member` is the person it is about, None for a new one;
    `reason` says why a row is held back; `place` is the row's among the accepted; `kept` are the
    changes that the office did not want."""

    row: RosterRow
    fate: RowFate
    member: int | None = None
    changes: tuple[Change, ...] = ()
    reason: str = ""
    warnings: tuple[str, ...] = ()
    place: int = 0
    choice: str = ""
    offers: tuple[Offer, ...] = ()
    kept: tuple[Change, ...] = ()

    @property
    def summary(self) -> str:
        """A new person in one line: what will stand in the roster, the phone as lists show it."""
        row = self.row
        parts = [
            row.gender,
            f"{iso_date(row.birth, row.birth_precision)} 出生" if row.birth else "",
            row.department,
            row.group,
            row.post or row.title,
            row.status,
            f"{iso_date(row.joined, row.joined_precision)} 入会" if row.joined else "",
            masked_phone(row.phone),
            *(f"{LABELS[field]}（不显示）" for field, _ in row.private),
        ]
        return "，".join(part for part in parts if part)


@dataclass
class RosterPlan:
    """`absent` are the names of 会员 that the file does not mention; nothing happens to them.
    `begin`: see KnownRoster; `undated`, `unsaid`: how many new 会员 have no 入会时间, how many new
    people no 在岗情况."""

    rows: list[RowPlan]
    rejected: tuple[Rejection, ...]
    new_groups: tuple[str, ...] = ()
    new_departments: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    active_gain: int = 0
    begin: date | None = None
    undated: int = 0
    unsaid: int = 0
    questions: tuple[NameQuestion, ...] = ()
    choices: Choices = NONE
    counts: Counter = field(init=False)

    def __post_init__(self):
        self.counts = Counter(plan.fate for plan in self.rows)
        self.counts[RowFate.REJECTED] = len(self.rejected)

    def of(self, fate: RowFate) -> list[RowPlan]:
        return [plan for plan in self.rows if plan.fate == fate]

    @property
    def landing(self) -> int:
        """Rows that an import writes."""
        return self.counts[RowFate.NEW] + self.counts[RowFate.CHANGED]

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Field → how many people's it changes or would change."""
        found = Counter(kind for plan in self.rows for kind in _kinds(plan))
        return {kind: found[kind] for kind in KINDS if found[kind]}

    @property
    def left_out(self) -> int:
        return self.counts[RowFate.HELD] + self.counts[RowFate.REJECTED]

    @cached_property
    def fingerprint(self) -> str:
        """Two plans for the same file are the same exactly when their fingerprints are."""
        rows = [
            [plan.fate, plan.member, [[c.field, c.old, c.new] for c in plan.changes]]
            for plan in self.rows
        ]
        parts = [rows, self.new_groups, self.new_departments, self.begin]
        text = json.dumps([*parts, self.choices.as_json()], default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def _kinds(plan: RowPlan) -> set[str]:
    return {change.kind for change in (*plan.changes, *plan.kept)}
