"""What stands beside an item in a plan's text goes with it: into a field, or behind its words."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from activities import importers
from activities.plan_reader import plan_text, read_plan
from activities.said import read_money
from members.models import Member
from unionoffice.periods import Period

HEADER = ["月份", "活动内容", "地点", "经费（元）", "负责人", "协办部门", "参加对象"]
ROWS = [
    ["3月", "庆祝三八节", "礼堂", "2,400", "林芳", "党支部", "女教职工"],
    ["4月", "春游", "东山", "约3000元", "张伟", "", "全体"],
    ["5月", "体检", "", "待定", "林芳", "校医室", ""],
]
LIN = Member(name="林芳")


def arranged(text: str) -> importers.Arranged:
    return importers.arrange(read_plan(text), Period.year(2026), people={"林芳": LIN})


def table_text(form: str) -> str:
    title = "2026年工会工作计划\n"
    rows = [HEADER, *ROWS]
    if form == "cells":
        return title + "\n".join(cell or "—" for row in rows for cell in row)
    if form == "pipes":
        return title + "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if form == "tabs":
        return title + "\n".join("\t".join(row) for row in rows)
    document, file = Document(), BytesIO()
    document.add_paragraph(title.strip())
    table = document.add_table(len(rows), len(HEADER))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(file)
    return plan_text("计划.docx", file.getvalue())


@pytest.mark.parametrize("form", ["pipes", "tabs", "docx"])
def test_the_columns_of_a_table_go_to_the_fields(form):
    found = arranged(table_text(form))
    assert [
        (i.first_month, i.text, i.budget, i.responsible, i.co_organiser, i.audience)
        for i in found.items
    ] == [
        (date(2026, 3, 1), "庆祝三八节（地点：礼堂）", Decimal(2400), LIN, "党支部", "女教职工"),
        (date(2026, 4, 1), "春游（地点：东山；负责人：张伟）", Decimal(3000), None, "", "全体"),
        (date(2026, 5, 1), "体检（经费（元）：待定）", None, LIN, "校医室", ""),
    ]
    assert found.unread == []


def test_a_table_flattened_cell_under_cell_keeps_its_columns():
    found = arranged(table_text("cells"))
    assert [(i.text, i.budget, i.responsible, i.co_organiser) for i in found.items] == [
        ("庆祝三八节（地点：礼堂）", Decimal(2400), LIN, "党支部"),
        ("春游（地点：东山；负责人：张伟）", Decimal(3000), None, ""),
        ("体检（经费（元）：待定）", None, LIN, "校医室"),
    ]
    assert found.unread == []


def test_brackets_behind_an_item_go_to_the_fields_only_as_a_whole():
    found = arranged(
        "2026年工会工作计划\n三月\n1、插花（负责人：林芳；对象：女教师）\n2、座谈（责任人：张伟）\n"
        "四月\n1、春游（地点：东山）\n2、比赛（经费：0.5万元）。\n五月\n1、体检（分两批）\n"
    )
    assert [(i.text, i.responsible, i.audience, i.budget) for i in found.items] == [
        ("插花", LIN, "女教师", None),
        ("座谈（责任人：张伟）", None, "", None),
        ("春游（地点：东山）", None, "", None),
        ("比赛", None, "", Decimal(5000)),
        ("体检（分两批）", None, "", None),
    ]


def test_a_part_of_a_month_and_a_detail_stay_with_the_item():
    found = arranged("2026年工会活动安排\n3月上旬：插花\n4月5日（周日）：春游\n5月底：体检\n")
    assert [(i.text, i.day) for i in found.items] == [
        ("插花（时间：3月上旬）", None),
        ("春游", date(2026, 4, 5)),
        ("体检（时间：5月底）", None),
    ]
    assert found.unread == []


def test_a_second_column_of_content_stays_with_the_first():
    table = "3月\t三八节\t插花\n4月8日\t踏青\t登山\n5月\t体检\t内科\n"
    found = arranged(f"2026年工会活动安排\n时间\t活动名称\t活动内容\n{table}")
    assert [(i.text, i.day) for i in found.items] == [
        ("三八节：插花", None),
        ("踏青：登山", date(2026, 4, 8)),
        ("体检：内科", None),
    ]


def test_words_too_long_for_a_field_or_brackets_are_listed():
    long = "全校" * 40
    found = arranged(f"2026年工会工作计划\n三月\n插花\n对象：{long}\n四月\n春游\n五月\n体检\n")
    assert found.items[0].text == "插花"
    assert found.unread == [f"对象：{long}"]


@pytest.mark.parametrize(
    ("words", "unit", "amount"),
    [
        ("800", "", 800),
        ("800元", "", 800),
        ("￥1，200", "", 1200),
        ("0.5", "万", 5000),
        ("1.2万元左右", "", 12000),
        ("３千元", "", 3000),
        ("0", "", 0),
        ("800元/人", "", None),
        ("500-800", "", None),
        ("九百", "", None),
        ("999999999", "", None),
        ("", "", None),
    ],
)
def test_sums_of_money(words, unit, amount):
    assert read_money(words, unit) == amount
