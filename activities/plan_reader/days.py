"""A day ahead of an item inside a month: 5日 召开例会 · 上旬：例会 · 11.9 消防演练."""

import re

from activities.plan_reader.grammar import Node
from activities.plan_reader.numerals import plain

DAY_OF = r"(?:[12]\d|3[01]|[1-9])"
MORE_OF_DAY = r"(?P<more>(?:\s*\([^()]{1,8}\)|之?前|左右|[上下]午|晚上)*)(?:\s*[:,]\s*|\s+)(?=\S)"
DAY_AHEAD = re.compile(
    rf"(?:(?P<third>[上中下]{{1,2}}旬)|(?P<day>{DAY_OF})(?:[日号]|(?=\s*[-—–~至到]))"
    rf"(?:\s*[-—–~至到]+\s*(?P<last>{DAY_OF})[日号])?)"
    rf"{MORE_OF_DAY}"
)
MONTH_OF = r"1[0-2]|0?[1-9]"
DOTTED_AHEAD = re.compile(
    rf"(?P<month>{MONTH_OF})\.(?P<day>0?{DAY_OF})(?!\d)"
    rf"(?:\s*[-—–~至到]+\s*(?:(?P<last_month>{MONTH_OF})\.)?(?P<last>0?{DAY_OF}))?{MORE_OF_DAY}"
)  # 11.9 消防演练


def day_ahead(words: str, months: tuple[int, ...], counted: bool) -> tuple[str, str]:
    """5日 召开例会 in a month, as its day and what is done; `counted`: 3.1 is a number there."""
    flat = plain(words)
    found = DAY_AHEAD.match(flat) if len(months) == 1 else None
    if not found:
        dotted = DOTTED_AHEAD.match(flat) if len(months) == 1 and not counted else None
        mine = dotted and int(dotted["month"]) == months[0]
        return (_dotted(dotted), words[dotted.end() :]) if mine else ("", words)
    last = f"—{months[0]}月{found['last']}日" if found["last"] else ""
    said = (
        f"时间：{months[0]}月{found['third']}"
        if found["third"]
        else (f"日期：{months[0]}月{found['day']}日{last}")
    )
    return said + found["more"], words[found.end() :]


def _dotted(found: re.Match) -> str:
    last_month = int(found["last_month"] or found["month"])
    last = f"—{last_month}月{int(found['last'])}日" if found["last"] else ""
    return f"日期：{int(found['month'])}月{int(found['day'])}日{last}{found['more']}"


def counts(nodes: list[Node], months: tuple[int, ...]) -> bool:
    """Whether 3.1 and 3.2 stand below March, which may be its first and second item."""
    openings = {plain(node.body).partition(" ")[0] for node in nodes}
    return {f"{months[0]}.1", f"{months[0]}.2"} <= openings
