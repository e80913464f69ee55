"""Changing one person in the browser: from which day on, and beside others who do the same."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.models import Member, Membership
from tests.factories.members import make_group, make_member
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

FORM = {
    "name": "曾晓燕",
    "gender": "female",
    "staff_no": "1001",
    "phone": "13800000000",
    "status": "active",
    "joined": "2009-09",
    "employment": "working",
    "birth": "1986-04",
}


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def test_member_update_shows_what_is_stored_and_moves_from_the_day_on(chair):
    old, new = make_group("旧小组"), make_group("新小组")
    member = make_member(
        "曾晓燕",
        staff_no="1001",
        group=old,
        employment="working",
        birth=date(1986, 1, 1),
        birth_precision="year",
    )
    url = f"{member.get_absolute_url()}edit/"
    form = chair.get(url).context["form"]
    assert form["birth"].value() == "1986"
    assert form["joined"].value() == "2020-09-01"
    assert form["group"].value() == old.pk
    data = FORM | {"joined": "2020-09", "group": new.pk, "since": "2026-03-01"}
    response = chair.post(url, data, follow=True)
    assert "改好了：曾晓燕" in response.text
    assert list(member.group_assignments.values_list("group", "start", "end")) == [
        (old.pk, date(2020, 9, 1), date(2026, 2, 28)),
        (new.pk, date(2026, 3, 1), None),
    ]
    assert member.memberships.values_list("start", "start_precision", "end").get() == (
        date(2020, 9, 1),
        "month",
        None,
    )
    member.refresh_from_db()
    assert (member.birth, member.birth_precision) == (date(1986, 4, 1), "month")


def page_of(client, url: str) -> dict:
    """What a browser holds once it has loaded the form: shown values and hidden ones."""
    form = client.get(url).context["form"]
    shown = {field.html_name: field.value() for field in form}
    return {n: "" if value is None else value for n, value in shown.items()} | seen_by(form)


def seen_by(form) -> dict[str, str]:
    """What the page's hidden fields send; one without a value sends an empty text."""
    return dict(re.findall(r'name="(initial-\w+)"(?: value="([^"]*)")?', "".join(form.seen)))


def test_two_who_have_the_same_page_open_keep_each_others_changes(log_in):
    first, second = log_in(Role.CHAIR), log_in(Role.ORGANISATION)
    old, new = make_group(), make_group()
    member = make_member(
        "曾晓燕", phone="13800000000", title="一级教师", group=old, employment="working"
    )
    url = f"{member.get_absolute_url()}edit/"
    one, other = page_of(first, url), page_of(second, url)
    first.post(url, one | {"phone": "13900000000", "group": new.pk, "since": "2026-03-01"})
    response = second.post(url, other | {"title": "高级教师", "since": "2026-03-02"})
    assert response.status_code == 302
    member.refresh_from_db()
    assert (member.phone, member.title) == ("13900000000", "高级教师")
    assert list(member.group_assignments.values_list("group", "end")) == [
        (old.pk, date(2026, 2, 28)),
        (new.pk, None),
    ]


@pytest.mark.parametrize(
    ("field", "first", "second", "sentence"),
    [
        ("title", "甲", "乙", "职称刚被改成“甲”了，还要按这里写的改，就再保存一次。"),
        ("title", "", "乙", "职称刚被清空了，还要按这里写的改，就再保存一次。"),
        ("birth", "1986-05", "1986-06", "出生日期刚被改成“1986-05”了，"),
        ("is_teacher", "True", "", "专任教师刚被改成“是”了，"),
        ("note", "长" * 40, "短", f"备注刚被改了，现在是：\n{'长' * 40}\n还要"),
    ],
)
def test_who_changes_what_another_one_just_changed_is_told(chair, field, first, second, sentence):
    member = make_member("曾晓燕", title="一级", is_teacher=False, birth=date(1986, 4, 1))
    url = f"{member.get_absolute_url()}edit/"
    page = page_of(chair, url)
    assert chair.post(url, page | {field: first}).status_code == 302
    response = chair.post(url, page | {field: second})
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)
    assert form[field].value() == second
    again = page | seen_by(form) | {field: second}
    assert again[f"initial-{field}"] == first
    assert chair.post(url, again).status_code == 302
    assert page_of(chair, url)[field] == second


def test_who_changes_the_group_that_another_one_just_changed_is_told_its_name(chair):
    member = make_member("曾晓燕", group=make_group("语文组"))
    url = f"{member.get_absolute_url()}edit/"
    page = page_of(chair, url) | {"since": "2026-03-01"}
    chair.post(url, page | {"group": make_group("数学组").pk})
    response = chair.post(url, page | {"group": make_group("英语组").pk})
    assert response.status_code == 422
    assert "工会小组刚被改成“数学组”了，" in response.text


def test_two_who_change_a_field_to_the_same_agree(chair):
    member = make_member("曾晓燕", title="一级教师")
    url = f"{member.get_absolute_url()}edit/"
    page = page_of(chair, url) | {"title": "高级教师"}
    assert [chair.post(url, page).status_code for _ in range(2)] == [302, 302]


