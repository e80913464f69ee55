"""Accounts that are locked and opened again."""

import pytest

from members import actions
from members.actions.locks import LEFT
from members.models import User
from tests.factories.members import LONG_AGO, PASSWORD, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


def acts_on(member) -> list:
    entries = AuditEntry.objects.filter(target_type="members.member", target_id=str(member.pk))
    return [(entry.act, entry.changes) for entry in entries.order_by("number")]


def test_a_locked_account_says_why_and_is_out_at_the_next_click(chair, log_in):
    client = log_in(Role.MEMBER)
    assert client.get("/me/").status_code == 200
    actions.lock_account(member=client.user.member, by=chair, because="手机丢了")
    assert client.get("/me/").status_code == 302
    user = User.objects.get(pk=client.user.pk)
    assert (user.is_active, user.locked_because) == (False, "手机丢了")
    assert acts_on(user.member) == [("members.lock_account", {"because": "手机丢了"})]


def test_locking_twice_is_once(chair):
    user = make_user(Role.MEMBER)
    assert actions.lock_account(member=user.member, by=chair, because="手机丢了") == user
    assert actions.lock_account(member=user.member, by=chair) is None
    assert User.objects.get(pk=user.pk).locked_because == "手机丢了"
    assert len(acts_on(user.member)) == 1


def test_someone_without_an_account_leaves_without_a_lock(chair):
    assert actions.lock_account(member=make_member(), by=chair) is None


def test_the_same_password_opens_the_account_again(chair, client):
    member = make_member(staff_no="1001")
    user, _ = actions.open_account(member=member, by=None, password=PASSWORD)
    actions.lock_account(member=member, by=chair, because="手机丢了")
    data = {"username": "1001", "password": PASSWORD}
    assert client.post("/login/", data).status_code == 422
    actions.unlock_account(user=user, by=chair)
    assert client.post("/login/", data).status_code == 302
    assert User.objects.get(pk=user.pk).locked_because == ""
    assert [act for act, _ in acts_on(member)][-2:] == [
        "members.lock_account",
        "members.unlock_account",
    ]


@pytest.mark.parametrize(("because", "opens"), [(LEFT, True), ("借给别人用", False)])
def test_who_comes_back_logs_in_again_unless_the_office_had_another_reason(chair, because, opens):
    user = make_user(Role.MEMBER)
    actions.lock_account(member=user.member, by=chair, because=because)
    found = actions.unlock_returned(member=user.member, by=chair)
    assert (found == user, User.objects.get(pk=user.pk).is_active) == (opens, opens)


def test_nobody_locks_the_own_account(chair):
    make_user(Role.VICE_CHAIR)
    with pytest.raises(RuleBroken, match="自己的账号不能自己停用"):
        actions.lock_account(member=chair.member, by=chair)


def test_the_last_account_that_gives_offices_stays_open(chair):
    admin = make_user(Role.ADMIN)
    actions.lock_account(member=chair.member, by=admin)
    with pytest.raises(RuleBroken, match=f"停用{admin}的账号，就没有能登记职务的人了"):
        actions.lock_account(member=admin.member, by=None)
    assert User.objects.get(pk=admin.pk).is_active


def test_an_office_that_ends_does_not_count_as_the_other_one(chair):
    acting = make_user(Role.MEMBER)
    acting.member.offices.create(office="vice_chair", start=LONG_AGO, end="2999-01-01")
    with pytest.raises(RuleBroken, match="就没有能登记职务的人了"):
        actions.lock_account(member=chair.member, by=None)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.WELFARE])
def test_the_organisation_commissioner_locks_no_officer(chair, role):
    officer, other = make_user(Role.ORGANISATION), make_user(role)
    with pytest.raises(RuleBroken, match="账号由主席、副主席或管理员管，找他们办"):
        actions.lock_account(member=other.member, by=officer)
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(RuleBroken, match="账号由主席、副主席或管理员管，找他们办"):
        actions.unlock_account(user=other, by=officer)


def test_the_password_of_a_locked_account_is_not_reset(chair):
    user = make_user(Role.MEMBER)
    actions.lock_account(member=user.member, by=chair, because="手机丢了")
    user.refresh_from_db()
    with pytest.raises(RuleBroken, match="的账号停用了（手机丢了），先恢复，再重置密码"):
        actions.reset_password(user=user, by=chair)
