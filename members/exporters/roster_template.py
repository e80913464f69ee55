"""The roster to fill in: headings that the reader understands, how to write each, lists to choose
from, and a filled example on a sheet that the reader passes over."""

import io
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from members.choices import Contract, Gender

ROWS = 2000  # with lists to choose from
NOTE = (
    "填写说明：从第 3 行开始填，一人一行，只有姓名必填；日期写成 1985-03-08，只知道年月写 1985-03；"
    "女性的退休类别写 55 或 50；怎么填看工作表“示例”。"
)
STATUSES = ("在职", "退休", "离休", "内退", "调出")
YES_NO = ("是", "否")


class Column(NamedTuple):
    heading: str
    examples: tuple[str, str]
    width: int = 12
    options: tuple[str, ...] = ()
    hint: str = ""


COLUMNS = (
    Column("工号", ("0901", "1203")),
    Column("姓名", ("王小明", "李文静")),
    Column("性别", ("男", "女"), 8, tuple(Gender.labels)),
    Column("出生日期", ("1985-03-08", "1979-11"), 14),
    Column("民族", ("汉族", "回族"), 10),
    Column("政治面貌", ("中共党员", "群众"), 14),
    Column("部门", ("语文组", "总务处"), 14),
    Column("工会小组", ("第一工会小组", "第二工会小组"), 16),
    Column("职称", ("一级教师", ""), 14),
    Column("职务", ("备课组长", "科员"), 14),
    Column("人员状态", ("在职", "在职"), 12, STATUSES),
    Column("专任教师", ("是", "否"), 12, YES_NO),
    Column("用工形式", ("在编", "聘用"), 12, tuple(Contract.labels)),
    Column("学历", ("本科", "大专"), 10),
    Column("校区", ("本部", "本部"), 10),
    Column("参加工作时间", ("2007-08", "1999-07"), 16),
    Column("到校时间", ("2009-09", "2005-02"), 14),
    Column("入会时间", ("2009-09", "2005-03"), 14),
    Column("会员证号", ("", ""), 14),
    Column("退休类别", ("", "55"), 12, ("55", "50"), "只有女性要填：原 55 岁还是原 50 岁退休"),
    Column("手机", ("13800000001", "13800000002"), 16),
    Column("特长爱好", ("乒乓球", "合唱"), 14),
    Column("居住片区", ("", "城东片"), 14, (), "退休教职工按片慰问时用"),
    Column("备注", ("", ""), 20),
)  # fmt: skip


def roster_template_xlsx() -> bytes:
    book = Workbook()
    _sheet(book.active, "会员名册", rows=())
    examples = zip(*(column.examples for column in COLUMNS), strict=True)
    _sheet(book.create_sheet(), "示例", rows=tuple(examples))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Worksheet, title: str, rows: tuple) -> None:
    sheet.title = title
    sheet.append([NOTE])
    sheet.append([column.heading for column in COLUMNS])
    for row in rows:
        sheet.append(row)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
    sheet["A1"].alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[1].height = 36
    sheet.freeze_panes = "C3"
    for number, column in enumerate(COLUMNS, start=1):
        _format(sheet, number, column)


def _format(sheet: Worksheet, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    head = sheet.cell(2, number)
    head.font = Font(bold=True)
    head.fill = PatternFill("solid", fgColor="E8ECF4")
    sheet.column_dimensions[letter].width = column.width
    # as text, so that a 工号 keeps its zeros and 1985-03 does not turn into a day
    sheet.column_dimensions[letter].number_format = "@"
    if column.hint:
        head.comment = Comment(column.hint, "工会")
    if column.options:
        _choose_from(sheet, f"{letter}3:{letter}{ROWS + 2}", column)


def _choose_from(sheet: Worksheet, cells: str, column: Column) -> None:
    options = DataValidation("list", formula1=f'"{",".join(column.options)}"', allow_blank=True)
    options.errorTitle = column.heading
    options.error = f"{column.heading}从这几项里选：{'、'.join(column.options)}"
    options.showErrorMessage = True
    sheet.add_data_validation(options)
    options.add(cells)
