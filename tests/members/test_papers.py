"""登记表, 申请表, 花名册, 会员证: what stands on them, and who may make them."""

import re
from datetime import date
from io import BytesIO

import docx
import pdfplumber
import pytest
from django.urls import reverse
from docx.enum.section import WD_ORIENT

from members import queries
from members.actions import note_papers
from members.exporters.papers import BLANK, NO_GROUP, ROSTER_COLUMNS, PaperKind, paper_of
from members.models import Member, UnionGroup
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.documents.sheets import fitting, placed
from unionoffice.documents.sheets_docx import paper_docx
from unionoffice.documents.sheets_pdf import paper_pdf
from unionoffice.errors import RuleBroken
from unionoffice.held import held
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

DAY = date(2026, 3, 8)
PADDING = 1.2 * 72 / 25.4  # of a box at each side, points
WIDEST_DIGIT = 0.53  # of the size of the text, in the faces that stand in for 仿宋


@pytest.fixture
def people(office) -> list[Member]:
    first, second = make_group("第一工会小组"), make_group("第二工会小组")
    department = make_department("语文组")
    values = {"gender": "female", "birth": date(1986, 4, 1), "birth_precision": "month"}
    make_member("曾晓燕", group=second, department=department, staff_no="1001", **values)
    make_member("买买提·吐尔逊", group=first, ethnicity="维吾尔族", card_no="3501")
    make_member("单明")
    make_member("王𬱖", group=second)
    return list(queries.roster(make_user(Role.CHAIR), DAY).exclude(name__startswith="示例"))


def paper(kind, people, office, **values):
    groups = [group.name for group in UnionGroup.objects.all()]
    return paper_of(kind, people, office=office, day=DAY, groups=groups, **values)


def texts(sheet) -> list[list[str]]:
    return [[box.text for box in row.boxes] for row in sheet.grid.rows]


def pdf_texts(content: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


# ------------------------------------------------------------------ what stands on them
def test_a_roster_has_each_group_on_its_own_pages_in_the_groups_order(people, office):
    made = paper(PaperKind.ROSTER, people, office)
    assert (made.name, made.landscape, made.numbered) == (
        "示例市第三中学工会委员会花名册",
        True,
        True,
    )
    assert [sheet.left for sheet in made.sheets] == [
        "工会小组：第一工会小组　共 1 人",
        "工会小组：第二工会小组　共 2 人",
        f"工会小组：{NO_GROUP}　共 1 人",
    ]
    assert [[row[1] for row in texts(sheet)[1:]] for sheet in made.sheets] == [
        ["买买提·吐尔逊"],
        ["王𬱖", "曾晓燕"],
        ["单明"],
    ]
    assert texts(made.sheets[1])[2] == [
        "2", "曾晓燕", "女", "1986.04", "", "", "语文组", "", "", "2020.09", "在册", "", "",
    ]  # fmt: skip


def test_a_registration_form_leaves_to_the_pen_what_is_not_stored(people, office):
    person = next(one for one in people if one.name == "曾晓燕")
    (sheet,) = paper(PaperKind.REGISTRATION, [person], office).sheets
    rows = texts(sheet)
    assert rows[:5] == [
        ["姓名", "曾晓燕", "性别", "女", "民族", "", "政治面貌", ""],
        ["出生日期", "1986.04", "学历", "", "籍贯", "", "会员证号", ""],
        ["部门", "语文组", "职务", "", "职称", "", "工资", ""],
        ["参加工作\n时间", "", "到校时间", "", "工号", "1001", "手机", ""],
        ["工作单位", "示例市第三中学", "工会小组", "第二工会小组", "入会时间", "2020.09.01"],
    ]
    assert rows[5] == ["家庭主要\n成员", "称谓", "姓名", "工作单位、职务"]
    assert rows[10] == ["简历", "起止年月", "在什么地方、任什么职务"]
    assert rows[16][0] == "基层工会\n审批意见"


def test_a_blank_form_has_the_school_and_no_person(office):
    (sheet,) = paper_of(PaperKind.APPLICATION, [BLANK], office=office, day=DAY).sheets
    values = [text for row in texts(sheet)[:5] for text in row[1::2]]
    assert [text for text in values if text] == ["示例市第三中学"]


def test_membership_cards_stand_eight_on_a_page(people, office):
    made = paper(PaperKind.CARD, people * 3, office)
    assert [sum(bool(t) for row in texts(sheet) for t in row) for sheet in made.sheets] == [8, 4]
    card = next(t for row in texts(made.sheets[0]) for t in row if "买买提" in t)
    assert card.split("\n") == [
        "中国工会会员证",
        "",
        "姓　　名　买买提·吐尔逊",
        "性　　别　",
        "会员证号　3501",
        f"工　　号　{next(p.staff_no for p in people if p.card_no)}",
        "入会时间　2020.09.01",
        "发证单位　示例市第三中学工会委员会",
    ]


def test_too_many_forms_at_once_are_refused(office):
    with pytest.raises(RuleBroken) as refusal:
        paper_of(PaperKind.REGISTRATION, [BLANK] * 501, office=office, day=DAY)
    assert (
        str(refusal.value) == "会员登记表一次最多做 500 人的，现在有 501 人，按小组或部门分几次做。"
    )


# ------------------------------------------------------------------ as files
@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        (PaperKind.REGISTRATION, 4),
        (PaperKind.APPLICATION, 4),
        (PaperKind.ROSTER, 3),
        (PaperKind.CARD, 1),
    ],
)
def test_each_form_fills_one_page_of_the_pdf(people, office, kind, pages):
    found = pdf_texts(paper_pdf(paper(kind, people, office)))
    assert len(found) == pages
    assert "曾晓燕" in "".join(found)


