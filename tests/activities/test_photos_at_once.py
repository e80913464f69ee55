"""Two tabs, or a page that asks again before it was answered, with the same photo."""

import pytest

from activities import actions
from activities.models import Photo
from activities.rules.photos import OutOfStep
from tests.factories.activities import make_activity
from tests.factories.at_once import at_once, shared_database
from tests.factories.members import make_office, make_user
from tests.factories.photos import make_photo, picture
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chair(transactional_db, tmp_path):
    with shared_database(tmp_path):
        make_office()
        yield make_user(Role.CHAIR)


def test_a_photo_that_two_tabs_send_to_the_end_is_kept_once(chair):
    activity, content = make_activity(by=chair), picture(size=(600, 400))
    about = {"name": "a.jpg", "size": len(content), "fingerprint": "a", "by": chair}
    begun = at_once(*[lambda: actions.start_upload(activity=activity, **about)] * 2)
    (pk,) = {upload.pk for upload in begun}

    def send():
        try:
            actions.receive_piece(pk=pk, offset=0, piece=content, by=chair)
        except OutOfStep as step:
            at = step.received
            actions.receive_piece(pk=pk, offset=at, piece=content[at:], by=chair)

    at_once(*[send] * 4)
    assert Photo.objects.get().pk == pk


def test_of_two_covers_chosen_at_once_one_stays(chair):
    activity = make_activity(by=chair)
    photos = [make_photo(activity) for _ in range(2)]
    at_once(*[lambda photo=photo: actions.choose_cover(photo=photo, by=chair) for photo in photos])
    assert activity.photos.filter(is_cover=True).count() == 1


def test_two_photos_that_land_at_once_stand_one_behind_the_other(chair):
    activity = make_activity(by=chair)
    at_once(*[lambda: make_photo(activity)] * 4)
    assert sorted(activity.photos.values_list("order", flat=True)) == [0, 1, 2, 3]
