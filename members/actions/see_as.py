"""When an administrator looks at the pages as another role: the beginning and the end."""

from django.db import transaction

from members.models import User
from unionoffice.audit import record
from unionoffice.roles import Role


@transaction.atomic
def start_see_as(*, by: User, role: Role) -> None:
    record(by, "members.start_see_as", by.member, role=role.label)


@transaction.atomic
def end_see_as(*, by: User, role: Role) -> None:
    record(by, "members.end_see_as", by.member, role=role.label)
