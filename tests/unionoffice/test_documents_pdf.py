import hashlib
import json
import logging
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import docx
import pdfplumber
import pytest

from tests.unionoffice.test_documents_outline import PROSE, summary
from unionoffice.documents import measures as m
from unionoffice.documents.docx import as_docx
from unionoffice.documents.faces import FACES, FONTS
from unionoffice.documents.outline import Document, Figure, Heading, Paragraph, Table
from unionoffice.documents.pdf import as_pdf, pdf_html
from unionoffice.facts import Fact

LEFT, RIGHT = m.LEFT_MM * m.MM, (210 - m.RIGHT_MM) * m.MM
TOP, FOOT = m.TOP_MM * m.MM, (297 - m.BOTTOM_MM) * m.MM
ROUGHLY = 1  # point: a glyph may lean over the edge of its own square


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_pdf(summary())


@pytest.fixture(scope="module")
def pages(made):
    with pdfplumber.open(BytesIO(made)) as pdf:
        yield pdf.pages


def signs(page) -> list[dict]:
    """Of the text, without the page number."""
    return [c for c in page.chars if c["text"].strip() and c["top"] < FOOT]


def rows(page) -> list[str]:
    """The page's lines, read by their baselines."""
    lines = {}
    for sign in signs(page):
        lines.setdefault(round((sign["bottom"] - TOP) / m.LINE_PITCH), []).append(sign)
    return ["".join(sign["text"] for sign in line) for _, line in sorted(lines.items())]


def pages_of(*blocks, **fields):
    outline = Document(("总结",), blocks, "示例市第三中学工会", date(2026, 12, 25), **fields)
    with pdfplumber.open(BytesIO(as_pdf(outline))) as pdf:
        return [rows(page) for page in pdf.pages]


def squashed(text: str) -> Counter:
    return Counter(re.sub(r"\s", "", text))


def test_weasyprint_has_nothing_to_complain_about(caplog):
    with caplog.at_level(logging.WARNING):
        as_pdf(summary())
    assert caplog.records == []


def test_no_sign_leaves_the_frame(pages):
    out = [
        sign["text"]
        for page in pages
        for sign in signs(page)
        if sign["x0"] < LEFT - ROUGHLY or sign["x1"] > RIGHT + ROUGHLY or sign["bottom"] > FOOT
    ]
    assert out == []


def test_a_full_page_has_22_lines_of_28_characters():
    _, full, _ = pages_of(Paragraph(("字" * 1300,)))
    assert full == ["字" * 28] * 22


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(pages):
    numbers = [[c for c in page.chars if c["top"] > FOOT] for page in pages[:2]]
    assert ["".join(c["text"] for c in number) for number in numbers] == ["— 1 —", "— 2 —"]
    assert round(numbers[0][-1]["x1"]) == round(RIGHT - m.PAGE_NUMBER_SIZE)
    assert round(numbers[1][0]["x0"]) == round(LEFT + m.PAGE_NUMBER_SIZE)


def test_pdf_and_docx_hold_the_same_characters(made, pages):
    paper = docx.Document(BytesIO(as_docx(summary())))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    written = squashed("".join([p.text for p in paper.paragraphs] + cells))
    printed = squashed("".join(sign["text"] for page in pages for sign in signs(page)))
    assert printed == written


def test_rare_characters_of_names_come_from_the_machines_noto(pages):
    fonts = {
        sign["text"]: sign["fontname"].split("+")[-1]
        for page in pages
        for sign in page.chars
        if sign["text"] in "镕堃喆㛃𬱟·"
    }
    assert {sign for sign, font in fonts.items() if "Noto-Serif" in font} == set("镕堃喆㛃𬱟")
    assert "FangSong" in fonts["·"]


def test_the_faces_are_embedded(pages):
    fonts = {sign["fontname"].split("+")[-1] for page in pages for sign in page.chars}
    faces = {"XiaoBiaoSong", "FangSong", "KaiTi", "HeiTi", "SongTi"}
    assert {f"Office-{face}" for face in faces} <= fonts


@pytest.mark.parametrize("short", range(15, 21))
def test_the_signature_never_stands_alone_on_a_page(short):
    text = [Paragraph(("一段文字。",)) for _ in range(short)]
    last = pages_of(*text)[-1]
    assert last[-3:] == ["一段文字。", "示例市第三中学工会", "2026年12月25日"]


def test_the_signature_stays_with_the_end_of_a_table():
    rows = tuple((f"{number}号",) for number in range(1, 27))
    first, last = pages_of(Table("", ("编号",), rows))
    assert len(first) > 10
    assert "号" in "".join(last)
    assert last[-2:] == ["示例市第三中学工会", "2026年12月25日"]


@pytest.mark.parametrize("lines", range(18, 22))
def test_a_heading_never_ends_a_page(lines):
    text = [Paragraph(("一段文字。",)) for _ in range(lines)]
    for page in pages_of(*text, Heading(1, "标题"), Heading(2, "小标题"), Paragraph((PROSE,))):
        assert "标题" not in page[-1]


@pytest.mark.parametrize("lines", range(18, 22))
def test_a_line_that_leads_never_ends_a_page(lines):
    text = [Paragraph(("一段文字。",)) for _ in range(lines)]
    for page in pages_of(*text, Paragraph(("三月份：",), leads=True), Paragraph(("1.插花。",))):
        assert page[-1] != "三月份："


def test_a_long_table_repeats_its_head_on_the_next_page():
    rows = tuple((f"{number}号", "活动") for number in range(1, 60))
    pages = pages_of(Table("", ("编号", "内容"), rows))
    assert ["".join(page).count("编号内容") for page in pages] == [1, 1, 1]


def test_text_is_never_taken_for_markup():
    html = pdf_html(Document(("<i>",), (Paragraph(("<b>&",)),), "<u>", date(2026, 1, 5)))
    assert [tag for tag in ("<i>", "<b>", "<u>") if tag in html] == []


def test_a_missing_figure_prints_its_gap():
    fact = Fact("welfare.visits", "慰问人次", None, "人次", "/welfare/")
    (page,) = pages_of(Paragraph(("全年慰问", Figure(fact), "。")))
    assert "全年慰问【待补：慰问人次】。" in page


def test_the_file_says_what_it_is(made):
    with pdfplumber.open(BytesIO(made)) as pdf:
        data = pdf.metadata
    assert (data["Title"], data["Author"], data["Subject"], data["CreationDate"]) == (
        "示例市第三中学工会2026年度工作总结",
        "示例市第三中学工会委员会",
        "年度总结",
        "D:20261225",
    )


def test_the_same_outline_gives_the_same_bytes(made):
    assert as_pdf(summary()) == made


def test_several_people_may_ask_at_once(made):
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(as_pdf, [summary()] * 3)) == [made] * 3


def test_the_fonts_are_those_of_the_manifest():
    manifest = json.loads((FONTS / "MANIFEST.json").read_text())
    assert {row["file"] for row in manifest} == {face.file for face in FACES}
    for row in manifest:
        assert hashlib.sha256((FONTS / row["file"]).read_bytes()).hexdigest() == row["sha256"]
