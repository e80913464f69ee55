"""An administrator looks at the pages as another role: only looks, and not at everything."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.members import LONG_AGO, make_department, make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.models import AuditEntry
from unionoffice.roles import GRANTS, SENSITIVE, Role, permissions_seen_as

BANNER = "现在以<b>{}</b>的身份查看，只能看，不能改"


@pytest.fixture
def admin(log_in):
    return log_in(Role.ADMIN)


def see_as(client, role: Role, place=None):
    """The leader of a group, the head of a department: of `place`, else of a new one."""
    new = {Role.GROUP_LEADER: make_group, Role.DEPARTMENT_HEAD: make_department}.get(role)
    place = place or (new and new())
    chosen = {"role": role.value, "place": place.pk if place else ""}
    client.place = place
    return client.post("/see-as/start/", chosen, follow=True)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.GROUP_LEADER, Role.HIGHER_UNION])
def test_every_page_says_so_and_shows_what_the_role_sees(admin, role):
    page = see_as(admin, role)
    label = f"{admin.place}的{role.label}" if admin.place else role.label
    assert BANNER.format(label) in page.text
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


def told_of_looking() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(act__endswith="see_as").order_by("number")
    return [(entry.act, entry.changes["told"]) for entry in entries]


@pytest.fixture
def at_ten(monkeypatch):
    """Half past ten in Shanghai; called with another time, that one."""

    def turn_to(hour: int, minute: int) -> None:
        now = timezone.localtime(timezone.now()).replace(hour=hour, minute=minute)
        monkeypatch.setattr(timezone, "now", lambda: now)

    turn_to(10, 30)
    return turn_to


def test_beginning_and_end_are_on_record_with_the_latest_time_it_can_end(admin, at_ten):
    see_as(admin, Role.TREASURER)
    admin.post("/see-as/end/")
    see_as(admin, Role.GROUP_LEADER, make_group("第三工会小组"))
    admin.post("/logout/")
    assert told_of_looking() == [
        ("members.start_see_as", "财务委员，最晚到 11:30"),
        ("members.end_see_as", "财务委员"),
        ("members.start_see_as", "第三工会小组的工会小组长，最晚到 11:30"),
        ("members.end_see_as", "第三工会小组的工会小组长"),
    ]
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {admin.user.pk}


def test_the_audit_list_says_as_whom_and_until_when(admin, at_ten):
    see_as(admin, Role.GROUP_LEADER, make_group("第三工会小组"))
    admin.post("/see-as/end/")
    assert "以别的身份查看（第三工会小组的工会小组长，最晚到 11:30）" in admin.get("/audit/").text


def test_after_the_time_that_the_record_tells_the_pages_are_the_own_ones_again(admin, at_ten):
    see_as(admin, Role.CHAIR)
    at_ten(11, 29)
    assert BANNER.format("工会主席") in admin.get("/").text
    at_ten(11, 30)
    page = admin.get("/")
    assert "以“工会主席”的身份查看到时间了，现在是您自己的页面" in page.text
    assert BANNER.format("工会主席") not in page.text
    assert "see_as" not in admin.session


def test_a_form_opened_before_the_time_was_over_writes_nothing(admin, at_ten):
    see_as(admin, Role.CHAIR)
    at_ten(12, 0)
    assert admin.post("/settings/", {"school_name": "示例市第九中学"}).status_code == 403


def test_the_leader_of_a_group_is_seen_with_the_people_of_that_group_and_no_one_else(admin):
    group = make_group("第三工会小组")
    make_member("曾晓燕", group=group)
    make_member("单雄信", group=make_group("第四工会小组"))
    see_as(admin, Role.GROUP_LEADER, group)
    page = admin.get("/members/").text
    assert "曾晓燕" in page
    assert "单雄信" not in page
    assert f'/members/{admin.user.member_id}/"' not in page
    assert admin.get(f"/organisation/groups/{group.pk}/").status_code == 200
    assert "单雄信" not in admin.get("/find/?q=单雄").text


def test_the_own_group_of_the_administrator_is_not_the_one_that_is_looked_at(admin):
    own = make_group("自己带的小组")
    admin.user.member.offices.create(office="group_leader", group=own, start=LONG_AGO)
    make_member("曾晓燕", group=own)
    see_as(admin, Role.GROUP_LEADER, make_group("第三工会小组"))
    assert "曾晓燕" not in admin.get("/members/").text


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.ADMIN, Role.HIGHER_UNION, Role.COLLEAGUE}]
)
def test_who_holds_an_office_is_a_member_as_well(role):
    assert "congress.submit_motion" in permissions_seen_as(role)


@pytest.mark.parametrize(
    ("role", "word"), [(Role.GROUP_LEADER, "工会小组"), (Role.DEPARTMENT_HEAD, "部门")]
)
@pytest.mark.parametrize("place", ["", "zz", "999999", "9" * 30])
def test_a_role_of_one_place_asks_for_the_place(admin, role, word, place):
    chosen = {"role": role.value, "place": place}
    page = admin.post("/see-as/start/", chosen, follow=True).text
    assert word in page
    assert "只能看，不能改</span>" not in page
    assert told_of_looking() == []


def test_a_dissolved_group_is_not_offered(admin):
    group = make_group("撤了的小组")
    group.last_day = timezone.localdate() - timedelta(days=1)
    group.save()
    assert "撤了的小组" not in admin.get("/see-as/").text
    assert BANNER[:4] not in see_as(admin, Role.GROUP_LEADER, group).text


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
