"""荣誉: recorded for one or several, found, changed, taken back, taken away."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from activities.choices import HolderKind
from activities.exporters.honours import honours_document
from activities.models import Honour
from activities.own_data import own_data
from activities.queries.honours import honours_by_level
from members.models import Member
from members.queries.called import people_named
from tests.factories.activities import make_activity
from tests.factories.forms import posted_back
from tests.factories.honours import make_honour, make_nominee, make_selection
from tests.factories.members import make_group, make_member, make_user
from unionoffice.attachments import look_at
from unionoffice.documents.outline import text_of
from unionoffice.models import Attachment, AuditEntry, Office
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST = reverse("activities:honour_list")
NEW = reverse("activities:honour_create")
YEAR = Period.year(2026)


def url(name: str, honour: Honour) -> str:
    return reverse(f"activities:honour_{name}", args=[honour.pk])


def entry(**values) -> dict:
    return {
        "title": "优秀工会积极分子",
        "level": "city",
        "awarding_body": "示例市教育工会",
        "when": "2026-09",
        "holder": "member",
    } | values


def sentence(page) -> str:
    assert page.status_code == 422
    return page.content.decode()


def test_one_form_gives_each_of_several_people_a_row(log_in):
    first, second, third = make_member("王芳"), make_member("李静"), make_member("陈刚")
    client = log_in(Role.CHAIR)
    client.post(NEW, entry(member=first.pk, more="李静、陈刚，王芳"))
    rows = list(Honour.objects.order_by("pk"))
    assert [row.member for row in rows] == [first, second, third]
    assert {(row.day, row.precision, row.holder) for row in rows} == {
        (date(2026, 9, 1), "month", "member")
    }
    assert AuditEntry.objects.filter(act="activities.record_honour").count() == 3


def test_those_recorded_together_are_taken_back_together(log_in):
    make_member("王芳"), make_member("李静")
    client = log_in(Role.CHAIR)
    page = client.post(NEW, entry(more="王芳、李静"), follow=True)
    (message,) = page.context["messages"]
    assert str(message) == "记下了：王芳、李静 优秀工会积极分子，2 条"
    address = message.extra_tags.removeprefix("undo:")
    assert address in page.content.decode().replace("&amp;", "&")
    client.post(address)
    assert Honour.objects.standing().count() == 0
    assert set(Honour.objects.values_list("void_reason", flat=True)) == {"刚记就撤销"}


def test_nobody_else_takes_it_back(log_in):
    honour = make_honour()
    page = log_in(Role.CHAIR).post(url("undo", honour), follow=True)
    assert "只有记的人自己能撤销" in page.content.decode()
    assert Honour.objects.standing().get() == honour


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "写上是什么荣誉。"),
        ({"level": ""}, "选一个级别。"),
        ({"level": "world"}, "级别里没有这一项，重新选一个。"),
        ({"awarding_body": ""}, "写上由谁授予，例如：示例市教育工会。"),
        ({"when": ""}, "写上哪天得的。"),
        ({"when": "九月"}, "看不懂“九月”"),
        ({"when": "2099-01", "holder": "union"}, "2099年1月还没到，发了证书或文件再记。"),
        ({"when": "1900-01", "holder": "union"}, "1900年1月太早了"),
        ({}, "写上给了谁，从找到的人里选一位。"),
        ({"member": "99999"}, "名册里没有这个人，从找到的人里选一位。"),
        ({"more": "张三丰"}, "名册里没有“张三丰”，写全名或工号。"),
        ({"holder": "group"}, "选是哪个小组。"),
        ({"holder": "team"}, "写上是哪个集体。"),
        ({"holder": "planet"}, "给谁的里没有这一项，重新选一个。"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(values, said, log_in):
    page = log_in(Role.CHAIR).post(NEW, entry(note="备注在这里") | values)
    assert said in sentence(page)
    assert "备注在这里" in page.content.decode()
    assert not Honour.objects.exists()


def test_of_two_with_one_name_the_form_asks_for_the_number(log_in):
    one, other = make_member("王芳"), make_member("王芳")
    client = log_in(Role.CHAIR)
    page = client.post(NEW, entry(more="王芳"))
    said = f"叫“王芳”的有 2 位（工号 {one.staff_no}、{other.staff_no}），写工号。"
    assert said in sentence(page)
    client.post(NEW, entry(more=f"王芳 {other.staff_no}"))
    assert Honour.objects.get().member == other


def test_names_are_read_however_they_are_parted():
    one, two, three = make_member("王芳"), make_member("范 知秋"), make_member("李静")
    text = f"王芳；范 知秋\n李静（{three.staff_no}）"
    assert people_named(Member.objects.all(), text) == ([one, two, three], [])


@pytest.mark.parametrize(
    ("holder", "values", "whose"),
    [
        ("union", {}, "校工会"),
        ("school", {}, "学校"),
        ("team", {"team": "女子气排球队"}, "女子气排球队"),
    ],
)
def test_the_union_the_school_and_a_team_hold_honours(holder, values, whose, log_in):
    someone = make_member()
    log_in(Role.CHAIR).post(NEW, entry(holder=holder, member=someone.pk, **values))
    honour = Honour.objects.get()
    assert (honour.whose, honour.member) == (whose, None)


def test_what_is_recorded_already_is_not_recorded_again(log_in):
    person = make_member("王芳")
    client = log_in(Role.CHAIR)
    client.post(NEW, entry(member=person.pk))
    page = client.post(NEW, entry(member=person.pk))
    assert "王芳这一天的“优秀工会积极分子”已经记过，没有再记一次。" in sentence(page)
    assert Honour.objects.count() == 1


def test_of_several_one_that_is_known_keeps_all_from_being_recorded(log_in):
    person, other = make_member("王芳"), make_member("李静")
    client = log_in(Role.CHAIR)
    client.post(NEW, entry(member=person.pk))
    page = client.post(NEW, entry(member=other.pk, more="王芳"))
    assert "已经记过" in sentence(page)
    assert Honour.objects.count() == 1


def test_from_a_competition_the_form_knows_where_it_was_won(log_in):
    contest = make_activity(kind="contest", title="区气排球赛")
    client = log_in(Role.CULTURE)
    form = client.get(NEW, {"activity": contest.pk}).context["form"]
    assert (form.initial["activity"], form.initial["is_contest"]) == (contest, True)
    client.post(
        NEW,
        entry(holder="team", team="女排", is_contest="on", activity=contest.pk),
    )
    assert Honour.objects.get().activity == contest


@pytest.mark.parametrize("key", ["99999", "x", "9" * 40, "-1"])
def test_an_unknown_competition_in_the_address_is_no_matter(key, log_in):
    assert log_in(Role.CHAIR).get(NEW, {"activity": key}).context["form"].initial == {
        "holder": "member"
    }


def test_a_change_keeps_the_rest_and_stands_in_the_log(log_in):
    honour = make_honour(document_number="示教工〔2026〕3号")
    client = log_in(Role.ORGANISATION)
    page = client.get(url("update", honour))
    client.post(
        url("update", honour), posted_back(page) | {"when": "2026-09-12", "level": "nation"}
    )
    honour.refresh_from_db()
    assert (honour.day, honour.precision, honour.level) == (date(2026, 9, 12), "day", "nation")
    assert honour.document_number == "示教工〔2026〕3号"
    entry = AuditEntry.objects.get(act="activities.update_honour")
    assert entry.changes == {"day": ["2026-09-10", "2026-09-12"], "level": ["city", "nation"]}


def test_two_who_change_the_same_honour_lose_nothing(log_in):
    honour = make_honour(title="旧的名称", note="")
    first, second = log_in(Role.CHAIR), log_in(Role.ORGANISATION)
    seen = posted_back(second.get(url("update", honour)))
    mine = posted_back(first.get(url("update", honour))) | {"title": "第一人改的"}
    first.post(url("update", honour), mine)
    page = second.post(url("update", honour), seen | {"title": "第二人改的", "note": "补一句"})
    assert "刚被改成“第一人改的”" in sentence(page)
    assert "补一句" in page.content.decode()
    second.post(url("update", honour), posted_back(page) | {"note": "补一句"})
    honour.refresh_from_db()
    assert (honour.title, honour.note) == ("第二人改的", "补一句")


def test_a_voided_one_counts_nowhere_and_is_for_those_who_keep_them(log_in):
    honour = make_honour()
    chair = log_in(Role.CHAIR)
    assert chair.post(url("void", honour), {"reason": ""}).status_code == 422
    chair.post(url("void", honour), {"reason": "记重了"})
    assert "记重了" in chair.get(url("detail", honour)).content.decode()
    assert log_in(Role.MEMBER).get(url("detail", honour)).status_code == 404
    assert chair.get(LIST, {"period": "2026"}).context["totals"].honours == 0
    again = chair.get(url("update", honour), follow=True)
    assert "已经作废了，不能再改" in again.content.decode()


def shown(client, **query) -> list[str]:
    page = client.get(LIST, {"period": "2026"} | query)
    assert page.status_code == 200
    return [row.title for row in page.context["page"]]


def test_the_list_is_narrowed_by_level_holder_kind_person_and_period(log_in):
    make_honour(make_member("王芳"), title="甲", level="nation")
    make_honour(make_group("第一工会小组"), title="乙", day="2026-08-01")
    make_honour("女排", title="丙", day="2026-07-01", is_contest=True)
    make_honour(title="去年的", day="2025-09-10")
    client = log_in(Role.MEMBER)
    assert shown(client) == ["甲", "乙", "丙"]
    assert shown(client, level="nation") == ["甲"]
    assert shown(client, holder="single") == ["甲"]
    assert shown(client, holder="together") == ["乙", "丙"]
    assert shown(client, holder="group") == ["乙"]
    assert shown(client, contest="yes") == ["丙"]
    assert shown(client, contest="no") == ["甲", "乙"]
    assert shown(client, q="王芳") == ["甲"]
    assert shown(client, q="教育工会 女排") == ["丙"]
    assert shown(client, period="2025") == ["去年的"]


@pytest.mark.parametrize("query", ["level=zzz", "period=abc", "holder=x", "tab=1"])
def test_nonsense_in_the_address_is_said(query, log_in):
    page = log_in(Role.CHAIR).get(f"{LIST}?{query}")
    assert page.status_code == 422
    assert "看不懂这个筛选" in page.content.decode()


def test_the_export_has_the_rows_of_the_list_from_the_nation_down(log_in):
    make_honour(make_member("王芳"), title="市里的", document_number="3号")
    make_honour("女排", title="国家的", level="nation", is_contest=True)
    make_honour(title="别的级别", level="school")
    client = log_in(Role.CHAIR)
    address = reverse("activities:honour_export")
    content = client.get(address, {"period": "2026", "holder": "", "q": "的"}).getvalue()
    sheet = load_workbook(BytesIO(content), read_only=True).active
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row[:4] for row in rows] == [
        ["国家级", "国家的", "女排", "其他集体"],
        ["市级", "市里的", "王芳", "个人"],
        ["校级", "别的级别", rows[2][2], "个人"],
    ]
    assert AuditEntry.objects.get(act="activities.export_honours").changes == {"rows": 3}


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_list_to_be_read_out_is_a_file(kind, start, log_in):
    make_honour()
    address = reverse("activities:honour_export")
    response = log_in(Role.CHAIR).get(address, {"period": "2026", "format": kind})
    assert response.getvalue().startswith(start)


def test_the_list_to_be_read_out_goes_by_level():
    make_honour(make_member("王芳"), title="优秀教师", document_number="示教〔2026〕9号")
    make_honour(holder=HolderKind.UNION, title="模范职工之家", level="province", day="2026-05-01")
    document = honours_document(
        honours_by_level(Honour.objects.all()),
        YEAR,
        office=Office.objects.get(),
        today=date(2026, 9, 10),
    )
    assert [text_of(b.text) for b in document.blocks[::2]] == ["省级（1项）", "市级（1项）"]
    assert document.blocks[3].rows == (
        ("优秀教师", "王芳", "示例市教育工会（示教〔2026〕9号）", "9月10日"),
    )


def test_without_honours_the_list_to_be_read_out_says_what_is_missing():
    office = Office.objects.get()
    document = honours_document([], YEAR, office=office, today=date(2026, 9, 10))
    assert text_of(document.blocks[0].spans) == "【待补：荣誉记录】"


def test_the_scan_is_for_those_who_may_see_honours(log_in):
    client = log_in(Role.CHAIR)
    scan = SimpleUploadedFile("证书.pdf", b"%PDF-1.7")
    client.post(NEW, entry(holder="union", files=scan))
    attachment = Attachment.objects.get()
    assert look_at(attachment, make_user(Role.MEMBER)) == Honour.objects.get()
    client.post(url("void", Honour.objects.get()), {"reason": "记重了"})
    assert look_at(attachment, make_user(Role.MEMBER)) is None


@pytest.mark.parametrize("rows", [1, 4])
def test_honour_list_query_count_is_flat(rows, log_in, django_assert_num_queries):
    for _ in range(rows):
        make_honour()
        make_honour(make_group())
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(7):
        client.get(LIST, {"period": "2026"})


def test_the_database_refuses_an_honour_of_nobody():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_honour(holder=HolderKind.MEMBER)


def test_an_honour_stands_on_the_page_of_the_person_and_on_the_own_one(log_in):
    teacher = make_user(Role.MEMBER)
    make_honour(teacher.member, title="师德标兵")
    make_honour(title="别人的")
    for page in (
        log_in(Role.CHAIR).get(teacher.member.get_absolute_url()),
        log_in(user=teacher).get(reverse("members:my_profile")),
    ):
        (panel,) = [one for one in page.context["beside"] if one.title == "荣誉"]
        assert panel.lines == (("2026-09-10", "市级 师德标兵"),)
        shown_there = log_in(Role.CHAIR).get(panel.url).context["page"]
        assert [row.title for row in shown_there] == ["师德标兵"]
        assert "别人的" not in page.content.decode()


def test_honours_and_recommendations_are_among_the_own_data():
    person = make_member()
    make_honour(person, title="师德标兵", document_number="3号")
    make_nominee(make_selection("优秀工会积极分子"), person)
    sections = {section.title: section.rows for section in own_data(person)}
    assert sections["荣誉"] == (
        ("2026-09-10", "师德标兵", "市级", "示例市教育工会", "3号", "", ""),
    )
    assert [row[0] for row in sections["评选推荐"]] == ["优秀工会积极分子"]


def test_what_was_won_stands_on_the_page_of_the_competition(log_in):
    contest = make_activity(kind="contest")
    make_honour("女子气排球队", title="一等奖", is_contest=True, activity=contest)
    page = log_in(Role.MEMBER).get(contest.get_absolute_url()).content.decode()
    assert "女子气排球队，市级" in page
    offered = f"{NEW}?activity={contest.pk}"
    assert offered not in page
    assert offered in log_in(Role.CHAIR).get(contest.get_absolute_url()).content.decode()


def test_the_day_of_an_honour_is_shown_by_a_day_of_late(log_in):
    client, address = log_in(Role.CHAIR), reverse("activities:honour_create")
    example = "写成 2026-09-10；只知道年月写 2026-09，只知道年份写 2026"
    assert example in client.get(address).text
    page = client.post(address, {"when": "上个月"})
    assert page.context["form"].errors["when"] == [f"看不懂“上个月”，{example}。"]