def test_the_head_of_a_long_roster_comes_again_on_every_page(people, office):
    found = pdf_texts(paper_pdf(paper(PaperKind.ROSTER, people[:1] * 60, office)))
    assert len(found) > 2
    assert all("出生年月" in text for text in found)
    assert [text.splitlines()[-1] for text in found][:2] == ["— 1 —", "— 2 —"]


def test_the_docx_is_a_real_table_with_its_head_on_every_page(people, office):
    content = paper_docx(paper(PaperKind.ROSTER, people, office))
    assert content == paper_docx(paper(PaperKind.ROSTER, people, office))
    document = docx.Document(BytesIO(content))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert [cell.text for cell in document.tables[1].rows[2].cells][:4] == [
        "2",
        "曾晓燕",
        "女",
        "1986.04",
    ]
    assert "w:tblHeader" in document.tables[1].rows[0]._tr.xml
    assert "w:tblHeader" not in document.tables[1].rows[1]._tr.xml


def test_the_docx_joins_the_boxes_that_reach_over_rows(office):
    content = paper_docx(paper_of(PaperKind.REGISTRATION, [BLANK], office=office, day=DAY))
    table = docx.Document(BytesIO(content)).tables[0]
    column = [row.cells[0].text for row in table.rows]
    assert column[5:10] == ["家庭主要\n成员"] * 5
    assert column[10:16] == ["简历"] * 6


# ------------------------------------------------------------------ in the browser
@pytest.fixture
def url():
    return reverse("members:selection_papers")


def test_the_papers_of_those_who_were_ticked_are_a_file_and_leave_a_trace(people, log_in, url):
    chair = log_in(Role.CHAIR)
    keys = [person.pk for person in people[:2]]
    assert "做哪一种" in chair.get(url, {"pk": keys}).text
    assert AuditEntry.objects.filter(act="members.export_papers").count() == 0
    response = chair.get(url, {"pk": keys, "paper": "registration", "format": "pdf"})
    assert response.headers["Content-Type"] == "application/pdf"
    assert len(pdf_texts(response.getvalue())) == 2
    entries = AuditEntry.objects.filter(act="members.export_papers").order_by("number")
    assert [(entry.target_id, entry.changes) for entry in entries] == [
        (str(person.pk), {"kind": "registration"})
        for person in sorted(people[:2], key=lambda one: one.pinyin)
    ]


