"""One test per way of writing a month arrangement. All texts are invented."""

import pytest

from activities.plan_reader import read_plan

TITLE = "2026年示例市第三中学工会工作计划\n"


def months(text: str) -> list:
    return [(list(month.months), list(month.items)) for month in read_plan(text).months]


def arranged(body: str) -> list:
    return months(TITLE + body)


def test_months_with_a_colon_and_their_items_below():
    assert arranged(
        "三月份：\n1、庆祝三八节\n2、评选先进\n四月份：\n1、春游\n五月份：\n1、五四座谈\n"
    ) == [
        ([3], ["庆祝三八节", "评选先进"]),
        ([4], ["春游"]),
        ([5], ["五四座谈"]),
    ]


def test_number_month_and_item_on_one_line():
    assert arranged(
        "1、一月份慰问退休教师。\n2、二月份召开工会委员会。\n3、三月份庆祝“三八”节。\n"
    ) == [
        ([1], ["慰问退休教师。"]),
        ([2], ["召开工会委员会。"]),
        ([3], ["庆祝“三八”节。"]),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "{}月", "{}月份", "{}月份：", "【{}月】", "（{}月）", "({}月份)", "## {}月", "**{}月**", "{}月——",
        "★{}月", "■ {}月份", "[{}月]", "《{}月》", "{}月份工作安排", "{}月份活动安排：", "{}月主要工作：", "{} 月 份：",
        "2026年{}月", "- {}月", "### **{}月份**", "{}月：", "● {}月",
    ],
)  # fmt: skip
@pytest.mark.parametrize("names", ["三 四 五", "3 4 5", "３ ４ ５", "03 04 05"])
def test_a_label_alone_on_its_line(label, names):
    body = "".join(
        f"{label.format(name)}\n1、开展第{number}项活动\n2、召开例会\n"
        for number, name in zip("甲乙丙", names.split(), strict=True)
    )
    assert arranged(body) == [
        ([3], ["开展第甲项活动", "召开例会"]),
        ([4], ["开展第乙项活动", "召开例会"]),
        ([5], ["开展第丙项活动", "召开例会"]),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("元月至二月", [1, 2]), ("元月份", [1]), ("七至八月份", [7, 8]), ("7、8月", [7, 8]), ("2-3月", [2, 3]), ("7—8月份", [7, 8]),
        ("七、八月份", [7, 8]), ("七八月份", [7, 8]), ("7月、8月", [7, 8]), ("7月—8月", [7, 8]), ("7-9月", [7, 8, 9]), ("７～８月", [7, 8]),
        ("七月和八月", [7, 8]), ("12月至次年1月", [12, 1]), ("十一、十二月份", [11, 12]), ("1/2月", [1, 2]), ("十至十二月", [10, 11, 12]),
        ("一二月份", [1, 2]), ("11月—12月份", [11, 12]), ("7.8月", [7, 8]), ("2026年7月至8月", [7, 8]), ("三、四、五月", [3, 4, 5]),
    ],
)  # fmt: skip
def test_how_several_months_are_named(written, read):
    other = next(month for month in (6, 9) if month not in read)
    around = f"{other}月\n1、庆祝节日\n"
    entries = arranged(around + f"{written}\n1、举办活动\n2、召开会议\n")
    assert entries == [([other], ["庆祝节日"]), (read, ["举办活动", "召开会议"])]


def test_two_digits_are_a_number_and_a_month_where_the_numbers_count_on():
    body = "".join(f"{month - 1}、{month}月：开展第{month}项活动\n" for month in range(2, 9))
    assert arranged(body) == [([m], [f"开展第{m}项活动"]) for m in range(2, 9)]


def test_chinese_numbers_before_months_one_ahead():
    assert arranged("一、二月份\n召开例会\n二、三月份\n庆祝三八节\n三、四月份\n春游\n") == [
        ([2], ["召开例会"]),
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
    ]


def test_two_months_after_a_numbered_list_of_june():
    body = "五月份\n1、甲活动\n六月份\n1、乙活动\n2、丙活动\n7、8月\n1、疗休养\n九月份\n1、庆祝教师节\n"
    assert arranged(body)[2] == ([7, 8], ["疗休养"])


