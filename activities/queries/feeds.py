"""The secret addresses that phones fetch the calendar from."""

from hashlib import sha256

from activities.models import CalendarFeed


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def feed_by(token: str) -> CalendarFeed | None:
    """The feed with this secret, if it still holds and its user may still log in."""
    feeds = CalendarFeed.objects.filter(token_hash=hash_of(token), revoked_at=None)
    return feeds.filter(user__is_active=True).first()


def feed_of(user) -> CalendarFeed | None:
    """The one address of a user that holds."""
    return CalendarFeed.objects.filter(user=user.pk, revoked_at=None).first()
