"""Rosters as schools keep them, each with everything that makes such files hard, and what a careful
person reads in them. `ROSTERS`: file name → (content, accepted, rejected rows).

The accepted: (row, name, gender, birth, department); a None is not compared."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl

Person = tuple[int, str, str | None, str | None, str | None]
Case = tuple[bytes, list[Person], list[int]]
ROSTERS: dict[str, Callable[[], Case]] = {}


def roster(name: str) -> Callable:
    def keep(make: Callable[[], Case]) -> Callable[[], Case]:
        ROSTERS[name] = make
        return make

    return keep


def book_of(sheets: dict[str, list[list]], merges: dict[str, list[str]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
        for merge in (merges or {}).get(name, ()):
            sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_of(lines: list[str], encoding: str, end: str = "\r\n") -> bytes:
    return (end.join(lines) + end).encode(encoding)


@roster("unicode_text.csv")
def unicode_text() -> Case:
    """What Excel calls Unicode text: UTF-16 with a mark, tabs, 4-byte characters, a rare surname."""
    lines = [
        "序号\t姓 名\t性别\t出生年月\t所在部门\t手机",
        "1\t𠮷 野明\t男\t85-3-8\t语文组\t１３８００００００１１",
        "2\t喆㛃\t女\t一九八五年三月\t数学组\t",
        "3\t古丽娜尔•买买提\t女\t1985年3月8日\t教务处\t",
        "",
        "合计\t3人\t\t\t\t",
    ]
    return (
        text_of(lines, "utf-16"),
        [
            (2, "𠮷野明", "男", "1985-03-08", "语文组"),
            (3, "喆㛃", "女", "1985-03", "数学组"),
            (4, "古丽娜尔·买买提", "女", "1985-03-08", "教务处"),
        ],
        [6],
    )


@roster("utf16_without_a_mark.csv")
def utf16_without_a_mark() -> Case:
    lines = ["姓名;性别;生日;部门", "钱一;女;1985/3/8 0:00:00;总务处", "孙二;男;19850308;德育处"]
    return (
        text_of(lines, "utf-16-le"),
        [(2, "钱一", "女", "1985-03-08", "总务处"), (3, "孙二", "男", "1985-03-08", "德育处")],
        [],
    )


@roster("utf16_big_endian.csv")
def utf16_big_endian() -> Case:
    lines = ["姓名,性别,部门", "钱一,女,总务处"]
    return text_of(lines, "utf-16-be"), [(2, "钱一", "女", None, "总务处")], []


@roster("gb18030_semicolon.csv")
def gb18030_semicolon() -> Case:
    """Titles above, a quoted line break, an injection, a two-line signature."""
    lines = [
        "示例小学教职工花名册;;;;",
        "填报日期：2026年9月1日;;;;",
        "教工姓名;男女;出 生 日 期;科室;备注",
        '李镕基;男;1971.02.14;"体艺\n组";',
        "王  芳;F;850308;英语组;组长",
        "\"=cmd|'/c calc'!A1\";男;1990;化学组;",
        "@SUM(1+1);女;1990;化学组;",
        "+赵六;男;1990;化学组;",
        "周七;女;1990-13;@SUM(A1:A9);",
        "王芳;女;1985年3月8日;英语组;又写了一遍",
        "填表人：吴八;;;审核人：;",
    ]
    return (
        text_of(lines, "gb18030"),
        [
            (4, "李镕基", "男", "1971-02-14", "体艺组"),
            (5, "王芳", "女", "1985-03-08", "英语组"),
            (9, "周七", "女", "", ""),
        ],
        [6, 7, 8, 10, 11],
    )


@roster("two_row_header.xlsx")
def two_row_header() -> Case:
    """Group headings over the header, departments merged over their people, subtotals between."""
    rows = [
        ["示例市第一中学教职工基本情况一览表"],
        ["序号", "基本情况", None, None, "工作情况", None, "联系方式", None],
        [None, "姓名", "性别", "出生年月", "部门", "职称", "手机号", "家庭住址"],
        [1, "张 伟", "男", 1985.3, "语文组", "高级", "13800000001", "和平里"],
        [2, "李 娜", "女", "1979年11月", None, "一级", "13800000002", None],
        [3, "欧阳 明月", "女", "1990.06.07", None, None, None, None],
        ["小计", "3人"],
        [4, "王五", "男", date(1971, 2, 14), "数学组", None, 13800000004, None],
        [5, "赵六", "男", 26343, None, None, None, None],
        ["总 计", None, None, None, "5 人"],
        ["制表：办公室", None, None, None, "校长（签字）："],
    ]
    merges = ["A1:H1", "A2:A3", "B2:D2", "E2:F2", "G2:H2", "E4:E6", "E8:E9"]
    return (
        book_of({"名册": rows}, {"名册": merges}),
        [
            (4, "张伟", "男", "1985-03", "语文组"),
            (5, "李娜", "女", "1979-11", "语文组"),
            (6, "欧阳明月", "女", "1990-06-07", "语文组"),
            (8, "王五", "男", "1971-02-14", "数学组"),
            (9, "赵六", "男", "1972-02-14", "数学组"),
        ],
        [7, 10, 11],
    )


@roster("side_by_side.xlsx")
def side_by_side() -> Case:
    rows = [
        ["在职教师", None, None, None, None, "退休教师"],
        ["姓名", "性别", "出生日期", "部门", None, "姓名", "性别", "出生日期", "部门"],
        ["甲一", "男", "1985-3-8", "语文组", None, "乙一", "女", "1950.08", "退休组"],
        ["甲二", "女", "1986-03", "数学组", None, "乙二", "男", "四九年十月", "退休组"],
        ["甲三", "女", "1987", "英语组", None, None, None, None, None],
        ["合计", "3人", None, None, None, "合计", "2人"],
    ]
    return (
        book_of({"名单": rows}, {"名单": ["A1:D1", "F1:I1"]}),
        [
            (3, "甲一", "男", "1985-03-08", "语文组"),
            (3, "乙一", "女", "1950-08", "退休组"),
            (4, "甲二", "女", "1986-03", "数学组"),
            (4, "乙二", "男", "1949-10", "退休组"),
            (5, "甲三", "女", "1987", "英语组"),
        ],
        [6, 6],
    )


@roster("side_by_side_of_two_departments.xlsx")
def side_by_side_of_two_departments() -> Case:
    """The department stands over each block, no column says it."""
    rows = [
        ["语文组（2人）", None, None, "数学组（2人）", None, None],
        ["序号", "姓名", "性别", "序号", "姓名", "性别"],
        [1, "甲一", "男", 1, "乙一", "女"],
        [2, "甲二", "女", 2, "乙二", "男"],
    ]
    return (
        book_of({"名单": rows}, {"名单": ["A1:C1", "D1:F1"]}),
        [
            (3, "甲一", "男", None, "语文组"),
            (3, "乙一", "女", None, "数学组"),
            (4, "甲二", "女", None, "语文组"),
            (4, "乙二", "男", None, "数学组"),
        ],
        [],
    )


@roster("side_by_side_from_different_rows.xlsx")
def side_by_side_from_different_rows() -> Case:
    rows = [
        ["姓名", "性别", "部门", None, "退休教师", None, None],
        ["甲一", "男", "语文组", None, "姓名", "性别", "部门"],
        ["甲二", "女", "数学组", None, "乙一", "女", "退休组"],
        ["甲三", "女", "英语组", None, "乙二", "男", "退休组"],
    ]
    return (
        book_of({"名单": rows}),
        [
            (2, "甲一", "男", None, "语文组"),
            (3, "甲二", "女", None, "数学组"),
            (3, "乙一", "女", None, "退休组"),
            (4, "甲三", "女", None, "英语组"),
            (4, "乙二", "男", None, "退休组"),
        ],
        [],
    )


@roster("counts_below.xlsx")
def counts_below() -> Case:
    """Below the people: counts by kind, an age, a name that signs, a page number."""
    rows = [
        ["序号", "姓名", "性别", "出生年月", "部门"],
        [1, "甲一", "男", "1985.3", "语文组"],
        [2, "甲二", "女（孕）", "1986.4", None],
        ["男", 1], ["女教师", 1], [None, "在职", 2], [None, "平均年龄", 40],
        [None, "王丽"], [None, "第1页 共2页"], [None, "二〇二六年九月"], [None, "请各组核对"],
    ]  # fmt: skip
    return (
        book_of({"名单": rows}),
        [(2, "甲一", "男", "1985-03", "语文组"), (3, "甲二", "女", "1986-04", "")],
        [4, 5, 6, 7, 8, 9, 10, 11],
    )


@roster("sheet_a_department.xlsx")
def sheet_a_department() -> Case:
    head = ["编号", "姓名", "性别", "出生年月"]
    return (
        book_of(
            {
                "语文组": [head, [1, "甲一", "男", "1985.3"], [2, "甲二", "女", "1986.4"]],
                "数学组": [["数学组名单"], head, [1, "乙一", "男", "1987.5"]],
                "说明": [["每学期开学更新"], ["由办公室负责"]],
                "Sheet3": [],
            }
        ),
        [
            (2, "甲一", "男", "1985-03", "语文组"),
            (3, "甲二", "女", "1986-04", "语文组"),
            (3, "乙一", "男", "1987-05", "数学组"),
        ],
        [],
    )


@roster("sections.xlsx")
def sections() -> Case:
    """Departments as headings between the people."""
    rows = [
        ["姓名", "性别", "出生日期", "手机"],
        ["一、语文组（2人）"],
        ["甲一", "男", "1985-03-08", None],
        ["甲二", "女", "1986/4/9", None],
        ["二、数学组"],
        ["乙一", "男", "1987年5月", None],
        ["【教务处】"],
        ["丙一", "女", 31201, None],
        ["退休人员"],
        ["丁一", "女", "1950-01-01", None],
        ["以上共4人"],
        ["注：本表截至2026年8月31日"],
    ]
    return (
        book_of({"教职工": rows}),
        [
            (3, "甲一", "男", "1985-03-08", "语文组"),
            (4, "甲二", "女", "1986-04-09", "语文组"),
            (6, "乙一", "男", "1987-05", "数学组"),
            (8, "丙一", "女", "1985-06-03", "教务处"),
            (10, "丁一", "女", "1950-01-01", ""),
        ],
        [2, 5, 7, 9, 11, 12],
    )


@roster("formulas.xlsx")
def formulas() -> Case:
    rows = [
        ["工号", "姓名", "性别", "出生日期", "部门", "身份证号"],
        ["0001", "甲一", '=IF(MOD(MID(F2,17,1),2),"男","女")', "=MID(F2,7,8)", "语文组", "1"],
        ["0002", '="乙"&"二"', "女", "1985", "语文组", None],
        ["0003", '=HYPERLINK("http://x","丙三")', "女", "1985", "语文组", None],
        ["0004", "'=1+1", "女", "1985", "语文组", None],
        ["0005", "丁四", "女", "1985", "=1+1", None],
        ["0006", "戊五", "女", "1985", "-2+3", None],
        ["0007", "-2+3", "女", "1985", "语文组", None],
    ]
    return (
        book_of({"名册": rows}),
        [
            (2, "甲一", "", "", "语文组"),
            (6, "丁四", "女", "1985", ""),
            (7, "戊五", "女", "1985", ""),
        ],
        [3, 4, 5, 8],
    )


@roster("namesakes.xlsx")
def namesakes() -> Case:
    rows = [
        ["职工编号", "职工姓名", "性别", "出生日期", "所属部门", "联系方式"],
        ["００１", "李静", "女", "1985-03-08", "语文组", "13800000001"],
        ["００２", "李静", "女", "1990-03-08", "数学组", "13800000002"],
        ["001", "李 静", "女", "1985.3.8", "语文组", "138 0000 0001"],
        ["003", "王强", "男", "1980-01", "体育组", None],
        [None, "王强", "男", "1980-01", "体育组", None],
        ["005", "王强", "男", "1980-01", "体育组", None],
        ["003", "周强", "男", "1980-02", "体育组", None],
        ["006", "马丽（大）", "女", "1970", "总务处", None],
        ["007", "马丽（小）", "女", "1995", "总务处", None],
        ["008", "张三、李四", "男", "1995", "总务处", None],
        ["009", "同上", "男", None, "总务处", None],
        ["010", "外聘2人", None, None, "总务处", None],
        ["011", "男", None, None, None, None],
    ]
    return (
        book_of({"名册": rows}),
        [
            (2, "李静", "女", "1985-03-08", "语文组"),
            (3, "李静", "女", "1990-03-08", "数学组"),
            (5, "王强", "男", "1980-01", "体育组"),
            (7, "王强", "男", "1980-01", "体育组"),
            (9, "马丽", "女", "1970", "总务处"),
            (10, "马丽", "女", "1995", "总务处"),
        ],
        [4, 6, 8, 11, 12, 13, 14],
    )


@roster("header_printed_again.xlsx")
def header_printed_again() -> Case:
    """A page break with title and header; columns in another order further down."""
    rows = [
        [None, None, None, None],
        [None, "会员名单", None, None],
        [None, "性别", "出生日期(公历)", "单位", "姓\n名"],
        [None, "男", "8-Mar-85", "语文组", "甲一"],
        [None, "女", "Mar-86", "数学组", "甲二"],
        [None, "会员名单（续）", None, None],
        [None, "姓名", "性别", "部门", "出生日期"],
        [None, "甲三", "女", "英语组", "1987.5"],
        [None, "本页小计：1人", None, None],
        [None, "工会主席（签名）：", None, "2026年9月1日"],
        [None, None, None, "示例中学工会（盖章）"],
    ]
    return (
        book_of({"名单": rows}),
        [
            (4, "甲一", "男", "1985-03-08", "语文组"),
            (5, "甲二", "女", "1986-03", "数学组"),
            (8, "甲三", "女", "1987-05", "英语组"),
        ],
        [6, 9, 10, 11],
    )


@roster("dates_of_all_forms.xlsx")
def dates_of_all_forms() -> Case:
    written = {
        "1985.3": "1985-03", "85-3-8": "1985-03-08", "一九八五年三月": "1985-03", "31114": "1985-03-08",
        "1985/3/8 0:00:00": "1985-03-08", "19850308": "1985-03-08", "1985年3月": "1985-03",
        "850308": "1985-03-08", "１９８５．０３": "1985-03", "1985-03-08T00:00:00": "1985-03-08",
        "八五年三月八日": "1985-03-08", "1985年03月08日": "1985-03-08", "1985，3，8": "1985-03-08",
        "198503": "1985-03", "1985": "1985", "1985.13": "", "85.13.1": "", "2085-01-01": "",
        "1985年三月八号": "1985-03-08", "85年3月": "1985-03", "3/8/1985": None, "1985308": "1985-03-08",
    }  # fmt: skip
    rows = [["姓名", "性别", "出生", "部门"]]
    rows += [[f"甲{chr(0x4E00 + n)}", "女", text, "语文组"] for n, text in enumerate(written)]
    numbers = {
        31114: "1985-03-08", 19850308: "1985-03-08", 1985.03: "1985-03", 198503: "1985-03",
        1985: "1985", 850308: "1985-03-08", 20000: "1954-10-03", date(1985, 3, 8): "1985-03-08",
    }  # fmt: skip
    rows += [[f"乙{chr(0x4E00 + n)}", "男", cell, "语文组"] for n, cell in enumerate(numbers)]
    births = [*written.values(), *numbers.values()]
    return (
        book_of({"名册": rows}),
        [
            (n + 2, rows[n + 1][0], rows[n + 1][1], birth, "语文组")
            for n, birth in enumerate(births)
        ],
        [],
    )


@roster("three_thousand.xlsx")
def three_thousand() -> Case:
    """3,000 people of 60 departments, every hundredth row a subtotal, names of all lengths."""
    rows: list[list] = [["序号", "姓名", "性别", "出生日期", "部门"]]
    people: list[Person] = []
    others: list[int] = []
    for number in range(3000):
        name = f"{'赵钱孙李'[number % 4]}{chr(0x4E00 + number)}{'安宁' if number % 3 else ''}"
        gender, day = "男女"[number % 2], date(1960 + number % 40, number % 12 + 1, number % 28 + 1)
        forms = (day, f"{day:%Y.%m}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日")
        rows.append([number + 1, name, gender, forms[number % 4], f"示例{number % 60}组"])
        birth = f"{day:%Y-%m}" if number % 4 == 1 else str(day)
        people.append((len(rows), name, gender, birth, f"示例{number % 60}组"))
        if number % 100 == 99:
            rows.append(["小计", f"{number + 1}人", None, None, None])
            others.append(len(rows))
    return book_of({"全校": rows}), people, others
