"""Photos where the office keeps many: a full year's pages, and a backup."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities import actions
from activities.models import Photo
from tests.factories.activities import make_activity
from tests.factories.full_year import make_full_year
from tests.factories.members import make_office, make_user
from tests.factories.photos import make_photo
from unionoffice import backups
from unionoffice.roles import Role

FULL_PICTURE = re.compile(r'src="[^"]*/photos/[^"]*/image/"')


def queries_for(client, address: str) -> int:
    """How many a page takes that shows thumbnails and no full picture."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        text = client.get(address).content.decode()
    assert "/small/" in text
    assert not FULL_PICTURE.search(text)
    return len(queries)


@pytest.mark.django_db
def test_list_activity_and_wall_take_as_many_queries_with_ten_thousand_photos(log_in):
    made = make_full_year(activities=60, participations=0, photos=600, people=20)
    activity, client = made.activities[-1], log_in(Role.MEMBER)
    pages = (
        "/activities/?period=2026",
        activity.get_absolute_url(),
        f"/activities/{activity.pk}/photos/",
    )
    before = [queries_for(client, page) for page in pages]
    crowd(Photo.objects.first(), 10_000 - 600, made.activities)
    assert [queries_for(client, page) for page in pages] == before


def crowd(like: Photo, number: int, activities: list) -> None:
    """More rows of the same kind, spread evenly, without files."""
    known = {name: getattr(like, name) for name in ("kind", "image", "small", "added_by_id")}
    shape = {"width": 64, "height": 48, "size": 1}
    Photo.objects.bulk_create(
        Photo(
            activity=activities[n % len(activities)],
            order=1000 + n // len(activities),
            sha256=f"f{n:063x}",
            **known | shape,
        )
        for n in range(1, number + 1)
    )


@pytest.mark.django_db
def test_the_list_shows_the_cover_of_each_activity(log_in):
    client = log_in(Role.CHAIR)
    activity = make_activity("2026-03-06", by=client.user)
    make_photo(activity)
    chosen = make_photo(activity)
    actions.choose_cover(photo=chosen, by=client.user)
    make_activity("2026-03-07", by=client.user)
    text = client.get("/activities/?period=2026").content.decode()
    assert re.findall(r'class="cover" src="([^"]+)"', text) == [
        f"/activities/photos/{chosen.pk}/small/"
    ]


@pytest.mark.django_db(transaction=True)
def test_a_backup_brings_back_each_photo_with_its_thumbnail_and_no_unfinished_ones(
    tmp_path, settings
):
    make_office()
    photo = make_photo(make_activity(by=make_user(Role.CHAIR)))
    upload = actions.start_upload(
        activity=photo.activity, name="a.jpg", size=99, fingerprint="a", by=photo.added_by
    )
    actions.take_piece(pk=upload.pk, offset=0, piece=b"\xff\xd8\xff tells where", by=photo.added_by)
    before = {path: Path(path).read_bytes() for path in (photo.image.path, photo.small.path)}
    manifest = backups.backup(tmp_path / "office.zip")
    assert {f"files/{photo.image.name}", f"files/{photo.small.name}"} < set(manifest.entries)
    assert not [name for name in manifest.entries if "part" in name]

    actions.remove_photo(photo=photo, reason="传错了", by=photo.added_by)
    for path in before:
        Path(path).unlink()
    backups.restore(tmp_path / "office.zip", keep_copy_in=tmp_path)
    assert Photo.objects.standing().get() == photo
    assert {path: Path(path).read_bytes() for path in before} == before
