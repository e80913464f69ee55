"""A few pictures of the sample school, drawn: plainly invented."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from activities.actions.photos import add_photos, update_photo
from activities.models import Activity
from unionoffice.ready_photos import ready_photos
from unionoffice.roles import Role
from unionoffice.sample import Sample

SIZE = (640, 480)
OF_THE_LATEST = 4  # activities
EACH = 3
SKIES = ("#dfe9f5", "#f5ecdf", "#e3f0e4", "#efe4f0")
CAPTIONS = ("开始之前", "大家都在", "结束合影")


def fill(sample: Sample) -> None:
    chair = sample.people[Role.CHAIR]
    latest = Activity.objects.standing().filter(series=None, is_highlight=True)
    for activity in latest.order_by("-day", "-pk")[:OF_THE_LATEST]:
        files = [
            (f"{activity.title}{n + 1}.jpg", drawn(activity.pk * EACH + n)) for n in range(EACH)
        ]
        kept = add_photos(activity=activity, photos=ready_photos(files), by=chair)
        for photo, caption in zip(kept, CAPTIONS, strict=True):
            photo.caption = caption
            update_photo(photo=photo, by=chair)


def drawn(seed: int) -> bytes:
    """Figures without faces in front of a sky: the same for the same seed."""
    random = Random(seed)
    picture = Image.new("RGB", SIZE, SKIES[seed % len(SKIES)])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 320, *SIZE), fill="#c9d3c0")
    for _ in range(random.randint(5, 9)):
        left, size = random.randint(20, 560), random.randint(44, 70)
        top = 340 - size - random.randint(0, 60)
        colour = random.choice(("#7c8db5", "#b58a7c", "#7cb592", "#a57cb5", "#b5a77c"))
        pen.ellipse((left, top, left + size // 2, top + size // 2), fill="#e8d3c0")
        body = (left - size // 6, top + size // 2, left + size * 2 // 3, top + size * 2)
        pen.rounded_rectangle(body, radius=size // 5, fill=colour)
    out = BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
