"""Single cells: dates, names, numbers and words; and who is whom among people of one name."""

from datetime import date, datetime, time

import pytest

from members.models import Member
from members.roster_reader import read_roster
from members.roster_reader.dates import WORK_YEARS_AGO, read_date
from members.roster_reader.names import read_name
from members.roster_reader.values import LONGEST, reader_for
from tests.factories.rosters import text, xlsx
from unionoffice.periods import iso_date

TODAY = date(2026, 9, 1)


def known(cell, **options):
    found = read_date(cell, TODAY, **options)
    return iso_date(found.day, found.precision), found.problem


def read(field, cell, header=""):
    return reader_for(field, header, TODAY)(cell)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        (date(1971, 2, 14), "1971-02-14"), (datetime.combine(date(1971, 2, 14), time(8, 30)), "1971-02-14"),
        ("19900607", "1990-06-07"), (19900607.0, "1990-06-07"), ("199006", "1990-06"),
        (199006.0, "1990-06"), ("1990", "1990"), (1990.0, "1990"), ("1990年", "1990"),
        ("1985.3", "1985-03"), (1985.3, "1985-03"), ("1985.03", "1985-03"), ("1990.1", "1990-01"),
        ("1990.10", "1990-10"), (1990.11, "1990-11"), ("1979年11月", "1979-11"),
        ("1988年7月15日", "1988-07-15"), ("1988 年 7 月 15 日", "1988-07-15"),
        ("1988年7月15号", "1988-07-15"), ("1968/5/1", "1968-05-01"), ("1968-05-01", "1968-05-01"),
        ("1968、5、1", "1968-05-01"), ("1968 5 1", "1968-05-01"), ("1996-02", "1996-02"),
        ("1985—3", "1985-03"), ("1985.03.", "1985-03"), ("1985年3月生", "1985-03"),
        ("1990-06-07 00:00:00", "1990-06-07"), ("1990-06-07T08:00", "1990-06-07"),
        ("１９８５．３", "1985-03"), ("一九八五年三月", "1985-03"), ("一九八五年十二月二十一日", "1985-12-21"),
        ("二〇〇〇年十月", "2000-10"), ("一九九〇年十月廿三日", "1990-10-23"), ("1985-03-00", "1985-03"),
        ("1985-00-00", "1985"), ("3/15/1985", "1985-03-15"), ("15/3/1985", "1985-03-15"),
        ("1985年3月（公历）", "1985-03"), ("", ""), ("不详", ""), ("/", ""),
        ("1985/3/8 0:00:00", "1985-03-08"), ("1985-03-08T00:00:00Z", "1985-03-08"),
        ("1985-03-08T00:00:00+08:00", "1985-03-08"), ("1985/3/8 上午 12:00:00", "1985-03-08"),
        ("1985-3-8 12:00 AM", "1985-03-08"), ("19850308.0", "1985-03-08"), ("1985年三月", "1985-03"),
        ("一九八五.三.八", "1985-03-08"), ("二OO五年元月八日", "2005-01-08"), ("二ＯＯ五年", "2005"),
        ("1985年3月8日出生", "1985-03-08"), ("生于1985年3月", "1985-03"), ("1985.3.8 星期五", "1985-03-08"),
        ("1985年3月上旬", "1985-03"), ("1985年春", "1985"), ("'1985-03-08", "1985-03-08"),
        ("（1985.3）", "1985-03"), ("8-Mar-1985", "1985-03-08"), ("March 8, 1985", "1985-03-08"),
        ("Mar 1985", "1985-03"), ("1985-Mar-08", "1985-03-08"), ("1985. 3. 8", "1985-03-08"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_exactly_as_it_is_written(cell, iso):
    assert known(cell) == (iso, "")


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("一九八五年二十月", "没有20月"), ("一九八五年十十月", "看不出是哪一天"),
        ("1993-13", "没有13月"), ("199313", "没有13月"), ("1990-02-30", "没有这一天"),
        ("1985-3-32", "没有这一天"), ("13.7", "只写了两位年份"), ("05/06/07", "只写了两位年份"),
        ("12-3-8", "只写了两位年份"), ("1985年正月", "是农历"), ("一九八五年腊月初八", "是农历"),
        ("1985399", "没有这一天"), ("8-Foo-85", "看不出是哪一天"), ("85-13-8", "没有13月"),
        ("2099-01-01", "晚于今天"), (date(2099, 1, 1), "晚于今天"), ("1899-12", "早于1916年"),
        ("1985年农历三月", "是农历"), ("属牛", "看不出是哪一天"), ("19853", "看不出是哪一天"),
        (3.0, "看不出是哪一天"), (True, "看不出是哪一天"), (time(3, 4), "看不出是哪一天"),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_read_is_left_out_with_the_reason(cell, problem):
    assert known(cell) == ("", problem)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("85-3-8", "1985-03-08"), ("85.3", "1985-03"), (88.7, "1988-07"), ("85年3月", "1985-03"),
        ("85/03/01", "1985-03-01"), ("850301", "1985-03-01"), (850301.0, "1985-03-01"),
        ("'85.3", "1985-03"), ("8503", "1985-03"), ("85年", "1985"), ("05年3月", "2005-03"),
        ("25年3月", "1925-03"), ("12/25/85", "1985-12-25"), ("25/12/85", "1985-12-25"),
        ("8-Mar-85", "1985-03-08"), ("Mar-85", "1985-03"), ("八五年三月八日", "1985-03-08"),
        ("031215", "2003-12-15"),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_is_the_only_one_in_which_a_colleague_can_be_born(cell, iso):
    assert known(cell) == (iso, f"只写了两位年份，读成{iso}")


def test_who_would_be_a_child_is_read_and_doubted():
    assert known("2015-03-02") == ("2015-03-02", "不满16岁，核对一下")


def test_a_year_of_two_digits_in_which_someone_joined_lies_behind_us():
    work = {"ago": WORK_YEARS_AGO}
    assert known("12.9", **work) == ("2012-09", "只写了两位年份，读成2012-09")
    assert known("85.9", **work) == ("1985-09", "只写了两位年份，读成1985-09")
    assert known("30.9", **work) == ("", "只写了两位年份")


def test_seven_digits_are_read_where_they_can_be_one_day_only():
    assert known("1985308") == ("1985-03-08", "少写了一位，读成1985-03-08")
    assert known("1985113") == ("1985", "分不清几月几日，只读了年份")


def test_a_number_between_a_year_with_its_month_and_a_day_of_excel_follows_its_column():
    assert known(20000.0) == ("", "看不出是哪一天")
    assert known(20000.0, serials=True) == ("1954-10-03", "是Excel的日期序号，读成1954-10-03")
    content = text("姓名,出生\n甲一,31201\n乙二,20000\n")
    assert [row.birth for row in read_roster("名册.csv", content).accepted] == [
        date(1985, 6, 3),
        date(1954, 10, 3),
    ]


@pytest.mark.parametrize(
    ("cell", "iso", "problem"),
    [
        (0.5, "2000-05", ""), ("0.5", "2000-05", ""), (0.12, "2000-12", ""), (1.5, "2001-05", ""),
        ("00.5.3", "2000-05-03", ""), ("00/5/3", "2000-05-03", ""),
        (0.1, "2000", "分不清是1月还是10月，只读了年份"),
        ("05.6.7", "", "只写了两位年份"), (0.13, "", "没有13月"),
    ],
)  # fmt: skip
def test_a_year_that_lost_its_zeros_is_read_where_the_others_of_the_column_lead(cell, iso, problem):
    read = f"只写了两位年份，读成{iso}" if iso else ""
    assert known(cell, years_lead=True) == (iso, problem or read)
    assert known(cell)[0] == ""


def test_the_others_of_the_column_say_whether_years_lead():
    births = [["甲一", 85.3], ["乙二", "92.11.5"], ["丙三", 0.5]]
    read = read_roster("名册.xlsx", xlsx(["姓名", "出生"], *births)).accepted
    assert [iso_date(row.birth, row.birth_precision) for row in read] == [
        "1985-03",
        "1992-11-05",
        "2000-05",
    ]
    one = read_roster("名册.xlsx", xlsx(["姓名", "出生"], *births[1:])).accepted
    assert [row.birth for row in one] == [date(1992, 11, 5), None]


def test_the_time_of_day_behind_a_day_number_says_nothing():
    assert known("31201.5") == ("1985-06-03", "是Excel的日期序号，读成1985-06-03")


def test_a_number_that_may_be_january_or_october_gives_the_year():
    assert known(1990.1) == ("1990", "分不清是1月还是10月，只读了年份")


def test_day_and_month_that_cannot_be_told_apart_give_the_year():
    assert known("5/6/1985") == ("1985", "分不清哪个是月、哪个是日，只读了年份")


@pytest.mark.parametrize("cell", ["31201", 31201.0])
def test_excels_day_number_is_read_and_said(cell):
    assert known(cell) == ("1985-06-03", "是Excel的日期序号，读成1985-06-03")


def test_under_a_heading_of_months_the_first_of_the_month_means_the_month():
    assert known(date(1985, 3, 1), month_only=True) == ("1985-03", "")
    assert known(date(1985, 3, 2), month_only=True) == ("1985-03-02", "")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("周敏", "周敏"), ("周 敏", "周敏"), ("郭\u3000强", "郭强"), ("\u200b何静\xa0", "何静"),
        ("阿依古丽·买买提", "阿依古丽·买买提"), ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"), ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽‧ 买买提", "阿依古丽·买买提"), ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("龙㛃", "龙㛃"), ("𠮷一", "𠮷一"), ("李〇一", "李〇一"), ("王\ue863", "王\ue863"),
        ("John  Smith", "John Smith"), ("Айгуль  Ибраева", "Айгуль Ибраева"), ("José García", "José García"),
        ("Μαρία Νίκου", "Μαρία Νίκου"), ("Anna 王", "Anna王"), ("𠮷 田", "𠮷田"), ("O'Brien", "O'Brien"), ("甲一*", "甲一"), ("欧阳\n明月", "欧阳明月"),
        ("甲\n一", "甲一"),
    ],
)  # fmt: skip
def test_a_name_is_cleaned_of_what_is_typed_around_it(cell, name):
    assert read_name(cell) == (name, "", "")


