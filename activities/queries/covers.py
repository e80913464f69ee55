"""Which photo stands for an activity."""

from django.db.models import OuterRef, Subquery

from activities.models import Photo


def cover_key() -> Subquery:
    """For annotate() on activities: the primary key of the photo that stands for each, the first
    one where none was chosen."""
    photos = Photo.objects.standing().filter(activity=OuterRef("pk"))
    return Subquery(photos.order_by("-is_cover", "order").values("pk")[:1])
