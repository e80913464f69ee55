"""Forms met in plans of other schools; one test each. All texts are invented."""

import pytest

from activities.plan_reader import read_plan
from activities.plan_reader.when import read_when
from tests.activities.test_plan_reader_months import TITLE, arranged, months


def test_weeks_with_dotted_days_stand_in_the_month_that_they_begin_in():
    assert arranged(
        "第1周（2.24—2.28）制定计划；召开委员会\n第2周（3.3—3.7）三八节活动\n第3周（4.7—4.11）扫墓\n"
    ) == [
        ([2], ["制定计划", "召开委员会"]),
        ([3], ["三八节活动"]),
        ([4], ["扫墓"]),
    ]


def test_a_semicolon_in_brackets_divides_no_item():
    found = arranged("三月：登山（地点：湖边；时间：下午）；植树\n四月：春游\n五月：体检\n")
    assert found[0] == ([3], ["登山（地点：湖边；时间：下午）", "植树"])


def test_letters_spread_out_are_read_as_words():
    assert arranged("三 月 份（女工月）\n1、座谈\n五 月 份\n1、体检\n十 二 月 份\n1、总结会\n") == [
        ([3], ["座谈"]),
        ([5], ["体检"]),
        ([12], ["总结会"]),
    ]


def test_a_summary_to_be_written_is_the_last_item_of_its_month_and_no_title():
    assert arranged(
        "2026年1月\n春节慰问\n期末工会总结\n2026年2月\n元宵灯谜\n2026年3月\n三八节活动\n学期工会工作总结\n"
    ) == [
        ([1], ["春节慰问", "期末工会总结"]),
        ([2], ["元宵灯谜"]),
        ([3], ["三八节活动", "学期工会工作总结"]),
    ]


def test_a_plan_that_is_to_be_handed_down_is_an_item_and_no_heading():
    found = arranged("二月\n·下发工作要点\n·慰问\n三月\n·植树\n四月\n·春游\n")
    assert found[0] == ([2], ["下发工作要点", "慰问"])


def test_a_table_of_months_and_weeks_keeps_the_items_of_every_week():
    assert arranged(
        "月份\t周次\t工作内容\n九月\t1\t开学\n\t2\t表彰\n十月\t5\t游园\n\t7\t登高\n十一月\t10\t排球\n"
    ) == [
        ([9], ["开学", "表彰"]),
        ([10], ["游园", "登高"]),
        ([11], ["排球"]),
    ]


def test_a_poem_that_names_months_is_no_plan():
    poem = "二月春风似剪刀，\n烟花三月下扬州。\n八月秋高风怒号，\n九月九日忆山东。\n"
    assert months(poem) == []
    assert read_plan(poem).warnings[0] == (
        "文中没有按月份排列的安排，只在行文里提到二月、三月、八月、九月，没有读出任何月份的事项。"
    )


STACKED = "月份\n周次\n工作事项\n责任人\n二月\n预备周\n值班慰问\n苏勤\n1\n开学会议\n苏勤\n三月\n2\n健步行\n倪虹\n四月\n6\n扫墓\n倪虹\n8\n读书沙龙\n方正\n"


def test_merged_months_of_a_stacked_table_hold_all_their_rows():
    plan = read_plan(STACKED + "示例高级中学工会委员会\n")
    assert [(list(m.months), list(m.items)) for m in plan.months] == [
        ([2], ["值班慰问", "开学会议"]),
        ([3], ["健步行"]),
        ([4], ["扫墓", "读书沙龙"]),
    ]
    items = [item for line in plan.lines for item in line.items]
    assert [(item.week, item.said[-1].text) for item in items] == [
        (None, "责任人：苏勤"),
        (1, "责任人：苏勤"),
        (2, "责任人：倪虹"),
        (6, "责任人：倪虹"),
        (8, "责任人：方正"),
    ]
    assert items[0].said[0].text == "周次：预备周"


