"""Files that call themselves .xls and are web pages or XML, as school systems write them."""

import pytest

from members.roster_reader import read_roster
from tests.factories.rosters import people, refusal_of, text
from unionoffice.periods import iso_date

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312">
<title>导出</title><style>td{mso-number-format:"\\@"}</style>
<script>document.write("<table><tr><td>姓名<td>假的</table>")</script></head><body>
<h3>示例中学教职工花名册</h3>
<table border=1>
<tr><th rowspan=2>序号</th><th colspan="2">基本信息</th><th rowspan="2">部门</th></tr>
<tr><th>姓&nbsp;&nbsp;名</th><th>出生<br>年月</th></tr>
<tr><td>1</td><td>甲&nbsp;一</td><td x:num="31114">1985-03</td><td rowspan="2">语文组</td></tr>
<tr><td>2</td><td>乙二<td>1990.10
<tr><td>3</td><td x:fmla="=B4">丙三</td><td>1979.1</td><td>数学组</td></tr>
<tr><td colspan=4>合计：3人</td></tr>
</table></body></html>"""
WORKBOOK = """<?xml version="1.0" encoding="gb2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="名册"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">教职工花名册</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">出生日期</Data></Cell>
<Cell><Data ss:Type="String">部门</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">甲一</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">1985-03-08T00:00:00.000</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">语文组</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">乙二</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">19901002</Data></Cell></Row>
<Row><Cell ss:Formula="=R[-1]C"><Data ss:Type="String">丙三</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="旧"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible>
</x:WorksheetOptions></Worksheet></Workbook>"""


def read(content: str, encoding="utf-8"):
    return read_roster("名册.xls", text(content, encoding))


def found(reading):
    return [
        (row.row, row.name, iso_date(row.birth, row.birth_precision), row.department)
        for row in reading.accepted
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_that_calls_itself_xls_is_read(encoding):
    reading = read(PAGE, encoding)
    assert found(reading) == [
        (4, "甲一", "1985-03", "语文组"),
        (5, "乙二", "1990-10", "语文组"),
    ]
    told = [(one.row, one.reason) for one in reading.rejected]
    assert told == [(6, "姓名是公式"), (7, "合计行")]


def test_tables_inside_tables_are_read_once():
    inner = "<table><tr><td>姓名<td>部门<tr><td>甲一<td>语文组</table>"
    page = f"<table><tr><td>{inner}</td></tr></table>"
    assert people(text(page), "名册.xls") == [(2, "甲一", "", "语文组")]


def test_a_page_needs_no_closed_tags_and_no_frame():
    page = "<!-- x --><tr><td>x</td></tr><table><tr><td>姓名<td>性别<tr><td>甲一<td>男"
    assert people(text(page), "名册.xls") == [(3, "甲一", "男", "")]


def test_a_ledger_in_a_page_is_refused_like_any_other():
    page = "<table><tr><td>日期<td>姓名<td>摘要<td>支出<tr><td>3-1<td>甲一<td>慰问<td>500</table>"
    assert "像记账表，不是花名册" in refusal_of(text(page), "账.xls")


def test_a_page_without_tables_and_one_in_parts_say_what_to_do():
    assert refusal_of(text("<html><frameset><frame src=a.htm></frameset></html>"), "名册.xls") == (
        "“名册.xls”其实是网页，里面没有表格。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )
    whole = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n<table>"
    assert refusal_of(text(whole), "名册.xls") == (
        "“名册.xls”是存成一个文件的网页，读不了。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr>" + "<td colspan=99999 rowspan=99999>姓名</td>" * 20_000,
        "<table>" + "<tr><td>姓名</td></tr>" * 19_000 + "<tr>" + "<td>x</td>" * 1_000,
    ],
)
def test_spans_take_no_more_room_than_a_roster_needs(page):
    assert "的格子太多，放不下" in refusal_of(text(page), "名册.xls")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_workbook_in_xml_is_read(encoding):
    reading = read(WORKBOOK, encoding)
    assert found(reading) == [
        (4, "甲一", "1985-03-08", "语文组"),
        (5, "乙二", "1990-10-02", "语文组"),
    ]
    assert [(one.row, one.reason) for one in reading.rejected] == [(6, "姓名是公式")]
    assert reading.warnings == ("工作表“旧”是隐藏的，没有读。",)


@pytest.mark.parametrize(
    "xml",
    [
        WORKBOOK[:-40],
        WORKBOOK.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook'),
        WORKBOOK.replace('ss:Index="3"', 'ss:Index="-3"'),
        WORKBOOK.replace("19901002", "x"),
    ],
)
def test_a_damaged_workbook_in_xml_is_refused(xml):
    assert refusal_of(text(xml), "名册.xls").startswith("“名册.xls”打不开，可能没有下载完整")


def test_a_far_cell_in_xml_takes_no_room():
    xml = WORKBOOK.replace('<Row ss:Index="3">', '<Row ss:Index="900000">')
    assert "的格子太多，放不下" in refusal_of(text(xml), "名册.xls")
