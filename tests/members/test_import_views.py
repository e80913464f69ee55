"""Importing a roster in the browser."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook

from members.choices import ImportState
from members.models import Member, RosterImport
from members.roster_reader import read_roster
from tests.factories.members import make_group, make_member, make_roster_file
from tests.factories.rosters import saved
from unionoffice.errors import FileRefused
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

NEW = "/members/imports/new/"
PEOPLE = (
    {"工号": "1001", "姓名": "曾晓燕", "性别": "女", "部门": "教务处", "工会小组": "语文组",
     "人员状态": "在职", "手机": "13912347715", "身份证号": ""},
    {"工号": "1002", "姓名": "单明", "性别": "男", "部门": "教务处", "工会小组": "语文组",
     "人员状态": "退休", "手机": "13800000002", "身份证号": ""},
    {"工号": "1003", "姓名": "", "性别": "男", "部门": "教务处", "工会小组": "语文组",
     "人员状态": "在职", "手机": "13800000003", "身份证号": ""},
)  # fmt: skip


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def upload(client, content: bytes, name: str = "名册.xlsx", **extra):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)}, **extra)


def handed_in(client) -> RosterImport:
    upload(client, make_roster_file(*PEOPLE))
    return RosterImport.objects.get()


def confirm(client, kept, **extra):
    fingerprint = client.get(kept.get_absolute_url()).context["plan"].fingerprint
    url = f"{kept.get_absolute_url()}confirm/"
    return client.post(url, {"fingerprint": fingerprint}, **extra)


def workbook(response) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python()


def test_roster_import_create_leads_to_the_preview_and_leaves_the_roster_alone(chair):
    before = Member.objects.count()
    response = upload(chair, make_roster_file(*PEOPLE), follow=True)
    kept = RosterImport.objects.get()
    assert response.redirect_chain == [(kept.get_absolute_url(), 302)]
    assert (kept.file_name, kept.state, kept.read_by) == (
        "名册.xlsx",
        ImportState.PREVIEWED,
        chair.user,
    )
    assert Member.objects.count() == before


def test_roster_import_detail_says_what_will_change(chair):
    member = make_member("曾晓燕", staff_no="1001", phone="13812342046", group=make_group("英语组"))
    make_member("甲不在表里")
    response = chair.get(handed_in(chair).get_absolute_url())
    text = response.text
    rows = [(row.row, row.name, row.fate.label) for row in response.context["page"]]
    assert rows == [(4, "", "不能导入"), (2, "曾晓燕", "更新"), (3, "单明", "新增")]
    assert "手机 <del>138****2046</del> <ins>139****7715</ins>" in text
    assert "工会小组 <del>英语组</del> <ins>语文组</ins>" in text
    assert "教务处，语文组，退休" in text
    assert "<b>新增 1 人</b>，<b>更新 1 人</b>，在册还是 2 人。" in " ".join(text.split())
    assert "<dt>新设小组</dt><dd>语文组</dd>" in text
    assert "名册里有 1 位会员不在表里，不会删除：甲不在表里" in text
    assert "导入 2 行" in text
    assert "下载没导入的 1 行" in text
    assert member.phone not in text


def test_roster_import_detail_can_show_one_kind_of_rows(chair):
    url = handed_in(chair).get_absolute_url()
    assert [row.name for row in chair.get(url, {"show": "new"}).context["page"]] == [
        "曾晓燕",
        "单明",
    ]
    assert [row.row for row in chair.get(url, {"show": "rejected"}).context["page"]] == [4]


@pytest.mark.parametrize("people", [1, 3])
def test_roster_import_detail_query_count_is_flat(chair, people, django_assert_num_queries):
    file = [{"工号": str(n), "姓名": f"甲{'一二三'[n]}"} for n in range(people)]
    upload(chair, make_roster_file(*file))
    url = RosterImport.objects.get().get_absolute_url()
    with django_assert_num_queries(14):
        response = chair.get(url)
    assert len(response.context["page"]) == people


def test_roster_import_confirm_lands_what_was_looked_at(chair):
    kept = handed_in(chair)
    response = confirm(chair, kept, follow=True)
    assert response.redirect_chain == [(kept.get_absolute_url(), 302)]
    assert "导入好了：新增 2 人" in response.text
    assert set(
        Member.objects.filter(staff_no__startswith="100").values_list("name", flat=True)
    ) == {
        "曾晓燕",
        "单明",
    }
    assert "整批撤回" in response.text


def test_roster_import_confirm_refuses_when_the_roster_changed_meanwhile(chair):
    member = make_member("曾晓燕", staff_no="1001", phone="13812342046")
    kept = handed_in(chair)
    fingerprint = chair.get(kept.get_absolute_url()).context["plan"].fingerprint
    Member.objects.filter(pk=member.pk).update(phone="13700000000")
    url = f"{kept.get_absolute_url()}confirm/"
    response = chair.post(url, {"fingerprint": fingerprint}, follow=True)
    assert "您看过预览以后名册又有改动，结果会不一样。看看下面新的预览，再点导入。" in response.text
    assert "137****0000" in response.text
    assert not Member.objects.filter(name="单明").exists()


def test_roster_import_undo_takes_it_back(chair):
    kept = handed_in(chair)
    confirm(chair, kept)
    response = chair.post(f"{kept.get_absolute_url()}undo/", follow=True)
    assert "撤回了：“名册.xlsx”，名册和导入前一样" in response.text
    assert not Member.objects.filter(staff_no__startswith="100").exists()
    kept.refresh_from_db()
    assert kept.state == ImportState.UNDONE


def test_roster_import_undo_says_why_it_is_not_possible(chair):
    kept = handed_in(chair)
    confirm(chair, kept)
    Member.objects.get(name="单明").offices.create(office="women", start=date(2026, 1, 1))
    response = chair.post(f"{kept.get_absolute_url()}undo/", follow=True)
    assert "单明已经用在别的记录里，不能整批撤回。" in response.text
    assert Member.objects.filter(name="单明").exists()


@pytest.mark.parametrize("landed", [False, True])
def test_roster_import_rejected_lists_held_and_rejected_rows(chair, landed):
    make_member("别的名字", staff_no="1001")
    kept = handed_in(chair)
    if landed:
        confirm(chair, kept)
    rows = workbook(chair.get(f"{kept.get_absolute_url()}rejected/"))
    assert rows[0] == ["工作表", "行", "姓名", "为什么没导入"]
    assert [row[:3] for row in rows[1:]] == [["花名册", 2.0, "曾晓燕"], ["花名册", 4.0, ""]]
    assert rows[1][3] == (
        "工号 1001 在名册里是别的名字，名字对不上。核对工号；改了名的话，选这个人。"
    )


def test_roster_template_has_the_headings_that_the_reader_understands(chair):
    response = chair.get("/members/imports/template/")
    head = workbook(response)[1]
    with pytest.raises(FileRefused) as refusal:
        read_roster("模板.xlsx", response.content)
    assert str(refusal.value) == "“模板.xlsx”只有表头，下面一个人也没有。填好人员再传。"
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    book["会员名册"].append(["0901", "曾晓燕"])
    reading = read_roster("名册.xlsx", saved(book))
    assert [(row.row, row.staff_no, row.name) for row in reading.accepted] == [
        (3, "0901", "曾晓燕")
    ]
    assert list(reading.columns["会员名册"]) == head
    assert reading.ignored_columns == ()
    assert reading.warnings == ("工作表“示例”是示例，没有读。",)


def test_the_example_of_the_template_is_read_whole_where_it_is_no_example(chair):
    content = chair.get("/members/imports/template/").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    del book["会员名册"]
    book["示例"].title = "在用"
    rows = read_roster("名册.xlsx", saved(book)).accepted
    assert [(row.name, row.warnings) for row in rows] == [("王小明", ()), ("李文静", ())]
    assert (rows[1].retirement_line, rows[1].is_teacher, rows[1].contract) == ("55", "否", "聘用")


def test_the_template_offers_lists_to_choose_from(chair):
    content = chair.get("/members/imports/template/").content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["会员名册"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["C3:C2002"] == '"女,男"'
    assert lists["K3:K2002"] == '"在职,退休,离休,内退,调出"'


LEDGER = make_roster_file(
    {
        "日期": "2026-03-08",
        "凭证号": "12",
        "摘要": "慰问住院职工",
        "借方": 400,
        "贷方": "",
        "余额": 100,
    },
    {"日期": "2026-03-09", "凭证号": "13", "摘要": "购买奖品", "借方": 260, "贷方": "", "余额": 60},
)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("台账.xlsx", LEDGER, "台账.xlsx”不能当花名册读："),
        (
            "大.xlsx",
            b"x" * (20 * 1024 * 1024),
            "“大.xlsx”有 20.0 MB，超过 10 MB 的上限，压缩或拆开后再传。",
        ),
        (
            "假的.xlsx",
            b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 4,
            "“假的.xlsx”是一个程序，",
        ),
        ("空.xlsx", b"", "这个文件是空的，重新选一个。"),
    ],
)
def test_roster_import_create_refuses_what_is_no_roster(chair, name, content, text):
    before = Member.objects.count()
    response = upload(chair, content, name)
    assert response.status_code == 422
    assert text in response.text
    assert "看看会改什么" in response.text
    assert (RosterImport.objects.count(), Member.objects.count()) == (0, before)


def test_roster_import_create_without_a_file_asks_for_one(chair):
    response = chair.post(NEW, {"csrfmiddlewaretoken": "x"})
    assert response.status_code == 422
    assert "先选一个文件。" in response.text


def test_a_file_that_changes_nothing_offers_no_landing(chair):
    content = make_roster_file(PEOPLE[0])
    upload(chair, content)
    confirm(chair, RosterImport.objects.get())
    response = upload(chair, content, follow=True)
    assert "名册<b>不会有变化</b>" in response.text
    assert "fingerprint" not in response.text


def test_names_from_the_file_are_shown_as_text(chair):
    upload(chair, make_roster_file({"姓名": "甲一", "工号": "1", "备注": "<script>x</script>"}))
    make_member("甲一", staff_no="1", note="旧")
    text = chair.get(RosterImport.objects.get().get_absolute_url()).text
    assert "&lt;script&gt;x&lt;/script&gt;" in text
    assert "<script>x" not in text


@pytest.mark.parametrize("path", ["confirm", "undo"])
def test_confirming_and_undoing_by_get_is_not_possible(chair, path):
    assert chair.get(f"{handed_in(chair).get_absolute_url()}{path}/").status_code == 405


def test_an_officer_without_the_roster_in_hand_cannot_import(log_in):
    client = log_in(Role.TREASURER)
    assert client.get(NEW).status_code == 403


@pytest.mark.parametrize(
    ("landed", "since"),
    [
        (False, "从到校、参加工作的时间起算；这些也没写的，从满 14 岁起算，"),
        (True, "从今天起算会员；以前年份的人数不变"),
    ],
)
def test_roster_import_detail_says_since_when_the_undated_count(chair, landed, since):
    if landed:
        RosterImport.objects.create(file_name="去年.xlsx", state="landed", reading={})
    people = [
        {"姓名": name, "部门": "处", "入会时间": day}
        for name, day in (("甲一", ""), ("乙二", "2009-09"))
    ]
    upload(chair, make_roster_file(*people))
    text = chair.get(RosterImport.objects.first().get_absolute_url()).text
    assert f"没有入会时间的 1 人，{since}" in text
    assert "表里没有“在岗情况”一列，新增的 2 人都按在职" in text


def test_roster_import_detail_says_how_many_have_no_work_written_down(chair):
    people = [
        {"姓名": "甲一", "部门": "处", "状态": ""},
        {"姓名": "乙二", "部门": "处", "状态": "退休"},
    ]
    upload(chair, make_roster_file(*people))
    text = chair.get(RosterImport.objects.get().get_absolute_url()).text
    assert "没写在岗情况的 1 人都按在职" in text


def test_roster_import_detail_says_which_words_it_read_as_others(chair):
    upload(chair, make_roster_file({"姓名": "甲一", "民族": "汉", "政治面貌": "党员"}))
    kept = RosterImport.objects.get()
    assert "“汉”读成汉族，“党员”读成中共党员" in chair.get(kept.get_absolute_url()).text
    confirm(chair, kept)
    assert Member.objects.values_list("ethnicity", "party").get(name="甲一") == ("汉族", "中共党员")


class TestWhatIsKept:
    def test_roster_import_drop_throws_the_preview_away(self, chair):
        kept = handed_in(chair)
        assert "扔掉这份预览" in chair.get(kept.get_absolute_url()).text
        response = chair.post(f"{kept.get_absolute_url()}drop/", follow=True)
        assert response.redirect_chain == [(NEW, 302)]
        assert "扔掉了：“名册.xlsx”，名册没有动" in response.text
        assert not RosterImport.objects.exists()
        entry = AuditEntry.objects.order_by("number").last()
        assert (entry.act, entry.changes) == ("members.drop_import", {"rows": 2})

    def test_what_has_landed_is_not_thrown_away(self, chair):
        kept = handed_in(chair)
        confirm(chair, kept)
        response = chair.post(f"{kept.get_absolute_url()}drop/", follow=True)
        assert "“名册.xlsx”已导入，不能再导一次。" in response.text
        assert RosterImport.objects.exists()

    def test_a_preview_that_nobody_confirmed_for_a_month_goes_with_the_next_file(self, chair):
        day = timezone.now() - timedelta(days=30)
        for hours, name in ((1, "旧.xlsx"), (-1, "新.xlsx")):
            old = RosterImport.objects.create(file_name=name, reading={"accepted": []})
            RosterImport.objects.filter(pk=old.pk).update(read_at=day - timedelta(hours=hours))
        upload(chair, make_roster_file(*PEOPLE))
        names = set(RosterImport.objects.values_list("file_name", flat=True))
        assert names == {"名册.xlsx", "新.xlsx"}
        assert AuditEntry.objects.filter(act="members.drop_import").count() == 1

    def test_of_a_file_that_landed_only_the_rows_left_out_are_kept(self, chair):
        kept = handed_in(chair)
        confirm(chair, kept)
        kept.refresh_from_db()
        assert kept.reading["accepted"] == []
        assert [row["reason"] for row in kept.reading["rejected"]] == ["缺姓名"]

    def test_of_one_that_was_taken_back_not_even_those(self, chair):
        kept = handed_in(chair)
        confirm(chair, kept)
        page = chair.post(f"{kept.get_absolute_url()}undo/", follow=True).text
        kept.refresh_from_db()
        assert (kept.reading["accepted"], kept.reading["rejected"]) == ([], [])
        assert kept.landed.keys() == {"counts"}
        assert "下载没导入的" not in page
        assert chair.get(f"{kept.get_absolute_url()}rejected/").status_code == 404


def test_roster_import_detail_says_which_character_nobody_can_read(chair):
    upload(
        chair, make_roster_file({"姓名": "𠮷田文", "部门": "处"}, {"姓名": "李〇一", "部门": "处"})
    )
    page = chair.get(RosterImport.objects.get().get_absolute_url()).context["page"]
    assert [row.warnings for row in page] == [
        ("“𠮷”查不到读音，导入后在这个人的资料里写上拼音。",),
        (),
    ]