def test_of_a_long_list_the_trace_tells_how_many(people, office):
    chair = make_user(Role.CHAIR)
    note_papers(office=office, by=chair, kind="roster", people=people * 13)
    entry = AuditEntry.objects.get(act="members.export_papers")
    assert (entry.target_type, entry.changes) == (
        "unionoffice.office",
        {"kind": "roster", "people": 52, "held": held(each.pk for each in people)},
    )


def test_with_nobody_ticked_it_is_what_the_list_shows(people, log_in, url):
    group = UnionGroup.objects.get(name="第二工会小组")
    query = {"group": group.pk, "paper": "roster", "format": "docx"}
    content = log_in(Role.ORGANISATION).get(url, query).getvalue()
    names = [row.cells[1].text for row in docx.Document(BytesIO(content)).tables[0].rows]
    assert names == ["姓名", "王𬱖", "曾晓燕"]


def test_an_unknown_paper_is_refused_in_the_form(people, log_in, url):
    response = log_in(Role.CHAIR).get(url, {"paper": "nonsense", "format": "pdf"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"paper": ["做哪一种里没有这一项，重新选一个。"]}


def test_blank_forms_are_there_for_whoever_sees_the_roster(office, log_in):
    client, address = log_in(Role.GROUP_LEADER), reverse("members:blank_paper")
    assert "空白表" in client.get(address).text
    content = client.get(address, {"paper": "application", "format": "docx"}).getvalue()
    document = docx.Document(BytesIO(content))
    assert document.paragraphs[0].text == "中国工会会员入会申请表"
    assert client.get(address, {"paper": "roster", "format": "docx"}).status_code == 422


@pytest.mark.parametrize("kind", [PaperKind.REGISTRATION, PaperKind.APPLICATION])
def test_a_whole_date_has_room_in_one_line_of_its_box(kind, office):
    day = date(2018, 8, 25)
    person = make_member("曾晓燕", arrived=day, work_began=day, birth=date(1986, 4, 12), joined=day)
    found = queries.roster(make_user(Role.CHAIR), DAY).filter(pk=person.pk)
    made = paper(kind, list(found), office)
    grid = made.sheets[0].grid
    line = made.line_mm * 72 / 25.4  # points
    room = [
        line * sum(grid.shares[place.column : place.column + place.across]) - 2 * PADDING
        for _, cells in placed(grid)
        for place in cells
        if place.box and re.fullmatch(r"\d{4}\.\d\d\.\d\d", place.box.text)
    ]
    assert len(room) == 4
    assert min(room) > 10 * WIDEST_DIGIT * grid.size


@pytest.mark.parametrize("number", ["3501200600001", "350120198001011234"])
def test_a_long_number_is_set_smaller_and_stands_in_one_line(number, office):
    person = make_member("阿依努尔·买买提", card_no=number, group=make_group("第一工会小组"))
    found = queries.roster(make_user(Role.CHAIR), DAY).filter(pk=person.pk)
    made = paper(PaperKind.REGISTRATION, list(found), office)
    text = "".join(pdf_texts(paper_pdf(made)))
    assert number in text
    assert "第一工会小组" in text
    sizes = {
        float(size) / 2
        for row in docx.Document(BytesIO(paper_docx(made))).tables[0].rows
        for cell in row.cells
        if cell.text == number
        for size in re.findall(r'w:sz w:val="(\d+)"', cell._tc.xml)
    }
    assert len(sizes) == 1
    assert 7 <= sizes.pop() < 11


def test_every_head_of_the_roster_stands_in_one_line(people, office):
    text = pdf_texts(paper_pdf(paper(PaperKind.ROSTER, people[:1], office)))[0]
    assert all(head in text for head, _ in ROSTER_COLUMNS)


@pytest.mark.parametrize(
    ("text", "room", "size"),
    [
        ("", 20, 11),
        ("在岗情况", 20, 11),
        ("在岗情况", 14, 9.5),
        ("语文教研组组长、高级教师", 20, 11),  # words too long for it take two lines
        ("3501200600001", 20, 7.5),
        ("35012006000010001350120060000", 20, 11),
    ],
)
def test_a_text_that_almost_fits_is_set_in_half_points_less(text, room, size):
    assert fitting(text, room, 11) == size
