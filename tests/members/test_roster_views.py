"""The roster, one person, finding and exporting, in the browser."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from members import actions
from members.models import GroupAssignment, Member, Membership
from tests.factories.members import make_department, make_group, make_member
from unionoffice.roles import Role

LIST = "/members/"


def shown(response) -> list[str]:
    return [row["name"] for row in response.context["rows"]]


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.mark.parametrize("members", [1, 3])
def test_member_list_query_count_is_flat(chair, members, django_assert_num_queries):
    for _ in range(members):
        make_member(group=make_group(), department=make_department(), employment="working")
    with django_assert_num_queries(9):
        response = chair.get(LIST)
    assert len(response.context["rows"]) == members


def test_member_list_is_in_the_order_of_pinyin_with_fifty_a_page(chair):
    for name in ("周末", "安一", "曾三"):
        make_member(name)
    for _ in range(48):
        make_member("马中")
    first, second = chair.get(LIST), chair.get(LIST, {"page": 2})
    assert (len(shown(first)), shown(first)[0], shown(second)) == (50, "安一", ["周末"])
    assert "第 1 至 50 人，共 51 人" in first.text


def test_member_list_tells_the_totals_and_counts_the_tabs(chair):
    make_member("甲一", gender="female")
    make_member("乙二", gender="male")
    make_member("丙退休", status="retained")
    make_member("丁调出", status=None, employment="left")
    response = chair.get(LIST)
    assert "在册 2 人，女 1 人，保留会籍 1 人" in response.text
    assert response.context["roster_tabs"] == [
        ("active", "在册", 2),
        ("retained", "保留会籍", 1),
        ("left", "离开", 1),
        ("all", "全部", 5),
    ]
    assert shown(chair.get(LIST, {"tab": "retained"})) == ["丙退休"]
    assert shown(chair.get(LIST, {"tab": "left"})) == ["丁调出"]


def test_member_list_shows_one_person_masked_and_with_what_is_missing(chair):
    make_member(
        "甲一",
        phone="13812344471",
        title="一级教师",
        group=make_group("语文组"),
        joined=date(2009, 9, 1),
    )
    response = chair.get(LIST)
    row = response.context["rows"][0]
    person = Member.objects.get(name="甲一")
    assert row == {
        "pk": person.pk,
        "url": person.get_absolute_url(),
        "name": "甲一",
        "staff_no": person.staff_no,
        "group": "语文组",
        "department": "",
        "post": "一级教师",
        "age": "",
        "joined": "2009-09",
        "phone": "138****4471",
        "offices": None,
        "lacks": ["性别", "出生日期", "部门"],
    }
    assert "13812344471" not in response.text
    assert "缺 3 项" in response.text


def test_member_list_shows_the_offices_of_the_day(chair):
    member = make_member("甲一")
    holding = member.offices.create(office="treasurer", start=date(2021, 1, 1))
    member.offices.create(office="women", start=date(2021, 1, 1))
    assert chair.get(LIST).context["rows"][0]["offices"] == ["财务委员", "女工委员"]
    actions.end_office(holding=holding, last_day=date(2022, 1, 1), by=chair.user)
    rows = chair.get(LIST, {"on": "2022-01-01"}).context["rows"]
    assert rows[0]["offices"] == ["财务委员", "女工委员"]
    rows = chair.get(LIST, {"on": "2022-01-02"}).context["rows"]
    assert rows[0]["offices"] == ["女工委员"]


def test_member_list_can_be_narrowed_down(chair):
    group, department = make_group(), make_department()
    make_member("甲一", gender="female", group=group, employment="working")
    make_member("乙二", gender="male", group=group, department=department)
    make_member("曾三", gender="female", employment="early_retired")

    def found(**filters):
        response = chair.get(LIST, filters)
        assert response.context["page"].paginator.count == len(shown(response))
        return shown(response)

    assert found(group=group.pk) == ["甲一", "乙二"]
    assert found(department=department.pk) == ["乙二"]
    assert found(gender="female") == ["甲一", "曾三"]
    assert found(employment="early_retired") == ["曾三"]
    assert found(q="zs") == ["曾三"]
    assert found(gender="female", group=group.pk) == ["甲一"]
    assert found(q="没有") == []


def test_member_list_shows_the_roster_of_a_past_day(chair):
    old = make_group("旧小组")
    member = make_member("甲一", group=old)
    actions.change_dated(
        model=GroupAssignment,
        member=member,
        since=date(2024, 1, 1),
        by=None,
        group=make_group("新小组"),
    )
    actions.end_dated(model=Membership, member=member, since=date(2025, 1, 1), by=None)
    assert shown(chair.get(LIST)) == []
    response = chair.get(LIST, {"on": "2023-12-31"})
    assert [(row["name"], row["group"]) for row in response.context["rows"]] == [("甲一", "旧小组")]
    assert "2023年12月31日：在册 1 人" in response.text


def test_member_list_shows_who_came_in_a_period(chair):
    make_member("甲一", joined=date(2025, 3, 1))
    make_member("乙二", joined=date(2024, 3, 1))
    response = chair.get(LIST, {"moved": "joined", "period": "2025"})
    assert shown(response) == ["甲一"]
    assert "2025年新入会 <span>1</span>" in response.text


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        ({"on": "2026.13.1"}, "没有这一天，写成 2026-08-31 这样。"),
        ({"moved": "joined", "period": "上古"}, "看不懂期间“上古”"),
        ({"group": "999"}, "999"),
    ],
)
def test_member_list_answers_a_filter_that_it_cannot_read(chair, filters, text):
    make_member("甲一")
    response = chair.get(LIST, filters)
    assert (response.status_code, shown(response)) == (422, [])
    assert text in response.text


def test_member_list_of_a_fresh_office_offers_the_import(chair):
    response = chair.get(LIST)
    assert "名册还是空的" in response.text
    assert reverse("members:roster_import_create") in response.text


def test_member_list_of_a_group_leader_holds_only_the_own_group(log_in):
    group = make_group()
    client = log_in(Role.GROUP_LEADER)
    own = client.user.member.offices.get().group
    make_member("甲组员", group=own)
    make_member("乙旁人", group=group)
    response = client.get(LIST)
    assert shown(response) == ["甲组员"]
    assert "在册 1 人" in response.text
    assert reverse("members:member_create") not in response.text


def test_member_detail_is_hidden_from_the_leader_of_another_group(log_in):
    client = log_in(Role.GROUP_LEADER)
    other = make_member("乙旁人", group=make_group())
    assert client.get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_member_detail_query_count_is_flat(chair, rows, django_assert_num_queries):
    member = make_member("甲一", group=make_group())
    for number in range(rows - 1):
        actions.change_dated(
            model=GroupAssignment,
            member=member,
            since=date(2021 + number, 1, 1),
            by=None,
            group=make_group(),
        )
        member.offices.create(office="women", group=make_group())
    chair.get(member.get_absolute_url())  # the first look of a day is put on record
    with django_assert_num_queries(21):
        response = chair.get(member.get_absolute_url())
    assert len(response.context["group_assignments"]) == rows


def test_member_detail_tells_the_history(chair):
    member = make_member("甲一", birth=date(1986, 4, 1), birth_precision="month")
    actions.change_dated(
        model=Membership, member=member, since=date(2026, 3, 1), by=None, status="retained"
    )
    text = chair.get(member.get_absolute_url()).text
    assert "1986年4月<" in text
    story = [
        (line.day, line.text) for line in chair.get(member.get_absolute_url()).context["history"]
    ]
    assert story == [("2026年3月1日", "保留会籍"), ("2020年9月1日", "入会")]


def test_my_profile_is_for_everyone_and_about_oneself(log_in):
    client = log_in(Role.MEMBER)
    make_member("甲旁人")
    response = client.get("/me/")
    assert response.context["member"].pk == client.user.member_id
    assert "甲旁人" not in response.text


def test_a_plain_member_sees_no_roster(log_in):
    client = log_in(Role.MEMBER)
    own = client.user.member.get_absolute_url()
    assert [client.get(url).status_code for url in (LIST, own, "/members/find/?q=a")] == [403] * 3


NONSENSE = {
    "group": "没有这样的工会小组，重新选一个。",
    "gender": "没有这样的性别，重新选一个。",
    "on": "没有这一天，写成 2026-08-31 这样。",
    "period": "看不懂期间“zzz”，",
    "tab": "名册里没有这一页，从上面的几页里选。",
    "moved": "名册里没有这一页，从上面的几页里选。",
}


@pytest.mark.parametrize("asked", [NONSENSE, *({name: text} for name, text in NONSENSE.items())])
def test_nonsense_in_the_address_is_answered_on_a_page_that_leads_back(chair, asked):
    make_member("甲一")
    response = chair.get(LIST, dict.fromkeys(asked, "zzz") | {"page": "zzz"})
    assert response.status_code == 422
    assert [text for text in asked.values() if text not in response.text] == []
    assert "<h1>会员名册</h1>" in response.text
    assert 'name="q"' in response.text
    assert '<a href="/members/">不筛选，看在册的会员</a>' in response.text
    assert "甲一" not in response.text


def test_member_find_offers_people_with_what_was_typed_marked(chair):
    member = make_member("曾晓燕", group=make_group("语文组"), department=make_department("教务处"))
    make_member("甲旁人")
    text = chair.get("/members/find/", {"q": "zx"}).text
    assert text.count('role="option"') == 1
    assert f'data-value="{member.pk}" data-label="曾晓燕（教务处）"' in text
    assert "<mark>z</mark>eng <mark>x</mark>iao yan" in text
    assert '教务处<i class="sep"></i>语文组' in text
    assert "在册" in text
    assert "<b>曾<mark>晓</mark>燕</b>" in chair.get("/members/find/", {"q": "晓"}).text
    assert "<mark>zeng</mark> <mark>xi</mark>ao yan" in chair.get("/members/find/?q=zengxi").text


def test_member_find_says_when_nobody_is_found(chair):
    assert "名册里没有“&lt;b&gt;”，换个写法试试" in chair.get("/members/find/", {"q": "<b>"}).text
    assert chair.get("/members/find/").text.strip() == ""


def test_member_find_of_a_group_leader_offers_only_the_own_group(log_in):
    client = log_in(Role.GROUP_LEADER)
    make_member("甲组员", group=client.user.member.offices.get().group)
    make_member("甲旁人", group=make_group())
    text = client.get("/members/find/", {"q": "甲"}).text
    assert ("甲组员" in text.replace("<mark>", "").replace("</mark>", ""), "旁人" in text) == (
        True,
        False,
    )


HEAD = [
    "工号", "姓名", "性别", "出生日期", "部门", "工会小组", "政治面貌", "民族", "职称", "职务",
    "在岗情况", "会籍", "入会时间", "手机",
]  # fmt: skip
ZENG = [
    "1001", "曾晓燕", "女", "1986-04", "教务处", "语文组", "群众", "汉族", "一级教师", "干事",
    "在职", "在册", "2020-09-01", "13800000000",
]  # fmt: skip


@pytest.fixture
def people():
    make_member(
        "曾晓燕",
        staff_no="1001",
        gender="female",
        birth=date(1986, 4, 1),
        birth_precision="month",
        party="群众",
        ethnicity="汉族",
        title="一级教师",
        post="干事",
        phone="13800000000",
        group=make_group("语文组"),
        department=make_department("教务处"),
        employment="working",
    )
    make_member("乙二", gender="male", staff_no="1002")
    make_member("丙三", gender="female", staff_no="1003", note="=1+1")


def test_member_export_as_xlsx_is_exactly_the_filtered_list(chair, people):
    filters = {"gender": "female"}
    listed = shown(chair.get(LIST, filters))
    response = chair.get("/members/export/", filters | {"format": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    head, *rows = sheet.to_python()
    assert head == HEAD
    assert [row[1] for row in rows] == listed == ["丙三", "曾晓燕"]
    assert rows[1] == ZENG


def test_member_export_as_csv_is_exactly_the_filtered_list(chair, people):
    response = chair.get("/members/export/", {"q": "zxy", "format": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [HEAD, ZENG]
    today = timezone.localdate()
    assert f"_{today}.csv" in response.headers["Content-Disposition"]


def test_member_export_of_a_past_day_is_the_roster_of_that_day(chair, people):
    day = date(2020, 9, 1) - timedelta(days=1)
    response = chair.get("/members/export/", {"on": str(day), "format": "csv"})
    assert response.content.decode("utf-8-sig").splitlines() == [",".join(HEAD)]


def test_member_export_with_a_filter_that_it_cannot_read_exports_nothing(chair):
    response = chair.get("/members/export/", {"on": "x"}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "筛选条件看不懂，没有选到人。重新选一下筛选条件，再选人。" in response.text
