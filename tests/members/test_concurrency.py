"""Two people save the same record in the same moment, each over a connection of their own."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.test import Client
from django.urls import get_resolver

from members.forms.people import MemberUpdateForm
from members.models import Member, UnionGroup
from tests.factories.at_once import at_once, shared_database
from tests.factories.members import make_group, make_member, make_office, make_user
from unionoffice.concurrent import ConcurrentForm
from unionoffice.models import AuditEntry
from unionoffice.roles import Role


@pytest.fixture
def two(transactional_db, tmp_path, monkeypatch):
    """Two officers in two browsers, whose forms are both looked through before either is saved,
    where nothing makes one of them wait."""
    with shared_database(tmp_path):
        make_office()
        both = Barrier(2)

        def meeting(clean):
            def checked(form):
                data = clean(form)
                with suppress(BrokenBarrierError):
                    both.wait(timeout=1.5)
                return data

            return checked

        for form in (ConcurrentForm, MemberUpdateForm):
            monkeypatch.setattr(form, "clean", meeting(form.clean))
        clients = Client(), Client()
        for client in clients:
            user = make_user(Role.CHAIR)
            client.force_login(user, backend="members.backends.RoleBackend")
        yield clients


def saved_at_once(clients, url: str, data: dict, field: str, values) -> list:
    acts = [
        lambda c=client, v=value: c.post(url, data | {field: v})
        for client, value in zip(clients, values, strict=True)
    ]
    return sorted(at_once(*acts), key=lambda page: page.status_code)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rename_a_group_at_once_the_second_is_asked(two):
    group = make_group("语文组")
    url = f"/organisation/groups/{group.pk}/edit/"
    seen = two[0].get(url).context["form"]["seen"].value()
    data = {"kind": "group", "order": "0", "seen": seen}
    first, second = saved_at_once(two, url, data, "name", ["语文一组", "语文二组"])
    assert (first.status_code, second.status_code) == (302, 422)
    name = UnionGroup.objects.get().name
    assert second.context["form"].errors["name"] == [
        f"名称刚被改成“{name}”了，还要按这里写的改，就再保存一次。"
    ]
    assert AuditEntry.objects.filter(act="members.update_group").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_a_person_at_once_the_second_is_asked(two):
    member = make_member("甲一", title="二级教师")
    url = f"/members/{member.pk}/edit/"
    form = two[0].get(url).context["form"]
    data = {"name": "甲一", "since": form["since"].value()}
    data |= {"initial-name": "甲一", "initial-title": "二级教师"}
    first, second = saved_at_once(two, url, data, "title", ["一级教师", "高级教师"])
    assert (first.status_code, second.status_code) == (302, 422)
    title = Member.objects.get(pk=member.pk).title
    assert f"刚被改成“{title}”了" in second.context["form"].errors["title"][0]


def test_every_form_that_asks_before_it_writes_over_makes_the_second_wait():
    views = [
        pattern.callback
        for _, resolver in get_resolver().namespace_dict.values()
        for pattern in resolver.url_patterns
        if pattern.callback and pattern.callback.__name__.endswith("_update")
    ]
    of_one_user = {
        "members.views.saved_views",
        "members.views.private",
        "unionoffice.views",
    }
    without = {view.__module__ for view in views if not hasattr(view, "in_turn")}
    assert without <= of_one_user
    assert len(views) > 15
