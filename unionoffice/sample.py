"""The sample school: a plainly invented one with a past year and this year up to today.

Deterministic for a seed and a day. Each app fills its own part through its own actions.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.db import transaction
from django.utils.module_loading import import_string

from unionoffice.actions import set_up_office
from unionoffice.errors import RuleBroken
from unionoffice.models import Office

SCHOOL_NAME = "示例市第三中学"
PASSWORD = "sample-school"  # of every sample account; such a school holds nothing real
FEWEST_MEMBERS, MOST_MEMBERS = 30, 10_000
PARTS = (
    "members.sample.fill",
    "activities.sample.fill",
    "welfare.sample.fill",
    "congress.sample.fill",
    "funds.sample.fill",
)


@dataclass(frozen=True)
class SampleAccount:
    role: str
    name: str
    login: str


@dataclass
class Sample:
    """What the parts share. `people` and `accounts` are filled by the members' part."""

    today: date
    members: int
    years: int
    random: Random
    office: Office
    people: dict = field(default_factory=dict)  # role or "members" -> user or list of members
    accounts: list[SampleAccount] = field(default_factory=list)

    @property
    def first_year(self) -> int:
        return self.today.year - self.years


def is_there() -> bool:
    return Office.objects.filter(school_name=SCHOOL_NAME).exists()


@transaction.atomic
def load(*, today: date, members: int = 300, years: int = 1, seed: int = 2026) -> Sample:
    """Fill an empty office with the sample school: `years` whole years and this one up to `today`.

    Raises RuleBroken when the office is in use or a number is out of range.
    """
    if not FEWEST_MEMBERS <= members <= MOST_MEMBERS:
        raise RuleBroken(f"会员数写 {FEWEST_MEMBERS} 到 {MOST_MEMBERS} 之间，现在是 {members}。")
    if not 0 <= years <= 10:
        raise RuleBroken(f"年数写 0 到 10 之间，现在是 {years}。")
    if Office.objects.exists():
        raise RuleBroken("这个办公室已经在用，示例学校只能放进空的办公室，换一个数据目录再试。")
    sample = Sample(today, members, years, Random(seed), set_up_office(office=_office()))
    for part in PARTS:
        import_string(part)(sample)
    return sample


def _office() -> Office:
    return Office(
        school_name=SCHOOL_NAME,
        short_name="示例三中",
        union_name=f"{SCHOOL_NAME}工会委员会",
        higher_union_name="示例市教育工会",
        party_name=f"中共{SCHOOL_NAME}委员会",
    )
