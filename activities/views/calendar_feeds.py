"""The own calendar address for a phone, and the address itself."""

from hashlib import sha256

from django.contrib.auth import get_backends
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions.calendar import FETCH_HOUR, count_fetch, open_feed, revoke_feed
from activities.calendar_feed import feed_of, feed_span
from activities.queries import feeds
from activities.queries.calendar import Entry, span_of
from unionoffice.access import allow, public
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted


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
    the account is locked. Its 256 bits are beyond guessing, so guesses are not counted."""
    feed = feeds.feed_by(token)
    user = feed and _user(feed.user_id)
    if not user or not user.has_perm("activities.view_plans"):
        raise Http404
    try:
        count_fetch(feed=feed, at=timezone.now())
    except RuleBroken as refusal:
        return _too_often(str(refusal))
    today = timezone.localdate()
    span = span_of(user, *feed_span(today), today, drafts=False)
    name = f"{request.office.short_name or request.office.union_name}工会日历"
    return _calendar(request, span.entries, name)


def _too_often(sentence: str) -> HttpResponse:
    plain = "text/plain; charset=utf-8"
    hour = {"Retry-After": str(int(FETCH_HOUR.total_seconds()))}
    return HttpResponse(sentence, status=429, content_type=plain, headers=hour)


def _calendar(request, entries: list[Entry], name: str) -> HttpResponse:
    """Written out only for a phone that does not have the same already."""
    known = sha256(repr((entries, name)).encode()).hexdigest()[:32]
    headers = {"ETag": f'"{known}"', "Cache-Control": "private, max-age=0, must-revalidate"}
    response = get_conditional_response(request, etag=headers["ETag"]) or HttpResponse(
        feed_of(entries, name=name, office=feeds.office_code(), changed=feeds.changed_at(entries)),
        content_type="text/calendar; charset=utf-8",
    )
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _user(pk: int):
    """As a login would load it: with the roles of today."""
    found = (backend.get_user(pk) for backend in get_backends() if hasattr(backend, "get_user"))
    return next((user for user in found if user is not None), None)
