"""The wall of photos, one photo, the files themselves, and who gets to see and change them."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities import actions
from activities.models import Photo
from tests.factories.activities import make_activity
from tests.factories.members import make_user
from tests.factories.photos import make_photo, picture
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(log_in):
    return log_in(Role.CHAIR, Role.MEMBER)


@pytest.fixture
def activity(client):
    return make_activity(by=client.user)


def wall_of(activity) -> str:
    return f"/activities/{activity.pk}/photos/"


def text_of(response) -> str:
    return response.content.decode()


def sources(response) -> list[str]:
    return re.findall(r'<img[^>]*\bsrc="([^"]+)"', text_of(response))


def chosen(*contents: bytes) -> dict:
    files = [
        SimpleUploadedFile(f"IMG_{n}.jpg", content) for n, content in enumerate(contents, start=1)
    ]
    return {"photos": files}


def said(response) -> str:
    return "".join(str(message) for message in response.context["messages"])


# the wall


@pytest.mark.parametrize("photos", [1, 3, 70])
def test_the_wall_takes_as_many_queries_for_many_photos_as_for_one(
    client, activity, photos, django_assert_num_queries
):
    first = make_photo(activity)
    copies(first, photos - 1)
    client.get(wall_of(activity))
    with django_assert_num_queries(7):
        response = client.get(wall_of(activity))
    assert len(sources(response)) == min(photos, 60)


def copies(photo: Photo, number: int) -> None:
    """Rows without files of their own."""
    Photo.objects.bulk_create(
        Photo(
            activity=photo.activity,
            order=order,
            kind="jpg",
            image=photo.image.name,
            small=photo.small.name,
            width=64,
            height=48,
            size=1,
            sha256=f"{order:064}",
            added_by=photo.added_by,
        )
        for order in range(1, number + 1)
    )


def test_pages_load_thumbnails_only_and_know_their_shape_beforehand(client, activity):
    photos = [make_photo(activity) for _ in range(10)]
    for address in (wall_of(activity), activity.get_absolute_url()):
        page = client.get(address)
        assert sources(page)
        assert all(source.endswith("/small/") for source in sources(page))
        images = re.findall(r"<img[^>]*>", text_of(page))
        assert all(
            'width="64"' in i and 'height="48"' in i and 'loading="lazy"' in i for i in images
        )
    assert sources(client.get(wall_of(activity))) == [
        f"/activities/photos/{photo.pk}/small/" for photo in photos
    ]


def test_the_activity_shows_the_first_photos_and_how_many_more_there_are(client, activity):
    copies(make_photo(activity), 11)
    page = client.get(activity.get_absolute_url())
    assert len(sources(page)) == 8
    assert "还有 4 张" in text_of(page)


def test_an_activity_without_photos_says_how_to_add_some(client, activity, log_in):
    assert "还没有照片。" in text_of(client.get(activity.get_absolute_url()))
    assert "还没有照片" not in text_of(log_in(Role.MEMBER).get(activity.get_absolute_url()))
    wall = text_of(log_in(Role.MEMBER).get(wall_of(activity)))
    assert "还没有照片。" in wall
    assert "data-photos" not in wall


def test_the_wall_of_a_voided_activity_is_for_those_who_record_and_takes_nothing(
    client, activity, log_in
):
    photo = make_photo(activity)
    actions.void_activity(activity=activity, reason="记重了", by=client.user)
    wall = client.get(wall_of(activity))
    assert "已经作废，不能再加照片" in text_of(wall)
    assert "data-photos" not in text_of(wall)
    member = log_in(Role.MEMBER)
    for address in (wall_of(activity), f"/activities/photos/{photo.pk}/small/"):
        assert member.get(address).status_code == 404


# without a script


def test_several_photos_come_in_one_post(client, activity):
    response = client.post(f"{wall_of(activity)}new/", chosen(picture(), picture()), follow=True)
    assert said(response) == "传好 2 张照片。"
    assert [photo.added_by for photo in activity.photos.all()] == [client.user] * 2


def test_of_those_that_are_there_already_it_says_how_many(client, activity):
    same = picture()
    client.post(f"{wall_of(activity)}new/", chosen(same), follow=True)
    response = client.post(f"{wall_of(activity)}new/", chosen(same, picture()), follow=True)
    assert said(response) == "传好 1 张照片。1 张已经在这里，没有再存。"
    response = client.post(f"{wall_of(activity)}new/", chosen(same), follow=True)
    assert said(response) == "1 张已经在这里，没有再存。"


def test_when_one_is_no_photo_none_is_kept_and_each_is_named(client, activity):
    files = chosen(picture(), b"%PDF-1.7", picture(size=(300, 200))[:-400])
    response = client.post(f"{wall_of(activity)}new/", files)
    assert response.status_code == 422
    assert "“IMG_2.jpg”不是照片" in text_of(response)
    assert "“IMG_3.jpg”这张图片打不开" in text_of(response)
    assert activity.photos.count() == 0


def test_nothing_chosen_is_said(client, activity):
    response = client.post(f"{wall_of(activity)}new/")
    assert response.status_code == 422
    assert "还没有选照片，选几张再传。" in text_of(response)


def test_more_than_thirty_at_once_are_too_many(client, activity):
    response = client.post(f"{wall_of(activity)}new/", chosen(*[b"x"] * 31))
    assert "一次选了 31 张照片，最多 30 张，分几次传。" in text_of(response)


# one photo


def test_one_photo_leads_to_those_before_and_behind(client, activity, log_in):
    photos = [make_photo(activity, caption=f"第{n}局") for n in range(3)]
    page = client.get(photos[1].get_absolute_url())
    assert sources(page) == [f"/activities/photos/{photos[1].pk}/image/"]
    text = text_of(page)
    assert re.search(rf'data-key="ArrowLeft" href="{photos[0].get_absolute_url()}"', text)
    assert re.search(rf'data-key="ArrowRight" href="{photos[2].get_absolute_url()}"', text)
    assert "第 2 张，共 3 张" in text
    assert "保存说明" not in text_of(log_in(Role.MEMBER).get(photos[1].get_absolute_url()))


@pytest.mark.parametrize("photos", [2, 40])
def test_one_photo_takes_as_many_queries_among_many(
    client, activity, photos, django_assert_num_queries
):
    first = make_photo(activity)
    copies(first, photos - 1)
    client.get(first.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(first.get_absolute_url())


def test_a_caption_is_saved(client, activity):
    photo = make_photo(activity)
    response = client.post(f"{photo.get_absolute_url()}edit/", {"caption": "颁奖"}, follow=True)
    assert said(response) == "说明改好了。"
    assert activity.photos.get().caption == "颁奖"


def test_who_is_told_that_another_one_changed_the_caption_loses_nothing(client, activity):
    photo = make_photo(activity, caption="比赛")
    seen = '{"caption": "开幕"}'
    sent = {"caption": "决赛", "seen": seen}
    response = client.post(f"{photo.get_absolute_url()}edit/", sent)
    assert response.status_code == 422
    assert "说明刚被改成“比赛”了" in text_of(response)
    assert 'value="决赛"' in text_of(response)


def test_a_caption_that_is_too_long_comes_back(client, activity):
    photo = make_photo(activity)
    response = client.post(f"{photo.get_absolute_url()}edit/", {"caption": "长" * 61})
    assert response.status_code == 422
    assert "长" * 61 in text_of(response)


def test_cover_and_order_change_at_a_button(client, activity):
    first, second = make_photo(activity), make_photo(activity)
    client.post(f"{second.get_absolute_url()}cover/")
    client.post(f"{second.get_absolute_url()}move/", {"to": "first"})
    assert list(activity.photos.order_by("order")) == [second, first]
    assert activity.photos.get(is_cover=True) == second
    assert "封面" in text_of(client.get(wall_of(activity)))
    response = client.post(f"{second.get_absolute_url()}move/", {"to": "up"}, follow=True)
    assert "照片排到哪里没有写清楚" in said(response)


def test_a_photo_is_taken_away_with_a_reason_and_comes_back(client, activity):
    photo = make_photo(activity)
    address = photo.get_absolute_url()
    response = client.post(f"{address}remove/", {"reason": ""})
    assert response.status_code == 422
    assert "写上为什么去掉，例如：本人不愿意放。" in text_of(response)
    response = client.post(f"{address}remove/", {"reason": "本人不愿意放"}, follow=True)
    assert f'action="{address}restore/"' in text_of(response)
    for gone in (address, f"{address}image/", f"{address}small/"):
        assert client.get(gone).status_code == 404
    assert said(client.post(f"{address}restore/", follow=True)) == "照片回来了。"
    assert client.get(address).status_code == 200


def test_the_sender_may_take_the_own_photo_away_but_not_those_of_others(client, activity, log_in):
    leader = log_in(user=make_user(Role.GROUP_LEADER, Role.MEMBER))
    own, foreign = make_photo(activity, by=leader.user), make_photo(activity)
    posted = {"reason": "传错了"}
    assert leader.post(f"{foreign.get_absolute_url()}remove/", posted).status_code == 404
    assert leader.post(f"{own.get_absolute_url()}remove/", posted).status_code == 302
    assert list(activity.photos.standing()) == [foreign]


def test_cover_and_order_are_for_who_has_the_activity_in_hand(client, activity, log_in):
    leader = log_in(user=make_user(Role.GROUP_LEADER, Role.MEMBER))
    make_photo(activity)
    own = make_photo(activity, by=leader.user)
    assert "用作封面" not in text_of(leader.get(own.get_absolute_url()))
    for act in ("cover", "move"):
        response = leader.post(f"{own.get_absolute_url()}{act}/", {"to": "first"}, follow=True)
        assert said(response) == "封面和先后由记这场活动的人来定。"
    assert activity.photos.order_by("order").last() == own


# the files


@pytest.mark.parametrize("which", ["image", "small"])
def test_a_picture_is_kept_by_the_browser_and_asked_for_again_costs_nothing(
    client, activity, which
):
    address = f"{make_photo(activity).get_absolute_url()}{which}/"
    response = client.get(address)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Cookie" in response.headers["Vary"]
    assert response.getvalue().startswith(b"\xff\xd8\xff")
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_the_two_pictures_of_a_photo_have_tags_of_their_own(client, activity):
    address = make_photo(activity).get_absolute_url()
    tags = []
    for which in ("image", "small"):
        response = client.get(f"{address}{which}/")
        response.getvalue()
        tags.append(response.headers["ETag"])
    assert len(set(tags)) == 2


def test_pictures_are_not_for_who_is_not_logged_in(client, activity):
    address = f"{make_photo(activity).get_absolute_url()}image/"
    client.logout()
    assert client.get(address).status_code == 302


def test_all_photos_go_out_in_order_in_one_file_and_leave_a_trace(client, activity):
    make_photo(activity)
    second = make_photo(activity)
    actions.move_photo(photo=second, to="first", by=client.user)
    response = client.get(f"{wall_of(activity)}export/")
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert archive.namelist() == ["001.jpg", "002.jpg"]
        assert archive.read("001.jpg") == second.image.open().read()
    second.image.close()
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.target_id) == ("activities.export_photos", str(activity.pk))


def test_where_there_are_no_photos_none_go_out(client, activity):
    response = client.get(f"{wall_of(activity)}export/", follow=True)
    assert said(response) == f"“{activity}”还没有照片。"
