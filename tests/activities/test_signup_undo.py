"""Coming after all, at one click; and why who is no 会员 finds no button."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import signups
from activities.models import Participation
from tests.factories.members import make_user
from tests.factories.signups import make_signup
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def states() -> list[str]:
    return list(Participation.objects.order_by("pk").values_list("signup", flat=True))


def test_who_withdrew_by_mistake_has_the_own_place_again(log_in):
    signup, client, second = make_signup("登山"), log_in(Role.MEMBER), make_user(Role.MEMBER)
    for user in (client.user, second):
        signups.sign_up(signup=signup, by=user)
    undo = url("signup_leave_undo", signup.pk)
    page = client.post(url("signup_leave", signup.pk), follow=True).text
    assert (states(), f'action="{undo}"' in page) == (["withdrawn", "listed"], True)
    page = client.post(undo, follow=True).text
    assert ("撤销了退出：登山" in page, "是第 1 位" in page) == (True, True)
    assert "没有能撤销的退出" in client.post(undo, follow=True).text
    assert states() == ["listed", "listed"]


def test_who_waits_is_told_of_before_one_withdraws_and_has_the_place_after(log_in):
    signup, client, second = make_signup(limit=1), log_in(Role.MEMBER), make_user(Role.MEMBER)
    for user in (client.user, second):
        signups.sign_up(signup=signup, by=user)
    assert "有 1 人候补，您一退出" in client.get(signup.get_absolute_url()).text
    undo = url("signup_leave_undo", signup.pk)
    page = client.post(url("signup_leave", signup.pk), follow=True).text
    assert ("名额给了候补的人" in page, undo in page) == (True, False)
    assert "您的名额已经有人补上了" in client.post(undo, follow=True).text
    assert states() == ["withdrawn", "listed"]


def test_who_waited_has_the_own_turn_again():
    signup = make_signup(limit=1)
    first, second, _ = people = [make_user(Role.MEMBER) for _ in range(3)]
    for user in people:
        signups.sign_up(signup=signup, by=user)
    signups.withdraw(signup=signup, by=second)
    signups.undo_withdraw(signup=signup, by=second)
    signups.withdraw(signup=signup, by=first)
    assert states() == ["withdrawn", "listed", "waiting"]


def test_it_is_taken_back_only_for_a_while(monkeypatch):
    signup, user = make_signup(), make_user(Role.MEMBER)
    signups.sign_up(signup=signup, by=user)
    signups.withdraw(signup=signup, by=user)
    monkeypatch.setattr(signups, "UNDO_WITHIN", timedelta())
    with pytest.raises(RuleBroken, match="已经过了一会儿"):
        signups.undo_withdraw(signup=signup, by=user)
    assert not AuditEntry.objects.filter(act="activities.undo_withdraw").exists()


def test_who_is_no_member_reads_why_one_cannot_sign_up_or_in(log_in):
    signup, client = make_signup(day=timezone.localdate()), log_in(Role.SCHOOL_LEADER)
    page = client.get(signup.get_absolute_url()).text
    assert "您现在不是会员，不能自己报名" in page
    answer = client.get(url("sign_in_create", signup.activity_id, "0" * 16))
    assert (answer.status_code, "找组织活动的人把您加进名单" in answer.text) == (403, True)
    assert "相应的职务" not in answer.text
