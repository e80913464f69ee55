"""Texts that no plan is: they are read all the same, in time that grows with their length only."""

import signal

import pytest

from activities.plan_reader import read_plan

MONTHS = "三月：拔河\n四月：春游\n五月：体检\n"
GENEROUS = 60  # seconds, for what takes less than two
LONG = 100_000


@pytest.fixture(autouse=True)
def alarm():
    def stop(*_):
        raise TimeoutError(f"not read within {GENEROUS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(GENEROUS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


REPEATED = [
    "（", "(", "【", "[", "《", "“", '"', "*", "）", "】", "”", "：", "-", "—", "、", "，", "。", "；", ".",
    "|", "\t", " ", "\u2003", "_", "#", "<", "&", "一", "十", "元月", "年", "第", "3", "①", "和", "的",
    "1、", "三月", "第3周", "2024", "2024年", "（3", "(1)", "<p ", "&#1", "《甲", "三月：", "。三月：", "至3月",
    "3月1日", "工会", "工作", "1-", "&#111111", "13月", "十三月：", "首页", "工会 > ", "位置", "0-",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_a_long_line_of_one_sign_is_read(piece):
    line = piece * (LONG // len(piece))
    assert read_plan(MONTHS + line).months
    read_plan(line)


@pytest.mark.parametrize("piece", ["（", "《", "“", "1、", "—", "三月", "\u2003", "，", "2024年"])
def test_many_lines_of_one_sign_are_read(piece):
    lines = "\n".join([piece * (1_900 // len(piece))] * (LONG // 1_900))
    assert len(read_plan(MONTHS + lines).months) >= 3


@pytest.mark.parametrize("lines", ["月份\n内容", "“", "三月", "负责人：", "1、", "有的，", "工会"])
def test_many_short_lines_are_read(lines):
    assert read_plan(MONTHS + f"{lines}\n" * 10_000).months


def test_a_line_longer_than_any_heading_is_plain_text():
    long = "一、三月份：" + "拔河" * 1_000
    plan = read_plan(f"2026年工会工作计划\n一、指导思想\n{long}\n")
    assert [(section.title, section.body) for section in plan.sections] == [("指导思想", long)]
    assert plan.months == ()


@pytest.mark.parametrize(
    "digits", ["&#" + "1" * 5000 + ";", "第" + "1" * 5000 + "章", "２０٣٣年", "20٣٣年"]
)
def test_numbers_that_are_none_are_text(digits):
    assert len(read_plan(f"2026年工会计划\n{digits}\n{MONTHS}").months) == 3