def test_a_column_that_only_sorts_is_no_item_in_a_stacked_table():
    rows = "时间\n项目\n主要内容\n牵头人\n1月\n送温暖\n走访病员\n贾力\n3月\n女工\n扎染体验\n邵芸\n民主管理\n调整代表\n贾力\n4月\n文体\n田径运动会\n康凯\n"
    assert arranged(rows + "示例学院分工会\n2024年3月1日\n【关闭窗口】\n") == [
        ([1], ["走访病员"]),
        ([3], ["扎染体验", "调整代表"]),
        ([4], ["田径运动会"]),
    ]


def test_pictures_in_front_are_bullets_and_a_few_words_beside_every_month_its_theme():
    plan = read_plan(
        "🌸 3月 · 悦己时光\n✅ 香氛蜡烛\n✅ 普法微课\n🌸 4月 · 踏春去\n✅ 露营\n🌸 5月 · 劳动有光\n✅ 评后勤之星\n"
    )
    assert [(m.months, m.items) for m in plan.months] == [
        ((3,), ("香氛蜡烛", "普法微课")),
        ((4,), ("露营",)),
        ((5,), ("评后勤之星",)),
    ]
    assert plan.unread == ("悦己时光", "踏春去", "劳动有光")


def test_a_pair_of_months_in_a_paragraph_of_months():
    assert arranged(
        "六月：慰问儿童。七、八月：暑期培训；家访。九月：座谈。十至十一月：球赛。\n"
    ) == [
        ([6], ["慰问儿童。"]),
        ([7, 8], ["暑期培训", "家访。"]),
        ([9], ["座谈。"]),
        ([10, 11], ["球赛。"]),
    ]


def test_a_line_torn_inside_straight_quotes_is_joined():
    assert arranged(
        '三月\n1、举办"三\n·八"妇女节展示。\n2、"五一"筹备。\n四月\n1、春游。\n五月\n1、"五四"座谈。\n'
    )[0] == ([3], ['举办"三·八"妇女节展示。', '"五一"筹备。'])


def test_a_straight_quote_behind_the_month_opens_the_item():
    assert arranged('3月 "3.8"节拔河\n4月 "4.7"健康讲座\n5月 表彰"五一"先进\n') == [
        ([3], ['"3.8"节拔河']),
        ([4], ['"4.7"健康讲座']),
        ([5], ['表彰"五一"先进']),
    ]


def test_a_week_lists_its_numbered_items_in_the_month_that_it_begins_in():
    text = "第1周（8月29日-9月4日）：1.开例会；2.核对名册。\n第2周（9月5日-9月11日）：组建兴趣小组。\n第8周（10月17日-10月23日）：1.健步走；2.公示。\n"
    assert arranged(text) == [
        ([8], ["开例会", "核对名册。"]),
        ([9], ["组建兴趣小组。"]),
        ([10], ["健步走", "公示。"]),
    ]


def test_dates_with_a_comma_behind_them_are_set_off_from_the_items():
    plan = read_plan(
        "▶ 1月10日前，上报名单；\n▶ 3月7日下午，参观；\n▶ 4月8日至9日，踏青；\n▶ 11月中下旬，掼蛋比赛。\n"
    )
    items = [item for line in plan.lines for item in line.items]
    assert [(item.months, item.text, item.said[0].text) for item in items] == [
        ((1,), "上报名单", "日期：1月10日前"),
        ((3,), "参观", "日期：3月7日下午"),
        ((4,), "踏青", "日期：4月8日至9日"),
        ((11,), "掼蛋比赛。", "时间：11月中下旬"),
    ]


def test_a_stroke_between_spaces_divides_items():
    assert arranged("1月 —— 看望职工 / 年终结算\n2月 —— 制定计划\n3月 —— 工会/党支部联谊\n") == [
        ([1], ["看望职工", "年终结算"]),
        ([2], ["制定计划"]),
        ([3], ["工会/党支部联谊"]),
    ]