@pytest.mark.parametrize(
    ("cell", "refusal"),
    [
        ("123", "姓名是数字"), (123.0, "姓名是数字"), (date(1990, 1, 1), "姓名是日期"),
        ("甲一2", "姓名里有数字"), ("甲一、乙二", "姓名里有“、”"), ("甲？", "姓名里有“?”"),
        ("<b>甲一</b>", "姓名里有“<”"), ("以上人员的信息都已经核对过了", "姓名太长"), ("无", "缺姓名"),
        ("（空）", "缺姓名"), ("性别", "表头行"), ("=甲一", "姓名是公式"), ("甲一\n乙二", "一格里写了几个人"),
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused_with_the_reason(cell, refusal):
    assert read_name(cell).refusal == refusal


def test_a_remark_behind_the_name_fills_what_no_column_says():
    reading = read_roster(
        "名册.csv",
        "姓名,部门\n甲一（女）,语文组\n乙二(退休),数学组\n丙三（组长）,英语组\n".encode(),
    )
    assert [
        (row.name, row.gender, row.status, row.note, row.warnings) for row in reading.accepted
    ] == [
        ("甲一", "女", "", "", ()),
        ("乙二", "", "退休", "", ()),
        ("丙三", "", "", "组长", ("姓名后面的“组长”记到了备注",)),
    ]


def test_an_example_row_is_no_person():
    reading = read_roster(
        "名册.csv", "序号,姓名,性别\n例,甲一,男\n1,乙二（示例）,男\n2,示例,男\n3,丙三,女\n".encode()
    )
    assert [(one.row, one.reason) for one in reading.rejected] == [
        (2, "示例行"),
        (3, "示例行"),
        (4, "示例行"),
    ]
    assert [row.name for row in reading.accepted] == ["丙三"]


def test_a_name_of_one_character_is_taken_with_a_warning():
    reading = read_roster("名册.csv", "姓名,性别\n㛃,女\n".encode())
    assert reading.accepted[0].warnings == ("姓名只有一个字",)


@pytest.mark.parametrize(
    ("cell", "gender"),
    [
        ("男", "男"),
        ("女性", "女"),
        ("F", "女"),
        ("Ｍ", "男"),
        ("female", "女"),
        (" 男 ", "男"),
        ("女。", "女"),
        ("1-男", "男"),
        ("02 女", "女"),
        ("/", ""),
    ],
)
def test_gender_words(cell, gender):
    assert read("gender", cell) == (gender, "")


def test_the_national_code_of_gender_is_read_and_said():
    assert read("gender", 2.0) == ("女", "性别“2”按国家标准代码读成女")
    assert read("gender", "0") == ("", "性别“0”看不出是男是女，没有读入")


@pytest.mark.parametrize(
    "cell",
    [
        "13800000001",
        13800000001.0,
        "138 0000 0001",
        "138-0000-0001",
        "+86 13800000001",
        "13800000001.0",
    ],
)
def test_a_phone_number_is_read_however_it_is_spaced(cell):
    assert read("phone", cell) == ("13800000001", "")


def test_other_phone_numbers_are_left_out():
    assert read("phone", "1380000001") == ("", "手机“1380000001”不是11位手机号，没有读入")
    assert read("phone", "0512-6512345") == ("", "手机“0512-6512345”不是11位手机号，没有读入")
    assert read("phone", "13800000001/13900000002") == (
        "13800000001",
        "手机有几个，读了13800000001",
    )


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("在职", "在职"), ("在编", "在职"), ("在岗", "在职"), ("聘用", "在职"), ("已退休", "退休"),
        ("退休（2020年）", "退休"), ("离休", "离休"), ("内退", "内退"), ("已调出", "调出"), ("-", ""),
    ],
)  # fmt: skip
def test_status_words(cell, status):
    assert read("status", cell, "状态") == (status, "")


