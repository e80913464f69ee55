"""Sheets to sign on and labels: looked at as the file tells them."""

import io
import re
import subprocess

import docx
import pytest

from members.exporters import sheets
from tests.factories.members import make_group, make_member
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

SHEET, LABELS = "/members/selection/sheet/", "/members/selection/labels/"


def row(name, group="语文组", department="教务处", staff_no="1001") -> dict:
    return {
        "name": name,
        "group_name": group,
        "department_name": department,
        "staff_no": staff_no,
    }


def text_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def pages_of(pdf: bytes) -> int:
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(re.search(r"Pages:\s+(\d+)", done.stdout.decode())[1])


def test_a_sheet_numbers_its_lines_and_leaves_the_signature_free():
    sheet = sheets.sign_in([row("甲一"), row("乙二")], "签到表", ["group_name"], False)
    assert sheet.heads == ("序号", "姓名", "工会小组", "签名")
    assert sheet.parts == (("", (("1", "甲一", "语文组", ""), ("2", "乙二", "语文组", ""))),)
    assert sum(sheet.widths) == pytest.approx(sheets.LINE_MM)


def test_a_sheet_by_group_counts_each_group_anew_and_keeps_the_order_within():
    people = [row("丙", "数学组"), row("甲", "语文组"), row("丁", None), row("乙", "数学组")]
    sheet = sheets.sign_in(people, "签到表", [], True)
    assert [(part, [line[:2] for line in lines]) for part, lines in sheet.parts] == [
        ("数学组", [("1", "丙"), ("2", "乙")]),
        ("没有编组的", [("1", "丁")]),
        ("语文组", [("1", "甲")]),
    ]


def test_a_sheet_as_pdf_repeats_its_head_and_numbers_its_pages():
    people = [row(f"会员{n}") for n in range(60)]
    pdf = sheets.sheet_pdf(sheets.sign_in(people, "春游签到表", ["group_name"], False))
    text = text_of(pdf)
    assert pages_of(pdf) == 3
    assert text.count("签名") == 3
    assert "第 3 页，共 3 页" in text
    assert "春游签到表" in text
    assert "共 60 人" in text


def test_a_sheet_as_word_file_holds_the_same_lines():
    sheet = sheets.sign_in([row("甲一"), row("乙二", "数学组")], "签到表", ["group_name"], True)
    paper = docx.Document(io.BytesIO(sheets.sheet_docx(sheet)))
    tables = [[[cell.text for cell in line.cells] for line in t.rows] for t in paper.tables]
    head = ["序号", "姓名", "工会小组", "签名"]
    assert tables == [
        [head, ["1", "乙二", "数学组", ""]],
        [head, ["1", "甲一", "语文组", ""]],
    ]


def test_a_long_name_is_set_smaller_and_stands_in_one_line():
    sheet = sheets.sign_in([row("阿依努尔·买买提"), row("甲一")], "签到表", ["group_name"], False)
    assert "阿依努尔·买买提" in text_of(sheets.sheet_pdf(sheet))
    paper = docx.Document(io.BytesIO(sheets.sheet_docx(sheet)))
    names = [line.cells[1].paragraphs[0].runs[0] for line in paper.tables[0].rows]
    assert [run.font.size.pt for run in names] == [12, 11.5, 12]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_signs_that_no_file_can_hold_are_left_out_of_the_title_too(kind):
    sheet = sheets.sign_in([row("甲\x01一")], "签到\x0b表", [], False)
    assert sheets.sheet_file(sheet, kind)
    assert "签到表" in text_of(sheets.sheet_pdf(sheet))


@pytest.mark.parametrize(("people", "pages"), [(1, 1), (24, 1), (25, 2), (48, 2)])
def test_labels_are_twenty_four_a_page(people, pages):
    pdf = sheets.labels_pdf([row(f"会员{n}") for n in range(people)])
    assert pages_of(pdf) == pages
    assert text_of(pdf).count("语文组") == people


def test_names_of_any_script_stand_on_labels_and_signs_of_markup_stay_signs():
    text = text_of(sheets.labels_pdf([row("阿卜杜拉·买买提"), row("𬱖喆"), row("<b>甲")]))
    assert [name for name in ("阿卜杜拉·买买提", "𬱖喆", "<b>甲") if name not in text] == []


def test_the_sheet_of_ticked_people_comes_as_a_file(log_in):
    chair = log_in(Role.CHAIR)
    people = [make_member("甲一", group=make_group("语文组")), make_member("乙二")]
    address = {"pk": [p.pk for p in people]}
    page = chair.get(SHEET, address)
    assert "做签到表" in page.text
    asked = address | {"heading": "春游", "beside": ["group_name", "staff_no"], "format": "pdf"}
    response = chair.get(SHEET, asked)
    text = text_of(response.getvalue())
    assert response.headers["Content-Type"] == "application/pdf"
    assert [
        word for word in ("春游", "甲一", "语文组", people[0].staff_no) if word not in text
    ] == []
    response = chair.get(SHEET, asked | {"format": "docx"})
    assert docx.Document(io.BytesIO(response.getvalue())).paragraphs[0].text == "春游"
    assert "乙二" in text_of(chair.get(LABELS, address).getvalue())


def test_a_leader_gets_no_staff_numbers_on_the_sheet(log_in):
    leader = log_in(Role.GROUP_LEADER)
    member = make_member("甲一", group=leader.user.member.offices.get().group)
    asked = {"pk": member.pk, "heading": "签到", "beside": "staff_no", "format": "pdf"}
    response = leader.get(SHEET, asked)
    assert response.status_code == 422
    assert "姓名旁边写里没有这一项，重新选一个。" in response.text
    assert member.staff_no not in response.text


@pytest.mark.parametrize("address", [f"{SHEET}?heading=春游&format=pdf", f"{LABELS}?"])
def test_whose_names_left_the_office_on_a_sheet_is_on_record(address, log_in):
    chair = log_in(Role.CHAIR)
    people = [make_member(), make_member()]
    keys = "&".join(f"pk={person.pk}" for person in people)
    assert chair.get(f"{address}&{keys}")["Content-Type"] == "application/pdf"
    entries = AuditEntry.objects.filter(act="members.export_papers")
    assert {entry.target_id for entry in entries} == {str(person.pk) for person in people}
    assert {entry.actor for entry in entries} == {chair.user}
