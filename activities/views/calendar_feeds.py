"""The own calendar address for a phone, and the address itself."""

from hashlib import sha256

from django.contrib.auth import get_backends
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions.calendar import note_feed_used, open_feed, revoke_feed
from activities.calendar_feed import feed_of, feed_span
from activities.queries import feeds
from activities.queries.calendar import span_of
from members.backends import client_address
from unionoffice.access import allow, public
from unionoffice.forms import acted

WRONG_AT_MOST, FETCHED_AT_MOST = 20, 60  # an hour: unknown addresses from one place; of one feed
HOUR = 3600


@require_safe
@allow("activities.view_plans")
def calendar_feed(request):
    context = {"feed": feeds.feed_of(request.user)}
    return render(request, "activities/calendar_feed.html", context)


@require_POST
@allow("activities.view_plans")
def calendar_feed_create(request):
    """The only page that ever shows the address."""
    token = open_feed(by=request.user)
    address = request.build_absolute_uri(reverse("activities:calendar_ics", args=[token]))
    context = {"feed": feeds.feed_of(request.user), "address": address}
    return render(request, "activities/calendar_feed.html", context)


@require_POST
@allow("activities.view_plans")
def calendar_feed_revoke(request):
    acted(request, "订阅地址停了，手机上的日历不再更新。", revoke_feed)
    return redirect("activities:calendar_feed")


@require_GET
@public
def calendar_ics(request, token):
    """The address is the key: whoever has it reads what its user may see, until it is revoked or
    the account is locked."""
    if _too_often(f"wrong:{client_address(request)}", WRONG_AT_MOST, count=False):
        return HttpResponse(status=429)
    feed = feeds.feed_by(token)
    user = feed and _user(feed.user_id)
    if not user or not user.has_perm("activities.view_plans"):
        _too_often(f"wrong:{client_address(request)}", WRONG_AT_MOST)
        raise Http404
    if _too_often(f"feed:{feed.pk}", FETCHED_AT_MOST):
        return HttpResponse(status=429)
    note_feed_used(feed=feed, at=timezone.now())
    today = timezone.localdate()
    span = span_of(user, *feed_span(today), today)
    name = f"{request.office.short_name or request.office.union_name}工会日历"
    content = feed_of(span.entries, name=name, host=request.get_host())
    return _calendar(request, content)


def _calendar(request, content: bytes) -> HttpResponse:
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    return get_conditional_response(request, etag=etag, response=response)


def _user(pk: int):
    """As a login would load it: with the roles of today."""
    found = (backend.get_user(pk) for backend in get_backends() if hasattr(backend, "get_user"))
    return next((user for user in found if user is not None), None)


def _too_often(name: str, most: int, *, count: bool = True) -> bool:
    key = f"calendar-feed:{name}"
    cache.add(key, 0, HOUR)
    return (cache.incr(key) if count else cache.get(key, 0)) > most
