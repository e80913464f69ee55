"""When an administrator looks at the pages as another role: the beginning and the end."""

from django.db import transaction
from django.utils import timezone

from members.models import User
from unionoffice.audit import record
from unionoffice.see_as import SeenAs


@transaction.atomic
def start_see_as(*, by: User, seen_as: SeenAs) -> None:
    """With the time at which it ends by itself: a browser that is closed tells no end."""
    until = timezone.localtime(seen_as.until)
    told = f"{seen_as.label}，最晚到 {until:%H:%M}"
    record(by, "members.start_see_as", by.member, told=told, until=seen_as.until)


@transaction.atomic
def end_see_as(*, by: User, seen_as: SeenAs) -> None:
    record(by, "members.end_see_as", by.member, told=seen_as.label)