def test_a_status_column_may_ask_a_question():
    assert read("status", "是", "是否退休") == ("退休", "")
    assert read("status", "否", "是否退休") == ("在职", "")
    assert read("status", "否", "是否在职") == ("", "状态“否”不认识，没有读入")


def test_an_unknown_status_is_left_out():
    assert read("status", "专任教师", "人员类别") == ("", "状态“专任教师”不认识，没有读入")


def test_a_text_is_kept_as_it_was_typed_but_for_blanks_and_wide_digits():
    assert read("department", "高一（１）班 年级组") == ("高一（1）班年级组", "")
    assert read("title", 3.0) == ("3", "")
    assert read("post", date(2026, 1, 1)) == ("", "职务“2026-01-01”不是文字，没有读入")
    assert read("party", "无") == ("", "")
    assert read("department", "组" * 41) == ("", f"部门“{'组' * 30}”超过40字，没有读入")


def roster(*lines):
    return read_roster(
        "名册.csv", "\n".join(["姓名,性别,出生年月,部门,工号,手机", *lines]).encode()
    )


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("是", "是"),
        ("√", "是"),
        ("专任", "是"),
        ("否", "否"),
        ("×", "否"),
        ("非专任", "否"),
        ("", ""),
    ],
)
def test_who_teaches_is_told_by_a_word_or_a_mark(cell, answer):
    assert read("is_teacher", cell, "专任教师") == (answer, "")