def test_a_phone_that_someone_else_has_is_asked_about_and_kept_with_a_tick(chair):
    member, there = make_member("曾晓燕"), make_member("甲一", phone="13800000000")
    url = f"{member.get_absolute_url()}edit/"
    page = page_of(chair, url) | {"phone": "138 0000 0000"}
    response = chair.post(url, page)
    assert response.status_code == 422
    told = "看看手机写对没有；两个人合用的话勾上，再存一次。"
    assert response.context["form"].errors == {"another": [told]}
    assert "这个手机已经有人用：" in response.text
    assert f'<a href="{there.get_absolute_url()}">甲一</a>' in response.text
    assert chair.post(url, page | {"another": "on"}).status_code == 302
    assert chair.post(url, page_of(chair, url) | {"title": "高级教师"}).status_code == 302


def test_a_page_that_nobody_touched_changes_nothing(chair):
    member = make_member(
        "曾晓燕", birth=date(1986, 4, 1), birth_precision="month", group=make_group()
    )
    url = f"{member.get_absolute_url()}edit/"
    page = page_of(chair, url)
    entries = AuditEntry.objects.count()
    assert chair.post(url, page).status_code == 302
    assert AuditEntry.objects.count() == entries


def test_a_page_can_empty_what_it_showed(chair):
    member = make_member(
        "曾晓燕", title="一级教师", phone="13800000000", birth=date(1986, 4, 1), group=make_group()
    )
    url = f"{member.get_absolute_url()}edit/"
    emptied = {"title": "", "birth": "", "group": "", "since": "2026-03-01"}
    chair.post(url, page_of(chair, url) | emptied)
    member.refresh_from_db()
    assert (member.title, member.birth, member.phone) == ("", None, "13800000000")
    assert member.group_assignments.get().end == date(2026, 2, 28)
    assert member.memberships.get().end is None


def test_a_page_that_was_refused_still_knows_what_it_showed(chair):
    member = make_member("曾晓燕", title="一级教师")
    url = f"{member.get_absolute_url()}edit/"
    page = page_of(chair, url)
    Member.objects.filter(pk=member.pk).update(title="高级教师")
    response = chair.post(url, page | {"name": ""})
    assert response.status_code == 422
    assert 'name="initial-title" value="一级教师"' in response.text


@pytest.mark.parametrize(
    ("since", "text"),
    [
        ("2006-03-01", "是从2020年9月1日起的，变动日期 2006-03-01 比它早。"),
        ("2999-03-01", "变动日期 2999-03-01 还没到，到了那天再改。"),
    ],
)
def test_member_update_refuses_a_day_that_would_rewrite_the_past_or_lies_ahead(chair, since, text):
    member = make_member("曾晓燕", group=make_group())
    url = f"{member.get_absolute_url()}edit/"
    data = page_of(chair, url) | {"group": make_group().pk, "title": "新", "since": since}
    response = chair.post(url, data)
    assert response.status_code == 422
    assert text in response.text
    assert member.group_assignments.get().end is None
    assert Member.objects.get(pk=member.pk).title == ""


def test_member_update_shows_what_is_so_today_and_nothing_that_lies_ahead(chair):
    ahead = timezone.localdate() + timedelta(days=30)
    now, then = make_group(), make_group()
    member = make_member("曾晓燕", group=now)
    member.group_assignments.update(end=ahead - timedelta(days=1))
    member.group_assignments.create(group=then, start=ahead)
    url = f"{member.get_absolute_url()}edit/"
    assert chair.get(url).context["form"]["group"].value() == now.pk


def test_the_membership_changes_by_its_moves_alone(chair):
    """A page that says otherwise, as an old tab may, is not heard."""
    member = make_member("曾晓燕", employment="working")
    url = f"{member.get_absolute_url()}edit/"
    data = page_of(chair, url) | {"status": "", "employment": "retired", "since": "2026-03-01"}
    assert chair.post(url, data).status_code == 302
    assert (member.memberships.get().end, member.employments.get().end) == (None, None)


@pytest.mark.parametrize(
    ("status", "work", "offered"),
    [
        ("active", None, ["", "working"]),
        ("active", "left", ["working", "left"]),
        (None, "working", ["", "working", "retired", "retired_cadre", "early_retired", "left"]),
    ],
)
def test_work_is_written_by_hand_where_no_move_leads(chair, status, work, offered):
    joined = date(2020, 9, 1) if status else None
    member = make_member("曾晓燕", status=status, joined=joined, employment=work)
    form = chair.get(f"{member.get_absolute_url()}edit/").context["form"]
    assert [value for value, _ in form.fields["employment"].choices] == offered
    assert ("joined" in form.fields) == bool(status)


def test_member_update_refuses_joined_after_the_membership_was_over(chair):
    member = make_member("曾晓燕", staff_no="1001")
    actions.end_dated(model=Membership, member=member, since=date(2022, 1, 1), by=None)
    data = FORM | {"joined": "2023-01-01", "since": "2026-03-01"}
    response = chair.post(f"{member.get_absolute_url()}edit/", data)
    assert response.status_code == 422
    assert "入会时间 2023-01-01 晚于这段会籍结束的 2021-12-31，改成之前的日期。" in response.text
