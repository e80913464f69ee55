from datetime import date
from decimal import Decimal

from unionoffice.documents.outline import (
    Attachment,
    Document,
    Figure,
    Heading,
    Missing,
    Paragraph,
    Table,
    attachment_lines,
    attachment_mark,
    figures,
    labelled,
    missing,
    text_of,
)
from unionoffice.facts import Fact

PLANNED = Fact("activities.planned", "计划事项", 39, "项", "/activities/plan/?period=2026")
DONE = Fact("activities.done", "完成事项", 28, "项", "/activities/plan/?period=2026&state=done")
VISITS = Fact("welfare.visits", "慰问人次", 47, "人次", "/welfare/?period=2026")
MONEY = Fact("welfare.money", "慰问金额", Decimal("28300.50"), "元", "/welfare/?period=2026")
COURSES = Fact("activities.courses", "培训人次", None, "人次", "/activities/training/?period=2026")
MOTIONS = Fact("congress.motions", "收到提案", 34, "件", "/congress/motions/?period=2026")

PROSE = (
    "学校工会坚持把教职工的事情放在心上，办在实处，依靠各工会小组和全体会员，"
    "把学习教育、民主管理、帮扶慰问和文体活动结合起来，做到年初有计划、过程有记录、"
    "年末有总结，遇到问题及时与有关部门商量，力求事事有着落、件件有回音。"
)


def summary() -> Document:
    """A year of the invented school: all four levels, tables, gaps, rare names, two attachments."""
    return Document(
        title=("示例市第三中学工会", "2026年度工作总结"),
        addressee="示例市教育工会",
        blocks=(*_opening(), *_care(), *_congress(), *_closing()),
        signature="示例市第三中学工会委员会",
        date=date(2026, 12, 25),
        attachments=(_monthly(), _insured()),
        subject="年度总结",
    )


def _opening():
    plan = ("全年计划工作", Figure(PLANNED), "，已完成", Figure(DONE), "。现将主要工作总结如下。")
    return (
        Paragraph(("2026年，", PROSE, *plan)),
        Heading(1, "思想引领和师德建设"),
        Heading(2, "学习教育有安排。", ("组织工会委员和小组长集中学习。", PROSE)),
        Heading(2, "师德宣传有载体"),
        Paragraph((PROSE, "参加培训", Figure(COURSES), "。")),
        Heading(3, "教师节活动"),
        Paragraph((PROSE, PROSE)),
        Heading(4, "先进个人"),
        Paragraph(("受到表彰的有张镕、李堃、王喆、赵㛃、钱𬱟和阿依·古丽等老师。", PROSE)),
        Heading(4, "先进集体"),
        Paragraph((PROSE, "推荐名单", Missing("先进集体名单"), "另行上报。")),
    )


def _care():
    rows = (("生病住院", 14, "10200.50"), ("丧事", 9, "8400"), ("退休", 24, "9700"))
    return (
        Heading(1, "维权与帮扶"),
        Heading(2, "“五必访”做到人到心到"),
        Paragraph(("全年慰问教职工", Figure(VISITS), "，发放慰问金", Figure(MONEY), "。", PROSE)),
        Table(
            "2026年慰问统计",
            ("事由", "人次", "金额（元）"),
            tuple(
                (
                    label,
                    Figure(
                        Fact(f"welfare.{n}", f"{label}人次", n, "人次", "/welfare/"), unit=False
                    ),
                    Figure(Fact(f"welfare.m{n}", f"{label}金额", Decimal(m), "元", ""), unit=False),
                )
                for label, n, m in rows
            ),
            widths=(2, 1, 1),
        ),
        Paragraph((PROSE, PROSE)),
    )


def _congress():
    return (
        Heading(1, "民主管理"),
        Heading(2, "提案办理"),
        Paragraph(("八届二次教职工代表大会共收到提案", Figure(MOTIONS), "。", PROSE, PROSE)),
        Heading(2, "校务公开"),
        Paragraph((PROSE, PROSE, PROSE)),
        Paragraph((PROSE, PROSE, PROSE, PROSE)),
    )


def _closing():
    return (
        Heading(1, "存在问题和明年打算"),
        Paragraph((PROSE, PROSE)),
        Paragraph((PROSE, "以上总结，妥否，望指正。")),
    )


def _monthly():
    rows = tuple((f"{month}月", "工会小组活动", f"第{month}次") for month in range(1, 13))
    return Attachment(
        "月度活动一览",
        (Table("", ("月份", "活动", "备注"), rows, aligns=("center", "left", "center")),),
    )


def _insured():
    return Attachment(
        "互助保障参保情况",
        (
            Heading(1, "参保人数"),
            Paragraph((PROSE,)),
            Table("参保统计", ("险种", "份数"), (("住院综合", "292"), ("女职工安康", "181"))),
        ),
    )


# ------------------------------------------------------------------ tests
def test_a_figure_prints_its_number_with_the_unit():
    assert [Figure(VISITS).text, Figure(VISITS, unit=False).text] == ["47人次", "47"]


def test_a_figure_that_nobody_recorded_prints_the_gap_instead_of_number_and_unit():
    assert Figure(COURSES).text == "【待补：培训人次】"


def test_figures_are_listed_in_the_order_of_the_text():
    assert [figure.fact.key for figure in figures(summary())] == [
        "activities.planned",
        "activities.done",
        "activities.courses",
        "welfare.visits",
        "welfare.money",
        "welfare.14",
        "welfare.m14",
        "welfare.9",
        "welfare.m9",
        "welfare.24",
        "welfare.m24",
        "congress.motions",
    ]


def test_gaps_are_listed_whether_they_are_figures_or_words():
    assert missing(summary()) == ["培训人次", "先进集体名单"]


def test_headings_are_numbered_from_their_place_and_each_level_starts_anew():
    text, *_ = labelled(summary())
    assert [item.heading for item in text if isinstance(item.block, Heading)] == [
        "一、思想引领和师德建设",
        "（一）学习教育有安排。",
        "（二）师德宣传有载体",
        "1.教师节活动",
        "（1）先进个人",
        "（2）先进集体",
        "二、维权与帮扶",
        "（一）“五必访”做到人到心到",
        "三、民主管理",
        "（一）提案办理",
        "（二）校务公开",
        "四、存在问题和明年打算",
    ]


def test_headings_start_anew_in_an_attachment_but_tables_count_through():
    _, monthly, insured = labelled(summary())
    assert [item.caption for item in monthly] == [""]
    assert insured[0].heading == "一、参保人数"
    assert insured[2].caption == "表2\u3000参保统计"


def test_several_attachments_are_numbered_and_a_lone_one_is_not():
    two = summary()
    one = Document(("总结",), (), "工会", date(2026, 1, 5), attachments=two.attachments[:1])
    assert attachment_lines(two) == ["附件：1. 月度活动一览", "2. 互助保障参保情况"]
    assert attachment_lines(one) == ["附件：月度活动一览"]
    assert [attachment_mark(two, 2), attachment_mark(one, 1)] == ["附件2", "附件"]


def test_the_date_has_no_leading_zeros():
    assert Document(("总结",), (), "工会", date(2026, 1, 5)).dated == "2026年1月5日"


def test_columns_of_figures_stand_right_and_the_others_left():
    table = next(block for block in summary().blocks if isinstance(block, Table))
    assert table.sides == ("left", "right", "right")
    assert table.shares == (0.5, 0.25, 0.25)


def test_a_cell_may_be_one_span_or_several():
    assert text_of(("共", Figure(VISITS), "，", Missing("去向"))) == "共47人次，【待补：去向】"
