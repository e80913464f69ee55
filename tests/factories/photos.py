"""Photos for tests: real pictures, small ones unless asked for."""

import io
from itertools import count

from PIL import Image

from activities import actions
from activities.models import Activity, Photo, PhotoUpload
from tests.factories.activities import make_activity
from unionoffice.ready_photos import ready_photo

numbers = count(1)
SIZE = (64, 48)


def picture(form: str = "JPEG", size: tuple[int, int] = SIZE, **options) -> bytes:
    """Each is of another colour, so no two are the same."""
    number = next(numbers)
    colour = (number * 37 % 256, number * 91 % 256, number * 151 % 256)
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def make_photo(activity: Activity | None = None, *, by=None, **values) -> Photo:
    activity = activity or make_activity(by=by)
    ready = ready_photo("IMG_0001.jpg", picture())
    (photo,) = actions.add_photos(activity=activity, photos=[ready], by=by or activity.recorded_by)
    for name, value in values.items():
        setattr(photo, name, value)
    if values:
        photo.save(update_fields=list(values))
    return photo


def make_upload(activity: Activity | None = None, *, by=None, size: int = 5000) -> PhotoUpload:
    activity = activity or make_activity(by=by)
    return actions.start_upload(
        activity=activity,
        name="IMG_0002.jpg",
        size=size,
        fingerprint=f"IMG_0002.jpg-{next(numbers)}",
        by=by or activity.recorded_by,
    )
