"""Who holds which office in the sample school, and who can log in."""

from collections.abc import Iterable
from datetime import date

from members import actions
from members.choices import Gender, MembershipStatus, OfficeName
from members.models import Department, Member, Membership, OfficeHolding, UnionGroup, User
from members.rules.terms import TERM_OFFICES
from unionoffice.roles import Role
from unionoffice.sample import PASSWORD, Sample, SampleAccount

OFFICES = (
    OfficeName.CHAIR,
    OfficeName.VICE_CHAIR,
    OfficeName.ORGANISATION,
    OfficeName.CULTURE,
    OfficeName.WOMEN,
    OfficeName.WELFARE,
    OfficeName.TREASURER,
    OfficeName.AUDITOR,
    OfficeName.GROUP_LEADER,
    OfficeName.DEPARTMENT_HEAD,
    OfficeName.SCHOOL_LEADER,
)
OF_WOMEN = {OfficeName.WOMEN, OfficeName.WOMEN_HEAD}
TEACHERS = 6  # accounts of plain members: motions need people who send and second them


def term_began(today: date) -> date:
    """The day on which the committee of now was elected."""
    return date(today.year - 2, 12, 18)


def working_members(sample: Sample) -> list[Member]:
    """The first colleagues at work: whoever has an office or an account is among them. Those of the
    offices were 会员 already when the committee was elected."""
    employed = Member.objects.filter(employments__status="working", employments__end=None)
    people = list(employed.order_by("id")[:40])
    there = active_on(term_began(sample.today))
    first = [m for m, _ in suited([member for member in people if member.pk in there], OFFICES)]
    return [*first, *(member for member in people if member not in first)]


def suited(people: Iterable[Member], offices: Iterable[OfficeName]) -> list:
    """Each office with the first of the people who is left for it: of women a woman."""
    left, pairs = list(people), []
    for office in offices:
        for member in left:
            if office not in OF_WOMEN or member.gender == Gender.FEMALE:
                pairs.append((member, office))
                left.remove(member)
                break
    return pairs


def active_on(day: date) -> set[int]:
    rows = Membership.objects.on(day).filter(status=MembershipStatus.ACTIVE)
    return set(rows.values_list("member", flat=True))


def appoint(sample: Sample) -> None:
    """Those of the committees are elected already."""
    working = working_members(sample)
    _office_holders(sample, working)
    _group_leaders(sample, working[: len(OFFICES) + TEACHERS])
    _outsiders(sample)
    for member in working[len(OFFICES) : len(OFFICES) + TEACHERS]:
        sample.people.setdefault("teachers", []).append(account_for(sample, member, Role.MEMBER))


def _first_day(sample: Sample) -> date:
    return date(sample.first_year, 1, 1)


def _since(sample: Sample, member: Member) -> date:
    """The first day on record, or the one on which the 会籍 began."""
    began = member.memberships.earliest("start").start
    return max(_first_day(sample), began)


def _office_holders(sample: Sample, working: list[Member]) -> None:
    department = Department.objects.get(name="总务处")
    for member, office in suited(working, OFFICES):
        if office not in TERM_OFFICES:
            holding = OfficeHolding(member=member, office=office, start=_since(sample, member))
            if office == OfficeName.GROUP_LEADER:
                holding.group = member.group_assignments.latest("id").group
            if office == OfficeName.DEPARTMENT_HEAD:
                holding.department = department
            actions.appoint(holding=holding, by=None)
        sample.people[Role(office)] = account_for(sample, member, Role(office))


def _group_leaders(sample: Sample, taken: list[Member]) -> None:
    """One in each of the other groups: the first of its people without an office, none of those
    who are `taken` for something else."""
    for group in UnionGroup.objects.filter(leaders=None).order_by("order", "id"):
        people = Member.objects.filter(
            group_assignments__group=group, group_assignments__end=None, offices=None
        )
        for member in people.exclude(pk__in=[m.pk for m in taken]).order_by("id")[:1]:
            holding = OfficeHolding(
                member=member,
                office=OfficeName.GROUP_LEADER,
                group=group,
                start=_since(sample, member),
            )
            actions.appoint(holding=holding, by=None)


def _outsiders(sample: Sample) -> None:
    """Two who are known to the office and no 会员 of it: its IT colleague and the higher union."""
    for name, office, login in (
        ("示例管理员", OfficeName.ADMIN, "admin"),
        ("示例上级", OfficeName.HIGHER_UNION, "shangji"),
    ):
        member = Member(name=name, staff_no=login)
        actions.add_member(member=member, by=None, status=None)
        holding = OfficeHolding(member=member, office=office, start=_first_day(sample))
        actions.appoint(holding=holding, by=None)
        sample.people[Role(office)] = account_for(sample, member, Role(office))


def account_for(sample: Sample, member: Member, role: Role) -> User:
    user, _ = actions.open_account(member=member, by=None, password=PASSWORD)
    sample.accounts.append(SampleAccount(role.label, member.name, user.username))
    return user
