"""What may be done with a photo: captions, cover, order, taking away and bringing back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from activities import actions, queries
from activities.models import Photo
from activities.rules import photos as rules
from tests.factories.activities import make_activity
from tests.factories.members import make_user
from tests.factories.photos import make_photo, picture
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.ready_photos import ready_photo
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


@pytest.fixture
def activity(chair):
    return make_activity(by=chair)


def order_of(activity) -> list:
    return list(queries.photos_of(activity).order_by("order"))


def last_act() -> tuple[str, str, dict]:
    entry = AuditEntry.objects.first()
    return entry.act, entry.target_name, entry.changes


def test_photos_stand_in_the_order_in_which_they_came(activity):
    photos = [make_photo(activity) for _ in range(3)]
    assert order_of(activity) == photos
    assert last_act()[:2] == ("activities.add_photo", f"{activity} 照片3")


def test_of_several_the_same_one_is_kept_once(activity, chair):
    ready = ready_photo("a.jpg", picture())
    other = ready_photo("b.jpg", picture())
    assert len(actions.add_photos(activity=activity, photos=[ready, ready, other], by=chair)) == 2
    assert actions.add_photos(activity=activity, photos=[other], by=chair) == []


def test_the_same_photo_may_stand_with_two_activities(activity, chair):
    ready = ready_photo("a.jpg", picture())
    actions.add_photos(activity=activity, photos=[ready], by=chair)
    assert len(actions.add_photos(activity=make_activity(), photos=[ready], by=chair)) == 1


def test_when_one_cannot_be_kept_no_file_of_the_others_stays(
    activity, chair, settings, monkeypatch
):
    make_photo(activity)
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*.jpg"))
    photos = [ready_photo("a.jpg", picture()), ready_photo("b.jpg", picture())]
    broken = Photo._meta.get_field("order")
    monkeypatch.setattr(broken, "pre_save", refuse_after(1, broken.pre_save))
    with pytest.raises(ValueError, match="full"):
        actions.add_photos(activity=activity, photos=photos, by=chair)
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.jpg")) == before
    assert activity.photos.count() == 1


def refuse_after(times: int, act):
    left = [times]

    def limited(*args, **kwargs):
        if left[0] == 0:
            raise ValueError("full")
        left[0] -= 1
        return act(*args, **kwargs)

    return limited


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("first", [2, 0, 1, 3]),
        ("earlier", [0, 2, 1, 3]),
        ("later", [0, 1, 3, 2]),
        ("last", [0, 1, 3, 2]),
    ],
)
def test_a_photo_moves_one_place_or_all_the_way(activity, chair, to, expected):
    photos = [make_photo(activity) for _ in range(4)]
    actions.move_photo(photo=photos[2], to=to, by=chair)
    assert order_of(activity) == [photos[n] for n in expected]


def test_a_photo_moves_past_those_that_were_taken_away(activity, chair):
    photos = [make_photo(activity) for _ in range(3)]
    actions.remove_photo(photo=photos[1], reason="重复", by=chair)
    actions.move_photo(photo=photos[2], to="earlier", by=chair)
    assert order_of(activity) == [photos[2], photos[0]]
    actions.restore_photo(photo=photos[1], by=chair)
    assert order_of(activity) == [photos[2], photos[1], photos[0]]


def test_at_the_end_nothing_moves_and_nothing_is_noted(activity, chair):
    photo = make_photo(activity)
    actions.move_photo(photo=photo, to="later", by=chair)
    assert last_act()[0] == "activities.add_photo"


def test_a_photo_moves_nowhere_else(activity, chair):
    with pytest.raises(RuleBroken, match="照片排到哪里没有写清楚"):
        actions.move_photo(photo=make_photo(activity), to="up", by=chair)


def test_there_is_one_cover(activity, chair):
    first, second = make_photo(activity), make_photo(activity)
    actions.choose_cover(photo=first, by=chair)
    actions.choose_cover(photo=second, by=chair)
    assert list(activity.photos.filter(is_cover=True)) == [second]
    assert last_act()[0] == "activities.choose_cover"


def test_the_cover_is_the_chosen_one_and_else_the_first(activity, chair):
    other = make_activity(by=chair)
    photos = [make_photo(activity), make_photo(activity), make_photo(other), make_photo(other)]
    actions.choose_cover(photo=photos[1], by=chair)
    empty = make_activity(by=chair)
    covers = queries.covers_of([activity.pk, other.pk, empty.pk])
    assert covers == {activity.pk: photos[1], other.pk: photos[2]}


def test_a_cover_that_is_taken_away_is_the_cover_no_more(activity, chair):
    first, second = make_photo(activity), make_photo(activity)
    actions.choose_cover(photo=second, by=chair)
    actions.remove_photo(photo=second, reason="本人不愿意放", by=chair)
    assert queries.covers_of([activity.pk]) == {activity.pk: first}
    assert last_act() == (
        "activities.remove_photo",
        f"{activity} 照片2",
        {"reason": "本人不愿意放"},
    )


def test_a_photo_is_taken_away_once_and_with_a_reason(activity, chair):
    photo = make_photo(activity)
    with pytest.raises(RuleBroken, match="写上为什么去掉"):
        actions.remove_photo(photo=photo, reason="", by=chair)
    actions.remove_photo(photo=photo, reason="传错了", by=chair)
    with pytest.raises(RuleBroken, match="这张照片刚刚被去掉了"):
        actions.remove_photo(photo=photo, reason="传错了", by=chair)


def test_what_was_sent_again_meanwhile_does_not_come_back(activity, chair):
    ready = ready_photo("a.jpg", picture())
    (photo,) = actions.add_photos(activity=activity, photos=[ready], by=chair)
    actions.remove_photo(photo=photo, reason="传错了", by=chair)
    actions.add_photos(activity=activity, photos=[ready], by=chair)
    with pytest.raises(RuleBroken, match=rules.ALREADY_THERE):
        actions.restore_photo(photo=photo, by=chair)


def test_a_wall_that_was_filled_meanwhile_takes_none_back(activity, chair, monkeypatch):
    photo, other = make_photo(activity), make_photo(activity)
    actions.remove_photo(photo=photo, reason="传错了", by=chair)
    monkeypatch.setattr(rules, "MOST_PHOTOS", 1)
    with pytest.raises(RuleBroken, match="一场活动最多放 1 张照片，已经有 1 张"):
        actions.restore_photo(photo=photo, by=chair)
    assert list(queries.photos_of(activity)) == [other]


def test_what_is_there_is_not_brought_back(activity, chair):
    with pytest.raises(RuleBroken, match="没有去掉"):
        actions.restore_photo(photo=make_photo(activity), by=chair)


def test_after_a_day_the_files_are_gone_too(
    activity, chair, settings, django_capture_on_commit_callbacks
):
    kept, photo = make_photo(activity), make_photo(activity)
    actions.remove_photo(photo=photo, reason="本人不愿意放", by=chair)
    assert actions.drop_removed_photos() == 0
    Photo.objects.filter(pk=photo.pk).update(removed_at=timezone.now() - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.drop_removed_photos() == 1
    assert list(activity.photos.all()) == [kept]
    names = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*.jpg")}
    assert names == {f"{kept.pk.hex}.jpg", f"{kept.pk.hex}-small.jpg"}
    assert last_act()[0] == "activities.drop_photo"


def test_a_voided_activity_keeps_its_photos_as_they_are(activity, chair):
    photo = make_photo(activity)
    actions.void_activity(activity=activity, reason="记重了", by=chair)
    for act, values in (
        (actions.choose_cover, {}),
        (actions.move_photo, {"to": "first"}),
        (actions.remove_photo, {"reason": "传错了"}),
        (actions.update_photo, {}),
    ):
        with pytest.raises(RuleBroken, match="已经作废"):
            act(photo=photo, by=chair, **values)
    with pytest.raises(RuleBroken, match="已经作废"):
        actions.add_photos(activity=activity, photos=[ready_photo("a", picture())], by=chair)


def test_neither_the_place_nor_the_maker_of_the_phone_is_kept(activity):
    exif = Image.Exif()
    exif[0x010F] = "Phone Maker"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)  # GPSLatitude
    ready = ready_photo("a.jpg", picture(exif=exif))
    (photo,) = actions.add_photos(activity=activity, photos=[ready], by=activity.recorded_by)
    for file in (photo.image, photo.small):
        assert b"Phone Maker" not in Path(file.path).read_bytes()
