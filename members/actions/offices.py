"""Groups, and who holds which office from when to when."""

from datetime import date

from django.db import transaction

from members.models import OfficeHolding, UnionGroup, User
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date


@transaction.atomic
def add_group(*, group: UnionGroup, by: User) -> UnionGroup:
    group.save()
    record(by, "members.add_group", group)
    return group


@transaction.atomic
def appoint(*, holding: OfficeHolding, by: User | None) -> OfficeHolding:
    """Give someone an office from `holding.start` on. The role follows from it by itself."""
    same = OfficeHolding.objects.filter(
        member=holding.member,
        office=holding.office,
        group=holding.group,
        department=holding.department,
        end__isnull=True,
    )
    if same.exists():
        raise RuleBroken(f"{holding.member}现在就是{holding.get_office_display()}，不用再登记。")
    holding.save()
    record(by, "members.appoint", holding.member, office=holding.office, start=holding.start)
    return holding


@transaction.atomic
def end_office(*, holding: OfficeHolding, last_day: date, by: User) -> OfficeHolding:
    """The holder's term ends with `last_day`; what was signed before stays as it was."""
    if holding.start and last_day < holding.start:
        raise RuleBroken(
            f"{chinese_date(last_day)}早于任职开始的{chinese_date(holding.start)}，改成之后的日期。"
        )
    holding.end = last_day
    holding.save(update_fields=["end"])
    record(by, "members.end_office", holding.member, office=holding.office, end=last_day)
    return holding
