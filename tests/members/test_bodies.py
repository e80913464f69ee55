"""领导小组、工作小组: who stands in which, from when to when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.actions import bodies as actions
from members.exporters.bodies import seats_document
from members.models import WorkingGroup, WorkingGroupSeat
from members.own_data import own_data
from members.queries.bodies import former_seats, seats_on
from tests.factories.bodies import LONG_AGO, make_seat, make_working_group
from tests.factories.forms import posted_back
from tests.factories.members import make_member, make_user
from unionoffice.documents.outline import missing
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.periods import chinese_date
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST, NEW = reverse("members:working_group_list"), reverse("members:working_group_create")


def url(name: str, row) -> str:
    return reverse(f"members:{name}", args=[row.pk])


def seated(body: WorkingGroup, day: date | None = None) -> list[tuple[str, str]]:
    rows = seats_on(body, day or timezone.localdate())
    return [(str(one.member), one.role) for one in rows]


def test_one_is_set_up_with_its_people_the_head_first(log_in):
    client = log_in(Role.ORGANISATION)
    for name in ("王芳", "李静", "陈刚"):
        make_member(name)
    form = {
        "name": "师德建设工作领导小组",
        "start": "2025-03-01",
        "document_number": "校发〔2025〕3号",
    }
    client.post(NEW, form)
    body = WorkingGroup.objects.get()
    put = {"names": "李静、陈刚", "role": "member", "start": "2025-03-01"}
    page = client.post(url("seat_create", body), put, follow=True)
    assert "放进来了：李静（成员）、陈刚（成员）" in page.content.decode()
    client.post(url("seat_create", body), put | {"names": "王芳", "role": "head"})
    assert seated(body) == [("王芳", "head"), ("李静", "member"), ("陈刚", "member")]
    listed = client.get(LIST).context["rows"]
    assert [(str(one), heads, people) for one, heads, people in listed] == [
        ("师德建设工作领导小组", "王芳", 3)
    ]
    assert client.get(LIST + "?q=陈刚").context["rows"] == listed


def test_who_becomes_something_else_was_the_other_until_the_day_before():
    body, member = make_working_group(), make_member("王芳")
    make_seat(body, member, "member")
    make_seat(body, member, "head", date(2025, 9, 1))
    assert seated(body, date(2025, 8, 31)) == [("王芳", "member")]
    assert seated(body, date(2025, 9, 1)) == [("王芳", "head")]
    with pytest.raises(RuleBroken, match="这些人都已经在里面，没有要改的。"):
        make_seat(body, member, "head", date(2025, 9, 2))


def test_somebody_leaves_or_was_put_in_by_mistake(log_in):
    body = make_working_group()
    leaves, mistake = make_seat(body, make_member("王芳")), make_seat(body, make_member("李静"))
    client = log_in(Role.CHAIR)
    client.post(url("seat_end", leaves), {"last_day": "2025-06-30"})
    client.post(url("seat_drop", mistake))
    assert seated(body) == []
    assert seated(body, date(2025, 6, 30)) == [("王芳", "member")]
    assert [str(one.member) for one in former_seats(body, timezone.localdate())] == ["王芳"]
    again = client.post(url("seat_end", leaves), {"last_day": "2025-07-01"}, follow=True)
    assert "王芳已经不在里面了。" in again.content.decode()
    assert "写上最后一天。" in client.post(url("seat_end", leaves), {}, follow=True).text


def test_a_dissolved_one_keeps_its_people_and_can_come_back(log_in):
    body = make_working_group("调解领导小组")
    make_seat(body, make_member("王芳"), "head")
    client = log_in(Role.CHAIR)
    client.post(url("working_group_dissolve", body), {"last_day": "2025-12-31"})
    body.refresh_from_db()
    assert body.end == date(2025, 12, 31)
    assert client.get(LIST).context["rows"] == []
    rows = client.get(LIST + "?state=dissolved").context["rows"]
    assert [(str(one), heads, people) for one, heads, people in rows] == [
        ("调解领导小组", "王芳", 1)
    ]
    put = {"names": "王芳", "role": "head", "start": "2025-05-01"}
    refused = client.post(url("seat_create", body), put, follow=True)
    assert "调解领导小组撤销了，要放人进来先恢复。" in refused.content.decode()
    client.post(url("working_group_restore", body))
    assert seated(body) == [("王芳", "head")]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("seat_create", {"names": "没有这人"}, "名册里没有“没有这人”，写全名或工号。"),
        ("seat_create", {"names": ""}, "写上是谁。"),
        ("seat_create", {"start": "2020-01-01"}, "2024年1月1日才成立，日子不能更早。"),
        ("seat_create", {"start": "2999-01-01"}, "日子写到今天为止。"),
        ("seat_create", {"role": "king"}, "没有这一种，重新选。"),
        ("working_group_dissolve", {"last_day": "2020-01-01"}, "才成立，日子不能更早。"),
        ("working_group_dissolve", {"last_day": ""}, "写上最后一天。"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(name, values, said, log_in):
    make_member("王芳")
    body = make_working_group()
    sent = {"names": "王芳", "role": "member", "start": "2025-01-01", "last_day": "2025-01-01"}
    page = log_in(Role.CHAIR).post(url(name, body), sent | values)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not WorkingGroupSeat.objects.exists()


def test_the_day_it_was_set_up_is_not_after_its_people(log_in):
    body = make_working_group("调解领导小组")
    make_seat(body, make_member("王芳"))
    client = log_in(Role.CHAIR)
    page = client.get(url("working_group_update", body))
    sent = posted_back(page) | {"start": f"{LONG_AGO + timedelta(days=1)}"}
    refused = client.post(url("working_group_update", body), sent)
    assert "王芳在这以前就在里面，成立的日子写那天或更早。" in refused.content.decode()
    client.post(url("working_group_update", body), posted_back(page) | {"duty": "调解劳动争议。"})
    assert AuditEntry.objects.get(act="members.update_working_group").changes == {
        "duty": ["", "调解劳动争议。"]
    }


def test_of_one_name_there_is_one_at_a_time(log_in):
    make_working_group("调解领导小组")
    page = log_in(Role.CHAIR).post(NEW, {"name": "调解领导小组", "start": "2025-01-01"})
    assert "已经有“调解领导小组”，换一个名称，或者先撤销那一个。" in page.content.decode()


def test_the_paper_names_who_is_what_and_what_is_missing():
    body = make_working_group("师德建设工作领导小组", duty="抓师德。")
    office, today = Office.objects.get(), date(2026, 1, 1)
    assert missing(seats_document(body, [], office, today)) == ["组成人员"]
    make_seat(body, make_member("王芳", post="校长"), "head")
    document = seats_document(body, seats_on(body, today), office, today)
    assert document.name == "师德建设工作领导小组组成人员"
    assert document.blocks[1].rows == (("组长", "王芳", "校长"),)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_paper_is_for_everyone_who_sees_the_organisation(kind, log_in):
    seat = make_seat()
    answer = log_in(Role.MEMBER).get(
        url("working_group_export", seat.working_group), {"format": kind}
    )
    assert len(answer.getvalue()) > 1000


def test_nobody_else_changes_them(log_in):
    seat = make_seat()
    client = log_in(Role.MEMBER)
    for name, row in (("seat_drop", seat), ("working_group_dissolve", seat.working_group)):
        assert client.post(url(name, row)).status_code == 403
    assert "放人进来" not in client.get(seat.working_group.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_at_any_length(rows, log_in, django_assert_num_queries):
    for _ in range(rows):
        make_seat()
    client = log_in(Role.CHAIR)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_it_stands_among_what_is_stored_about_the_person():
    member = make_member()
    make_seat(make_working_group("调解领导小组"), member, "head")
    section = next(one for one in own_data(member) if one.title == "领导小组、工作小组")
    assert section.rows == (("调解领导小组", "组长", LONG_AGO, None),)


def test_who_stands_in_one_is_told_by_who_takes_it_away():
    seat, by = make_seat(member=make_member("王芳")), make_user(Role.CHAIR)
    actions.drop_seat(seat=seat, by=by)
    entry = AuditEntry.objects.get(act="members.drop_seat")
    assert (entry.changes["told"], entry.actor) == ("王芳", by)


# What was just done is taken back


def undo_of(page) -> str:
    (message,) = page.context["messages"]
    return message.extra_tags.removeprefix("undo:")


def test_people_who_were_put_in_or_changed_are_as_before(log_in):
    body, one = make_working_group(), make_member("王芳")
    make_seat(body, one)
    make_member("李静")
    client = log_in(Role.CHAIR)
    put = {"names": "王芳、李静", "role": "head", "start": "2025-09-01"}
    page = client.post(url("seat_create", body), put, follow=True)
    assert seated(body) == [("王芳", "head"), ("李静", "head")]
    done = client.post(undo_of(page), follow=True)
    assert "撤销了，和刚才改以前一样。" in done.content.decode()
    assert list(body.seats.values_list("member", "role", "start", "end")) == [
        (one.pk, "member", LONG_AGO, None)
    ]


@pytest.mark.parametrize(
    ("name", "sent"), [("seat_end", {"last_day": "2025-06-30"}), ("seat_drop", {})]
)
def test_who_left_or_was_taken_out_is_in_it_again(name, sent, log_in):
    body = make_working_group()
    seat = make_seat(body, make_member("王芳"))
    make_seat(body, make_member("李静"))
    client = log_in(Role.CHAIR)
    page = client.post(url(name, seat), sent, follow=True)
    assert seated(body) == [("李静", "member")]
    address = undo_of(page)
    refused = log_in(Role.CHAIR).post(address, follow=True)
    assert "只有改的人自己在 30 分钟里能撤销" in refused.content.decode()
    client.post(address)
    assert seated(body) == [("王芳", "member"), ("李静", "member")]
    again = client.post(address, follow=True)
    assert "后来又改过，不能撤销了" in again.content.decode()


def test_who_leaves_today_is_in_it_today_with_that_day(log_in):
    body, today = make_working_group(), timezone.localdate()
    seat, client = make_seat(body, make_member("王芳")), log_in(Role.CHAIR)
    page = client.post(url("seat_end", seat), {"last_day": f"{today}"}, follow=True)
    text = page.content.decode()
    assert f"王芳在{body}到{chinese_date(today)}为止。" in text
    assert f"至 {today}" in text
    assert "王芳的最后一天" not in text


def test_one_that_was_only_set_up_goes_again_until_somebody_is_in_it(log_in):
    client = log_in(Role.ORGANISATION)
    page = client.post(NEW, {"name": "调解领导小组", "start": "2025-03-01"}, follow=True)
    address, body = undo_of(page), WorkingGroup.objects.get()
    make_seat(body, make_member("王芳"), start=date(2025, 3, 1))
    refused = client.post(address, follow=True)
    assert "后来又改过，不能撤销了" in refused.content.decode()
    again = client.post(NEW, {"name": "安全领导小组", "start": "2025-03-01"}, follow=True)
    client.post(undo_of(again))
    assert list(WorkingGroup.objects.all()) == [body]
    assert AuditEntry.objects.get(act="members.drop_working_group").target_name == "安全领导小组"


def test_who_left_on_the_day_it_was_dissolved_does_not_come_back_with_it(log_in):
    body = make_working_group()
    gone = make_seat(body, make_member("李静"))
    make_seat(body, make_member("王芳"))
    client = log_in(Role.CHAIR)
    client.post(url("seat_end", gone), {"last_day": "2025-12-31"})
    client.post(url("working_group_dissolve", body), {"last_day": "2025-12-31"})
    found = client.get(LIST + "?state=dissolved&q=王芳").context["rows"]
    assert [one for one, _, _ in found] == [body]
    client.post(url("working_group_restore", body))
    assert seated(body) == [("王芳", "member")]


def test_the_search_box_of_the_office_finds_one(log_in):
    body = make_working_group("师德建设工作领导小组")
    page = log_in(Role.MEMBER).get(reverse("unionoffice:find"), {"q": "师德建设"})
    assert body.get_absolute_url() in page.content.decode()


def test_a_list_of_an_earlier_day_finds_who_was_in_it_then(log_in):
    body = make_working_group()
    row = make_seat(body, make_member("王芳"))
    actions.unseat(seat=row, last_day=date(2025, 6, 30), by=None)
    make_seat(body, make_member("李静"), "member", date(2025, 9, 1))
    client = log_in(Role.CHAIR)

    def found(words: str) -> int:
        return len(client.get(f"{LIST}?on=2025-06-01&q={words}").context["rows"])

    assert (found("王芳"), found("李静")) == (1, 0)
