"""Two people act on the motions in the same moment, each over a connection of their own."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from congress import actions
from congress.models import Motion
from tests.factories.congress import make_motion
from tests.factories.members import make_office, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(transactional_db, tmp_path):
    """A file where the tests' SQLite lives in memory, which no two connections can wait for."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connections["default"], connection.settings_dict["NAME"]
    in_memory.ensure_connection()
    with sqlite3.connect(tmp_path / "shared.sqlite3") as copy:
        in_memory.connection.backup(copy)
    copy.close()
    in_memory.settings_dict["NAME"] = str(tmp_path / "shared.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    in_memory.settings_dict["NAME"] = name
    connections["default"] = in_memory


def at_once(*acts: Callable[[], object]) -> None:
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


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
