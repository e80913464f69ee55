"""The month arrangement of a plan: its runs of labels, read month by month."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from activities.plan_reader.behind import Dated, find_dated, with_times
from activities.plan_reader.blocks import Block, read_block, read_habit
from activities.plan_reader.grammar import NUMBERED_TITLE, Kind, Node, is_dateline
from activities.plan_reader.labels import IMPOSSIBLE, MONTH, Form, impossible_months, month_words
from activities.plan_reader.numerals import plain
from activities.plan_reader.reading import ItemReading, MonthReading, Said
from activities.plan_reader.runs import (
    FIRM,
    find_runs,
    settle_brackets,
    settle_dates,
    settle_items,
    settle_pairs,
    settle_parts,
    with_dates,
)

WORDS = re.compile(
    "工会|工作|活动|计划|教[工师代]|职工|学校|会员|开展|组织|召开|慰问|比赛|总结|安排|庆祝|学习|培训|联欢"
)  # 二月春风似剪刀: lines with none of these are no plan for all their months
PAST = re.compile("总结|回顾|完成情况|去年|上年|上一[年学]|工作情况")
AHEAD = re.compile("计划|安排|打算|要点|月历|设想|思路|日程|行事历")
DONE = 0.5  # a list of which more lines than this say 了 tells of what has been done
MENTION = re.compile(rf"(?<![\d个]){MONTH}月份?(?!\s*\d)")
NO_MONTH = re.compile(rf"{IMPOSSIBLE.pattern}月份?")
NO_MONTH_BEHIND = re.compile(rf"(?:[(]|时间\s*:|[-—–]{{2,3}})\s*({IMPOSSIBLE.pattern})月")
FEWEST_HEADS = 3  # months that make an arrangement
QUOTED = 24  # characters of a line that a warning repeats


@dataclass
class Arrangement:
    nodes: list[Node]  # as read in the end, "7、8月" settled
    months: list[MonthReading] = field(default_factory=list)
    items: list[ItemReading] = field(default_factory=list)
    labels: set[int] = field(default_factory=set)  # the lines that head a month
    used: set[int] = field(default_factory=set)
    unread: dict[int, list[str]] = field(default_factory=dict)  # by line, to keep the order
    warnings: list[str] = field(default_factory=list)
    end: int = 0  # the first line behind the last month, 0 without an arrangement


def arrange(nodes: list[Node], title: str, start: int) -> Arrangement:
    """Read the arrangement in the lines behind the title, which ends before `start`."""
    settled = settle_brackets(settle_parts(settle_pairs(nodes), start), start)
    settled = settle_items(settled, start)
    settled = settle_dates(settled, find_runs(settled, start))
    runs = find_runs(settled, start)
    if not runs and (runs := find_runs(with_dates(settled), start)):
        settled = with_dates(settled)
    if not runs and (runs := find_runs(with_times(settled, start), start)):
        settled = with_times(settled, start)
    found = Arrangement(settled)
    runs = [run for run in runs if _is_of_work(settled, run)]
    for run in _of_this_plan(found, runs, title):
        _read_run(found, run, min((r[0] for r in runs if r[0] > run[-1]), default=len(settled)))
    if not runs:
        _read_dated(found, title, start)
    _set_impossible_aside(found, start)
    if not found.months and not found.unread:
        found.warnings.append(_none_found(settled, start))
    return found


def _of_this_plan(found: Arrangement, runs: list[list[int]], title: str) -> list[list[int]]:
    """Leave out what tells of the past year, and what belongs to another plan in the text."""
    kept = []
    for run in runs:
        if is_past(found.nodes, run, title):
            found.warnings.append(
                f"“{_quote(found.nodes[run[0]].text)}”起按月写的一段讲的是已经做过的事，没有读作计划的安排。"
            )
        elif kept and _another_plan(found.nodes[kept[0][0] : run[0]]):
            found.warnings.append(
                f"文中不止一份计划，只读了第一份；“{_quote(found.nodes[run[0]].text)}”起的安排没有读入。"
            )
        else:
            kept.append(run)
    return kept


def _is_of_work(nodes: list[Node], run: list[int]) -> bool:
    set_off = any(nodes[at].label.form in FIRM for at in run)
    return set_off or any(WORDS.search(node.text) for node in nodes)


def is_past(nodes: list[Node], run: list[int], title: str) -> bool:
    headings = [n.text for n in nodes[: run[0]] if n.kind in (Kind.PART, Kind.SECTION)]
    for text in (*reversed(headings), title):
        if bool(PAST.search(text)) != bool(AHEAD.search(text)):
            return bool(PAST.search(text))
    lines = nodes[run[0] : run[-1] + 1]
    return sum("了" in node.text for node in lines) > DONE * len(lines)


def _another_plan(between: list[Node]) -> bool:
    return any(n.kind is Kind.PART and NUMBERED_TITLE.search(plain(n.text)) for n in between)


def _read_run(found: Arrangement, run: list[int], end: int) -> None:
    """The months of the run, the last one no farther than to the next run."""
    nodes, habit = found.nodes, read_habit(found.nodes, run)
    _set_recurring_aside(found, _recurring_before(nodes, run[0]), run[0])
    for place, at in enumerate(run):
        last = place + 1 == len(run)
        until = end if last else run[place + 1]
        block = read_block(nodes, at, until, last, habit)
        if last and not found.items and _hold_nothing(nodes, run):
            _set_run_aside(found, run, block)
            continue
        _add(found, at, block)
        if block.stop < len(nodes):
            _set_recurring_aside(found, block.stop, until)
        found.end = max(found.end, block.stop)


def _hold_nothing(nodes: list[Node], run: list[int]) -> bool:
    """3月 / 4月 / 5月 with nothing but figures between them: what is below the last is not its own."""
    return len(run) >= FEWEST_HEADS and all(nodes[at].label.form is Form.BARE for at in run)


def _set_run_aside(found: Arrangement, run: list[int], block: Block) -> None:
    """What stands below months without telling which is whose: to the lines not read."""
    together = run[-1] - run[0] == len(run) - 1
    how = "几个月份连在一起，看不出下面的话各是哪个月的" if together else "几个月份下面没有事项"
    found.warnings = [
        f"“{_quote(found.nodes[run[0]].text)}”起{how}，没有排进月份；在下面逐行选月份。"
    ]
    for at in range(run[0], block.stop):
        found.used.add(at)
        found.unread[at] = [found.nodes[at].text]
    found.labels -= set(run)
    found.end = max(found.end, block.stop)


def _read_dated(found: Arrangement, title: str, start: int) -> None:
    """Without a run of labels: the items that name their months behind them."""
    items = find_dated(found.nodes, start)
    if not items or is_past(found.nodes, [item.lines[0] for item in items], title):
        return
    found.months = [MonthReading(item.months, (item.text,)) for item in items]
    found.items = [_dated_item(item) for item in items]
    found.used = {at for item in items for at in item.lines}
    found.unread = {item.lines[-1]: [item.aside] for item in items if item.aside}
    found.end = max(found.used) + 1


def _dated_item(item: Dated) -> ItemReading:
    said = (Said(item.lines[-1], item.aside),) if item.aside else ()
    return ItemReading(item.months, item.text, item.lines[0], said=said)


def _add(found: Arrangement, at: int, block: Block) -> None:
    label, words = found.nodes[at].label, month_words(block.months)
    found.labels.add(at)
    found.items += block.items
    if block.items:
        for months, items in groupby(block.items, lambda item: item.months):
            found.months.append(MonthReading(months, tuple(item.text for item in items)))
    elif not label.dated_year and len(block.months) < 3:
        found.warnings.append(f"“{_quote(found.nodes[at].text)}”下面没有读到事项。")
    if label.doubt:
        found.warnings.append(f"“{label.doubt}”没有写明月份，按{words}读入。")
    for stray in block.strays:
        found.warnings.append(f"“{_quote(stray.text)}”列在各月的清单里，却没有写月份，没有读入。")
    found.used |= set(block.used)
    said = {said for item in block.items for said in item.said}
    for line in sorted({*block.aside, *block.strays, *said}, key=lambda line: line.line):
        found.unread.setdefault(line.line, []).append(line.text)


def _recurring_before(nodes: list[Node], first: int) -> int:
    """Where 全年：… begins that stands right above the first month; the month itself if none does."""
    at = first
    while at and nodes[at - 1].kind in (Kind.ITEM, Kind.TEXT, Kind.ATTRIBUTE):
        at -= 1
    opener = nodes[at - 1] if at else nodes[first]
    empty = at == first and not plain(opener.body).rstrip(":").count(":")
    return at - 1 if opener.kind is Kind.RECURRING and not empty else first


def _set_recurring_aside(found: Arrangement, start: int, until: int) -> None:
    """每月、全年 and the like are work of no single month: listed, not guessed."""
    at = start
    while at < until and (opener := found.nodes[at]).kind in (Kind.RECURRING, Kind.LUNAR):
        lunar = opener.kind is Kind.LUNAR
        why = "是农历月份，每年落在不同的公历月份" if lunar else "不属于哪一个月"
        found.warnings.append(f"“{_quote(opener.text)}”{why}，没有排进月份，自己安排。")
        at = _set_aside(found, at, until)


def _set_aside(found: Arrangement, start: int, until: int) -> int:
    """The line and those below it that are no heading of their own: to the lines not read. Gives
    the first one behind them."""
    for at in range(start, until):
        if at > start and found.nodes[at].kind not in (Kind.ITEM, Kind.TEXT, Kind.ATTRIBUTE):
            return at
        found.used.add(at)
        found.unread[at] = [found.nodes[at].text]
        found.end = max(found.end, at + 1)
    return until


def _set_impossible_aside(found: Arrangement, start: int) -> None:
    """13月 is no month: said wherever it stands, and what stands below it belongs to none."""
    for at, node in enumerate(found.nodes[start:], start):
        wrong = impossible_months(plain(node.body)) or NO_MONTH_BEHIND.findall(plain(node.body))
        if not wrong or at in found.used:
            continue
        found.warnings.append(
            f"“{_quote(node.text)}”里的{wrong[0]}月是没有的月份，没有排进月份；"
            "改好了重新导入，或者在月历上自己加。"
        )
        if node.kind is Kind.NO_MONTH:
            _set_aside(found, at, len(found.nodes) if found.months else at + 1)


def _none_found(nodes: list[Node], start: int) -> str:
    heads = [
        _quote(node.text) for at, node in enumerate(nodes) if at >= start and _heads(nodes, at)
    ]
    if 0 < len(heads) < FEWEST_HEADS:
        quoted = "、".join(f"“{head}”" for head in heads)
        return (
            f"按月份写的只有{quoted}，不到 {FEWEST_HEADS} 个月，看不准是不是全年的安排，没有排进月份；"
            "这些话留在原文里，要排的在月历上自己加。"
        )
    texts = [NO_MONTH.sub("", plain(node.text)) for node in nodes]
    mentions = [m[0] for text in texts for m in MENTION.finditer(text)]
    named = "、".join(list(dict.fromkeys(mentions))[:6])
    if named:
        return f"文中没有按月份排列的安排，只在行文里提到{named}，没有读出任何月份的事项。"
    return "文中没有按月份排列的安排，也没有提到月份，没有读出任何月份的事项。"


def _heads(nodes: list[Node], at: int) -> bool:
    """Whether the line looks like the heading of a month."""
    node = nodes[at]
    firm = node.kind is Kind.MONTH and node.label.form in (Form.BARE, Form.SET_OFF)
    return firm and not is_dateline(nodes, at)


def _quote(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED] + "…"
