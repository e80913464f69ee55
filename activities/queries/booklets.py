"""Which photos stand in a booklet."""

from collections import defaultdict
from collections.abc import Collection

from activities.models import Photo


def photos_by_activity(
    activities: Collection[int], *, each: int, most: int
) -> tuple[dict[int, list[Photo]], int]:
    """The first `each` of every activity, the cover before the others, `most` of all together; and
    how many were left out. One query."""
    rows = Photo.objects.standing().filter(activity__in=activities)
    found: dict[int, list[Photo]] = defaultdict(list)
    taken = left = 0
    for photo in rows.order_by("activity__day", "activity", "-is_cover", "order", "pk"):
        if len(found[photo.activity_id]) < each and taken < most:
            found[photo.activity_id].append(photo)
            taken += 1
        else:
            left += 1
    return dict(found), left
