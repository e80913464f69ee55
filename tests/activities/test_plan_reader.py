"""Whole plans: where the arrangement begins and ends, sections, period, what is left over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.plan_reader import read_plan

YEAR_PLAN = "2026年示例市第三中学工会工作计划\n"
MARCH_TO_MAY = "三月份\n1、庆祝三八节\n四月份\n1、春游\n五月份\n1、五四座谈\n2、体检\n"
MONTHS = [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["五四座谈", "体检"])]


def months(text: str) -> list:
    return [(list(month.months), list(month.items)) for month in read_plan(text).months]


def titles(text: str) -> list:
    return read_plan(text).as_json()["sections"]


def test_the_reading_as_json():
    text = YEAR_PLAN + "一、指导思想\n服务教职工。\n二、月份安排\n" + MARCH_TO_MAY
    assert read_plan(text).as_json() == {
        "title": "2026年示例市第三中学工会工作计划",
        "period": {"kind": "calendar_year", "start": "2026-01", "end": "2026-12"},
        "months": [
            {"months": [3], "items": ["庆祝三八节"]},
            {"months": [4], "items": ["春游"]},
            {"months": [5], "items": ["五四座谈", "体检"]},
        ],
        "sections": ["指导思想", "月份安排"],
        "unread": [],
        "warnings": [],
    }


def test_sections_keep_their_text():
    text = (
        YEAR_PLAN
        + "开场的话。\n一、指导思想\n服务教职工。\n以人为本。\n二、主要工作\n（一）民主管理\n1、开好教代会。\n"
    )
    assert [(s.title, s.body) for s in read_plan(text).sections] == [
        ("", "开场的话。"),
        ("指导思想", "服务教职工。\n以人为本。"),
        ("主要工作", "（一）民主管理\n1、开好教代会。"),
    ]


def test_a_heading_with_its_text_on_the_same_line():
    text = (
        YEAR_PLAN
        + "一、指导思想：以服务教职工为本，做好各项工作。\n二、工作目标\n创建模范教工之家。\n"
    )
    assert [(s.title, s.body) for s in read_plan(text).sections] == [
        ("指导思想", "以服务教职工为本，做好各项工作。"),
        ("工作目标", "创建模范教工之家。"),
    ]


def test_unnumbered_headings_beside_numbered_ones():
    text = (
        YEAR_PLAN
        + "指导思想：\n服务教职工。\n一、民主管理\n开好教代会。\n二、其他工作\n上级交办。\n工作月历\n"
        + MARCH_TO_MAY
    )
    assert titles(text) == ["指导思想", "民主管理", "其他工作", "工作月历"]
    assert months(text) == MONTHS


def test_months_only_in_prose_are_no_arrangement():
    plan = read_plan(
        YEAR_PLAN
        + "一、主要工作\n1、加强学习，三月份举办读书会。\n2、六月份，举办一次座谈会。\n3、关心职工生活。\n4、九月份庆祝教师节，做好慰问。\n"
    )
    assert plan.months == ()
    assert plan.warnings == (
        "文中没有按月份排列的安排，只在行文里提到三月份、六月份、九月份，没有读出任何月份的事项。",
    )


def test_months_that_open_prose_paragraphs_here_and_there_are_no_arrangement():
    text = YEAR_PLAN + (
        "一、学习\n三月份，组织教职工学习工会法。\n平时坚持每周一次学习。\n全体会员参加。\n"
        "二、文体\n五月份，举办篮球赛。\n乒乓球室天天开放。\n由体育组负责。\n三、慰问\n九月份，慰问老教师。\n坚持五必访。\n"
    )
    assert months(text) == []


def test_a_plan_without_any_month_says_so():
    plan = read_plan(YEAR_PLAN + "一、指导思想\n服务教职工。\n")
    assert plan.warnings == ("文中没有按月份排列的安排，也没有提到月份，没有读出任何月份的事项。",)


def test_sections_go_on_behind_the_last_month():
    text = (
        YEAR_PLAN + "六、月份安排\n" + MARCH_TO_MAY + "七、保障措施\n1、加强领导。\n2、落实经费。\n"
    )
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert [(s.title, s.body) for s in plan.sections] == [
        ("月份安排", ""),
        ("保障措施", "1、加强领导。\n2、落实经费。"),
    ]


@pytest.mark.parametrize(
    "heading", ["保障措施", "保障措施：", "### 保障措施", "（四）保障措施", "4、保障措施"]
)
def test_a_heading_of_any_form_ends_the_last_month(heading):
    text = YEAR_PLAN + "月份安排\n" + MARCH_TO_MAY + heading + "\n加强领导，落实经费。\n"
    assert months(text) == MONTHS


@pytest.mark.parametrize(
    "closing",
    [
        "除了开展好上述活动，我们还要完成上级布置的各项临时性工作！",
        "总之，我校工会将团结全体会员，努力开创工会工作的新局面。",
        "我们相信，在学校党组织的领导下，工会工作一定会再上新台阶。",
        "以上计划如有变动，另行通知。",
        "在新的一年里，我校工会将再接再厉。",
        "校工会全体委员定将齐心协力，把以上各项工作落到实处，为学校发展贡献力量。",
    ],
)
def test_closing_words_are_no_item_of_the_last_month(closing):
    plan = read_plan(YEAR_PLAN + "一、月份安排\n" + MARCH_TO_MAY + closing + "\n")
    assert [(list(m.months), list(m.items)) for m in plan.months] == MONTHS
    assert [(s.title, s.body) for s in plan.sections] == [("月份安排", closing)]


@pytest.mark.parametrize(
    "signature",
    [
        "示例市第三中学工会\n2026年1月5日", "示例市第三中学工会 2026.1.5", "2026年1月", "示例市第三中学工会委员会\n二〇二六年一月五日",
        "2026年1月10日", "示例市第三中学工会\n2026年1月", "示例市第三中学工会",
    ],
)  # fmt: skip
def test_the_signature_is_left_over(signature):
    plan = read_plan(YEAR_PLAN + "一、月份安排\n" + MARCH_TO_MAY + signature + "\n")
    assert [(list(m.months), list(m.items)) for m in plan.months] == MONTHS
    assert plan.unread == tuple(signature.split("\n"))


def test_the_next_documents_title_glued_to_the_date_ends_the_plan():
    text = (
        YEAR_PLAN
        + "一、月份安排\n"
        + MARCH_TO_MAY
        + "2026年1月 2026年学校工会工作总结\n一、加强学习\n开展了学习。\n"
    )
    plan = read_plan(text)
    assert [(list(m.months), list(m.items)) for m in plan.months] == MONTHS
    assert titles(text) == ["月份安排"]
    assert plan.unread == ("2026年1月 2026年学校工会工作总结", "一、加强学习", "开展了学习。")


@pytest.mark.parametrize(
    "filler",
    [
        "相关文章：",
        "【推荐阅读】",
        "推荐阅读：",
        "上一篇：学校工会总结",
        "点击下载本文文档",
        "将本文的Word文档下载到电脑，方便收藏和打印",
        "更多工会工作计划范文请关注本站",
        "本文来源：网络",
    ],
)
def test_words_of_the_web_site_are_left_over(filler):
    plan = read_plan(
        YEAR_PLAN + MARCH_TO_MAY + filler + "\n学校工会工作总结范文\n学校工会个人总结\n"
    )
    assert [(list(m.months), list(m.items)) for m in plan.months] == MONTHS
    assert plan.unread == (filler, "学校工会工作总结范文", "学校工会个人总结")


def test_site_words_between_months_are_left_over():
    text = YEAR_PLAN + MARCH_TO_MAY.replace("四月份", "推荐阅读：工会总结\n四月份")
    assert months(text) == MONTHS
    assert read_plan(text).unread == ("推荐阅读：工会总结",)


@pytest.mark.parametrize(
    "label", ["每月：", "全年：", "每周：", "经常性工作：", "常规工作", "【全年】", "平时工作："]
)
def test_recurring_work_is_listed_and_not_put_into_a_month(label):
    text = YEAR_PLAN + MARCH_TO_MAY + label + "\n1、召开工会委员会\n2、出宣传栏\n"
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert plan.unread == (label, "1、召开工会委员会", "2、出宣传栏")
    assert plan.warnings == (f"“{label}”不属于哪一个月，没有排进月份，自己安排。",)


def test_recurring_work_before_the_months():
    plan = read_plan(YEAR_PLAN + "每月：召开工会委员会\n" + MARCH_TO_MAY)
    assert [(list(m.months), list(m.items)) for m in plan.months] == MONTHS
    assert plan.unread == ("每月：召开工会委员会",)


def test_a_lunar_month_is_listed_and_not_guessed():
    text = YEAR_PLAN + MARCH_TO_MAY + "腊月：\n1、慰问老教师\n"
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert plan.unread == ("腊月：", "1、慰问老教师")
    assert plan.warnings == (
        "“腊月：”是农历月份，每年落在不同的公历月份，没有排进月份，自己安排。",
    )


def test_a_line_of_the_list_without_a_month_is_listed():
    plan = read_plan(
        YEAR_PLAN
        + "1、三月份庆祝三八节。\n2、四月份春游。\n3、组织教师体检。\n4、六月份召开教代会。\n"
    )
    assert [m.months for m in plan.months] == [(3,), (4,), (6,)]
    assert plan.unread == ("3、组织教师体检。",)
    assert plan.warnings == ("“3、组织教师体检。”列在各月的清单里，却没有写月份，没有读入。",)


def test_a_month_without_items_is_named():
    plan = read_plan(YEAR_PLAN + "三月\n1、庆祝三八节\n四月\n五月\n1、体检\n六月\n1、教代会\n")
    assert [m.months for m in plan.months] == [(3,), (5,), (6,)]
    assert plan.warnings == ("“四月”下面没有读到事项。",)


def test_last_years_months_before_this_years_plan():
    text = (
        "示例市第三中学工会2025年工作总结及2026年工作计划\n第一部分 2025年工作总结\n三月份，组织了三八节活动。\n四月份，开展了春游。\n"
        "五月份，举办了篮球赛。\n第二部分 2026年工作计划\n" + MARCH_TO_MAY
    )
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert (
        plan.warnings[0]
        == "“三月份，组织了三八节活动。”起按月写的一段讲的是已经做过的事，没有读作计划的安排。"
    )
    assert plan.period.start == "2026-01"


def test_two_arrangements_of_the_same_plan_are_both_read():
    text = (
        YEAR_PLAN
        + "一、文体活动安排\n三月：登山\n四月：春游\n五月：篮球赛\n二、学习安排\n三月：读书会\n四月：讲座\n五月：演讲\n"
    )
    assert months(text) == [
        ([3], ["登山"]),
        ([4], ["春游"]),
        ([5], ["篮球赛"]),
        ([3], ["读书会"]),
        ([4], ["讲座"]),
        ([5], ["演讲"]),
    ]


def test_escaped_underscores_are_read_as_such():
    plan = read_plan(
        "\\_\\_小学20\\_\\_年工会工作计划\n三月\n- 1、庆祝\\_\\_节\n四月\n- 1、春游\n五月\n- 1、体检\n"
    )
    assert plan.title == "__小学20__年工会工作计划"
    assert plan.months[0].items == ("庆祝__节",)
    assert plan.period.start is None


def test_a_title_on_two_lines():
    assert (
        read_plan("示例幼儿园2025—2026学年\n工会工作计划\n一、指导思想\n").title
        == "示例幼儿园2025—2026学年工会工作计划"
    )


def test_nothing_in_a_plan_is_lost():
    text = (
        YEAR_PLAN
        + "开场。\n一、指导思想\n服务。\n二、安排\n"
        + MARCH_TO_MAY
        + "全年：\n1、例会\n三、措施\n1、领导。\n示例市第三中学工会\n2026年1月5日\n"
    )
    plan = read_plan(text)
    said = "".join(
        [
            plan.title,
            *(s.title + s.body for s in plan.sections),
            *plan.unread,
            *(i for m in plan.months for i in m.items),
        ]
    )
    for word in (
        "开场",
        "指导思想",
        "服务",
        "安排",
        "庆祝三八节",
        "春游",
        "体检",
        "例会",
        "措施",
        "领导",
        "示例市第三中学工会",
        "1月5日",
    ):
        assert word in said


SIGNS = "一二三四五六七八九十元月份、。：；（）()【】1234567890.-—~“”\n\n\n\t |#*周年第至"
WORDS = ["工会", "计划", "三月", "12月", "2026年", "每月", "负责人：", "总结", "第一阶段", "①"]
PIECES = st.sampled_from([*SIGNS, *WORDS])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_read_without_an_error(text):
    plan = read_plan(text)
    assert all(1 <= month <= 12 for entry in plan.months for month in entry.months)
    assert all(entry.items for entry in plan.months)
    assert plan.as_json()["warnings"] == list(plan.warnings)


def test_an_annex_behind_the_months_is_no_item():
    text = YEAR_PLAN + MARCH_TO_MAY + "附：活动经费预算\n春游 1000元\n"
    assert months(text) == MONTHS
    assert read_plan(text).unread == ("附：活动经费预算", "春游 1000元")


def test_only_the_first_of_two_plans_is_read():
    text = (
        "学校工会工作计划篇一\n"
        + MARCH_TO_MAY
        + "学校工会工作计划篇二\n九月\n1、登山\n十月\n1、拔河\n"
    )
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert plan.warnings[0] == "文中不止一份计划，只读了第一份；“九月”起的安排没有读入。"
    assert plan.unread == ("学校工会工作计划篇二", "九月", "1、登山", "十月", "1、拔河")


def test_a_long_text_is_read_in_reasonable_time():
    text = YEAR_PLAN + "三月\n二月，\n1、活动一项；\n" * 20000
    assert read_plan(text).title == YEAR_PLAN.strip()


def test_what_is_said_beside_a_month_is_kept():
    text = (
        YEAR_PLAN
        + "九月份（尊师月）：庆祝教师节\n十月份（敬老月）\n1、重阳节座谈\n十一月份：拔河\n"
    )
    plan = read_plan(text)
    assert months(text) == [([9], ["庆祝教师节"]), ([10], ["重阳节座谈"]), ([11], ["拔河"])]
    assert plan.unread == ("尊师月", "敬老月")


def test_a_signature_with_a_chinese_date_and_site_words_behind_it():
    text = (
        "学校工会工作计划\n"
        + MARCH_TO_MAY
        + "示例小学工会委员会\n二〇二六年二月\n【学校工会工作计划】相关文章：\n1.工会总结\n"
    )
    assert months(text) == MONTHS
    assert read_plan(text).unread == (
        "示例小学工会委员会",
        "二〇二六年二月",
        "【学校工会工作计划】相关文章：",
        "1.工会总结",
    )


def test_words_above_the_title_are_left_over():
    plan = read_plan("首页 > 范文\n时间：2026-01-05\n" + YEAR_PLAN + MARCH_TO_MAY)
    assert plan.title == YEAR_PLAN.strip()
    assert plan.unread == ("首页 > 范文", "时间：2026-01-05")