def test_items_numbered_on_the_months_own_line():
    body = "三月份 1、庆祝三八节 2、慰问女教师 3、召开例会\n四月份 1、春游 2、献血\n五月份：①五四座谈②体检\n"
    assert arranged(body) == [
        ([3], ["庆祝三八节", "慰问女教师", "召开例会"]),
        ([4], ["春游", "献血"]),
        ([5], ["五四座谈", "体检"]),
    ]


def test_the_first_item_on_the_label_line_and_the_others_below():
    assert arranged("三月：1.庆祝三八节\n2.召开例会\n四月：1.春游\n2.献血\n五月：1.体检\n") == [
        ([3], ["庆祝三八节", "召开例会"]),
        ([4], ["春游", "献血"]),
        ([5], ["体检"]),
    ]


def test_one_line_that_lists_with_semicolons():
    assert arranged("三月：庆祝三八节；召开例会。\n四月：春游。\n五月：体检；评选先进。\n") == [
        ([3], ["庆祝三八节", "召开例会。"]),
        ([4], ["春游。"]),
        ([5], ["体检", "评选先进。"]),
    ]


@pytest.mark.parametrize("mark", ["{}、", "{}．", "{}.", "({})", "（{}）", "{})", "- {}、", "{},"])
def test_numbering_of_items(mark):
    item = lambda n, text: mark.format(n) + text + "\n"  # noqa: E731
    body = "三月\n" + item(1, "庆祝三八节") + item(2, "召开例会") + "四月\n" + item(1, "春游")
    assert arranged(body) == [([3], ["庆祝三八节", "召开例会"]), ([4], ["春游"])]


@pytest.mark.parametrize(
    "marks",
    [
        "①②③",
        "⒈⒉⒊",
        "１、|２、|３、",
        "-  |-  |- ",
        "• |• |• ",
        "一、|二、|三、",
        "（一）|（二）|（三）",
    ],
)
def test_other_numbering_of_items(marks):
    first, second, third = marks.split("|") if "|" in marks else marks
    body = f"三月份\n{first}庆祝三八节\n{second}召开例会\n{third}评选先进\n四月份\n{first}春游\n"
    assert arranged(body) == [([3], ["庆祝三八节", "召开例会", "评选先进"]), ([4], ["春游"])]


def test_numbering_that_is_broken_or_starts_again():
    body = "三月份\n1、庆祝三八节\n1、召开例会\n3、评选先进\n四月份\n5、春游\n4、献血\n五月份\n1 体检\n"
    assert arranged(body) == [
        ([3], ["庆祝三八节", "召开例会", "评选先进"]),
        ([4], ["春游", "献血"]),
        ([5], ["体检"]),
    ]


def test_items_without_numbers():
    assert arranged("三月份\n庆祝三八节\n召开例会\n四月份\n春游\n献血\n") == [
        ([3], ["庆祝三八节", "召开例会"]),
        ([4], ["春游", "献血"]),
    ]


def test_a_school_year_begins_in_september():
    names = ["九月", "十月", "十一月", "十二月", "一月", "二月", "三月"]
    body = "".join(f"{name}：开展{name[:-1]}号活动。\n" for name in names)
    assert [m for m, _ in arranged(body)] == [[9], [10], [11], [12], [1], [2], [3]]


def test_next_year_is_named_where_the_year_turns():
    body = "11月\n1、甲活动\n12月\n1、乙活动\n2027年1月\n1、丙活动\n次年二月\n1、丁活动\n"
    assert arranged(body) == [
        ([11], ["甲活动"]),
        ([12], ["乙活动"]),
        ([1], ["丙活动"]),
        ([2], ["丁活动"]),
    ]


def test_the_theme_of_a_month_is_no_item():
    body = "9月——尊师月\n1、庆祝教师节\n2、慰问老教师\n10月——敬老月\n1、重阳节座谈\n11月——健身月\n1、拔河比赛\n"
    plan = read_plan(TITLE + body)
    assert [(m.months, m.items) for m in plan.months] == [
        ((9,), ("庆祝教师节", "慰问老教师")),
        ((10,), ("重阳节座谈",)),
        ((11,), ("拔河比赛",)),
    ]
    assert plan.unread == ("尊师月", "敬老月", "健身月")


