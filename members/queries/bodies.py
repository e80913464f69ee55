"""领导小组、工作小组: which there are, and who stands in them on a day."""

from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from members.choices import SeatRole
from members.models import User, WorkingGroup, WorkingGroupSeat
from members.models.history import on
from members.queries.regulations import FOUND_AT_ONCE
from members.rules.bodies import OF_PEOPLE, ORDER, SET_UP
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of


def working_groups_visible_to(user: User) -> QuerySet[WorkingGroup]:
    """Everyone may see them, the dissolved ones too."""
    return WorkingGroup.objects.all()


def working_groups_on(day: date) -> QuerySet[WorkingGroup]:
    """Those that there were on that day."""
    return WorkingGroup.objects.filter(Q(end=None) | Q(end__gte=day), start__lte=day)


def working_groups_in(
    user: User, *, q: str = "", dissolved: bool = False, day: date | None = None
) -> QuerySet:
    """The rows of the list: those of a day, or those that there are, or the dissolved ones."""
    rows = working_groups_visible_to(user)
    rows = rows & working_groups_on(day) if day else rows.filter(end__isnull=not dissolved)
    last = Q(seats__end=F("end")) | Q(seats__end=None, end=None)
    then = Q(seats__start__lte=day) & (Q(seats__end__gte=day) | Q(seats__end=None)) if day else last
    for word in q.split():
        named = then & Q(seats__member__name__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | named)
    seats = WorkingGroupSeat.objects.select_related("member").order_by("start", "pk")
    return rows.distinct().prefetch_related(Prefetch("seats", seats, to_attr="all_seats"))


def find_working_groups(user: User, text: str) -> QuerySet[WorkingGroup]:
    return working_groups_visible_to(user).filter(name__icontains=text)[:FOUND_AT_ONCE]


def last_change(working_group: WorkingGroup) -> AuditEntry:
    return log_of(working_group).first()


def changes_of_bodies() -> QuerySet[AuditEntry]:
    """What may be taken back a moment later."""
    kind = WorkingGroup._meta.label_lower
    return AuditEntry.objects.filter(target_type=kind, act__in=[SET_UP, *OF_PEOPLE])


def seats_on(working_group: WorkingGroup, day: date) -> list[WorkingGroupSeat]:
    """组长, 副组长, 成员, 联络员; of one role as they came."""
    rows = working_group.seats.filter(on(day)).select_related("member")
    return sorted(rows, key=lambda one: (ORDER[one.role], one.start or date.min, one.pk))


def former_seats(working_group: WorkingGroup, day: date) -> QuerySet[WorkingGroupSeat]:
    rows = working_group.seats.filter(end__lt=day).select_related("member")
    return rows.order_by("-end", "pk")


def heads_of(working_group: WorkingGroup) -> str:
    """Whose names the list shows; of a row of working_groups_in."""
    last = [seat for seat in working_group.all_seats if seat.end == working_group.end]
    return "、".join(str(seat.member) for seat in last if seat.role == SeatRole.HEAD)


def people_in(working_group: WorkingGroup) -> int:
    return sum(seat.end == working_group.end for seat in working_group.all_seats)
