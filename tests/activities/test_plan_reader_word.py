"""Word documents as they print: Word's own numbering, tracked changes, boxes, merged cells."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from activities.plan_reader import plan_text

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@pytest.fixture
def document():
    return Document()


def text_of(document) -> list[str]:
    saved = io.BytesIO()
    document.save(saved)
    return plan_text("计划.docx", saved.getvalue()).split("\n")


def add(document, xml: str) -> None:
    found = parse_xml(f"<w:root {nsdecls('w')} {MC}>{xml}</w:root>")
    for element in list(found):
        document.element.body.insert(len(document.element.body) - 1, element)


def listed(text: str, number: int, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def define(document, number: int, *levels: tuple[str, str], restart: bool = False) -> None:
    """A list of its own; one that `restart`s counts the levels of the list before it anew."""
    numbering = document.part.numbering_part.element
    abstract = 900 + number - restart
    if not restart:
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{words}"/></w:lvl>'
            for at, (style, words) in enumerate(levels)
        )
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{inner}</w:abstractNum>'
        numbering.insert(0, parse_xml(xml))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            f"{override if restart else ''}</w:num>"
        )
    )


def test_the_numbering_that_word_counts_is_read(document):
    define(document, 50, ("chineseCounting", "%1、"), ("decimal", "%2."), ("decimal", "%2.%3"))
    for words in (("指导思想", 0), ("学习", 1), ("服务", 1), ("细则", 2), ("安排", 0), ("春游", 1)):
        add(document, listed(words[0], 50, words[1]))
    assert text_of(document) == [
        "一、 指导思想", "1. 学习", "2. 服务", "2.1 细则", "二、 安排", "1. 春游",
    ]  # fmt: skip


def test_a_list_that_starts_anew_counts_from_one(document):
    define(document, 50, ("decimal", "（%1）"))
    define(document, 51, restart=True)
    for text, number in (("甲", 50), ("乙", 50), ("丙", 51)):
        add(document, listed(text, number))
    assert text_of(document) == ["（1） 甲", "（2） 乙", "（1） 丙"]


@pytest.mark.parametrize(
    ("style", "words", "mark"),
    [
        ("bullet", "", "· 甲"),
        ("decimalEnclosedCircleChinese", "%1", "① 甲"),
        ("japaneseCounting", "（%1）", "（一） 甲"),
        ("upperLetter", "%1、", "A、 甲"),
        ("none", "%1", "甲"),
    ],
)
def test_each_style_of_numbering(document, style, words, mark):
    define(document, 50, (style, words))
    add(document, listed("甲", 50))
    assert text_of(document) == [mark]


def test_tracked_changes_count_as_accepted(document):
    add(
        document,
        "<w:p><w:r><w:t>四月：</w:t></w:r><w:del><w:r><w:delText>扑克</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>春游</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>移走的</w:t></w:r></w:moveFrom></w:p>",
    )
    assert text_of(document) == ["四月：春游"]


def test_text_boxes_and_content_controls_are_read_once(document):
    box = "<w:txbxContent><w:p><w:r><w:t>疗休养</w:t></w:r></w:p></w:txbxContent>"
    add(
        document,
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>七月：</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert [line for line in text_of(document) if line] == ["七月：", "疗休养"]


def test_headers_and_footers_are_left(document):
    document.sections[0].header.paragraphs[0].text = "三月刊"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("四月：春游")
    assert text_of(document) == ["四月：春游"]


def test_lists_in_cells_and_merged_months(document):
    define(document, 50, ("decimal", "%1."))
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate((("月份", "内容"), ("三月", ""), ("", "植树"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    cell = table.cell(1, 1)._tc
    cell.remove(cell.p_lst[0])
    for text in ("插花", "讲座"):
        cell.append(parse_xml(listed(text, 50).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    assert text_of(document) == ["月份\t内容", "三月", "1. 插花", "2. 讲座", "植树"]
