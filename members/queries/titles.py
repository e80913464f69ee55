"""职称: who came to which in a period."""

from collections import Counter

from django.db.models import Count, QuerySet

from members.models import TitleGrant, User
from members.queries.regulations import FOUND_AT_ONCE
from members.queries.visibility import members_visible_to
from unionoffice.periods import Period


def titles_visible_to(user: User) -> QuerySet[TitleGrant]:
    people = members_visible_to(user).order_by().values("pk")
    return TitleGrant.objects.filter(member__in=people).select_related("member")


def titles_in(user: User, period: Period, q: str = "") -> QuerySet[TitleGrant]:
    """The rows of the list and of its export."""
    rows = granted_in(period, titles_visible_to(user))
    for word in q.split():
        by_name = rows.filter(member__name__icontains=word)
        rows = by_name | rows.filter(title__icontains=word)
    return rows.order_by("-day", "title", "member__pinyin", "pk")


def find_titles(user: User, text: str) -> QuerySet[TitleGrant]:
    rows = titles_visible_to(user).filter(title__icontains=text)
    return rows.order_by("-day", "-pk")[:FOUND_AT_ONCE]


def granted_in(period: Period, rows: QuerySet[TitleGrant] | None = None) -> QuerySet[TitleGrant]:
    rows = TitleGrant.objects.all() if rows is None else rows
    return rows.filter(day__range=(period.start, period.end))


def by_title(rows: QuerySet[TitleGrant]) -> list[tuple[str, int]]:
    """How many came to each title, the most frequent first."""
    counted = rows.order_by().values_list("title").annotate(Count("pk"))
    return Counter(dict(counted)).most_common()
