import io
import zipfile

import pytest
from docx import Document

from activities.plan_reader import plan_text, read_plan
from unionoffice.errors import FileRefused


def docx(build) -> bytes:
    document = Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table(document, rows: list[list[str]]):
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding(encoding):
    assert plan_text("计划.txt", "三月份：庆祝三八节".encode(encoding)) == "三月份：庆祝三八节"


def test_plain_text_that_is_named_as_a_word_file_is_read():
    assert plan_text("计划.docx", "三月份：庆祝三八节".encode()) == "三月份：庆祝三八节"


def test_word_paragraphs_and_tables_in_their_order():
    def build(document):
        document.add_paragraph("工会工作计划")
        table(document, [["三月", "庆祝三八节\n例会"], ["四月", "春游"]])
        document.add_paragraph("某校工会")

    text = plan_text("计划.docx", docx(build))
    assert text == "工会工作计划\n三月\n庆祝三八节\n例会\n四月\n春游\n某校工会"


def test_columns_beside_the_content_are_named_on_each_line():
    rows = [["月份", "工作内容", "负责人"], ["三月", "庆祝三八节", "女工委"], ["四月", "春游", ""]]
    text = plan_text("计划.docx", docx(lambda document: table(document, rows)))
    assert text == "月份\t工作内容\t负责人\n三月\n庆祝三八节\n负责人：女工委\n四月\n春游"


def test_a_merged_cell_speaks_once():
    def build(document):
        made = table(document, [["三月", "庆祝三八节"], ["", "例会"]])
        made.cell(0, 0).merge(made.cell(1, 0)).text = "三月"

    assert plan_text("计划.docx", docx(build)) == "三月\n庆祝三八节\n例会"


def test_a_word_table_becomes_months():
    rows = [
        ["活动内容", "时间", "负责人"],
        ["庆祝三八节", "3月", "女工委"],
        ["春游", "4月", "工会"],
        ["1、体检\n2、例会", "5月", "工会"],
    ]

    def build(document):
        document.add_paragraph("2026年学校工会工作计划")
        table(document, rows)

    plan = read_plan(plan_text("计划.docx", docx(build)))
    assert [(m.months, m.items) for m in plan.months] == [
        ((3,), ("庆祝三八节",)),
        ((4,), ("春游",)),
        ((5,), ("体检", "例会")),
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("计划.docx", b"MZ\x90\x00\x03\x00\x00\x00", "“计划.docx”是一个程序"),
        ("计划.txt", b"", "“计划.txt”是空文件"),
        ("计划.txt", "　\n \n".encode(), "“计划.txt”里没有文字"),
        ("计划.pdf", b"%PDF-1.7\n", "“计划.pdf”是 PDF，读不准里面的行"),
        ("计划.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "“计划.doc”是旧版 Office 文件（.doc、.xls）或加了密码"),
        ("计划.docx", b"{\\rtf1\\ansi}", "“计划.docx”其实是 RTF 或网页，不是 Word 文档"),
        ("计划.docx", b"\n<HTML><body>", "“计划.docx”其实是 RTF 或网页，不是 Word 文档"),
        ("计划.txt", b"a" * (20 * 1024 * 1024), "“计划.txt”有 20.0 MB，超过 10 MB 的上限"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(name, content, reason):
    with pytest.raises(FileRefused) as refused:
        plan_text(name, content)
    assert str(refused.value).startswith(reason)


def test_a_damaged_word_file_is_refused():
    whole = docx(lambda document: document.add_paragraph("工会工作计划" * 400))
    at = whole.index(b"word/document.xml") + 40
    damaged = whole[:at] + bytes(200) + whole[at + 200 :]
    with pytest.raises(
        FileRefused,
        match=r"^“计划.docx”打不开，文件可能已经损坏。用 Word 打开它，另存一份 .docx 再传。$",
    ):
        plan_text("计划.docx", damaged)


def test_a_word_file_with_nothing_but_pictures_is_refused():
    with pytest.raises(
        FileRefused,
        match=r"^“扫描.docx”里没有文字，可能是空白文件，也可能是扫描的图片。换成能选中文字的文件再传。$",
    ):
        plan_text("扫描.docx", docx(lambda document: document.add_paragraph("")))


LONG = "^“计划.docx”太长了，像整本资料。只留年度计划的部分，另存一份再传。$"


def long_file(count: int) -> bytes:
    """`count` empty paragraphs; python-docx would take minutes to add them one by one."""
    content, out = docx(lambda document: None), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            xml = old.read(part)
            if part == "word/document.xml":
                xml = xml.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * count)
            new.writestr(part, xml)
    return out.getvalue()


@pytest.mark.parametrize("count", [20_001, 400_000])
def test_a_word_file_of_endless_paragraphs_is_refused(count):
    with pytest.raises(FileRefused, match=LONG):
        plan_text("计划.docx", long_file(count))


def test_a_cell_that_claims_a_million_columns_costs_nothing():
    def build(document):
        made = table(document, [["三月", "庆祝三八节"]])
        made.cell(0, 1)._tc.grid_span = 100_000_000

    assert plan_text("计划.docx", docx(build)) == "三月\n庆祝三八节"


def test_a_cell_merged_over_very_many_rows_is_read():
    def build(document):
        made = table(document, [["三月", "例会"]] * 1200)
        for number, row in enumerate(made._tbl.tr_lst):
            row.tc_lst[0].vMerge = "continue" if number else "restart"

    assert plan_text("计划.docx", docx(build)).splitlines()[:3] == ["三月", "例会", "例会"]