@pytest.mark.parametrize(
    ("cell", "contract"),
    [
        ("在编", "在编"), ("事业编制", "在编"), ("合同制", "聘用"), ("编外", "聘用"), ("人事代理", "聘用"),
        ("劳务派遣", "劳务派遣"), ("在编（备案）", "在编"), ("其它", "其他"), ("", ""),
    ],
)  # fmt: skip
def test_words_for_the_terms_of_employment(cell, contract):
    assert read("contract", cell, "用工形式") == (contract, "")


def test_who_is_not_on_the_establishment_may_be_employed_in_several_ways():
    assert read("contract", "是", "是否在编") == ("在编", "")
    assert read("contract", "否", "是否在编") == ("", "用工形式“否”看不出是哪一种，没有读入")


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("女55", "55"), ("55周岁", "55"), (55.0, "55"), ("干部", "55"), ("女干部", "55"), ("专技岗", "55"),
        ("女50", "50"), ("工人", "50"), ("女工人（50）", "50"), ("男60", ""), ("60岁", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_line_of_retirement_is_told_by_age_or_by_post(cell, line):
    assert read("retirement_line", cell) == (line, "")


def test_a_line_of_retirement_that_contradicts_itself_is_left_out():
    assert read("retirement_line", "女50或55") == (
        "",
        "退休类别“女50或55”看不出是50岁还是55岁，没有读入",
    )


def test_no_text_is_longer_than_the_roster_has_room_for():
    room = {f.name: f.max_length for f in Member._meta.concrete_fields if f.max_length}
    room |= {"department": 40, "group": 40}
    assert {field: room[field] for field in LONGEST} == LONGEST
    assert read("staff_no", "1" * room["staff_no"]) == ("1" * room["staff_no"], "")
    assert read("staff_no", "1" * (room["staff_no"] + 1))[0] == ""


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("甲一,男,,,1001,", "甲一,女,1990,,1001,", "与第2行重复：姓名、工号相同"),
        ("甲一,男,,,1001,", "乙二,女,,,1001,", "工号1001与第2行的甲一相同"),
        (
            "甲一,男,1990.1,,,13800000001",
            "甲一,男,1991.1,,,13800000001",
            "与第2行重复：姓名、手机相同",
        ),
        ("甲一,男,1990-06-07,a组,,", "甲 一,男,19900607,b组,,", "与第2行重复：姓名、出生日期相同"),
        (
            "甲一,男,1990.6,a组,,",
            "甲一,男,1990-06-07,a组,,",
            "与第2行重复：姓名相同，又没有别的能区分",
        ),
        ("甲一,,,,,", "甲一,,,a组,,", "与第2行重复：姓名相同，又没有别的能区分"),
    ],
)
def test_a_person_comes_only_once(first, second, reason):
    reading = roster(first, second)
    assert [(one.row, one.reason) for one in reading.rejected] == [(3, reason)]
    assert [row.row for row in reading.accepted] == [2]


