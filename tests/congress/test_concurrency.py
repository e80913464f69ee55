"""Two people act on the motions in the same moment, each over a connection of their own."""

import pytest

from congress import actions
from congress.models import Motion
from tests.factories.at_once import at_once, shared_database
from tests.factories.congress import make_motion
from tests.factories.members import make_office, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(transactional_db, tmp_path):
    with shared_database(tmp_path):
        yield


def test_the_last_two_seconders_hand_the_motion_in_once():
    motion = make_motion("seconding")
    first, second = make_user(Role.MEMBER), make_user(Role.MEMBER)
    at_once(
        lambda: actions.second_motion(motion=motion, by=first),
        lambda: actions.second_motion(motion=motion, by=second),
    )
    motion.refresh_from_db()
    assert (motion.state, motion.secondings.count()) == ("submitted", 2)
    assert AuditEntry.objects.filter(act="congress.hand_in_motion").count() == 1


def test_two_motions_filed_at_once_get_two_numbers():
    make_office()
    motions = make_motion("submitted"), make_motion("submitted")
    chair = make_user(Role.CHAIR)
    at_once(
        lambda: actions.move_motion(motion=motions[0], move="file", by=chair),
        lambda: actions.move_motion(motion=motions[1], move="file", by=chair),
    )
    assert set(Motion.objects.values_list("number", flat=True)) == {1, 2}