def test_headings_numbered_with_points_and_the_chapter_behind_the_last_month():
    text = "## 2 月度活动\n### 2.1 2024 年 9 月\n1. 欢迎会\n### 2.2 2024 年 10 月\n1. 茶会\n### 2.3 2024 年 11 月\n1. 团辅\n## 3 经费\n文体两万元\n"
    assert arranged(text) == [([9], ["欢迎会"]), ([10], ["茶会"]), ([11], ["团辅"])]


def test_months_named_in_two_languages():
    assert arranged(
        "[Sept. / 九月]\n(1) 会员大会\n[Oct. / 十月]\n(1) 观影\n[May / 五月]\n(1) 表彰\n"
    ) == [
        ([9], ["会员大会"]),
        ([10], ["观影"]),
        ([5], ["表彰"]),
    ]


def test_headings_in_brackets_divide_lists_of_months():
    text = "【民主管理】\n1月：筹备\n3月：教代会\n9月：检查\n【文体活动】\n4月：乐跑\n10月：书画展\n【关爱服务】\n2月：慰问\n6月：送粽子\n"
    assert [(months[0], items) for months, items in arranged(text)] == [
        (1, ["筹备"]),
        (3, ["教代会"]),
        (9, ["检查"]),
        (4, ["乐跑"]),
        (10, ["书画展"]),
        (2, ["慰问"]),
        (6, ["送粽子"]),
    ]


def test_a_month_that_is_out_of_order_keeps_its_own_items():
    text = "3月\n教代会\n9月：检查\n收集意见\n4月\n乐跑\n5月\n书画展\n"
    assert arranged(text) == [
        ([3], ["教代会"]),
        ([9], ["检查", "收集意见"]),
        ([4], ["乐跑"]),
        ([5], ["书画展"]),
    ]


def test_days_ahead_of_the_items_of_a_month_are_said_of_them():
    plan = read_plan(
        "九月\n5日 例会\n25日—30日 慰问\n十月\n12日：合唱集训\n10个小组登山\n十一月\n6号 球赛\n"
    )
    items = [item for line in plan.lines for item in line.items]
    assert [(item.text, [words.text for words in item.said]) for item in items] == [
        ("例会", ["日期：9月5日"]),
        ("慰问", ["日期：9月25日—9月30日"]),
        ("合唱集训", ["日期：10月12日"]),
        ("10个小组登山", []),
        ("球赛", ["日期：11月6日"]),
    ]
    assert [(when.day, when.last_day) for when in map(read_when, items[:2])] == [
        ((9, 5), None),
        ((9, 25), (9, 30)),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3—4日：扫墓", ["日期：4月3日—4月4日"]),
        ("23日（周日）：扫墓", ["日期：4月23日(周日)"]),
        ("4日前：扫墓", ["日期：4月4日前"]),
        ("下旬：扫墓", ["时间：4月下旬"]),
    ],
)
def test_days_and_parts_of_a_month_ahead_of_an_item(line, said):
    plan = read_plan(f"3月\n植树\n4月\n{line}\n5月\n体检\n")
    item = next(item for line in plan.lines for item in line.items if item.months == (4,))
    assert (item.text, [words.text for words in item.said]) == ("扫墓", said)


def test_activities_with_their_time_and_place_below_them():
    plan = read_plan(
        "（一）九月份活动\n活动一：插花\n时间：9月8日下午\n地点：礼堂\n活动二：做月饼\n时间：9月27日\n（二）十月份活动\n活动一：越野\n时间：10月21日\n（三）十一月份活动\n活动一：义卖\n时间：11月中旬\n"
    )
    items = [item for line in plan.lines for item in line.items]
    assert [item.text for item in items] == ["插花", "做月饼", "越野", "义卖"]
    assert [words.text for words in items[0].said] == ["时间：9月8日下午", "地点：礼堂"]
    assert [read_when(item).day for item in items] == [(9, 8), (9, 27), (10, 21), None]