def test_a_theme_in_brackets():
    body = "三月（女工活动月）\n1、庆祝三八节\n四月（读书月）\n1、读书交流\n五月（健身月）：\n1、登山\n"
    assert arranged(body) == [([3], ["庆祝三八节"]), ([4], ["读书交流"]), ([5], ["登山"])]


def test_a_theme_that_is_all_a_month_says_is_its_item():
    assert arranged("三月：女工活动月\n四月：读书月\n五月：健身月\n") == [
        ([3], ["女工活动月"]),
        ([4], ["读书月"]),
        ([5], ["健身月"]),
    ]


def test_dates_inside_a_month_stay_in_the_item():
    body = "三月份\n3月8日举行庆祝会\n3月12日植树\n四月份\n4月5日前后祭扫烈士墓\n五月份\n3月评选的先进教师外出学习\n"
    assert arranged(body) == [
        ([3], ["3月8日举行庆祝会", "3月12日植树"]),
        ([4], ["4月5日前后祭扫烈士墓"]),
        ([5], ["3月评选的先进教师外出学习"]),
    ]


def test_a_list_of_dates_is_an_arrangement():
    body = "3月8日：庆祝三八节\n4月5日：祭扫烈士墓\n5月4日：五四座谈\n6月1日：慰问教工子女\n"
    assert arranged(body) == [
        ([3], ["庆祝三八节"]),
        ([4], ["祭扫烈士墓"]),
        ([5], ["五四座谈"]),
        ([6], ["慰问教工子女"]),
    ]


def test_an_item_that_opens_with_another_month_stays_where_it_stands():
    body = "六月份\n1、召开例会\n2、七月份疗休养报名\n七月份\n1、疗休养\n八月份\n1、维稳工作\n"
    assert arranged(body) == [
        ([6], ["召开例会", "七月份疗休养报名"]),
        ([7], ["疗休养"]),
        ([8], ["维稳工作"]),
    ]


def test_an_unnumbered_item_that_opens_with_another_month_stays_where_it_stands():
    body = "六月份\n召开例会\n七月份疗休养报名\n七月份\n疗休养\n八月份\n维稳工作\n"
    assert arranged(body) == [
        ([6], ["召开例会", "七月份疗休养报名"]),
        ([7], ["疗休养"]),
        ([8], ["维稳工作"]),
    ]


@pytest.mark.parametrize(
    "festival",
    [
        "三八妇女节庆祝活动",
        "三、八妇女节庆祝活动",
        "3.8妇女节庆祝活动",
        "“三八”节联欢",
        "六、一儿童节慰问",
        "五一劳动节表彰",
        "八一建军节慰问",
        "七一党员活动",
        "十一国庆登山",
        "五.四青年节座谈",
        "十、一国庆节登山",
    ],
)
def test_a_festival_is_neither_a_number_nor_a_month(festival):
    body = f"三月份\n召开例会\n{festival}\n四月份\n{festival}\n春游\n五月份\n体检\n"
    assert arranged(body) == [
        ([3], ["召开例会", festival]),
        ([4], [festival, "春游"]),
        ([5], ["体检"]),
    ]


def test_a_line_broken_inside_a_quotation_is_joined():
    body = "1、二月份召开例会。\n2、三月份庆祝“\n三、八”国际妇女节。\n3、四月份春游。\n4、五月份庆祝“\n五一”节。\n"
    assert arranged(body) == [
        ([2], ["召开例会。"]),
        ([3], ["庆祝“三、八”国际妇女节。"]),
        ([4], ["春游。"]),
        ([5], ["庆祝“五一”节。"]),
    ]


def test_a_sentence_broken_in_the_middle_is_joined():
    body = "三月份\n1、组织全体女教职工开展庆祝活动，\n并慰问单亲女教师。\n2、召开例会，布置本学期的\n工作任务。\n四月份\n1、春游。\n"
    assert arranged(body) == [
        (
            [3],
            [
                "组织全体女教职工开展庆祝活动，并慰问单亲女教师。",
                "召开例会，布置本学期的工作任务。",
            ],
        ),
        ([4], ["春游。"]),
    ]


