"""Which photos may this user see and change; the row of them on an activity's page."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from activities.models import Activity, Photo
from activities.queries.activities import (
    activities_in_hands_of,
    activities_visible_to,
    in_hands_of,
)
from activities.queries.covers import cover_key
from activities.queries.series import leads, series_in_hands_of
from activities.rules.photos import MOST_PHOTOS

SHOWN_BESIDE = 8  # thumbnails on the activity's page


@dataclass(frozen=True)
class PhotoRow:
    """The first photos of an activity, and how many there are."""

    photos: list[Photo]
    count: int
    may_add: bool

    @property
    def more(self) -> int:
        return self.count - len(self.photos)


@dataclass(frozen=True)
class Place:
    """Where a photo stands among those of its activity."""

    number: int
    count: int
    previous: UUID | None
    next: UUID | None


def photos_visible_to(user) -> QuerySet[Photo]:
    return Photo.objects.standing().filter(activity__in=activities_visible_to(user).order_by())


def photos_of(activity: Activity) -> QuerySet[Photo]:
    return Photo.objects.standing().filter(activity=activity)


def activities_to_photograph(user) -> QuerySet[Activity]:
    """Where the user may add photos: anywhere for who records activities, else at the meetings of
    the club that one leads."""
    visible = activities_visible_to(user)
    return visible if _records(user) else visible.filter(series__in=_led(user))


def _records(user) -> bool:
    return user.has_perm("activities.record_activity")


def _led(user) -> QuerySet:
    return series_in_hands_of(user).order_by().values("pk")


def photos_in_hands_of(user) -> QuerySet[Photo]:
    """What may be captioned, taken away and brought back: the photos of records in one's hands, and
    those that one sent oneself. Removed ones included."""
    own = Q(activity__series__in=_led(user))
    if _records(user):
        own |= Q(activity__in=activities_in_hands_of(user).order_by()) | Q(added_by=user.pk)
    return Photo.objects.filter(own, activity__in=activities_visible_to(user).order_by())


def may_arrange(user, activity: Activity) -> bool:
    """Whether the order and the cover are the user's to choose."""
    return not activity.voided_at and _in_hands(user, activity)


def _in_hands(user, activity: Activity) -> bool:
    return in_hands_of(user, activity) or leads(user, activity)


def may_change(user, photo: Photo) -> bool:
    """As photos_in_hands_of, of a photo whose activity is at hand."""
    own = _records(user) and photo.added_by_id == user.pk
    return not photo.activity.voided_at and (own or _in_hands(user, photo.activity))


def may_add(user, activity: Activity) -> bool:
    return not activity.voided_at and (_records(user) or leads(user, activity))


def photo_row(activity: Activity, user) -> PhotoRow:
    """Two queries, one where there are few."""
    photos = list(photos_of(activity).order_by("-is_cover", "order")[: SHOWN_BESIDE + 1])
    count = len(photos)
    if count > SHOWN_BESIDE:
        photos, count = photos[:SHOWN_BESIDE], photos_of(activity).count()
    return PhotoRow(photos, count, may_add(user, activity))


def place_of(photo: Photo) -> Place:
    keys = list(
        photos_of(photo.activity).order_by("order").values_list("pk", flat=True)[:MOST_PHOTOS]
    )
    at = keys.index(photo.pk)
    before = keys[at - 1] if at else None
    behind = keys[at + 1] if at + 1 < len(keys) else None
    return Place(at + 1, len(keys), before, behind)


def covers_of(activities: Collection[int]) -> dict[int, Photo]:
    """Primary key of an activity -> the photo that stands for it; two queries."""
    chosen = Activity.objects.filter(pk__in=activities).order_by().annotate(cover=cover_key())
    keys = list(chosen.values_list("cover", flat=True))
    return {photo.activity_id: photo for photo in Photo.objects.filter(pk__in=keys)}
