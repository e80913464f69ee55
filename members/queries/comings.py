"""Who came, who went and who retired within a period, and how."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from members.choices import EmploymentStatus, MembershipEntry, MembershipExit, Moved
from members.models import Employment, Member, Membership
from members.queries.roster import joined_in, left_in
from unionoffice.periods import Period

# the ways of coming and going that are counted apart, and what is recorded of them
CAME = {
    Moved.ENTERED: (MembershipEntry.JOINED,),
    Moved.TRANSFERRED_IN: (MembershipEntry.TRANSFERRED,),
    Moved.RETURNED: (MembershipEntry.RESTORED,),
    Moved.CAME_UNSAID: ("",),
}
RETIREES = (EmploymentStatus.RETIRED, EmploymentStatus.RETIRED_CADRE)
WENT = {
    Moved.TRANSFERRED_OUT: (MembershipExit.TRANSFERRED,),
    Moved.RESIGNED: (MembershipExit.RESIGNED, MembershipExit.LAPSED, MembershipExit.EXPELLED),
    Moved.DIED: (MembershipExit.DIED,),
    Moved.WENT_UNSAID: ("",),
}


def moved(members: QuerySet[Member], move: str, period: Period) -> QuerySet[Member]:
    """The rows behind one of the numbers of who came and went."""
    move = Moved(move)
    if move in WHOLE:
        return WHOLE[move](members, period)
    if move in CAME:
        return came(members, period).filter(way__in=CAME[move])
    return went(members, period).filter(way__in=WENT[move])


def came(members: QuerySet[Member], period: Period) -> QuerySet[Member]:
    """Those who became 会员, with the `way` of the first time within the period."""
    begun = Membership.objects.filter(
        member=OuterRef("pk"), start__range=(period.start, period.end)
    )
    first = begun.order_by("start", "pk").values("entry")[:1]
    return joined_in(members, period).annotate(way=Subquery(first))


def went(members: QuerySet[Member], period: Period) -> QuerySet[Member]:
    """Those who are no 会员 any more, with the `way` of the last time within the period."""
    until = (period.start - timedelta(days=1), period.end - timedelta(days=1))
    over = Membership.objects.filter(member=OuterRef("pk"), end__range=until)
    last = over.order_by(F("end").desc(), "-pk").values("exit")[:1]
    return left_in(members, period).annotate(way=Subquery(last))


def arrived_in(members: QuerySet[Member], period: Period) -> QuerySet[Member]:
    """Those who came to the school within the period. A day known only to its month or year counts
    as the first of it, so that nobody counts in two periods."""
    return members.filter(arrived__range=(period.start, period.end))


def retired_in(members: QuerySet[Member], period: Period) -> QuerySet[Member]:
    """Those who retired within the period, with how (`way`): they worked here before, and were not
    retired on the day before the period. Who came to the roster retired is not among them."""
    own = Employment.objects.filter(member=OuterRef("member")).exclude(status__in=RETIREES)
    retired = Employment.objects.filter(
        Exists(own.filter(end__lt=OuterRef("start"))),
        status__in=RETIREES,
        start__range=(period.start, period.end),
    ).order_by()
    before = Employment.objects.on(period.start - timedelta(days=1)).filter(
        member=OuterRef("pk"), status__in=RETIREES
    )
    first = retired.filter(member=OuterRef("pk")).order_by("start", "pk").values("status")[:1]
    found = members.filter(~Exists(before), pk__in=retired.values("member"))
    return found.annotate(way=Subquery(first))


WHOLE: dict[str, Callable[[QuerySet[Member], Period], QuerySet[Member]]] = {
    Moved.JOINED: joined_in,
    Moved.LEFT: left_in,
    Moved.RETIRED: retired_in,
    Moved.ARRIVED: arrived_in,
}
