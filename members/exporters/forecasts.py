"""The lists of what is ahead: who retires, has a birthday, a milestone. Their rows, on the page and
taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from members.choices import EmploymentStatus, Gender
from members.queries.forecasts import Reached, next_birthday
from members.queries.milestones import Milestone
from members.rules import masked_phone
from members.rules.retirement import Forecast, whole_years
from unionoffice.exports import TableExport
from unionoffice.periods import Precision, chinese_date, iso_date

ROUND = 10  # years of age between two birthdays that are more than the others
YEAR_ONLY = "只知道出生年份"
ASSUMED = "没有登记退休年龄，按原 55 岁算"
LACKS = {"gender": "性别", "birth": "出生日期"}
GENDERS = dict(Gender.choices)


class PersonRow:
    """Someone of whom a list tells; `person` holds values of queries.forecasts.COLUMNS."""

    person: dict

    @property
    def url(self) -> str:
        return reverse("members:member_detail", args=[self.person["pk"]])

    @property
    def name(self) -> str:
        return self.person["name"]

    @property
    def group(self) -> str:
        return self.person["group_name"] or ""

    @property
    def department(self) -> str:
        return self.person["department_name"] or ""

    @property
    def phone(self) -> str:
        return masked_phone(self.person["phone"])


@dataclass(frozen=True)
class RetireeRow(PersonRow):
    """`forecast` is None where the day can't be told."""

    person: dict
    forecast: Forecast | None

    @property
    def month_text(self) -> str:
        return chinese_date(self.forecast.first.day, Precision.MONTH) if self.forecast else ""

    @property
    def service(self) -> int | None:
        """工龄: whole years at work on the day."""
        if self.forecast is None:
            return None
        return whole_years(self.person["work_began"], self.forecast.first.day)

    @property
    def remarks(self) -> list[str]:
        person, told = self.person, self.forecast
        if told is None:
            lacking = "、".join(word for key, word in LACKS.items() if not person[key])
            return [f"缺{lacking}，算不出"]
        early_retired = person["employment_status"] == EmploymentStatus.EARLY_RETIRED
        said = {
            EmploymentStatus.EARLY_RETIRED.label: early_retired,
            YEAR_ONLY: told.precision == Precision.YEAR,
            ASSUMED: told.assumed,
        }
        return [words for words, true in said.items() if true]


@dataclass(frozen=True)
class BirthdayRow(PersonRow):
    """`day` is when it is kept; None where only the month of birth is known."""

    person: dict
    day: date | None

    @property
    def age(self) -> int | None:
        return self.day.year - self.person["birth"].year if self.day else None

    @property
    def round_age(self) -> bool:
        return bool(self.age) and self.age % ROUND == 0

    @property
    def day_text(self) -> str:
        birth = self.person["birth"]
        if self.day is None:
            return f"{birth.month}月，不知道哪天"
        if self.day.day != birth.day:
            return f"2月29日，{self.day.year}年在28日过"
        return f"{birth.month}月{birth.day}日"


@dataclass(frozen=True)
class MilestoneRow(PersonRow):
    person: dict
    milestone: Milestone

    @property
    def years(self) -> int:
        return self.milestone.years

    @property
    def began_text(self) -> str:
        return chinese_date(self.milestone.began, self.milestone.precision)


def retiree_rows(reached: Iterable[Reached], people: dict[int, dict]) -> list[RetireeRow]:
    return [RetireeRow(people[each.pk], each.forecast) for each in reached]


def birthday_rows(people: Iterable[dict], first: date) -> list[BirthdayRow]:
    """For days from `first` on."""
    return [BirthdayRow(person, _day(person, first)) for person in people]


def _day(person: dict, first: date) -> date | None:
    if person["birth_precision"] != Precision.DAY:
        return None
    return next_birthday(person["birth"], first)


def milestone_rows(found: Iterable[Milestone], people: dict[int, dict]) -> list[MilestoneRow]:
    return [MilestoneRow(people[milestone.pk], milestone) for milestone in found]


@dataclass
class RetirementForecast(TableExport):
    title: str
    retirees: list[RetireeRow]
    columns = (
        "工号",
        "姓名",
        "性别",
        "出生日期",
        "部门",
        "工会小组",
        "职称",
        "法定退休年龄",
        "到龄时间",
        "弹性最早",
        "弹性最晚",
        "到龄时工龄",
        "说明",
    )

    def rows(self) -> Iterator[tuple]:
        for row in self.retirees:
            told, person = row.forecast, row.person
            yield (
                person["staff_no"],
                row.name,
                GENDERS.get(person["gender"]),
                iso_date(person["birth"], person["birth_precision"]),
                row.department,
                row.group,
                person["title"],
                told and told.age_text,
                told and told.day_text,
                told and told.early_text,
                told and told.late_text,
                row.service,
                "；".join(row.remarks),
            )


@dataclass
class BirthdayList(TableExport):
    """With a column to sign in, for what is handed out."""

    title: str
    birthdays: list[BirthdayRow]
    columns = ("姓名", "工会小组", "部门", "生日", "签领")

    def rows(self) -> Iterator[tuple]:
        for row in self.birthdays:
            yield row.name, row.group, row.department, row.day_text, ""


@dataclass
class MilestoneList(TableExport):
    """`start` is what the years are counted from: 参加工作, 到校."""

    title: str
    start: str
    milestones: list[MilestoneRow]

    @property
    def columns(self) -> tuple[str, ...]:
        return ("工号", "姓名", "部门", "工会小组", "职称", self.start, "满几年")

    def rows(self) -> Iterator[tuple]:
        for row in self.milestones:
            person = row.person
            yield (
                person["staff_no"],
                row.name,
                row.department,
                row.group,
                person["title"],
                iso_date(row.milestone.began, row.milestone.precision),
                row.years or "",
            )
