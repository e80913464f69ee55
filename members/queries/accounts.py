"""Who can log in, who never did, whose account is locked or has to wait."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from members.choices import AccountState, EmploymentStatus, Standing
from members.folding import number_key
from members.models import Employment, Member, Membership, OfficeHolding, User
from members.queries import matching, members_visible_to, not_over, placed_in, with_places
from members.queries.membership import ENDED_LAST, standing_of

WORKING = EmploymentStatus.WORKING
NO_ACCOUNT = Q(user__isnull=True)
NEVER = Q(user__is_active=True, user__last_login=None)
USED = Q(user__is_active=True, user__last_login__isnull=False)
LOCKED = Q(user__is_active=False)


def accounts(user: User) -> QuerySet[Member]:
    """Everyone who has an account or should have one: today's 会员, colleagues who are none yet and
    may want to join, and who holds an office."""
    today = timezone.localdate()
    enrolled = Membership.objects.on(today).filter(member=OuterRef("pk"))
    holds = OfficeHolding.objects.filter(not_over(today), member=OuterRef("pk"))
    works = Employment.objects.on(today).filter(member=OuterRef("pk"), status=WORKING)
    ever = Membership.objects.filter(member=OuterRef("pk"))
    colleague = Exists(works) & ~Exists(ever)
    wanted = Q(user__isnull=False) | Exists(enrolled) | colleague | Exists(holds)
    return members_visible_to(user).filter(wanted)


def in_state(members: QuerySet[Member], state: str) -> QuerySet[Member]:
    conditions = {
        AccountState.NONE: NO_ACCOUNT,
        AccountState.NEVER: NEVER,
        AccountState.USED: USED,
        AccountState.LOCKED: LOCKED,
    }
    if state == AccountState.WAITING:
        return members.filter(user__username__in=list(waiting()))
    return members.filter(conditions[state]) if state else members


def counted(members: QuerySet[Member]) -> dict[str, int]:
    """How many are in each state."""
    return members.order_by().aggregate(
        none=Count("pk", filter=NO_ACCOUNT),
        never=Count("pk", filter=NEVER),
        used=Count("pk", filter=USED),
        locked=Count("pk", filter=LOCKED),
        waiting=Count("pk", filter=Q(user__username__in=list(waiting()))),
    )


def listed(
    members: QuerySet[Member], *, q: str = "", group: int | None = None, state: str = ""
) -> QuerySet[Member]:
    """In the order of the roster, with the places of today and the account."""
    today = timezone.localdate()
    found = in_state(placed_in(matching(members, q), today, group), state)
    return with_places(found, today).select_related("user")


def waiting() -> set[str]:
    """Login names that typed so many wrong passwords that they have to wait a while."""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tried = AccessAttempt.objects.filter(attempt_time__gt=since).values("username", "ip_address")
    tried = tried.annotate(wrong=Sum("failures_since_start")).order_by()
    found = tried.filter(wrong__gte=settings.AXES_FAILURE_LIMIT)
    return {row["username"] for row in found}


def offices_held(members) -> dict[int, list[str]]:
    """The offices of each of these people that are not over, some of them still to begin."""
    rows = OfficeHolding.objects.filter(not_over(timezone.localdate()), member__in=members)
    held: dict[int, list[str]] = {}
    for member, office in rows.order_by("pk").values_list("member", "office"):
        held.setdefault(member, []).append(office)
    return held


def standings(members) -> dict[int, Standing]:
    """Where each of these people stands who ever was a 会员."""
    rows = Membership.objects.filter(member__in=members).order_by("member", ENDED_LAST, "-pk")
    last: dict[int, Membership] = {}
    for row in rows:
        last.setdefault(row.member_id, row)
    return {member: standing_of(row) for member, row in last.items()}


def owners_of(login: str) -> QuerySet[Member]:
    """Whose this is to log in with: the login name, 工号 or phone, however it was typed."""
    key = number_key(login)
    named = User.objects.filter(username__upper=key).order_by().values("member")
    return Member.objects.filter(Q(pk__in=named) | Q(staff_no__upper=key) | Q(phone=key))


def account_of(login: str) -> User | None:
    """The one account that this opens: the one of that name, else of the only one whose it is."""
    owners = owners_of(login).order_by().values("pk")
    found = list(User.objects.select_related("member").filter(member__in=owners)[:3])
    exact = [user for user in found if number_key(user.username) == number_key(login)]
    return exact[0] if exact else (found[0] if len(found) == 1 else None)


def is_of_another(login: str, member: Member) -> bool:
    return owners_of(login).exclude(pk=member.pk).exists()


def is_number_of_another(staff_no: str, member: Member) -> bool:
    """Whether the 工号 is taken, in whatever capitals."""
    same = Member.objects.filter(staff_no__upper=number_key(staff_no))
    return same.exclude(pk=member.pk).exists()


def login_names() -> dict[str, int]:
    """All of `owners_of` at once: number_key -> whose it is; 0: of several."""
    users = User.objects.order_by().values_list("username", "member")
    names = {number_key(name): member for name, member in users}
    for member, *numbers in Member.objects.order_by().values_list("pk", "staff_no", "phone"):
        for number in map(number_key, filter(None, numbers)):
            names[number] = member if names.get(number, member) == member else 0
    return names
