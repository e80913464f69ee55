"""Phone photos from the first piece to the wall against Pillow shrinking the same photos."""

import io
import random
from pathlib import Path

from django.test import Client
from django.utils import timezone
from offices import Sizes, open_office
from pages import chair_client
from PIL import Image, ImageOps
from timing import compare, markdown

from activities.actions import record_activity
from activities.choices import Field
from activities.models import Activity
from activities.rules.photos import PIECE
from unionoffice.images import LONGEST_SIDE, QUALITY

WIDTH, HEIGHT = 4032, 3024  # of a phone with 12 million pixels: some 5 MB
GRAIN = 18
BYTES = "application/octet-stream"


def table(room: Path, sizes: Sizes, times: int, number: int) -> str:
    open_office(room, sizes.small)
    client = chair_client()
    contents = [phone_photo(seed) for seed in range(number)]
    pair = compare(lambda: send_all(client, contents), lambda: shrink_all(contents), times)
    size = sum(map(len, contents)) / number / 1024 / 1024
    ours, bare = f"{pair.ours:.0f}", f"{pair.bare:.0f}"
    row = (f"{number} 张，各 {size:.1f} MB", ours, bare, f"{pair.ratio:.2f}")
    return markdown("照片", ("手机照片", "CPU 毫秒", "Pillow 缩小的 CPU 毫秒", "几倍"), [row])


def phone_photo(seed: int) -> bytes:
    """Soft shapes under grain, taken sideways."""
    blocks = random.Random(seed).randbytes(504 * 378 * 3)
    shapes = Image.frombytes("RGB", (504, 378), blocks).resize((WIDTH, HEIGHT))
    grain = Image.effect_noise((WIDTH, HEIGHT), GRAIN)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    photo = Image.blend(shapes, Image.merge("RGB", [grain] * 3), 0.28)
    photo.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def send_all(client: Client, contents: list[bytes]) -> None:
    """To an activity of its own each time: the same photo is taken once only."""
    title, today = f"运动会 {Activity.objects.count()}", timezone.localdate()
    activity = Activity(title=title, field=Field.CULTURE, day=today)
    record_activity(activity=activity, by=client.user)
    for content in contents:
        send(client, activity, content)


def send(client: Client, activity: Activity, content: bytes) -> None:
    about = {"name": "IMG.jpg", "size": len(content), "fingerprint": hash(content)}
    answer = client.post(f"/activities/{activity.pk}/photos/uploads/", about).json()
    address = answer["address"]
    while not answer["done"]:
        at = answer["received"]
        piece = content[at : at + PIECE]
        answer = client.post(f"{address}?offset={at}", piece, content_type=BYTES).json()


def shrink_all(contents: list[bytes]) -> None:
    for content in contents:
        image = Image.open(io.BytesIO(content))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        ImageOps.exif_transpose(image).save(io.BytesIO(), "JPEG", quality=QUALITY)
