"""An administrator looks at the pages as another role: only looks, and not at everything."""

import pytest

from tests.factories.members import make_user
from tests.factories.welfare import make_visit
from unionoffice.models import AuditEntry
from unionoffice.roles import GRANTS, SENSITIVE, Role, permissions_seen_as

BANNER = "现在以<b>{}</b>的身份查看，只能看，不能改"


@pytest.fixture
def admin(log_in):
    return log_in(Role.ADMIN)


def see_as(client, role: Role):
    return client.post("/see-as/start/", {"role": role.value}, follow=True)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.GROUP_LEADER, Role.HIGHER_UNION])
def test_every_page_says_so_and_shows_what_the_role_sees(admin, role):
    page = see_as(admin, role)
    assert BANNER.format(role.label) in page.text
    assert (admin.get("/members/").status_code == 200) is (role in GRANTS["members.view_members"])
    assert admin.get("/audit/").status_code == (200 if role == Role.CHAIR else 403)
    assert admin.get("/see-as/").status_code == 403


def test_after_leaving_the_pages_are_the_own_ones_again(admin):
    see_as(admin, Role.MEMBER)
    page = admin.post("/see-as/end/", follow=True)
    assert "退出查看了，现在是您自己的页面" in page.text
    assert BANNER.format("会员") not in page.text
    assert admin.get("/audit/").status_code == 200


def test_nothing_can_be_written(admin):
    see_as(admin, Role.CHAIR)
    before = AuditEntry.objects.count()
    for url in ("/members/new/", "/settings/", "/me/edit/", "/password/", "/see-as/start/"):
        response = admin.post(url, {"name": "曾晓燕", "role": "chair"})
        assert response.status_code == 403
        assert "现在以“工会主席”的身份查看，只能看，不能改。退出查看以后再来办。" in response.text
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_no_role_opens_what_is_sensitive(admin, role):
    visit = make_visit(by=make_user(Role.CHAIR))
    see_as(admin, role)
    for url in ("/welfare/", f"/welfare/{visit.pk}/", "/welfare/new/", "/welfare/export/"):
        assert admin.get(url).status_code in (403, 404)
    assert not SENSITIVE & permissions_seen_as(role)
    assert AuditEntry.objects.filter(act__startswith="welfare.view").count() == 0


def test_what_leaves_a_trace_when_looked_at_is_sensitive():
    """Views that record each look ask for a permission that no one gets in this way."""
    assert {name for name in GRANTS if name.startswith("welfare.")} <= SENSITIVE
    assert {name for name in GRANTS if name.endswith("_private")} <= SENSITIVE


def test_beginning_and_end_are_on_record(admin):
    see_as(admin, Role.TREASURER)
    admin.post("/see-as/end/")
    see_as(admin, Role.MEMBER)
    admin.post("/logout/")
    entries = AuditEntry.objects.order_by("number").values_list("act", "actor", "changes")
    assert [(act, changes["role"]) for act, _, changes in entries] == [
        ("members.start_see_as", "财务委员"),
        ("members.end_see_as", "财务委员"),
        ("members.start_see_as", "会员"),
        ("members.end_see_as", "会员"),
    ]
    assert {actor for _, actor, _ in entries} == {admin.user.pk}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_the_administrator_does_it(log_in, role):
    client = log_in(role)
    assert client.post("/see-as/start/", {"role": "chair"}).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", ["admin", "nobody", ""])
def test_a_role_that_is_not_there_is_refused(admin, role):
    page = admin.post("/see-as/start/", {"role": role}, follow=True)
    assert "选一个" in page.text
    assert "只能看，不能改</span>" not in page.text


def test_who_is_no_administrator_any_more_sees_the_own_pages_at_once(admin):
    see_as(admin, Role.CHAIR)
    admin.user.member.offices.all().delete()
    response = admin.get("/")
    assert response.status_code == 403
    assert "see_as" not in admin.session
