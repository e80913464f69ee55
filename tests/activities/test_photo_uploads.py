"""Photos that arrive in pieces: resumed, refused, swept."""

import io
import os
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from activities import actions
from activities.actions import photo_uploads
from activities.models import Photo, PhotoUpload
from activities.rules import photos as rules
from tests.factories.activities import make_activity
from tests.factories.members import make_user
from tests.factories.photos import make_photo, picture
from unionoffice.images import LONGEST_SIDE, MOST_PIXELS, THUMBNAIL_SIDE
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
PIECE = 400  # bytes: several for the smallest picture


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """What waits for the end of a transaction, which a test never reaches, happens at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())


@pytest.fixture
def client(log_in):
    return log_in(Role.CHAIR, Role.MEMBER)


@pytest.fixture
def activity(client):
    return make_activity(by=client.user)


def start(client, activity, content: bytes, **about):
    about = {"name": "IMG_1.jpg", "size": len(content), "fingerprint": "1-IMG_1.jpg"} | about
    return client.post(f"/activities/{activity.pk}/photos/uploads/", about)


def send(client, address: str, offset, piece: bytes):
    kind = "application/octet-stream"
    return client.post(f"{address}?offset={offset}", piece, content_type=kind)


def send_rest(client, begun: dict, content: bytes) -> dict:
    answer = begun
    while not answer["done"]:
        at = answer["received"]
        answer = send(client, begun["address"], at, content[at : at + PIECE]).json()
    return answer


def send_all(client, activity, content: bytes, **about) -> dict:
    return send_rest(client, start(client, activity, content, **about).json(), content)


def lying_about() -> list[str]:
    return [path.name for path in photo_uploads.arriving_dir().glob("*")]


def size_of(file) -> tuple[int, int]:
    with Image.open(file.path) as image:
        return image.size


def test_a_photo_that_came_in_pieces_is_kept_shrunk_with_a_thumbnail(client, activity):
    content = picture(size=(3000, 1500))
    assert send_all(client, activity, content) == {"received": len(content), "done": True}
    (photo,) = activity.photos.all()
    assert (photo.width, photo.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert size_of(photo.image) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert size_of(photo.small) == (THUMBNAIL_SIDE, THUMBNAIL_SIDE // 2)
    assert photo.added_by == client.user
    assert lying_about() == []


def test_after_a_break_it_goes_on_where_it_stopped(client, activity):
    content = picture(size=(300, 200))
    begun = start(client, activity, content).json()
    assert send(client, begun["address"], 0, content[:PIECE]).json()["received"] == PIECE
    again = start(client, activity, content).json()
    assert again == {"address": begun["address"], "received": PIECE, "done": False}
    assert send_rest(client, again, content)["done"] is True
    assert activity.photos.count() == 1


def test_one_that_is_there_already_needs_no_bytes_when_it_is_chosen_again(client, activity):
    content = picture()
    send_all(client, activity, content)
    assert start(client, activity, content).json()["done"] is True
    assert activity.photos.count() == 1


def test_one_that_was_taken_away_since_comes_again(client, activity):
    content = picture()
    send_all(client, activity, content)
    actions.remove_photo(photo=activity.photos.get(), reason="传错了", by=client.user)
    assert send_all(client, activity, content)["done"] is True
    assert activity.photos.standing().count() == 1


def test_a_piece_of_another_place_is_told_where_to_go_on(client, activity):
    content = picture(size=(300, 200))
    begun = start(client, activity, content).json()
    send(client, begun["address"], 0, content[:PIECE])
    for offset in (0, PIECE - 1, PIECE + 1, 10**9):
        response = send(client, begun["address"], offset, content[:PIECE])
        assert response.status_code == 409
        assert response.json()["received"] == PIECE
    assert PhotoUpload.objects.get().received == PIECE


def test_the_last_piece_sent_twice_makes_one_photo(client, activity):
    content = picture()
    begun = start(client, activity, content).json()
    assert send(client, begun["address"], 0, content).json()["done"] is True
    twice = send(client, begun["address"], 0, content)
    assert (twice.status_code, twice.json()["received"]) == (409, len(content))
    assert send(client, begun["address"], len(content), b"").json()["done"] is True
    assert Photo.objects.count() == 1


def test_a_photo_that_was_whole_when_the_server_stopped_is_finished_later(client, activity):
    content = picture()
    begun = start(client, activity, content).json()
    pk = PhotoUpload.objects.get().pk
    actions.take_piece(pk=pk, offset=0, piece=content, by=client.user)
    again = start(client, activity, content).json()
    assert again == {"address": begun["address"], "received": len(content), "done": False}
    assert send(client, again["address"], len(content), b"").json()["done"] is True
    assert activity.photos.count() == 1


def test_pieces_that_are_gone_are_asked_for_again(client, activity):
    """As after a restore: a backup holds the table, not the pieces."""
    content = picture(size=(300, 200))
    begun = start(client, activity, content).json()
    send(client, begun["address"], 0, content[:PIECE])
    for path in photo_uploads.arriving_dir().iterdir():
        path.unlink()
    again = start(client, activity, content).json()
    assert again["received"] == 0
    assert send_rest(client, again, content)["done"] is True


def refused(response) -> str:
    assert response.status_code == 422
    return response.json()["refused"]


def test_more_bytes_than_announced_are_refused(client, activity):
    content = picture()
    begun = start(client, activity, content).json()
    said = refused(send(client, begun["address"], 0, content + b"x"))
    assert said == "收到的比照片本身还大，照片在传的时候变了。重新选一次这张照片。"
    assert activity.photos.count() == 0


def test_an_empty_piece_in_the_middle_is_refused(client, activity):
    begun = start(client, activity, picture()).json()
    assert "这一段是空的" in refused(send(client, begun["address"], 0, b""))


def test_a_piece_that_is_too_large_is_refused(client, activity):
    size = rules.LARGEST_PIECE + 1
    begun = start(client, activity, b"", size=size + 1).json()
    assert "一段最多 2048 KB" in refused(send(client, begun["address"], 0, b"x" * size))


@pytest.mark.parametrize("offset", ["", "x", "-1", "²", "9" * 20])
def test_a_piece_without_a_place_is_refused(client, activity, offset):
    begun = start(client, activity, picture()).json()
    assert "没有写明这一段从哪里开始" in refused(send(client, begun["address"], offset, b"x"))


def test_what_is_no_photo_is_refused_at_the_first_piece_and_forgotten(client, activity):
    content = b"%PDF-1.7 and much more that is never sent"
    begun = start(client, activity, content, name="通知.pdf").json()
    said = refused(send(client, begun["address"], 0, content[:20]))
    assert said.startswith("“通知.pdf”不是照片，这里收 JPEG、PNG 和 WebP。")
    assert PhotoUpload.objects.count() == 0
    assert lying_about() == []


def test_a_damaged_photo_is_refused_and_forgotten(client, activity):
    content = picture(size=(300, 200))[:-500]
    begun = start(client, activity, content).json()
    assert "打不开，可能已经损坏" in refused(send(client, begun["address"], 0, content))
    assert PhotoUpload.objects.count() == 0
    assert lying_about() == []


def test_too_many_pixels_are_refused(client, activity):
    out = io.BytesIO()
    Image.new("1", (8000, MOST_PIXELS // 8000 + 1)).save(out, "PNG")
    content = out.getvalue()
    begun = start(client, activity, content, name="大.png").json()
    assert "超过 4000 万像素" in refused(send(client, begun["address"], 0, content))


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"size": 0}, "“IMG_1.jpg”是空文件，重新选一张。"),
        ({"size": -1}, "“IMG_1.jpg”是空文件，重新选一张。"),
        ({"size": 21 * 1024 * 1024}, "“IMG_1.jpg”有 21.0 MB，一张照片最多 20 MB，缩小了再传。"),
        ({"size": "x"}, "没有收到照片的名称和大小，刷新页面，重新选一次照片。"),
        ({"size": 10**12}, "没有收到照片的名称和大小，刷新页面，重新选一次照片。"),
        ({"fingerprint": ""}, "没有收到照片的名称和大小，刷新页面，重新选一次照片。"),
        ({"fingerprint": "x" * 81}, "没有收到照片的名称和大小，刷新页面，重新选一次照片。"),
    ],
)
def test_what_cannot_be_a_photo_is_refused_before_a_byte_is_sent(client, activity, about, said):
    assert refused(start(client, activity, picture(), **about)) == said
    assert PhotoUpload.objects.count() == 0


def test_the_same_photo_under_another_name_is_not_kept_twice(client, activity):
    content = picture()
    send_all(client, activity, content)
    answer = send_all(client, activity, content, fingerprint="2-copy.jpg", name="copy.jpg")
    assert answer["said"] == "这张照片已经在这里，没有再存一次。"
    assert activity.photos.count() == 1
    assert lying_about() == []
    assert [upload.name for upload in PhotoUpload.objects.all()] == ["IMG_1.jpg"]


def test_the_upload_of_someone_else_is_not_found(client, activity, log_in):
    content = picture()
    begun = start(client, activity, content).json()
    response = send(log_in(Role.CHAIR, Role.MEMBER), begun["address"], 0, content)
    assert response.status_code == 404
    assert response.json()["refused"] == rules.NO_SUCH_UPLOAD
    assert PhotoUpload.objects.get().received == 0


def test_an_activity_that_was_voided_takes_no_photo(client, activity):
    content = picture()
    begun = start(client, activity, content).json()
    actions.void_activity(activity=activity, reason="记重了", by=client.user)
    said = f"“{activity}”已经作废了，不能再改；要补就重新记一条。"
    assert refused(send(client, begun["address"], 0, content)) == said
    assert refused(start(client, activity, content, fingerprint="2")) == said
    assert Photo.objects.count() == 0


def test_one_activity_holds_only_so_many(client, activity, monkeypatch):
    monkeypatch.setattr(rules, "MOST_PHOTOS", 1)
    make_photo(activity)
    said = "一场活动最多放 1 张照片，已经有 1 张。去掉几张再传，或者只传挑好的。"
    assert refused(start(client, activity, picture())) == said


def test_one_person_begins_only_so_many_at_a_time(client, activity, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ARRIVING", 1)
    start(client, activity, picture())
    assert "还有 1 张没有传完" in refused(start(client, activity, picture(), fingerprint="2"))


def test_a_full_disk_is_told_and_the_photo_can_go_on_later(client, activity, monkeypatch):
    content = picture()
    begun = start(client, activity, content).json()

    def full(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(photo_uploads.os, "open", full)
        assert "磁盘可能满了" in refused(send(client, begun["address"], 0, content))
    assert send(client, begun["address"], 0, content).json()["done"] is True


def test_leftovers_of_more_than_a_day_are_swept_by_the_next_upload(client, activity):
    start(client, activity, picture())
    upload = PhotoUpload.objects.get()
    actions.take_piece(pk=upload.pk, offset=0, piece=picture()[:100], by=client.user)
    PhotoUpload.objects.update(started_at=timezone.now() - timedelta(hours=25))
    (path,) = photo_uploads.arriving_dir().iterdir()
    os.utime(path, (time.time() - 90_000,) * 2)
    start(client, activity, picture(), fingerprint="2")
    assert list(PhotoUpload.objects.values_list("fingerprint", flat=True)) == ["2"]
    assert lying_about() == []


def test_the_command_says_what_it_cleared(client, activity, capsys):
    photo = make_photo(activity)
    make_photo(activity)
    actions.remove_photo(photo=photo, reason="本人不愿意放", by=client.user)
    start(client, activity, picture())
    Photo.objects.filter(pk=photo.pk).update(removed_at=timezone.now() - timedelta(hours=25))
    PhotoUpload.objects.update(started_at=timezone.now() - timedelta(hours=25))
    call_command("sweep_photos")
    assert capsys.readouterr().out == "清掉没传完的 1 张，删掉去掉的 1 张。\n"
    assert activity.photos.count() == 1
    assert PhotoUpload.objects.count() == 0


def test_who_records_no_activities_sends_photos_only_of_the_own_club(log_in, activity):
    assert start(log_in(Role.MEMBER), activity, picture()).status_code == 404
    leader = log_in(user=make_user(Role.GROUP_LEADER, Role.MEMBER))
    assert start(leader, activity, picture()).status_code == 200


def test_nobody_forgets_what_another_one_sends(client, activity):
    content = picture()
    begun = start(client, activity, content).json()
    send(client, begun["address"], 0, content[:PIECE])
    upload = PhotoUpload.objects.get()
    actions.forget_upload(pk=upload.pk, by=make_user(Role.CHAIR))
    rest = send(client, begun["address"], PIECE, content[PIECE:])
    assert rest.json() == {"received": len(content), "done": True}
    assert Photo.objects.count() == 1
