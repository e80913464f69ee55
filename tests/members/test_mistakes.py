"""Who was added by mistake, and an office that was ended by mistake: taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.models import Member
from members.queries.hanging import HANGING, PART_OF_IT, hanging_on_person, referrers
from tests.factories.congress import make_motion
from tests.factories.members import make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

FORM = {"name": "欧阳娜娜", "status": "active", "joined": "2026-09", "employment": "working"}


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def added(client) -> Member:
    response = client.post("/members/new/", FORM)
    assert response.status_code == 302
    return Member.objects.get(name="欧阳娜娜")


def undo_address(client, url: str) -> str:
    (message,) = client.get(url).context["messages"]
    return message.extra_tags.removeprefix("undo:")


def test_who_was_added_a_moment_ago_is_taken_out_at_one_click(chair):
    member = added(chair)
    address = undo_address(chair, member.get_absolute_url())
    response = chair.post(address, follow=True)
    assert "撤销了：欧阳娜娜不在名册里了" in response.text
    assert not Member.objects.filter(name="欧阳娜娜").exists()
    entry = AuditEntry.objects.get(act="members.drop_member")
    assert (entry.target_name, entry.changes) == ("欧阳娜娜", {"reason": "刚记就撤销"})


def test_another_one_or_later_or_after_a_change_does_not_undo_it(chair, log_in, monkeypatch):
    member = added(chair)
    url = f"/members/{member.pk}/undo/"
    assert "不是您刚才加的" in log_in(Role.CHAIR).post(url, follow=True).text
    now = timezone.now() + timedelta(minutes=31)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        assert "加好超过 30 分钟" in chair.post(url, follow=True).text
    member.hobbies = "书法"
    actions.update_member(member=member, by=chair.user)
    assert "加好以后又改过欧阳娜娜的资料" in chair.post(url, follow=True).text
    assert Member.objects.filter(pk=member.pk).exists()


def test_an_entry_on_which_nothing_hangs_is_deleted_for_a_reason(chair):
    group = make_group()
    member = make_member("欧阳娜娜", group=group, employment="working")
    url = f"/members/{member.pk}/drop/"
    assert url in chair.get(f"/members/{member.pk}/edit/").text
    assert chair.get(url).status_code == 200
    assert "写上为什么删掉" in chair.post(url, {"reason": ""}).text
    response = chair.post(url, {"reason": "加重了"}, follow=True)
    assert "删掉了：欧阳娜娜，名册里没有这个人了" in response.text
    assert not Member.objects.filter(pk=member.pk).exists()
    assert not group.assignments.exists()
    entry = AuditEntry.objects.get(act="members.drop_member")
    assert (entry.actor, entry.changes) == (chair.user, {"reason": "加重了"})


def test_what_hangs_on_the_entry_is_told_and_nothing_is_deleted(chair):
    member = make_member("欧阳娜娜", employment="working")
    make_visit(member, by=chair.user)
    make_motion(proposer=member)
    member.offices.create(office="women")
    actions.move_member(
        member=member, move="retain", since=date(2026, 1, 1), by=chair.user, note="借调"
    )
    response = chair.post(f"/members/{member.pk}/drop/", {"reason": "加重了"})
    assert response.status_code == 422
    assert "欧阳娜娜名下有职务、慰问、提案、办过的会籍变动，不能删掉。" in response.text
    with pytest.raises(
        RuleBroken, match="欧阳娜娜名下有职务、慰问、提案、办过的会籍变动，不能删掉。"
    ):
        actions.drop_member(member=member, reason="加重了", by=chair.user)
    assert Member.objects.filter(pk=member.pk).exists()


def test_every_record_that_may_hang_on_a_person_has_a_word():
    labels = {model._meta.label_lower for model, _ in referrers(Member)}
    assert labels == PART_OF_IT | HANGING.keys()


def test_what_hangs_is_asked_in_few_queries(chair, django_assert_num_queries):
    member = make_member()
    with django_assert_num_queries(2):
        assert hanging_on_person(member) == []


@pytest.fixture
def holding():
    return make_member("曾晓燕").offices.create(office="women", start=date(2021, 1, 1))


def ended(client, holding, last_day="2026-03-08") -> str:
    client.post(f"/organisation/offices/{holding.pk}/end/", {"last_day": last_day})
    return undo_address(client, "/organisation/offices/")


def test_an_office_that_was_ended_by_mistake_goes_on_at_one_click(chair, holding):
    response = chair.post(ended(chair, holding), follow=True)
    assert "撤销了：曾晓燕的女工委员和以前一样" in response.text
    holding.refresh_from_db()
    assert holding.end is None
    entry = AuditEntry.objects.get(act="members.resume_office")
    assert entry.changes["end"] == ["2026-03-08", None]
    again = chair.post(f"/organisation/offices/{holding.pk}/end/undo/", follow=True)
    assert "曾晓燕的女工委员后来又改过，不能撤销。" in again.text


def test_an_end_is_taken_back_by_whom_it_was_given_and_soon(chair, holding, log_in, monkeypatch):
    address = ended(chair, holding)
    assert "不是您刚才结束的" in log_in(Role.CHAIR).post(address, follow=True).text
    now = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert "办过超过 30 分钟" in chair.post(address, follow=True).text
    holding.refresh_from_db()
    assert holding.end == date(2026, 3, 8)


def test_an_office_that_someone_took_over_does_not_come_back(log_in):
    admin, chair = log_in(Role.ADMIN), make_user(Role.CHAIR).member.offices.get()
    make_user(Role.ADMIN)
    address = ended(admin, chair, "2026-03-08")
    after = make_member("接任").offices.create(office="chair", start=date(2026, 3, 9))
    assert "接任已经接任工会主席，不能撤销。" in admin.post(address, follow=True).text
    chair.refresh_from_db()
    assert (chair.end, after.end) == (date(2026, 3, 8), None)
