from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.unionoffice.test_documents_outline import PROSE, summary
from unionoffice.documents.docx import as_docx
from unionoffice.documents.outline import Document, Heading, Paragraph, Table
from unionoffice.documents.template import BODY


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_docx(summary())


@pytest.fixture(scope="module")
def paper(made):
    return docx.Document(BytesIO(made))


def face(run) -> str:
    return run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))


def paragraphs(*blocks, **fields) -> list:
    outline = Document(("总结",), blocks, "示例工会", date(2026, 12, 25), **fields)
    return docx.Document(BytesIO(as_docx(outline))).paragraphs


def test_the_page_is_that_of_the_standard(paper):
    page = paper.sections[0]
    sides = (page.top_margin, page.right_margin, page.bottom_margin, page.left_margin)
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in sides] == [37, 26, 35, 28]
    assert round(page.footer_distance / Mm(1)) == 25


def test_body_text_is_16_points_on_a_fixed_pitch(paper):
    normal, body = paper.styles["Normal"], paper.styles["Body Text"]
    assert (normal.font.size, normal.paragraph_format.line_spacing) == (Pt(16), Pt(28.95))
    indent = body.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_every_paragraph_stands_in_its_style_and_face(paper):
    seen = [
        (p.style.name, face(p.runs[0]), p.text[:8]) for p in paper.paragraphs if p.text and p.runs
    ]
    assert seen[:11] == [
        ("Title", "方正小标宋简体", "示例市第三中学工"),
        ("Title", "方正小标宋简体", "2026年度工作"),
        ("主送", "仿宋_GB2312", "示例市教育工会："),
        ("Body Text", "仿宋_GB2312", "2026年，学校"),
        ("Heading 1", "黑体", "一、思想引领和师"),
        ("Body Text", "楷体_GB2312", "（一）学习教育有"),
        ("Heading 2", "楷体_GB2312", "（二）师德宣传有"),
        ("Body Text", "仿宋_GB2312", "学校工会坚持把教"),
        ("Heading 3", "仿宋_GB2312", "1.教师节活动"),
        ("Body Text", "仿宋_GB2312", "学校工会坚持把教"),
        ("Heading 4", "仿宋_GB2312", "（1）先进个人"),
    ]


def test_a_heading_may_run_on_into_its_paragraph(paper):
    running = next(p for p in paper.paragraphs if p.text.startswith("（一）学习教育"))
    assert [(face(run), run.text[:9]) for run in running.runs] == [
        ("楷体_GB2312", "（一）学习教育有安"),
        ("仿宋_GB2312", "组织工会委员和小组"),
    ]


def test_every_run_names_one_face_for_han_and_latin_and_prefers_han(paper):
    slots = Counter()
    for fonts in paper.element.body.iter(qn("w:rFonts")):
        names = {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia")}
        slots[len(names), fonts.get(qn("w:hint"))] += 1
    runs = len(list(paper.element.body.iter(qn("w:r"))))
    assert slots == {(1, "eastAsia"): runs}


def test_page_numbers_are_right_on_odd_and_left_on_even_pages(paper):
    section = paper.sections[0]
    feet = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert paper.settings.odd_and_even_pages_header_footer
    assert [foot._p.pPr.jc.get(qn("w:val")) for foot in feet] == ["right", "left"]
    assert [foot._p.find(qn("w:fldSimple")).get(qn("w:instr")) for foot in feet] == [" PAGE "] * 2
    assert {(face(run), run.font.size) for foot in feet for run in foot.runs} == {("宋体", Pt(14))}


def test_tables_repeat_their_head_and_never_part_a_row(paper):
    table = paper.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["事由", "人次", "金额（元）"],
        ["生病住院", "14", "10200.50"],
        ["丧事", "9", "8400"],
        ["退休", "24", "9700"],
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_figures_in_a_table_stand_right(paper):
    cells = paper.tables[0].rows[1].cells
    sides = [cell.paragraphs[0]._p.pPr.jc.get(qn("w:val")) for cell in cells]
    assert sides == ["left", "right", "right"]


def test_attachments_begin_on_a_new_page_and_are_named_under_the_text(paper):
    marks = [p.text for p in paper.paragraphs if p.style.name == "附件标识"]
    closing = [p.text for p in paper.paragraphs if p.style.name == "落款" and p.text]
    assert marks == ["附件1", "附件2"]
    assert paper.styles["附件标识"].paragraph_format.page_break_before
    assert closing == [
        "附件：1. 月度活动一览",
        "2. 互助保障参保情况",
        "示例市第三中学工会委员会",
        "2026年12月25日",
    ]


def test_the_signature_keeps_to_the_last_paragraph():
    *_, last, blank, signature, day = paragraphs(Paragraph((PROSE,)))
    kept = [p.paragraph_format.keep_with_next for p in (last, blank, signature, day)]
    assert kept == [True, True, True, None]


def test_a_line_that_leads_keeps_to_the_next():
    outline = (Paragraph(("三月份：",), leads=True), Paragraph(("1.插花。",)), Paragraph((PROSE,)))
    kept = {p.text: p.paragraph_format.keep_with_next for p in paragraphs(*outline)}
    assert (kept["三月份："], kept["1.插花。"]) == (True, None)


def test_the_signature_keeps_to_a_table_that_ends_the_text():
    outline = Document(
        ("总结",),
        (Table("", ("月份",), (("一月",), ("二月",)) * 10),),
        "示例工会",
        date(2026, 12, 25),
    )
    table = docx.Document(BytesIO(as_docx(outline))).tables[0]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True, *[None] * 19, True]


def test_the_note_stands_in_brackets_below_the_date():
    day, note = paragraphs(note="此件公开发布")[-2:]
    assert (day.text, note.text) == ("2026年12月25日", "（此件公开发布）")
    assert note.style.style_id == BODY


def test_signs_that_xml_cannot_hold_are_left_out():
    _, _, heading, text, *_ = paragraphs(Heading(1, "甲\x00<乙>"), Paragraph(("丙\x0b&丁\n戊",)))
    assert [heading.text, text.text] == ["一、甲<乙>", "丙&丁戊"]


def test_every_face_has_substitutes_for_machines_without_it(made):
    with ZipFile(BytesIO(made)) as package:
        table = package.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong_GB2312,仿宋,' in table
    assert table.count("<w:altName ") == 5


def test_the_file_says_what_it_is(paper):
    properties = paper.core_properties
    assert (properties.title, properties.author, properties.subject, properties.language) == (
        "示例市第三中学工会2026年度工作总结",
        "示例市第三中学工会委员会",
        "年度总结",
        "zh-CN",
    )
    assert properties.created == properties.modified == datetime(2026, 12, 25, tzinfo=UTC)


def test_the_same_outline_gives_the_same_bytes(made):
    assert as_docx(summary()) == made