def test_phases_and_quarters():
    body = "第一阶段（2—4月）\n1、制订计划\n2、宣传发动\n第二阶段（5—10月）\n1、组织活动\n第三阶段：11—12月\n1、总结表彰\n"
    assert arranged(body) == [
        ([2, 3, 4], ["制订计划", "宣传发动"]),
        ([5, 6, 7, 8, 9, 10], ["组织活动"]),
        ([11, 12], ["总结表彰"]),
    ]
    assert arranged(
        "第一季度：\n1、慰问\n第二季度：\n1、春游\n第三季度：\n1、体检\n第四季度：\n1、总结\n"
    ) == [
        ([1, 2, 3], ["慰问"]),
        ([4, 5, 6], ["春游"]),
        ([7, 8, 9], ["体检"]),
        ([10, 11, 12], ["总结"]),
    ]


def test_a_quarter_that_only_groups_months_has_no_items():
    body = "第一季度\n一月\n1、慰问\n二月\n1、例会\n三月\n1、庆祝三八节\n第二季度\n四月\n1、春游\n"
    assert arranged(body) == [
        ([1], ["慰问"]),
        ([2], ["例会"]),
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
    ]


def test_half_years():
    assert arranged("上半年\n1、慰问\n2、春游\n下半年\n1、体检\n") == [
        ([1, 2, 3, 4, 5, 6], ["慰问", "春游"]),
        ([7, 8, 9, 10, 11, 12], ["体检"]),
    ]


def test_all_months_in_one_paragraph():
    assert arranged(
        "活动安排如下：三月：庆祝三八节。四月：春游。五月：五四座谈。六月：召开教代会。\n"
    ) == [
        ([3], ["庆祝三八节。"]),
        ([4], ["春游。"]),
        ([5], ["五四座谈。"]),
        ([6], ["召开教代会。"]),
    ]


def test_months_of_summer_holidays():
    plan = read_plan(TITLE + "六月：召开教代会\n暑假：组织疗休养\n九月：庆祝教师节\n十月：登山\n")
    assert [(m.months, m.items) for m in plan.months] == [
        ((6,), ("召开教代会",)),
        ((7, 8), ("组织疗休养",)),
        ((9,), ("庆祝教师节",)),
        ((10,), ("登山",)),
    ]
    assert plan.warnings == ("“暑假”没有写明月份，按7、8月读入。",)


def test_semesters_that_group_months():
    body = "第一学期\n9月：庆祝教师节\n10月：登山\n第二学期\n3月：庆三八\n4月：春游\n"
    assert arranged(body) == [
        ([9], ["庆祝教师节"]),
        ([10], ["登山"]),
        ([3], ["庆三八"]),
        ([4], ["春游"]),
    ]


def test_months_numbered_like_sections_inside_a_section():
    text = "三、活动安排\n（一）三月份\n1、庆祝三八节\n2、座谈\n（二）四月份\n1、春游\n（三）五月份\n1、体检\n四、工作要求\n1、加强领导\n"
    assert arranged(text) == [([3], ["庆祝三八节", "座谈"]), ([4], ["春游"]), ([5], ["体检"])]


def test_weeks_with_dates_and_no_months():
    body = "第一周（9月1日—5日）：召开例会\n第五周（10月8日—10日）：登山\n第十周（11月10日-14日）：拔河\n"
    assert arranged(body) == [([9], ["召开例会"]), ([10], ["登山"]), ([11], ["拔河"])]


def test_months_in_brackets_before_their_item():
    assert arranged("【三月】庆祝三八节\n【四月】春游\n【五月】体检\n") == [
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
        ([5], ["体检"]),
    ]


def test_a_dash_between_month_and_item():
    assert arranged("三月——庆祝三八节\n四月——春游\n五月——五四座谈\n") == [
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
        ([5], ["五四座谈"]),
    ]


def test_a_named_theme_is_no_item():
    body = "三月份主题：巾帼风采\n1、庆祝三八节\n四月份主题：书香\n1、读书\n五月份主题：健康\n1、体检\n"
    assert arranged(body) == [([3], ["庆祝三八节"]), ([4], ["读书"]), ([5], ["体检"])]


def test_several_months_with_numbered_items_in_one_paragraph():
    assert arranged("一月份 1、慰问 2、座谈 二月份 1、例会 2、总结 三月份 1、庆三八\n") == [
        ([1], ["慰问", "座谈"]),
        ([2], ["例会", "总结"]),
        ([3], ["庆三八"]),
    ]
