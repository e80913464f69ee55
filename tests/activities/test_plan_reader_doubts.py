"""What a plan says wrongly or a web page adds: never dropped in silence, never made up."""

import json

import pytest
from django.core.management import call_command

from activities import importers
from activities.plan_reader import read_plan
from unionoffice.periods import Period

YEAR = "2026年工会工作计划\n"
THREE = "一月份：走访。\n三月份：联欢。\n五月份：运动会。\n"
NONE_SUCH = "是没有的月份，没有排进月份；改好了重新导入，或者在月历上自己加。"
READ = [((1,), ("走访。",)), ((3,), ("联欢。",)), ((5,), ("运动会。",))]


def months(plan) -> list[tuple]:
    return [(month.months, month.items) for month in plan.months]


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("十三月份：旅游。", "十三"),
        ("13月：旅游。", "13"),
        ("13月", "13"),
        ("0月：旅游。", "0"),
        ("二十月 旅游。", "二十"),
        ("【13月】旅游。", "13"),
        ("2026年13月：旅游。", "13"),
        ("9—13月：旅游。", "13"),
        ("6、十三月份：旅游。", "十三"),
        ("13月5日举行旅游。", "13"),
    ],
)
def test_a_month_that_no_year_has_is_left_over_and_said(line, month):
    plan = read_plan(YEAR + THREE + line)
    assert months(plan) == READ
    assert plan.unread == (line,)
    assert plan.warnings == (f"“{line}”里的{month}月{NONE_SUCH}",)


def test_what_stands_below_an_impossible_month_goes_to_no_other():
    plan = read_plan(f"{YEAR}1月\n走访。\n3月\n联欢。\n13月\n1. 旅游。\n2. 登山。\n5月\n运动会。\n")
    assert months(plan) == READ
    assert plan.unread == ("13月", "1. 旅游。", "2. 登山。")


def test_each_of_several_impossible_months_is_said():
    plan = read_plan(f"{YEAR}{THREE}13月：旅游。\n0月：登山。\n")
    assert plan.unread == ("13月：旅游。", "0月：登山。")
    assert plan.warnings == (
        f"“13月：旅游。”里的13月{NONE_SUCH}",
        f"“0月：登山。”里的0月{NONE_SUCH}",
    )


def test_an_impossible_month_behind_an_item_is_said():
    text = f"{YEAR}一、活动\n1. 联欢（3月）\n2. 春游（4月）\n3. 运动会（5月）\n4. 旅游（13月）\n"
    plan = read_plan(text)
    assert [group[0] for group in months(plan)] == [(3,), (4,), (5,)]
    assert plan.warnings == (f"“4. 旅游（13月）”里的13月{NONE_SUCH}",)
    assert "4. 旅游（13月）" in plan.sections[-1].body


@pytest.mark.parametrize(
    "line", ["满意率达到 13 个月最高。", "三八月度之星评选。", "投入10万元，13月刊一份。"]
)
def test_other_numbers_are_no_impossible_months(line):
    assert (
        read_plan(f"{YEAR}一月份：走访。\n{line}\n三月份：联欢。\n五月份：运动会。\n").warnings
        == ()
    )


def test_one_or_two_months_are_quoted_and_stay_in_their_section():
    plan = read_plan(f"{YEAR}一、安排\n一月份：走访。\n三月份：联欢。\n")
    assert months(plan) == []
    assert plan.warnings == (
        "按月份写的只有“一月份：走访。”、“三月份：联欢。”，不到 3 个月，看不准是不是全年的安排，没有排进月份；"
        "这些话留在原文里，要排的在月历上自己加。",
    )
    assert plan.sections[0].body == "一月份：走访。\n三月份：联欢。"


def test_no_month_is_made_up_of_an_impossible_one():
    plan = read_plan(f"{YEAR}到十三月和二十月为止，五月联欢。\n")
    assert plan.warnings == (
        "文中没有按月份排列的安排，只在行文里提到五月，没有读出任何月份的事项。",
    )


def test_months_partly_outside_the_period_are_left_over_for_the_rest():
    found = importers.arrange(
        read_plan(f"{YEAR}{THREE}六至八月份：疗休养。\n"), Period.half(2026, 1)
    )
    assert [(i.text, i.first_month.month, i.last_month.month) for i in found.items][-1] == (
        "疗休养", 6, 6,
    )  # fmt: skip
    assert found.unread == ["7、8月：疗休养。"]


def test_dry_run_says_each_line_that_it_leaves_over(tmp_path, capsys):
    file = tmp_path / "计划.txt"
    file.write_text(f"{YEAR}{THREE}13月：旅游。\n")
    call_command("import_plan", str(file), "--dry-run")
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "章节 0 个，没有放进去的 1 行",
        "没放进去：13月：旅游。",
        f"注意：“13月：旅游。”里的13月{NONE_SUCH}",
    ]
    call_command("import_plan", str(file), "--dry-run", "--format", "json")
    assert json.loads(capsys.readouterr().out)["unread"] == ["13月：旅游。"]


@pytest.mark.parametrize(
    ("above", "title", "below"),
    [
        (
            "中国教育工会网\n当前位置：首页 > 工会工作 > 工作计划\n发布时间：2026-01-05 来源：办公室 浏览次数：35\n",
            "实验小学2026年工会工作计划",
            "",
        ),
        (
            "某某市实验小学\n首页 学校概况 工会之家\n您现在的位置：首页 >> 工会之家 >> 正文\n",
            "2026年度工会工作要点",
            "作者：张三  更新时间：2026/1/5 10:22:00  点击数：123\n",
        ),
        ("首页 > 工作计划 > 学校工会工作计划\n时间：2026-01-05\n", "学校工会工作计划", ""),
        ("学校工会网 › 工会计划\n发布日期：2026年1月5日\n", "工会工作计划（2026年）", ""),
        ("2026年工会工作计划\n首页 > 工会\n", "2026年工会工作计划", "字体：大 中 小\n"),
        ("学校工会工作计划\n", "实验小学2026年工会工作计划", "2026-01-05 08:00:12\n"),
        ("2026年工会计划_实验小学\n实验小学\n首页 > 工会\n", "2026年实验小学工会计划", ""),
        ("发布时间：2026-01-05\n", "实验小学工会新学期工作思路", ""),
    ],
)
def test_the_title_is_the_plans_own_and_the_sites_words_are_left_over(above, title, below):
    plan = read_plan(f"{above}{title}\n{below}{THREE}")
    assert plan.title == title
    assert plan.unread == tuple((above + below).splitlines())
    assert plan.sections == ()
    assert months(plan) == READ


def test_a_figure_behind_a_greater_than_sign_is_an_item():
    plan = read_plan(f"{YEAR}一月份：走访。\n三月份\n满意率>95%\n五月份：运动会。\n")
    assert months(plan)[1] == ((3,), ("满意率>95%",))
