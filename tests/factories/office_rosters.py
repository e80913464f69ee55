"""Rosters with the small things of school offices: numbered columns, two kinds of departments in one
heading, and lists of pupils, suppliers or keys that only look like one."""

from tests.factories.school_rosters import ROSTERS, Case, book_of, roster

__all__ = ["ROSTERS"]

NAMES = ["甲一", "乙二", "丙三", "丁四"]


@roster("columns_numbered_below_the_header.xlsx")
def columns_numbered_below_the_header() -> Case:
    rows = [
        ["序号", "姓名", "性别", "出生年月", "任教部(处)室"],
        ["甲", "乙", 1, 2, 3],
        [1, "甲一", "男", "1985.03", "机电部"],
        [2, "乙二", "女", "‘1990-10", "机电部"],
        [3, "丙三", "女", "生日：1979.1", "财经部"],
    ]
    return (
        book_of({"名单": rows}),
        [
            (3, "甲一", "男", "1985-03", "机电部"),
            (4, "乙二", "女", "1990-10", "机电部"),
            (5, "丙三", "女", "1979-01", "财经部"),
        ],
        [2],
    )


@roster("departments_in_other_words.xlsx")
def departments_in_other_words() -> Case:
    sheets, people = {}, []
    headings = ("所在系部", "所属学部", "处室/年级组", "所在教研组、处室", "现所在部门")
    for number, (name, heading) in enumerate(zip(["戊五", *NAMES], headings, strict=True)):
        sheets[f"第{number}页"] = [["姓名", "性别", heading], [name, "女", "高中部"]]
        people.append((2, name, "女", "", "高中部"))
    return book_of(sheets), people, []


@roster("numbered_sections_with_a_count.xlsx")
def numbered_sections_with_a_count() -> Case:
    rows = [
        ["序号", "姓名", "性别"],
        ["一、数学教研组"],
        [1, "甲一", "男"],
        ["二、后勤组 共2人"],
        [1, "乙二", "女"],
        [2, "丙三", "女"],
        ["总计 共3人"],
    ]
    people = [
        (3, "甲一", "男", "", "数学教研组"),
        (5, "乙二", "女", "", "后勤组"),
        (6, "丙三", "女", "", "后勤组"),
    ]
    return book_of({"名单": rows}), people, [2, 4, 7]


def _another(name: str, header: list, *rows: list, title: str = "") -> None:
    @roster(f"{name}.xlsx")
    def case() -> Case:
        return book_of({"名单": [*([[title]] if title else []), header, *rows]}), [], []


SIZES = ["身高", "体重", "校服尺码"]


@roster("sizes_of_staff.xlsx")
def sizes_of_staff() -> Case:
    """校服 of colleagues, told by the department on one sheet, by the title on the other."""
    rows = [
        ["序号", "姓名", "性别", "部门", *SIZES, "签名"],
        [1, "甲一", "男", "数学组", 175, 70, "XL", None],
        [2, "乙二", "女", "语文组", 160, 50, "M", None],
    ]
    titled = [["教职工校服尺码登记"], ["姓名", "性别", *SIZES], ["丙三", "女", 158, 52, "M"]]
    people = [
        (2, "甲一", "男", "", "数学组"),
        (3, "乙二", "女", "", "语文组"),
        (3, "丙三", "女", "", ""),
    ]
    return book_of({"一": rows, "二": titled}), people, []


_another(
    "sizes_of_pupils",
    ["姓名", "性别", "部门", "班级", *SIZES],
    *([name, "男", "初中部", "七(1)班", 160, 45, "M"] for name in NAMES),
)
_another(
    "sizes_of_a_form",
    ["序号", "姓名", "性别", "年级", *SIZES],
    *([1, name, "男", "七年级", 160, 45, "M"] for name in NAMES),
    title="七年级校服尺码",
)
_another(
    "sizes_of_pupils_by_the_title",
    ["姓名", "性别", "部门", *SIZES],
    *([name, "男", "初中部", 160, 45, "M"] for name in NAMES),
    title="2026级新生校服尺码统计表",
)
_another(
    "sizes_of_whom",
    ["姓名", "性别", *SIZES],
    *([name, "男", 160, 45, "M"] for name in NAMES),
)
_another(
    "pupils_with_parents",
    ["姓名", "性别", "出生日期", "监护人", "监护人电话"],
    *([name, "男", "1985-01-03", "李某", "13800000000"] for name in NAMES),
)
_another(
    "pupils_by_their_age",
    ["姓名", "性别", "出生日期", "住址"],
    *([name, "女", "2017-01-03", "东街"] for name in NAMES),
)
_another(
    "pupils_by_the_title",
    ["姓名", "性别", "出生日期", "民族"],
    *([name, "女", "1999-01-03", "汉"] for name in NAMES),
    title="七年级（2）班学生花名册",
)
_another(
    "suppliers",
    ["姓名", "公司", "电话", "报价", "开户行"],
    *([name, "示例公司", "13800000000", 300, "工行"] for name in NAMES),
)
_another("keys", ["日期", "姓名", "部门", "钥匙编号"], *(["3-1", name, "处", 1] for name in NAMES))
_another("flats", ["房号", "姓名", "部门", "面积"], *(["1-1", name, "处", 45] for name in NAMES))
_another("appraisals", ["姓名", "部门", "德", "能"], *([name, "处", 9, 9] for name in NAMES))
_another(
    "alumni",
    ["姓名", "届别", "工作单位", "电话"],
    *([name, "2003届", "示例公司", "13800000000"] for name in NAMES),
    title="校友通讯录",
)