@pytest.mark.parametrize("line", ["抄送：区教育工会", "合计：33,500元"])
def test_what_stands_behind_the_last_month_is_no_item_of_it(line):
    found = arranged(f"●三月 拔河\n●四月 春游\n●五月 考核；联谊\n{line}\n")
    assert found[-1] == ([5], ["考核", "联谊"])


def test_months_that_open_the_clauses_of_a_paragraph():
    text = "二、安排\n上半年：2月制定计划；3月办三八节活动；4月春游。\n下半年：9月庆祝教师节；10月慰问；12月总结。\n"
    assert [(months[0], items) for months, items in arranged(text)] == [
        (2, ["制定计划"]),
        (3, ["办三八节活动"]),
        (4, ["春游。"]),
        (9, ["庆祝教师节"]),
        (10, ["慰问"]),
        (12, ["总结。"]),
    ]


def test_days_and_a_theme_beside_every_month_are_no_items():
    text = "三月（3月1日—3月31日）主题：巾帼\n1）花艺\n四月（4月1日—4月30日）主题：书香\n1）漂流\n五月（5月6日—5月31日）主题：劳动\n1）农耕\n"
    assert arranged(text) == [([3], ["花艺"]), ([4], ["漂流"]), ([5], ["农耕"])]


def test_a_year_alone_on_its_line_groups_the_months_below_it():
    text = "2024年\n9月\n慰问\n12月\n长跑\n2025年\n1月\n总结\n3月\n插花\n"
    assert arranged(text) == [([9], ["慰问"]), ([12], ["长跑"]), ([1], ["总结"]), ([3], ["插花"])]


def test_rows_with_wide_gaps_that_lack_their_last_cells():
    text = "序号  时间  工作内容  负责人  备注\n1  1月  慰问  许平\n2  3月  摄影  柳依  资助\n3  4月  健步走  高远\n"
    assert arranged(text) == [([1], ["慰问"]), ([3], ["摄影"]), ([4], ["健步走"])]


def test_the_pages_of_a_web_site_between_months_are_no_items():
    text = "三月份\n1、联欢\n[1] [2] 下一页\n四月份\n1、安排工会经费预算\n五月份\n1、春游\n"
    assert arranged(text) == [([3], ["联欢"]), ([4], ["安排工会经费预算"]), ([5], ["春游"])]


def test_words_in_brackets_below_each_month_divide_no_months():
    text = "三月\n【女神节】\n插花\n四月\n【读书季】\n荐书\n五月\n【劳动】\n种菜\n"
    assert [(months[0], items[-1]) for months, items in arranged(text)] == [
        (3, "插花"),
        (4, "荐书"),
        (5, "种菜"),
    ]


def test_routine_work_as_an_item_of_a_month():
    assert arranged(
        "三月\n庆祝三八节\n日常工作\n慰问\n四月\n1、春游\n2、常规工作\n五月\n体检\n"
    ) == [
        ([3], ["庆祝三八节", "日常工作", "慰问"]),
        ([4], ["春游", "常规工作"]),
        ([5], ["体检"]),
    ]


def test_the_yearly_arrangements_heading_is_not_recurring_work():
    for heading in ("全年工作安排：", "每月工作"):
        plan = read_plan(TITLE + heading + "\n三月\n1、庆祝三八节\n四月\n1、春游\n")
        assert [(m.months, m.items) for m in plan.months] == [
            ((3,), ("庆祝三八节",)),
            ((4,), ("春游",)),
        ]
        assert plan.warnings == ()


def test_items_of_december_that_sound_like_closing_words():
    body = "十一月\n拔河\n十二月\n希望工程捐款\n我们的节日——元旦联欢\n制订2027年工会工作计划\n年度工会工作总结\n"
    assert arranged(body)[-1] == (
        [12],
        ["希望工程捐款", "我们的节日——元旦联欢", "制订2027年工会工作计划", "年度工会工作总结"],
    )
