"""Fifty people want the last place in the same moment, each over a connection of their own."""

import pytest

from activities.actions import attendance, signups
from activities.models import Activity, Participation, Signup
from activities.rules import signups as rules
from tests.factories.at_once import at_once, shared_database
from tests.factories.members import make_user
from tests.factories.signups import make_signup
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(transactional_db, tmp_path):
    with shared_database(tmp_path):
        yield


def tried(signup: Signup, user):
    """How the user stands, or the refusal."""
    try:
        return signups.sign_up(signup=signup, by=user).signup
    except RuleBroken as refusal:
        return str(refusal)


def test_exactly_one_of_fifty_gets_the_last_place():
    signup = make_signup(limit=1, with_waiting=False)
    users = [make_user(Role.MEMBER) for _ in range(50)]
    answers = at_once(*(lambda user=user: tried(signup, user) for user in users))
    assert answers.count("listed") == 1
    assert set(answers) == {"listed", "1 个名额已经报满了，这次没有报上。"}
    assert Participation.objects.count() == 1
    assert AuditEntry.objects.filter(act="activities.sign_up").count() == 1


def test_the_other_forty_nine_wait_in_a_row():
    signup = make_signup(limit=1)
    users = [make_user(Role.MEMBER) for _ in range(50)]
    answers = at_once(*(lambda user=user: tried(signup, user) for user in users))
    assert (answers.count("listed"), answers.count("waiting")) == (1, 49)


def test_two_taps_of_one_person_are_one_place():
    signup, user = make_signup(limit=5), make_user(Role.MEMBER)
    answers = at_once(*[lambda: tried(signup, user)] * 2)
    assert sorted(answers) == ["listed", "已经在名单上了。"]
    assert Participation.objects.count() == 1


def test_all_who_sign_in_at_once_are_counted(monkeypatch):
    monkeypatch.setattr(rules, "check_code", lambda *_: None)
    signup = make_signup()
    Signup.objects.update(sign_in_open=True)
    users = [make_user(Role.MEMBER) for _ in range(20)]
    at_once(
        *(
            lambda user=user: attendance.sign_in(signup=signup, code="", by=user, joins=True)
            for user in users
        )
    )
    assert Activity.objects.get().headcount == 20