@pytest.mark.parametrize(
    ("first", "second", "warnings"),
    [
        ("甲一,男,,,1001,13800000001", "甲一,男,,,1002,13800000001", ()),
        ("甲一,男,1990.1,a组,,", "甲一,男,1991.1,a组,,", ()),
        ("甲一,男,,a组,,", "甲一,女,,a组,,", ()),
        ("甲一,男,,a组,,", "甲一,男,,b组,,", ("与第2行同名，核对是不是两个人",)),
        (
            "甲一,男,1990.6,a组,,13800000001",
            "甲一,男,1990.6,a组,,13800000002",
            ("与第2行同名，核对是不是两个人",),
        ),
    ],
)
def test_two_people_may_share_a_name(first, second, warnings):
    reading = roster(first, second)
    assert [(row.row, row.warnings) for row in reading.accepted] == [(2, ()), (3, warnings)]
    assert reading.rejected == ()


@pytest.mark.parametrize(
    ("field", "cell", "word"),
    [
        ("party", "党员", "中共党员"), ("party", " 中共党员 ", "中共党员"), ("party", "民盟", "民盟盟员"),
        ("party", "党员（预备）", "中共预备党员"), ("party", "团员", "共青团员"), ("party", "侨联", "侨联"),
        ("party", "无", ""), ("ethnicity", "汉", "汉族"), ("ethnicity", "汉 族", "汉族"),
        ("ethnicity", "维吾尔", "维吾尔族"), ("ethnicity", "穿青人", "穿青人"),
    ],
)  # fmt: skip
def test_words_for_one_thing_become_the_usual_one(field, cell, word):
    assert read(field, cell) == (word, "")


def test_what_was_taken_for_a_usual_word_is_told_once():
    content = text("姓名,民族,政治面貌\n甲一,汉,党员\n乙二,汉族,党员\n丙三,汉,群众\n")
    reading = read_roster("名册.csv", content)
    assert reading.reread == {"汉": "汉族", "党员": "中共党员"}
    assert [row.warnings for row in reading.accepted] == [()] * 3
