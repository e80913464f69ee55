"""The secret addresses that phones fetch the calendar from, and what else a feed says."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db.models import Max
from django.utils.crypto import salted_hmac

from activities.models import Activity, CalendarFeed, Plan, PlanItem, Series
from activities.queries.calendar import Entry
from unionoffice.models import AuditEntry

SOURCES = {"item": PlanItem, "activity": Activity, "series": Series}


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def feed_by(token: str) -> CalendarFeed | None:
    """The feed with this secret, if it still holds and its user may still log in."""
    feeds = CalendarFeed.objects.filter(token_hash=hash_of(token), revoked_at=None)
    return feeds.filter(user__is_active=True).first()


def feed_of(user) -> CalendarFeed | None:
    """The one address of a user that holds."""
    return CalendarFeed.objects.filter(user=user.pk, revoked_at=None).first()


def office_code() -> str:
    """Parts the names of this office's entries from another's, under whatever address a phone
    reaches it."""
    return f"{salted_hmac('activities.calendar', 'office').hexdigest()[:16]}.union-office"


def changed_at(entries: Iterable[Entry]) -> dict[tuple[str, str], datetime]:
    """When what each entry is made from was last changed; an item also with its plan, which is
    noted once for all of its items."""
    pks = defaultdict(set)
    for entry in entries:
        kind, pk = entry.source
        pks[kind].add(pk)
    found = {(kind, pk): at for kind, keys in pks.items() for pk, at in _noted(SOURCES[kind], keys)}
    plans = dict(PlanItem.objects.filter(pk__in=pks["item"]).values_list("pk", "plan"))
    of_plan = dict(_noted(Plan, {str(plan) for plan in plans.values()}))
    for pk, plan in plans.items():
        known = [at for at in (found.get(("item", str(pk))), of_plan.get(str(plan))) if at]
        if known:
            found["item", str(pk)] = max(known)
    return found


def _noted(model, keys: set[str]) -> Iterable[tuple[str, datetime]]:
    entries = AuditEntry.objects.filter(target_type=model._meta.label_lower, target_id__in=keys)
    return entries.order_by().values_list("target_id").annotate(at=Max("at"))
